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
from tutor.read.item_models.decision import DecisionModel
from tutor.read.item_models.situation import Why, tell_one_way

WORDINGS_TRIED = 5
"""So many ways of wording the options are compared."""


@dataclass(frozen=True)
class Whole:
    """A case in words."""

    scenario: Scenario
    options: Mapping[str, str]
    explained: Mapping[str, tuple[DraftStatement, ...]]


def put_whole(case: Case, seed: str) -> Whole:
    """Put a case into the words of its author; the same seed tells the turns of a situation alike."""
    assert case.told is not None
    situation, turn = case.told.situation, case.told.turn
    chance = random.Random(f"{seed}/{case.model.id}/words")  # noqa: S311 - a draw that can be repeated
    stem, ask = (tell_one_way(text, seed) for text in (situation.whole(turn), turn.ask))
    explained = {option: _why(case.model, option, situation.why_of(turn, option), seed) for option in case.shown}
    scenario = Scenario(with_one_former_name(stem, chance), ask, {})
    return Whole(scenario, _worded(case, f"{stem} {ask}", chance), explained)


def _why(model: DecisionModel, option: str, why: Why | None, seed: str) -> tuple[DraftStatement, ...]:
    """The reasons that the author names, with their passages, and what follows from them here."""
    if why is None:
        return ()
    behind = (DraftStatement(tell_one_way(why.so, seed), ()),) if why.so else ()
    return (*map(reason, model.given(option, why.by)), *behind)


def _worded(case: Case, stem: str, chance: random.Random) -> dict[str, str]:
    """Wordings of the options by which the key is as near to the stem as was drawn."""
    target = chance.randrange(len(case.shown))
    tried = [word_options(case, chance) for _ in range(WORDINGS_TRIED)]
    return min(tried, key=lambda texts: Overlap(case, texts, stem).away(target, ()))
