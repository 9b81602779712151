"""A writer, a reader and the checks in; a draft that is sound, or the faults for which it was given up, out.

Whatever language models draft goes this way: what cannot be read or has faults goes back to its writer with them, three
times at most. Nobody has vetted what comes out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from pydantic import ValidationError

from tutor.engines.output import json_object

MOST_REPAIRS = 3

Made = TypeVar("Made")


class Writer(Protocol):
    """Whoever drafts from some material."""

    @property
    def name(self) -> str:
        """What readers are told about who drafted."""

    @property
    def prompt_hash(self) -> str:
        """What it was told, in short."""

    def draft(self, shown: str, before: str = "", faults: Sequence[str] = ()) -> str:
        """Write as JSON, from what is shown between markers; after faults, once more without them."""


@dataclass(frozen=True)
class Drafted(Generic[Made]):
    """What came of it: the last draft that could be read, how many there were, and what is wrong with the last."""

    made: Made | None
    drafts: int
    faults: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether it may go to a reviewer."""
        return self.made is not None and not self.faults


def draft_until_sound(
    write: Callable[[str, Sequence[str]], str],
    read: Callable[[str], Made | str],
    faults_of: Callable[[Made], Sequence[str]],
) -> Drafted[Made]:
    """Let something be written, and mended at most three times. `write` is given the last draft and its faults."""
    text, faults = "", tuple[str, ...]()
    made: Made | None = None
    for draft in range(1, 2 + MOST_REPAIRS):
        text = write(text, faults)
        found = read(text)
        if isinstance(found, str):
            made, faults = None, (found,)
            continue
        made, faults = found, tuple(faults_of(found))
        if not faults:
            return Drafted(made, draft)
    return Drafted(made, 1 + MOST_REPAIRS, faults)


def read_as(written: str, name: str, form: Callable[[Any], Made]) -> Made | str:
    """The JSON object with this name in it, in its form; or why it cannot be read, for its writer to act on."""
    found = json_object(written, name)
    if found is None:
        return "It could not be read: no JSON object of the form"
    try:
        return form(found)
    except ValidationError as error:
        first = error.errors()[0]
        place = " ".join(str(part + 1) if isinstance(part, int) else str(part) for part in first["loc"])
        return f"It could not be read: {place or 'the whole'}: {first['msg']}"
