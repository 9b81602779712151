"""Files in `corpus/rulings` and `corpus/cases` in, precedents out: what decides between choices, in words of scenarios.

Each entry names a circumstance, the choices that fit it, those that fail it, and the passage that says so. `when`,
`choose` and `not` hold one or more wordings parted by ` | `: of a solved case `when` holds the whole scenario and then
what decides in it. A faulty file raises `InputError`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from tutor.errors import InputError
from tutor.solve.precedents import Origin, Precedent

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _parted(value: object) -> object:
    return tuple(part.strip() for part in value.split(" | ")) if isinstance(value, str) else value


Wordings = Annotated[tuple[Annotated[str, Field(min_length=2)], ...], BeforeValidator(_parted), Field(min_length=1)]


class Ruling(BaseModel):
    """What one circumstance decides."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    when: Wordings
    choose: Wordings
    not_: Wordings = Field(alias="not")
    passage: str = Field(pattern=r"^[a-z0-9-]+#[a-z0-9.-]+$")


def read_rulings(folder: Path) -> tuple[Ruling, ...]:
    """The rulings of all files of a folder, by file name; none where there is no folder."""
    return tuple(ruling for path in sorted(folder.glob("*.yaml")) for ruling in _read(path))


def from_rulings(rulings: tuple[Ruling, ...], origin: Origin = "by hand") -> Iterator[Precedent]:
    """Each choice under each circumstance, one precedent each: hand-written choices are not wordings of one another."""
    for ruling in rulings:
        for sign, choices in ((1, ruling.choose), (-1, ruling.not_)):
            for choice in choices:
                yield Precedent(ruling.when, (choice,), sign, ruling.passage, "", origin)


def _read(path: Path) -> list[Ruling]:
    try:
        entries = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader, in C
        return TypeAdapter(list[Ruling]).validate_python(entries or [])
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from error
    except (yaml.YAMLError, ValidationError) as error:
        raise InputError(f"{path}: {error}") from error
