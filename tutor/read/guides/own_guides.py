"""The learner's own guides: blueprints in, one file each in `home/guides`, editions out.

    home/guides/ID.json        a guide that the learner added
    home/guides/removed.json   the last one taken away, so that it can be put back

A file is written whole or not at all. A guide without sections, a file that was altered by hand and no longer is a
guide, and a folder that cannot be written raise `InputError`.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from tutor.errors import InputError
from tutor.read.guides.blueprint import Blueprint
from tutor.read.guides.edition import Edition
from tutor.read.passages import slug

LONGEST_ID = 32
"""So that a list of guides fits into a terminal of 80 columns."""
_REMOVED = "removed.json"
_ELSEWHERE = "Set TUTOR_HOME to a folder of yours with space on its disk."


@dataclass(frozen=True)
class OwnGuide:
    """A guide as it is kept."""

    id: str
    origin: str
    """The file or address it came from."""
    added_at: str
    blueprint: Blueprint

    @property
    def edition(self) -> Edition:
        """The guide among the editions."""
        return Edition(self.id, "own", self.blueprint)


_FORM = TypeAdapter(OwnGuide)


class OwnGuides:
    """The guides in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def guides(self) -> list[OwnGuide]:
        """All of them, the one added last at the end."""
        paths = [path for path in self._folder.glob("*.json") if path.name != _REMOVED]
        return sorted(map(_read, paths), key=lambda guide: (guide.added_at, guide.id))

    def add(self, blueprint: Blueprint, origin: str, at: datetime) -> OwnGuide:
        """Keep a guide; one that lists no sections cannot be studied by."""
        if not blueprint.sections:
            raise InputError(
                f"{origin} lists no sections of the exam, so it cannot be studied by; it was not kept. "
                "`tutor guide read` shows what it says. Give the guide with its outline."
            )
        guide = OwnGuide(self._free_id(blueprint, origin), origin, at.isoformat(), blueprint)
        self._write(guide)
        return guide

    def remove(self, guide_id: str | None = None) -> OwnGuide:
        """Take a guide away, the one added last unless another is named; `put_back` undoes it."""
        guides = self.guides()
        guide = next((each for each in reversed(guides) if guide_id in (None, each.id)), None)
        if guide is None:
            known = ", ".join(each.id for each in guides) or "none"
            what = f"There is no guide {guide_id!r} of yours" if guide_id else "There is no guide of yours to remove"
            raise InputError(f"{what}; yours: {known}. `tutor guide list` shows all.")
        self._move(self._path(guide.id), self._folder / _REMOVED)
        return guide

    def put_back(self) -> OwnGuide:
        """Undo the last removal."""
        removed = self._folder / _REMOVED
        if not removed.exists():
            raise InputError("No guide was removed that could be put back.")
        guide = _read(removed)
        if self._path(guide.id).exists():  # another one of that name was added meanwhile
            guide = replace(guide, id=self._free_id(guide.blueprint, guide.origin))
            self._write(guide)
            removed.unlink()
        else:
            self._move(removed, self._path(guide.id))
        return guide

    def _free_id(self, blueprint: Blueprint, origin: str) -> str:
        """A name made of the guide's title and edition, which no other guide has."""
        words = slug(f"{blueprint.title or origin} {blueprint.edition or ''}").split("-")
        while len(name := "-".join(words)) > LONGEST_ID and len(words) > 1:
            words.pop()
        taken = {guide.id for guide in self.guides()}
        ids = (f"own-{name[:LONGEST_ID]}{f'-{number}' if number > 1 else ''}" for number in range(1, len(taken) + 2))
        return next(id_ for id_ in ids if id_ not in taken)

    def _move(self, path: Path, to: Path) -> None:
        try:
            path.replace(to)
        except OSError as error:
            raise InputError(f"{self._folder} cannot be changed ({error.strerror}). {_ELSEWHERE}") from error

    def _write(self, guide: OwnGuide) -> None:
        path = self._path(guide.id)
        partial = path.with_suffix(f".{os.getpid()}.partial")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            partial.write_bytes(_FORM.dump_json(guide, indent=1))
            partial.replace(path)
        except OSError as error:
            with suppress(OSError):
                partial.unlink()
            raise InputError(
                f"{guide.origin} could not be kept in {path.parent} ({error.strerror}). {_ELSEWHERE}"
            ) from error

    def _path(self, guide_id: str) -> Path:
        return self._folder / f"{guide_id}.json"


def _read(path: Path) -> OwnGuide:
    try:
        return _FORM.validate_json(path.read_bytes(), strict=True)
    except ValidationError as error:
        raise InputError(f"{path} is no longer a guide (faults: {error.error_count()}). Remove the file.") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}).") from error
