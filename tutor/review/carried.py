"""A record of another machine's export in; a flag, or a ruling with what it binds, out.

Whatever is not a flag or a ruling as this tutor writes them raises `InputError` with its line: a single strange cause
would stop every queue that it stands in.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from tutor.errors import InputError
from tutor.review.binding import Bond
from tutor.review.flag import Cause, Flag, Target
from tutor.review.ruling import Remedy, Ruling, Verdict, check_ruling


class _Record(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    words: str
    by: str
    at: AwareDatetime


class _Told(BaseModel):
    """What review shows of an item."""

    stem: str
    options: dict[str, str]
    key: tuple[str, ...]
    explanations: dict[str, str]

    @model_validator(mode="after")
    def _is_whole(self) -> _Told:
        if set(self.options) != set(self.explanations) or not set(self.key) <= set(self.options):
            raise ValueError("options, key and explanations have different letters")
        return self


class CarriedFlag(_Record):
    """A flag as it is exported."""

    target: Target
    target_id: str = Field(min_length=1)
    cause: Cause
    shown: dict[str, Any]

    @model_validator(mode="after")
    def _can_be_shown(self) -> CarriedFlag:
        if self.target == "item":
            _Told.model_validate(self.shown)
        return self

    @property
    def flag(self) -> Flag:
        """The flag itself."""
        return Flag(self.target, self.target_id, self.cause, self.words, self.by, self.at, self.shown)


class CarriedRuling(_Record):
    """A ruling as it is exported."""

    id: str = Field(min_length=1)
    case: str = Field(min_length=1)
    verdict: Verdict
    remedy: Remedy
    taken_back: bool
    bonds: tuple[Bond, ...]

    @property
    def ruling(self) -> Ruling:
        """The ruling itself."""
        return Ruling(self.id, self.case, self.verdict, self.remedy, self.words, self.by, self.at)


def read_carried(record: object, number: int) -> CarriedFlag | CarriedRuling:
    """The flag or ruling that stands in line `number`."""
    kind = record.get("record") if isinstance(record, Mapping) else None
    if kind not in ("flag", "ruling"):
        raise InputError(f"line {number} is no flag or ruling of `tutor review export`. Nothing was taken in.")
    try:
        if kind == "flag":
            return CarriedFlag.model_validate(record)
        read = CarriedRuling.model_validate(record)
        check_ruling(read.verdict, read.remedy, read.words)
    except ValidationError as error:
        first = error.errors()[0]
        told = ": ".join(part for part in (".".join(map(str, first["loc"])), first["msg"]) if part)
        raise InputError(f"line {number} is no {kind}: {told}. Nothing was taken in.") from error
    except InputError as error:
        raise InputError(f"line {number} is no {kind}: {error} Nothing was taken in.") from error
    return read
