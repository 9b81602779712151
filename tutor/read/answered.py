"""Questions with what an expert would say to each, as files beside the documentation.

`answered/PAGE.txt` holds questions as learners ask them, in one wording or in several, and the statements of the pages
that make a good answer, the most important first: each by the heading of its passage, as it stands behind `#` in the
passage's id, and by its opening words. A passage of another page is named whole.

    ? Sales of 4,000 shops lie in BigQuery. How do we forecast each of them?
    ? forecast many series with sql only
    - when-to-choose-it: All three options fit
    - bigquery-ml-prediction#what-it-is: Prediction in BigQuery ML

    ? The next question, behind an empty line

A file of another form raises `AnsweredError`. Whether a passage still has a statement is for whoever needs it to see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tutor.errors import PageError
from tutor.read.statements import statements

_SAYS = re.compile(r"- ([a-z0-9.#-]+): (\S.*)")


class AnsweredError(PageError):
    """A file of answered questions is not as it should be."""


@dataclass(frozen=True)
class Opening:
    """A statement, by where it stands and how it begins."""

    passage: str
    words: str


@dataclass(frozen=True)
class Answered:
    """A question, in its wordings, and what should be said to it."""

    asks: tuple[str, ...]
    says: tuple[Opening, ...]
    """The most important first."""


def read_answered(folder: Path) -> list[Answered]:
    """The answered questions of all pages; none where there is no such folder."""
    return [one for path in sorted(folder.glob("*.txt")) for one in _of_page(path)]


def told_by(text: str) -> list[str]:
    """The statements of a passage's text, on one line each, as an opening names them."""
    return [" ".join(one.text.split()) for one in statements(text)]


def opened_by(words: str, told: Sequence[str]) -> int | None:
    """Which of a passage's statements begins with these words; None where none does, or more than one."""
    found = [number for number, statement in enumerate(told) if statement.startswith(words)]
    return found[0] if len(found) == 1 else None


def _of_page(path: Path) -> Iterator[Answered]:
    for block in re.split(r"\n(?:[ \t]*\n)+", path.read_text(encoding="utf-8").strip()):
        lines = block.splitlines()
        asks = tuple(line[2:].strip() for line in lines if line.startswith("? "))
        says = tuple(map(_SAYS.fullmatch, lines[len(asks) :]))
        if not asks or not says or not all(asks) or not all(says):
            raise AnsweredError(f"{path}: `? ` before questions, then `- heading: opening words`, but:\n{block}")
        yield Answered(asks, tuple(Opening(_whole(found[1], path.stem), found[2].strip()) for found in says if found))


def _whole(place: str, page: str) -> str:
    return place if "#" in place else f"{page}#{place}"
