"""Upheld cases as gold cases: a file of what must never be said or keyed again, which the tests run.

Promotion needs a second ruling: whoever promotes must not be the one who ruled. The file is YAML, so that people read
it, and each case says who ruled, who promoted, and why.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from tutor.errors import InputError
from tutor.review.binding import Bond, BondKind
from tutor.review.case import Case


class Forbidden(BaseModel):
    """One thing that must not come again."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: BondKind
    value: str


class GoldRuling(BaseModel):
    """A case that was upheld twice."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    target: str
    cause: str
    why: str
    question: str = ""
    """What was asked, where an answer was wrong."""
    forbidden: tuple[Forbidden, ...] = Field(min_length=1)
    ruled_by: tuple[str, ...] = Field(min_length=1)
    promoted_by: str
    on: date

    @property
    def bonds(self) -> tuple[Bond, ...]:
        """What it forbids."""
        return tuple(Bond(one.kind, one.value, self.id) for one in self.forbidden)


def read_gold_rulings(path: Path) -> tuple[GoldRuling, ...]:
    """The gold cases in a file; none where there is no file."""
    if not path.is_file():
        return ()
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8")) or []
        return TypeAdapter(tuple[GoldRuling, ...]).validate_python(found)
    except (yaml.YAMLError, ValidationError) as error:
        raise InputError(f"{path}: {error}") from error


def promote(case: Case, bonds: Sequence[Bond], by: str, path: Path) -> GoldRuling:
    """Write an upheld case to the gold file."""
    if case.state != "upheld":
        raise InputError(f"The case is {case.state}; only an upheld one becomes a gold case.")
    if by in {ruling.by for ruling in case.rulings}:
        raise InputError(f"{by} ruled on this case. Somebody else must promote it: that is the second ruling.")
    if not bonds:
        raise InputError("The ruling forbids nothing, so no test can be made of it. Rule again, naming the words.")
    known = {one.id: one for one in read_gold_rulings(path)}
    made = GoldRuling(
        id=case.id,
        target=case.target,
        cause=case.cause,
        why=case.rulings[-1].words,
        question=str(case.shown.get("question", "")),
        forbidden=tuple(dict.fromkeys(Forbidden(kind=bond.kind, value=bond.value) for bond in bonds)),
        ruled_by=tuple(dict.fromkeys(ruling.by for ruling in case.rulings)),
        promoted_by=by,
        on=case.rulings[-1].at.date(),
    )
    told: list[dict[str, Any]] = [one.model_dump(mode="json") for one in (known | {made.id: made}).values()]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=110), encoding="utf-8")
    return made
