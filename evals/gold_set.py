"""The gold set, as files in `evals/gold`: read and checked here. A malformed file raises `InputError`.

Questions with the passages and key points that answer them, questions that have no answer here, statements beside
quotes, key points beside answers. Half of every kind is held back: what is tuned is tuned on `tune` and reported on
`held`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, field_validator

from tutor.errors import InputError
from tutor.settings import PROJECT

GOLD = PROJECT / "evals" / "gold"

Record = TypeVar("Record", bound=BaseModel)
Split = Literal["tune", "held"]
Kind = Literal["definition", "choice", "comparison", "how-to", "limit", "why", "troubleshooting", "list"]
Verdict = Literal["agrees", "agrees in part", "corrected", "not found", "wrong"]
"""In part: some key points were seen there, and none was contradicted; the note says which."""
Label = Literal["supported", "contradicted", "neither"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Reading(_Strict):
    """One time that a case was compared with something: with what, by whom, and what came of it."""

    on: date
    by: str = Field(min_length=1)
    """A role (`writer`, `second reader`) or a name."""
    against: tuple[str, ...] = Field(min_length=1)
    """Addresses of official pages that were opened for this case, or `our pages`: the passages that it names."""
    verdict: Verdict
    note: str = ""

    @property
    def is_official(self) -> bool:
        """Whether an official page was opened."""
        return any(place.startswith("https://") for place in self.against)


class Question(_Strict):
    """A question that the corpus answers."""

    id: str = Field(pattern=r"^q-\d{3}$")
    question: str = Field(min_length=3)
    objective: str = Field(pattern=r"^[1-6]\.[1-3]$")
    kind: Kind
    key_points: tuple[str, ...] = Field(min_length=2)
    passages: tuple[str, ...] = Field(min_length=1)
    """Ids of the passages that carry the answer, best first."""
    sources: tuple[str, ...] = Field(min_length=1)
    """The official pages behind these passages: where to check."""
    readings: tuple[Reading, ...] = Field(min_length=1)
    split: Split

    @property
    def grades(self) -> dict[str, int]:
        """How much each passage answers: the best one most."""
        return {place: 2 if rank == 0 else 1 for rank, place in enumerate(self.passages)}

    @property
    def is_vetted(self) -> bool:
        """Whether an official page was opened for it and bears it out, after corrections if need be."""
        return any(one.is_official and one.verdict in ("agrees", "corrected") for one in self.readings)


class Outside(_Strict):
    """A question that must be refused, and why."""

    id: str = Field(pattern=r"^o-\d{3}$")
    question: str = Field(min_length=3)
    why: str
    split: Split


class ReadPoint(_Strict):
    """A key point, and what was read to say it."""

    says: str
    said_by: tuple[tuple[str, ...], ...] = ()
    """Statements of our pages that say it, alone or together: `passage: opening words`."""


class FreshQuestion(_Strict):
    """A question by somebody who had not seen our pages; nothing is tuned on it."""

    id: str = Field(pattern=r"^f-\d{3}$")
    question: str = Field(min_length=3)
    objective: str = Field(pattern=r"^[1-6]\.[1-3]$")
    kind: Kind
    sources: tuple[str, ...] = ()
    """Official pages whose beginning was seen; the rest is generally known."""
    points: tuple[ReadPoint, ...] = Field(min_length=1)


class Statement(_Strict):
    """A statement beside quotes."""

    says: str
    label: Label
    """By the quotes alone."""
    twist: str
    """What was done to the quotes' words."""


class Quoted(_Strict):
    """Words of a passage, and statements about them."""

    id: str = Field(pattern=r"^s-\d{3}$")
    passage: str
    quotes: tuple[str, ...] = Field(min_length=1)
    split: Split
    pairs: tuple[Statement, ...] = Field(min_length=1)


class ExamItem(BaseModel):
    """An original exam-style item with its key; what else its file says of it is left to those who write it."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    question: str
    options: dict[str, str] = Field(min_length=2)
    key: tuple[str, ...] = Field(min_length=1)
    treats: tuple[str, ...] = ()
    level: str = ""
    """How it was written; docs/solving.md says what each level means."""
    why: str = ""
    """Why the key is right."""
    split: Split

    @field_validator("key", "treats", mode="before")
    @classmethod
    def _several(cls, value: object) -> object:
        """One may stand alone."""
        return [value] if isinstance(value, str) else value


class JudgedPoint(_Strict):
    """A key point beside what an answer said."""

    id: str = Field(pattern=r"^p-\d{3}$")
    case: str
    point: str
    said: tuple[str, ...] = Field(min_length=1)
    says_it: bool
    split: Split


def read_questions(path: Path = GOLD / "questions.yaml") -> tuple[Question, ...]:
    """The questions that the corpus answers."""
    return read_set(path, Question)


def read_outside(path: Path = GOLD / "outside.yaml") -> tuple[Outside, ...]:
    """The questions that it does not."""
    return read_set(path, Outside)


def read_fresh(path: Path = GOLD / "fresh.yaml") -> tuple[FreshQuestion, ...]:
    """The questions on which nothing is tuned."""
    return read_set(path, FreshQuestion)


def read_support(path: Path = GOLD / "support.yaml") -> tuple[Quoted, ...]:
    """Statements beside quotes."""
    return read_set(path, Quoted)


def read_items(path: Path = GOLD / "items.yaml") -> tuple[ExamItem, ...]:
    """Original exam-style items; none where the file is not there."""
    return read_set(path, ExamItem) if path.exists() else ()


def read_points(path: Path = GOLD / "points.yaml") -> tuple[JudgedPoint, ...]:
    """Key points beside what answers said."""
    return read_set(path, JudgedPoint)


def read_set(path: Path, of: type[Record]) -> tuple[Record, ...]:
    """The records of one kind that a file holds."""
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))
        return tuple(TypeAdapter(list[of]).validate_python(entries))  # type: ignore[valid-type]
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}). The gold set lies in evals/gold.") from error
    except (yaml.YAMLError, ValidationError) as error:
        raise InputError(f"{path}: {error}") from error
