"""A case and its telling in; for each shown option the statements that say why it is right or wrong out.

A reason is a ruling's own sentence, with the passage that says so; the words of the passage are found later, by
`quoting`. One that speaks of the case itself stands alone; beside any other one the circumstance is named that makes it
a reason here. Of a wrong option the one decisive reason is told, of a right one what counts most; what decides nothing
is left out, and no reason stands twice in an item where there is another.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from tutor.author.case import Case
from tutor.author.former_names import without_former_names
from tutor.author.phrases import Circumstance, Phrases, Side
from tutor.author.sentences import small_words, telling
from tutor.engines.engine import DraftStatement, Quote
from tutor.read.item_models.decision import DecisionModel, Preference, Ruling

MOST_FOR_KEY = 2
"""So many reasons are given for a right option."""
USED_BEFORE, LIKE_ONE_BEFORE = 4.0, 0.5
"""What it costs a reason to stand in the item already, and the share of words from which on two say the same."""
SPEAKS, IS_BARE, IS_BARE_FOR_KEY = 1.5, 1.5, 0.5
"""What it gains a reason to speak of the case itself, and what it costs it to be a rule for any case. Of a key such a
rule says at least under which circumstances it is right; of a wrong option it often says nothing."""
SAME_OPENING = 5
"""Two reasons of one option open with other words, or one of them is enough."""
NAMES_IT = 0.6
"""From this share of its words on a name would only repeat what the reason says."""

_CONCLUDES = re.compile(
    r"[,;:] (?:and|which|but) (?:here|there|the|this|that|these|they|it|somebody|nobody|nothing|none|no|one)\b"
    r"|[,;:] (?:(?:and )?so|while|whereas|not|which (?:(?:is|are|does|do) not|cannot))\b| here\b",
    re.IGNORECASE,
)
_BARE_RULE = re.compile(r"\b(?:points? to|fits?|suits?|calls? for|should prefer)\b")

Carried = Callable[[Ruling | Preference], bool]
"""Whether the passage that a reason names carries it."""


def granted(_given: Ruling | Preference) -> bool:
    """Take every reason as carried."""
    return True


def can_explain(case: Case, carried: Carried) -> bool:
    """Whether a carried reason can be given for each shown option."""
    return all(
        _carried(case, case.behind(option), option, carried) or (case.preference and carried(case.preference))
        if option in case.key
        else _carried(case, case.against(option), option, carried)
        or (not case.against(option) and case.preference and carried(case.preference))
        for option in case.shown
    )


def explain(
    case: Case, order: Sequence[str], told: Mapping[str, str], carried: Carried, chance: random.Random
) -> dict[str, tuple[DraftStatement, ...]]:
    """Why each option of a case is right or wrong, in the order in which they are read."""
    explained = Explained(case, told, carried, phrases_of(case.model, chance))
    return {option: tuple(explained.why(option)) for option in order}


def phrases_of(model: DecisionModel, chance: random.Random) -> Phrases:
    """The phrases for an item of a model."""
    told = [*(scene.text for scene in model.scenes), *(ruling.because for ruling in model.rulings)]
    return Phrases(chance, small_words((*told, *(wording for fact in model.facts for wording in fact.wordings))))


class Explained:
    """An item on its way to be explained: what has been said of it so far."""

    def __init__(self, case: Case, told: Mapping[str, str], carried: Carried, phrases: Phrases) -> None:
        self._case = case
        self._told = told
        self._carried = carried
        self._phrases = phrases
        self._given: set[str] = set()
        """The reasons that have been told."""
        self._called = {fact.id: without_former_names(fact.name) for fact in case.model.facts}
        self._names = {option.id: without_former_names(option.name) for option in case.model.options}
        of_all = [telling(" ".join((option.name, *option.wordings))) for option in case.model.options]
        shown = [words for option, words in zip(case.model.options, of_all, strict=True) if option.id in case.shown]
        common = frozenset.intersection(*shown)
        self._own = {option.id: words - common for option, words in zip(case.model.options, of_all, strict=True)}

    def why(self, option: str) -> Iterator[DraftStatement]:
        """The statements on one option."""
        if option in self._case.key:
            yield from self._right(option)
        elif self._case.against(option):
            yield from self._wrong(option)
        else:
            yield from self._second_best(option)

    def _right(self, option: str) -> Iterator[DraftStatement]:
        case = self._case
        preference = case.preference if case.preference and self._carried(case.preference) else None
        pointing = _carried(case, case.behind(option), option, self._carried)
        chosen = self._best(option, pointing, MOST_FOR_KEY - bool(preference))
        both = {self._called[given.fact] for given in chosen if not self._speaks(given)} - {""}
        if len(both) == MOST_FOR_KEY:
            joint = ", and " if any(" and " in name for name in both) else " and "
            called = joint.join(self._called[given.fact] for given in chosen)
            yield DraftStatement(self._phrases.pick("right, before", called), ())
            yield from map(self._say, chosen)
        else:
            for given in chosen:
                yield from self._with_circumstance(given, "right")
        if preference:
            yield DraftStatement(self._phrases.pick("first", preference.wordings[0]), ())
            yield self._say(preference)

    def _wrong(self, option: str) -> Iterator[DraftStatement]:
        case = self._case
        against = _carried(case, case.against(option), option, self._carried)
        for given in self._best(option, against, 1):
            yield from self._with_circumstance(given, "wrong")

    def _second_best(self, option: str) -> Iterator[DraftStatement]:
        """An option that would do, but not as well as the key by what is preferred."""
        case = self._case
        assert case.preference is not None
        (key,) = case.key
        preferred = case.preference.wordings[0]
        behind = _carried(case, case.behind(option), option, self._carried)
        fitting = [given for given in self._best(option, behind, 1) if given.because not in self._given]
        if fitting:
            yield self._say(fitting[0])
            yield DraftStatement(self._phrases.pick("but second", preferred, self._names[key]), ())
            return
        yield DraftStatement(self._phrases.pick("second", preferred, self._names[key]), ())
        yield self._say(case.preference)

    def _with_circumstance(self, given: Ruling, side: Side) -> Iterator[DraftStatement]:
        """A reason, and the circumstance that makes it one; where the reason speaks of it itself, that is enough."""
        before, behind = "", ""
        if not self._speaks(given) and given.because not in self._given:
            circumstance = Circumstance(self._called[given.fact], self._told.get(given.fact, ""))
            before, behind = self._phrases.tie(side, circumstance, given.because, can_follow=self._is_about(given))
        if before:
            yield DraftStatement(before, ())
        yield self._say(given)
        if behind:
            yield DraftStatement(behind, ())

    def _speaks(self, given: Ruling) -> bool:
        """Whether a reason speaks of the case itself, so that its circumstance need not be named."""
        name = self._called[given.fact]
        return speaks_of(given.because, self._told.get(given.fact, ""), name) or names(given.because, name)

    def _best(self, option: str, facts: Collection[str], count: int) -> list[Ruling]:
        """The reasons that say most, each of them something else."""
        rulings = [_ruling(self._case.model, fact, option) for fact in self._told if fact in facts]
        rulings += [_ruling(self._case.model, fact, option) for fact in sorted(set(facts) - set(self._told))]
        best: list[Ruling] = []
        for given in sorted(rulings, key=self._weight, reverse=True):
            if len(best) < count and not any(_open_alike(given, other) for other in best):
                same = [other for other in rulings if other.because == given.because]
                best.append(max(same, key=self._nearness))
        return best

    def _nearness(self, given: Ruling) -> int:
        """How many words a reason shares with the circumstance for which it is given."""
        return len(telling(given.because) & telling(self._told.get(given.fact, "")))

    def _weight(self, given: Ruling) -> float:
        """How much a reason says here: of this option, of the stated circumstance, and what nothing else has said."""
        weight = 2.0 * self._is_about(given) + min(2, self._nearness(given))
        bare = IS_BARE_FOR_KEY if given.option in self._case.key else IS_BARE
        weight += SPEAKS if self._speaks(given) else -bare * bool(_BARE_RULE.search(given.because))
        if given.option in self._case.key:
            case = self._case
            weight += 1.5 * sum(given.fact in case.against(other) for other in case.distractors)
            weight -= 0.5 * sum(given.fact in case.behind(other) for other in case.distractors)
        return weight - USED_BEFORE * self._is_said(given.because) - 0.02 * len(given.because.split())

    def _is_about(self, given: Ruling) -> bool:
        """Whether a reason speaks of the option for which it is given."""
        return bool(telling(given.because) & self._own[given.option])

    def _is_said(self, because: str) -> bool:
        return any(_are_alike(because, other) for other in self._given)

    def _say(self, given: Ruling | Preference) -> DraftStatement:
        if isinstance(given, Ruling):
            self._given.add(given.because)
        return reason(given)


def speaks_of(because: str, words: str, name: str = "") -> bool:
    """Whether a reason tells the circumstance by itself, or ends on what follows from it for the case.

    Words that the two share by chance have none of the name among them.
    """
    said = telling(because)
    is_told = len(said & telling(words)) >= 3 and (not name or bool(said & telling(name)))
    return is_told or bool(_CONCLUDES.search(because))


def names(because: str, name: str) -> bool:
    """Whether most words of a circumstance's name stand in a reason."""
    called = telling(name)
    return bool(called) and len(called & telling(because)) >= NAMES_IT * len(called)


def _open_alike(one: Ruling, other: Ruling) -> bool:
    """Whether two reasons side by side would sound like one that is said twice."""
    openings = [given.because.split()[:SAME_OPENING] for given in (one, other)]
    return openings[0] == openings[1] or _are_alike(one.because, other.because)


def _are_alike(one: str, other: str) -> bool:
    mine, theirs = telling(one), telling(other)
    return len(mine & theirs) >= LIKE_ONE_BEFORE * max(1, min(len(mine), len(theirs)))


def _carried(case: Case, facts: frozenset[str], option: str, carried: Carried) -> frozenset[str]:
    """Those of some facts whose rulings on an option are carried."""
    return frozenset(fact for fact in facts if carried(_ruling(case.model, fact, option)))


def reason(given: Ruling | Preference) -> DraftStatement:
    """The reason of a ruling or preference, and the passage that says so."""
    return DraftStatement(without_former_names(given.because), (Quote(given.passage, ""),))


def _ruling(model: DecisionModel, fact: str, option: str) -> Ruling:
    """The ruling of a fact on an option, where it is known that there is one."""
    found = model.ruling(fact, option)
    assert found is not None
    return found
