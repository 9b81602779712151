"""The rows of an HTML table in, rows of texts out; cells that span columns or rows are put where they show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from tutor.read.formats.page import Node

WIDEST = 30
"""Columns that one cell may span."""
TALLEST = 200
"""Rows that one cell may span."""


def spread(rows: Iterable[Node], text_of: Callable[[Node], str]) -> Iterator[list[str]]:
    """Yield rows; a cell that spans rows is said in each, so that every row can stand alone."""
    spanning: dict[int, tuple[str, int]] = {}
    for row in rows:
        cells: list[str] = []
        for cell in row.iterchildren("td", "th"):
            _from_above(cells, spanning)
            text = text_of(cell)
            down = min(number_in(cell.get("rowspan"), 1), TALLEST)
            if down > 1:
                spanning[len(cells)] = (text, down - 1)
            cells += [text, *[""] * (min(number_in(cell.get("colspan"), 1), WIDEST) - 1)]
        _from_above(cells, spanning)
        yield cells


def number_in(text: str | None, otherwise: int) -> int:
    """The number that an attribute gives, if it gives one."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else otherwise


def _from_above(cells: list[str], spanning: dict[int, tuple[str, int]]) -> None:
    while (column := len(cells)) in spanning:
        text, left = spanning.pop(column)
        if left > 1:
            spanning[column] = (text, left - 1)
        cells.append(text)
