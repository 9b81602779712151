"""Statements of an answer in; the answer as Markdown out: as it comes, as a list, or as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from tutor.engines.engine import Form

LEADING = "In short"
"""What the rows of a table are called that stand under no part."""

NEVER_FOLDED = ("On the exam", "Steps")
FIRST_BEHIND = 4
"""So much is read first of the part behind what leads."""
LEAST_FOLDED = 3
"""A rest of fewer statements is shown."""


@dataclass(frozen=True)
class AnswerStatement:
    """A statement and the numbers of its citations."""

    text: str
    citations: tuple[int, ...]
    part: str = ""
    """Under which words it stands; what leads stands under none."""
    is_step: bool = False

    @property
    def is_table(self) -> bool:
        """Whether it is a table, which stands alone."""
        return self.text.startswith("|")

    @property
    def marks(self) -> str:
        """Its citation numbers as they stand behind it."""
        return "".join(f"[{number}]" for number in self.citations)

    def as_json(self) -> dict[str, Any]:
        """The statement in the shape that the command line promises."""
        return {"text": self.text, "citations": list(self.citations), "part": self.part, "is_step": self.is_step}


Part = tuple[str, tuple[AnswerStatement, ...]]


def in_parts(statements: Sequence[AnswerStatement]) -> list[Part]:
    """The statements by the part they stand in, in order."""
    return [(part, tuple(group)) for part, group in groupby(statements, key=lambda one: one.part)]


def fold(parts: Sequence[Part]) -> tuple[list[Part], list[Part]]:
    """What is read first: what leads, the best of the part behind it, what the exam turns on, steps; a long rest."""
    behind = next((part for part, _ in parts if part), "")
    first, rest = list[Part](), list[Part]()
    for part, told in parts:
        if part == behind and part not in ("", *NEVER_FOLDED) and len(told) > FIRST_BEHIND:
            first.append((part, told[:FIRST_BEHIND]))
            rest.append((part, told[FIRST_BEHIND:]))
        elif part in ("", behind, *NEVER_FOLDED):
            first.append((part, told))
        else:
            rest.append((part, told))
    is_long = sum(len(told) for _, told in rest) >= LEAST_FOLDED
    return (first, rest) if is_long else (list(parts), [])


def names_of(parts: Sequence[Part]) -> str:
    """The names of parts in one line."""
    return " · ".join(dict.fromkeys(part for part, _ in parts))


def as_markdown(statements: Sequence[AnswerStatement], form: Form) -> str:
    """Statements as Markdown, citations as [n]."""
    if form == "table":
        return _as_table(statements)
    return "\n\n".join(_part(part, told, form) for part, told in in_parts(statements))


def _part(part: str, statements: Sequence[AnswerStatement], form: Form) -> str:
    """A part of an answer: what leads as paragraphs, the rest as lists below its name; tables stand alone."""
    if not part and form != "list":
        return "\n\n".join(_with_marks(one) for one in statements)
    blocks = [f"**{part}**"] if part else []
    for is_table, group in groupby(statements, key=lambda one: one.is_table):
        if is_table:
            blocks += [_with_marks(one) for one in group]
        else:
            lines = enumerate(((" ".join(_with_marks(one).split()), one.is_step) for one in group), 1)
            blocks.append("\n".join(f"{f'{number}.' if step else '-'} {line}" for number, (line, step) in lines))
    return "\n\n".join(blocks)


def _as_table(statements: Sequence[AnswerStatement]) -> str:
    """Tables first, as they are; the rest as rows, one for each statement."""
    tables = [_with_marks(one) for one in statements if one.is_table]
    rows = [
        f"| {(part or LEADING) if place == 0 else ''} | {cell(_with_marks(one))} |"
        for part, told in in_parts([one for one in statements if not one.is_table])
        for place, one in enumerate(told)
    ]
    head = ["| | What the documentation says |", "|---|---|"]
    return "\n\n".join([*tables, *(["\n".join([*head, *rows])] if rows else [])])


def cell(text: str) -> str:
    """A text that can stand in a cell of a table."""
    return " ".join(text.replace("|", "\\|").split())


def _with_marks(statement: AnswerStatement) -> str:
    """A statement with its citation numbers behind it; a table keeps them on a line of their own."""
    return f"{statement.text}{chr(10) * 2 if statement.is_table else ' '}{statement.marks}".rstrip()
