"""A case and its telling in; for each shown option the statements that say why it is right or wrong out.

A statement that leads quotes the stem; the one behind it is the ruling's reason, with the passage that says so. The
words of the passage are found later, by `quoting`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

from tutor.author.case import Case
from tutor.author.sentences import shorten
from tutor.engines.engine import DraftStatement, Quote
from tutor.read.item_models.decision import DecisionModel, Ruling

MEETS = ("It meets “{}”:", "It suits “{}”:", "“{}” points to it:")
BREAKS = ("“{}” rules it out:", "It fails on “{}”:", "It breaks “{}”:")
ALSO_BREAKS = ("It also fails on “{}”:", "“{}” speaks against it as well:")
TEMPTS = ("It does suit “{}”:", "It is right about “{}”:")


MOST_BROKEN = 2
"""So many broken circumstances are explained; one is enough to rule an option out."""


def explain(case: Case, option: str, told: Mapping[str, str], chance: random.Random) -> tuple[DraftStatement, ...]:
    """Why an option is right or wrong in a case."""
    return tuple(_right(case, option, told, chance) if option in case.key else _wrong(case, option, told, chance))


def _right(case: Case, option: str, told: Mapping[str, str], chance: random.Random) -> Iterator[DraftStatement]:
    leads = chance.sample(MEETS, len(MEETS))
    pointing = [fact for fact in told if fact in case.behind(option)]
    for place, fact in enumerate(pointing):
        yield lead(leads[place % len(leads)], told[fact])
        yield reason(ruling(case.model, fact, option))
    for fact in sorted(case.behind(option) - set(told)):
        yield DraftStatement("What the scenario opens with points to it:", ())
        yield reason(ruling(case.model, fact, option))
    silent = [fact for fact in told if fact in case.stated and fact not in case.behind(option)]
    if case.preference:
        yield DraftStatement(f"No circumstance rules it out, and it stands first {case.preference.wordings[0]}:", ())
        yield DraftStatement(case.preference.because, (Quote(case.preference.passage, ""),))
    elif silent:
        named = " and ".join(f"“{shorten(told[fact])}”" for fact in silent)
        yield DraftStatement(f"Nothing in {named} speaks against it.", ())


def _wrong(case: Case, option: str, told: Mapping[str, str], chance: random.Random) -> Iterator[DraftStatement]:
    broken = [fact for fact in told if fact in case.against(option)]
    unsaid = sorted(case.against(option) - set(told))
    if not broken and not unsaid:
        assert case.preference is not None
        (key,) = case.key
        names = {one.id: one.name for one in case.model.options}
        yield DraftStatement(
            f"It would do, but asked for a choice {case.preference.wordings[0]}, it ranks behind {names[key]}:", ()
        )
        yield DraftStatement(case.preference.because, (Quote(case.preference.passage, ""),))
        return
    met = [fact for fact in told if fact in case.behind(option)]
    if met and len(broken) == 1:
        fact = chance.choice(met)
        yield lead(chance.choice(TEMPTS), told[fact])
        yield reason(ruling(case.model, fact, option))
    first = chance.choice(BREAKS)
    for place, fact in enumerate(broken[:MOST_BROKEN]):
        yield lead(first if place == 0 else chance.choice(ALSO_BREAKS), told[fact])
        yield reason(ruling(case.model, fact, option))
    for fact in unsaid:
        yield DraftStatement("What the scenario opens with rules it out:", ())
        yield reason(ruling(case.model, fact, option))


def lead(form: str, fact: str) -> DraftStatement:
    """A statement about the stem that leads to a reason."""
    return DraftStatement(form.format(shorten(fact)), ())


def reason(ruling: Ruling) -> DraftStatement:
    """The reason of a ruling and the passage that says so."""
    return DraftStatement(ruling.because, (Quote(ruling.passage, ""),))


def ruling(model: DecisionModel, fact: str, option: str) -> Ruling:
    """The ruling of a fact on an option, where it is known that there is one."""
    found = model.ruling(fact, option)
    assert found is not None
    return found
