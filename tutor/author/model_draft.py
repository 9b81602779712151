"""Passages and a writer in; a decision model for a reviewer to vet out, or why none was sound.

Every reason must be carried by its passage, every option be reachable, every fact decide something: what the check of
models finds goes back to the writer. Whether the rulings are true and complete only a person can say.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import yaml
from pydantic import BaseModel

from tutor.author.drafting import Drafted, Writer, draft_until_sound, read_as
from tutor.author.quoting import carrier
from tutor.author.soundness import examine
from tutor.engines.tasks import numbered
from tutor.read.document import Passage
from tutor.read.item_models.decision import DecisionModel


class _Drafted(BaseModel):
    """A decision model as a language model writes it."""

    id: str
    title: str
    asks: list[str]
    scenes: list[str]
    options: list[dict[str, Any]]
    facts: list[dict[str, Any]]
    rulings: list[dict[str, Any]]
    preferences: list[dict[str, Any]] = []


def draft_model(passages: Sequence[Passage], treats: Sequence[str], writer: Writer) -> Drafted[DecisionModel]:
    """Let a decision model be written from passages, and mended at most three times."""
    given = {passage.id: passage for passage in passages}
    shown = numbered(passages, with_places=True)
    return draft_until_sound(
        lambda before, faults: writer.draft(shown, before, faults),
        lambda text: read_model_draft(text, treats),
        lambda made: examine(made, given.__contains__, carrier(given)).faults,
    )


def read_model_draft(written: str, treats: Sequence[str]) -> DecisionModel | str:
    """The model that was written, or why it cannot be read."""
    return read_as(written, "rulings", lambda found: _model(_Drafted.model_validate(found), treats))


def _model(drafted: _Drafted, treats: Sequence[str]) -> DecisionModel:
    scenes = [{"text": text} for text in drafted.scenes]
    return DecisionModel.model_validate(drafted.model_dump() | {"scenes": scenes, "treats": list(treats)})


def as_file(model: DecisionModel) -> str:
    """The model as a file of `corpus/decisions` has it."""
    told = model.model_dump(mode="json", exclude={"situations"})
    return yaml.safe_dump(_plain(told), sort_keys=False, allow_unicode=True, width=110)


def _plain(told: Any) -> Any:
    if isinstance(told, Mapping):
        return {name: _plain(value) for name, value in told.items() if value not in (None, "", [], ())}
    return [_plain(value) for value in told] if isinstance(told, list | tuple) else told
