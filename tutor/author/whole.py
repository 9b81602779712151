"""A case that an author told whole in; its stem, ask, options and explanations as a learner reads them out.

Of what may be told in several ways one is drawn, the same in the stem as in the explanations. The options are worded so
that the key's place by the words that it shares with the stem comes near to one that was drawn.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from tutor.author.case import Case
from tutor.author.explain import reason
from tutor.author.former_names import with_one_former_name
from tutor.author.scenario import Overlap, Scenario
from tutor.author.wording import word_options
from tutor.engines.engine import DraftStatement
from tutor.read.item_models.situation import tell_one_way

WORDINGS_TRIED = 5
"""So many ways of wording the options are compared."""


@dataclass(frozen=True)
class Whole:
    """A case in words."""

    scenario: Scenario
    options: Mapping[str, str]
    explained: Mapping[str, tuple[DraftStatement, ...]]


def put_whole(case: Case, chance: random.Random) -> Whole:
    """Put a case into the words of its author."""
    assert case.told is not None
    situation, turn = case.told.situation, case.told.turn
    whys = {option: situation.why_of(turn, option) for option in case.shown}
    concluded = tuple(why.so if why else "" for why in whys.values())
    stem, ask, *told = tell_one_way((situation.whole(turn), turn.ask, *concluded), chance)
    explained = {}
    for (option, why), so in zip(whys.items(), told, strict=True):
        given = case.model.given(option, why.by) if why else []
        behind = (DraftStatement(so, ()),) if so else ()
        explained[option] = (*map(reason, given), *behind)
    scenario = Scenario(with_one_former_name(stem, chance), ask, {})
    return Whole(scenario, _worded(case, f"{stem} {ask}", chance), explained)


def _worded(case: Case, stem: str, chance: random.Random) -> dict[str, str]:
    """Wordings of the options by which the key is as near to the stem as was drawn."""
    target = chance.randrange(len(case.shown))
    tried = [word_options(case, chance) for _ in range(WORDINGS_TRIED)]
    return min(tried, key=lambda texts: Overlap(case, texts, stem).away(target, ()))
