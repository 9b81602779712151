"""An answer and a key in; whether it is right out. Of several right options all must be chosen, and no other."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from tutor.errors import InputError


def grade(chosen: Iterable[str], key: Collection[str], letters: Collection[str]) -> tuple[tuple[str, ...], bool]:
    """The chosen letters in order, and whether they are the key. A letter that is no option raises `InputError`."""
    picked = tuple(sorted({letter.strip().upper() for letter in chosen if letter.strip()}))
    if not picked:
        raise InputError("Nothing was chosen. Choose an option first.")
    if unknown := [letter for letter in picked if letter not in letters]:
        raise InputError(f"There is no option {', '.join(unknown)}. The options are {', '.join(letters)}.")
    return picked, set(picked) == set(key)
