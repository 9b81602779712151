"""The editions of our guide: `corpus/guides/*.yaml` in, oldest first; which one holds, and what continues what.

A file that breaks its form raises `InputError`, which names the file and the field: an unknown field, a missing weight,
two current editions, or a consideration that claims to continue one that the edition before does not have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from tutor.errors import InputError
from tutor.read.guides.edition import Edition
from tutor.read.guides.edition_form import as_edition

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load_editions(folder: Path) -> tuple[Edition, ...]:
    """Read every edition in `folder`, oldest first."""
    editions = tuple(_read(path) for path in sorted(folder.glob("*.yaml")))
    if not editions:
        raise InputError(f"No exam guides in {folder}. Set TUTOR_CORPUS to the corpus folder.")
    current = [edition.id for edition in editions if edition.status == "current"]
    if len(current) != 1:
        names = ", ".join(current) or "none"
        raise InputError(f"{folder}: one edition must be current, not {names}. Mend `status` in the files.")
    for before, after in pairwise(editions):
        _check_links(before, after)
    return editions


def current_edition(editions: Sequence[Edition]) -> Edition:
    """The edition to study by: the learner's own where there is one, added last, else the one that is sat now."""
    own = [edition for edition in editions if edition.status == "own"]
    return own[-1] if own else next(edition for edition in editions if edition.status == "current")


def find_edition(editions: Sequence[Edition], name: str) -> Edition:
    """An edition by its id, or by as much of it as tells it from the others."""
    exact = [edition for edition in editions if name.casefold() in (edition.id, edition.status)]
    found = exact or [edition for edition in editions if name.casefold() in edition.id]
    if len(found) == 1:
        return found[0]
    known = ", ".join(edition.id for edition in editions)
    what = "names several guides" if found else "names no guide"
    raise InputError(f"{name!r} {what}. Use one of: {known}.")


def continuations(editions: Sequence[Edition], old: Edition, new: Edition) -> Mapping[str, frozenset[str]] | None:
    """For each consideration of `new`, those of `old` that it carries on; None unless both are ours, old before new."""
    ids = [edition.id for edition in editions if edition.status != "own"]
    if old.id not in ids or new.id not in ids or ids.index(old.id) >= ids.index(new.id):
        return None
    carried = {each.id: frozenset({each.id}) for each in new.blueprint.considerations}
    for edition in reversed(editions[ids.index(old.id) + 1 : ids.index(new.id) + 1]):
        steps = {each.id: each.continues for each in edition.blueprint.considerations}
        carried = {id_: frozenset(before for at in reached for before in steps[at]) for id_, reached in carried.items()}
    return carried


def _read(path: Path) -> Edition:
    try:
        fields: Any = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a safe loader
        return as_edition(fields)
    except yaml.YAMLError as error:
        raise InputError(f"{path} is not YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InputError(f"{path}: {where or 'the whole'}: {first['msg']}. Mend the file.") from error


def _check_links(before: Edition, after: Edition) -> None:
    known = {each.id for each in before.blueprint.considerations}
    for consideration in after.blueprint.considerations:
        for id_ in consideration.continues:
            if id_ not in known:
                raise InputError(
                    f"{after.id}: {consideration.id} continues {id_}, which {before.id} does not have. "
                    "Mend `continues`."
                )
