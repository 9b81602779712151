"""The gold set: questions with the passages and key points that answer them, and questions that have no answer here.

Files in `evals/gold`, read and checked here. Half of the cases of every kind is held back: what is tuned is tuned on
`tune` and reported on `held`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from tutor.errors import InputError
from tutor.settings import PROJECT

GOLD = PROJECT / "evals" / "gold"

Case = TypeVar("Case", bound="_Strict")
Split = Literal["tune", "held"]
Kind = Literal["definition", "choice", "comparison", "how-to", "limit", "why", "troubleshooting", "list"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Vetted(_Strict):
    """Against which official pages a case was checked, and when."""

    against: tuple[str, ...] = Field(min_length=1)
    on: date


class Question(_Strict):
    """A question that the corpus answers."""

    id: str = Field(pattern=r"^q-\d{3}$")
    question: str = Field(min_length=3)
    objective: str = Field(pattern=r"^[1-6]\.[1-3]$")
    kind: Kind
    key_points: tuple[str, ...] = Field(min_length=2)
    passages: tuple[str, ...] = Field(min_length=1)
    """Ids of the passages that carry the answer, best first."""
    vetted: Vetted
    split: Split

    @property
    def grades(self) -> dict[str, int]:
        """How much each passage answers: the best one most."""
        return {place: 2 if rank == 0 else 1 for rank, place in enumerate(self.passages)}


class Outside(_Strict):
    """A question that must be refused, and why."""

    id: str = Field(pattern=r"^o-\d{3}$")
    question: str = Field(min_length=3)
    why: str
    split: Split


def read_questions(path: Path = GOLD / "questions.yaml") -> tuple[Question, ...]:
    """The questions that the corpus answers."""
    return _read(path, TypeAdapter(tuple[Question, ...]))


def read_outside(path: Path = GOLD / "outside.yaml") -> tuple[Outside, ...]:
    """The questions that it does not."""
    return _read(path, TypeAdapter(tuple[Outside, ...]))


def _read(path: Path, form: TypeAdapter[tuple[Case, ...]]) -> tuple[Case, ...]:
    try:
        return form.validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ValidationError) as error:
        raise InputError(f"{path}: {error}") from error
