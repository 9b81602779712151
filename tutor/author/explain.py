"""A case and its telling in; for each shown option the statements that say why it is right or wrong out.

A statement that leads quotes the stem; the one behind it is the ruling's reason, with the passage that says so. The
words of the passage are found later, by `quoting`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping

from tutor.author.case import Case
from tutor.author.sentences import shorten
from tutor.engines.engine import DraftStatement, Quote
from tutor.read.item_models.decision import DecisionModel, Preference, Ruling

MEETS = ("It meets “{}”:", "It suits “{}”:", "“{}” points to it:")
BREAKS = ("“{}” rules it out:", "It fails on “{}”:", "It breaks “{}”:")
ALSO_BREAKS = ("It also fails on “{}”:", "“{}” speaks against it as well:")
TEMPTS = ("It does suit “{}”:", "It is right about “{}”:")
MOST_BROKEN = 2
"""So many broken circumstances are explained; one is enough to rule an option out."""

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
    case: Case, option: str, told: Mapping[str, str], carried: Carried, chance: random.Random
) -> tuple[DraftStatement, ...]:
    """Why an option is right or wrong in a case, by the reasons that their passages carry."""
    say = _right if option in case.key else _wrong
    return tuple(say(case, option, told, carried, chance))


def _right(
    case: Case, option: str, told: Mapping[str, str], carried: Carried, chance: random.Random
) -> Iterator[DraftStatement]:
    leads = chance.sample(MEETS, len(MEETS))
    pointing = _carried(case, case.behind(option), option, carried)
    for place, fact in enumerate(fact for fact in told if fact in pointing):
        yield lead(leads[place % len(leads)], told[fact])
        yield reason(ruling(case.model, fact, option))
    for fact in sorted(pointing - set(told)):
        yield DraftStatement("What the scenario opens with points to it:", ())
        yield reason(ruling(case.model, fact, option))
    silent = [fact for fact in told if fact in case.stated - pointing]
    if case.preference and carried(case.preference):
        yield DraftStatement(f"No circumstance rules it out, and it stands first {case.preference.wordings[0]}:", ())
        yield reason(case.preference)
    elif silent:
        named = " and ".join(f"“{shorten(told[fact])}”" for fact in silent)
        yield DraftStatement(f"Nothing in {named} speaks against it.", ())


def _wrong(
    case: Case, option: str, told: Mapping[str, str], carried: Carried, chance: random.Random
) -> Iterator[DraftStatement]:
    if not case.against(option):
        assert case.preference is not None
        (key,) = case.key
        names = {one.id: one.name for one in case.model.options}
        yield DraftStatement(
            f"It would do, but asked for a choice {case.preference.wordings[0]}, it ranks behind {names[key]}:", ()
        )
        yield reason(case.preference)
        return
    against = _carried(case, case.against(option), option, carried)
    broken = [fact for fact in told if fact in against]
    met = _carried(case, case.behind(option), option, carried) & set(told)
    if met and len(broken) == 1:
        fact = chance.choice(sorted(met))
        yield lead(chance.choice(TEMPTS), told[fact])
        yield reason(ruling(case.model, fact, option))
    first = chance.choice(BREAKS)
    for place, fact in enumerate(broken[:MOST_BROKEN]):
        yield lead(first if place == 0 else chance.choice(ALSO_BREAKS), told[fact])
        yield reason(ruling(case.model, fact, option))
    for fact in sorted(against - set(told)):
        yield DraftStatement("What the scenario opens with rules it out:", ())
        yield reason(ruling(case.model, fact, option))


def _carried(case: Case, facts: frozenset[str], option: str, carried: Carried) -> frozenset[str]:
    """Those of some facts whose rulings on an option are carried."""
    return frozenset(fact for fact in facts if carried(ruling(case.model, fact, option)))


def lead(form: str, fact: str) -> DraftStatement:
    """A statement about the stem that leads to a reason."""
    return DraftStatement(form.format(shorten(fact)), ())


def reason(given: Ruling | Preference) -> DraftStatement:
    """The reason of a ruling or preference, and the passage that says so."""
    return DraftStatement(given.because, (Quote(given.passage, ""),))


def ruling(model: DecisionModel, fact: str, option: str) -> Ruling:
    """The ruling of a fact on an option, where it is known that there is one."""
    found = model.ruling(fact, option)
    assert found is not None
    return found
