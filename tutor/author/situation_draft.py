"""A decision model and a writer in; a new situation of it for a reviewer to vet out, or why none was sound.

The writer chooses facts and words; the model works out what is right, as it does for every situation. What it cannot
see is whether the words really tell the facts: a person has to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml
from pydantic import BaseModel, Field

from tutor.author.drafting import Drafted, Writer, draft_until_sound, read_as
from tutor.author.explain import Carried
from tutor.author.situations_soundness import situation_faults
from tutor.engines.tasks import fenced
from tutor.read.item_models.decision import DecisionModel
from tutor.read.item_models.situation import Situation


class _Why(BaseModel):
    option: str
    by: list[str]
    so: str = ""


class _Turn(BaseModel):
    id: str
    tells: str
    states: list[str]
    prefers: str = ""
    ask: str
    why: list[_Why] = Field(max_length=12)


class _Told(BaseModel):
    """A situation as a language model writes it: with lists where ours has a mapping."""

    id: str
    text: str = Field(max_length=2_000)
    states: list[str] = []
    offers: list[str]
    turns: list[_Turn] = Field(max_length=4)


def draft_situation(model: DecisionModel, writer: Writer, carried: Carried) -> Drafted[Situation]:
    """Let a situation be written, and mended at most three times."""
    shown = fenced(material_of(model))
    told = {one.id for one in model.situations}

    def faults_of(made: Situation) -> list[str]:
        alone = model.model_copy(update={"situations": (made,)})
        repeated = [f"there is a case with the id {made.id} already: choose another one"] if made.id in told else []
        return [*repeated, *situation_faults(alone, carried)]

    return draft_until_sound(lambda before, faults: writer.draft(shown, before, faults), read_situation, faults_of)


def read_situation(written: str) -> Situation | str:
    """The situation that was written, or why it cannot be read."""
    return read_as(written, "turns", lambda found: _situation(_Told.model_validate(found)))


def _situation(told: _Told) -> Situation:
    turns = [_turn(one) for one in told.turns]
    return Situation.model_validate(told.model_dump(exclude={"turns"}) | {"turns": turns})


def _turn(turn: _Turn) -> dict[str, Any]:
    why = {one.option: {"by": one.by, "so": one.so} for one in turn.why}
    return turn.model_dump(exclude={"why", "prefers"}) | {"prefers": turn.prefers or None, "why": why}


def material_of(model: DecisionModel) -> str:
    """What a writer has to know of a model."""
    rulings = [f"{one.fact} {one.says} {one.option}: {one.because}" for one in model.rulings]
    known = {
        "decision": model.title,
        "options": {option.id: option.wordings[0] for option in model.options},
        "facts": {fact.id: {"says": fact.wordings[0], "not with": list(fact.excludes)} for fact in model.facts},
        "rulings": rulings,
        "preferences": {
            one.id: {"asks": one.wordings[0], "order": [list(r) for r in one.order]} for one in model.preferences
        },
        "told cases": [one.text for one in model.situations],
    }
    return yaml.safe_dump(known, sort_keys=False, allow_unicode=True, width=200)


def as_entry(situation: Situation) -> str:
    """The situation as it stands in a model's file, below `situations:`."""
    told = _without_empty(situation.model_dump(mode="json"))
    return yaml.safe_dump([told], sort_keys=False, allow_unicode=True, width=110)


def _without_empty(told: Any) -> Any:
    if isinstance(told, Mapping):
        return {name: _without_empty(value) for name, value in told.items() if value not in (None, "", [], {}, ())}
    return [_without_empty(value) for value in told] if isinstance(told, list) else told
