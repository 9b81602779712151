"""A case and its telling in; for each shown option the statements that say why it is right or wrong out.

A statement that leads quotes the stem; the one behind it is the ruling's reason, with the passage that says so. The
words of the passage are found later, by `quoting`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence

from tutor.author.case import Case
from tutor.author.sentences import shorten
from tutor.engines.engine import DraftStatement, Quote
from tutor.read.item_models.decision import DecisionModel, Preference, Ruling

CALLS, RULES_OUT, SPEAKS, LEAVES = (
    ("{} calls for it:", "{} call for it:"),
    ("{} rules it out:", "{} rule it out:"),
    ("{} would speak for it:", "{} would speak for it:"),
    ("{} does not rule it out.", "{} do not rule it out."),
)
"""How a statement speaks of one circumstance, and how of several."""
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
    if option in case.key:
        return tuple(_right(case, option, told, carried))
    return tuple(_wrong(case, option, told, carried, chance))


def _right(case: Case, option: str, told: Mapping[str, str], carried: Carried) -> Iterator[DraftStatement]:
    pointing = _carried(case, case.behind(option), option, carried)
    yield from _reasons(case, option, CALLS, [fact for fact in told if fact in pointing], told)
    yield from _reasons(case, option, CALLS, sorted(pointing - set(told)), told)
    silent = [fact for fact in told if fact in case.stated - pointing]
    if case.preference and carried(case.preference):
        yield DraftStatement(f"No circumstance rules it out, and it stands first {case.preference.wordings[0]}:", ())
        yield reason(case.preference)
    elif silent:
        yield _led(LEAVES, silent, told)


def _wrong(
    case: Case, option: str, told: Mapping[str, str], carried: Carried, chance: random.Random
) -> Iterator[DraftStatement]:
    if not case.against(option):
        assert case.preference is not None
        (key,) = case.key
        names = {one.id: one.name for one in case.model.options}
        yield DraftStatement(
            f"It would work, but to do this {case.preference.wordings[0]}, {names[key]} comes first:", ()
        )
        yield reason(case.preference)
        return
    against = _carried(case, case.against(option), option, carried)
    broken = [fact for fact in told if fact in against]
    yield from _reasons(case, option, RULES_OUT, broken[:MOST_BROKEN], told)
    yield from _reasons(case, option, RULES_OUT, sorted(against - set(told)), told)
    met = _carried(case, case.behind(option), option, carried) & set(told)
    if met and len(broken) == 1:
        yield from _reasons(case, option, SPEAKS, [chance.choice(sorted(met))], told)


def _reasons(
    case: Case, option: str, forms: tuple[str, str], facts: Sequence[str], told: Mapping[str, str]
) -> Iterator[DraftStatement]:
    """What some facts say of an option, each reason once behind all of the facts that it is given for."""
    behind: dict[DraftStatement, list[str]] = {}
    for fact in facts:
        behind.setdefault(reason(ruling(case.model, fact, option)), []).append(fact)
    for said, those in behind.items():
        yield _led(forms, those, told)
        yield said


def _led(forms: tuple[str, str], facts: Sequence[str], told: Mapping[str, str]) -> DraftStatement:
    """The statement that leads to a reason: the circumstances in the words of the stem."""
    words = [f"“{shorten(told[fact])}”" for fact in facts if fact in told]
    if len(words) < len(facts):
        words.append("The situation itself" if not words else "the situation itself")
    return DraftStatement(forms[len(words) > 1].format(" and ".join(words)), ())


def _carried(case: Case, facts: frozenset[str], option: str, carried: Carried) -> frozenset[str]:
    """Those of some facts whose rulings on an option are carried."""
    return frozenset(fact for fact in facts if carried(ruling(case.model, fact, option)))


def reason(given: Ruling | Preference) -> DraftStatement:
    """The reason of a ruling or preference, and the passage that says so."""
    return DraftStatement(given.because, (Quote(given.passage, ""),))


def ruling(model: DecisionModel, fact: str, option: str) -> Ruling:
    """The ruling of a fact on an option, where it is known that there is one."""
    found = model.ruling(fact, option)
    assert found is not None
    return found
