"""Situations: cases of a decision that an author has told whole, and the turns on which each of them can be decided.

Circumstances drawn together are sentences beside sentences; a situation is one story. What it states is named by the
facts of its model, so that the model proves its key as it proves any other; how it is told is the author's. Where a
text has `{six|eight|ten}`, one of these is told, and the same one wherever the same braces stand.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]

TURN = "{turn}"
"""Where in the text of a situation its turn is told; behind it where this does not stand there."""
_BRACES = re.compile(r"\{([^{}]*)\}")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Why(_Strict):
    """Why an option is right or wrong here."""

    by: tuple[Id, ...] = Field(min_length=1, max_length=2)
    """The facts, or the preference, whose reasons are cited."""
    so: str = Field(default="", max_length=260)
    """What follows from that for this case: whole sentences that stand behind the cited ones."""


class Turn(_Strict):
    """What decides a situation one way rather than another."""

    id: Id
    tells: str = Field(min_length=12)
    """Whole sentences."""
    states: tuple[Id, ...] = ()
    """The facts that they state."""
    prefers: Id | None = None
    """The preference that the turn or the ask names."""
    ask: str = Field(min_length=12)
    why: Mapping[str, Why] = Field(default_factory=dict)
    """What is to be said of each option in this turn; where it says nothing, the situation does."""


class Situation(_Strict):
    """A case as an author tells it: who, with what, to what end, under which circumstances."""

    id: Id
    text: str = Field(min_length=60)
    states: tuple[Id, ...] = ()
    """The facts that the text states, whichever turn it takes."""
    offers: tuple[Id, ...] = Field(min_length=4)
    """The options that a competent person might consider here; those shown are drawn from them."""
    turns: tuple[Turn, ...] = Field(min_length=1)
    why: Mapping[str, Why] = Field(default_factory=dict)

    def stated(self, turn: Turn) -> tuple[str, ...]:
        """The facts that hold in a turn, those of the situation first."""
        return tuple(dict.fromkeys((*self.states, *turn.states)))

    def why_of(self, turn: Turn, option: str) -> Why | None:
        """What is to be said of an option in a turn."""
        return turn.why.get(option) or self.why.get(option)

    def whole(self, turn: Turn) -> str:
        """The text with a turn, its braces not yet drawn."""
        return self.text.replace(TURN, turn.tells) if TURN in self.text else f"{self.text.rstrip()} {turn.tells}"

    def texts(self) -> Iterator[str]:
        """Everything in which braces may stand."""
        yield self.text.replace(TURN, "")
        for turn in self.turns:
            yield from (turn.tells, turn.ask)


def tell_one_way(text: str, seed: str) -> str:
    """A text with one way told for each pair of braces; the same braces and seed give the same one in any text."""

    def pick(found: re.Match[str]) -> str:
        ways: list[str] = found[1].split("|")
        return random.Random(f"{seed}/{found[1]}").choice(ways)  # noqa: S311 - a draw that can be repeated

    return " ".join(_BRACES.sub(pick, text).split())


def has_faulty_braces(text: str) -> bool:
    """Whether braces are open, nested, or leave no choice."""
    inside = [found[1] for found in _BRACES.finditer(text)]
    rest = _BRACES.sub("", text)
    return "{" in rest or "}" in rest or any(len({*ways.split("|")}) < 2 for ways in inside)
