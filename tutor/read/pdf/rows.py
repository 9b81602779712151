"""A flow of lines in, the same with its tables found out.

A table is a run of rows with two or more cells that begin, end or are centred at the same places. Lines of a cell below
its first go on with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tutor.read.pdf.lines import Line

LEAST_ROWS = 2
MOST_ROWS = 300
CLOSE = 1.5
"""Distance, in letter sizes, up to which a line goes on with the cell above it."""


@dataclass(frozen=True)
class Table:
    """Rows of cells."""

    rows: tuple[tuple[str, ...], ...]
    lines: tuple[Line, ...]


@dataclass
class _Column:
    left: float
    right: float

    def fits(self, line: Line) -> bool:
        """Whether a line stands in this column."""
        return line.left < self.right + line.size and line.right > self.left - line.size


def with_tables(flow: list[Line]) -> Iterator[Line | Table]:
    """Yield the lines of a flow, with tables in the place of the lines that make them."""
    rows = list(_side_by_side(flow))
    position = 0
    while position < len(rows):
        length, table = _table(rows[position : position + MOST_ROWS]) if len(rows[position]) > 1 else (0, None)
        if table is None:
            yield from (Table(line.cells, (line,)) if line.cells else line for line in rows[position])
            position += 1
        else:
            yield table
            position += length


def _side_by_side(flow: list[Line]) -> Iterator[list[Line]]:
    """Lines that stand at one height, from left to right."""
    row: list[Line] = []
    for line in sorted(flow, key=lambda one: -one.base):
        if row and abs(row[0].base - line.base) > 0.4 * min(line.size, row[0].size):
            yield _row(row)
            row = []
        row.append(line)
    if row:
        yield _row(row)


def _row(lines: list[Line]) -> list[Line]:
    """Lines at one height, in order; a line of code is one line however wide its gaps."""
    row = sorted(lines, key=lambda one: one.left)
    is_code = len(row) > 1 and all(line.mono_share == 1 for line in row)
    return [Line(tuple(word for line in row for word in line.words))] if is_code else row


def _table(rows: list[list[Line]]) -> tuple[int, Table | None]:
    """The table that begins with the first row of lines, and how many of them it takes."""
    if any(line.marker or line.cells for line in rows[0]):
        return 0, None
    columns = [_Column(line.left, line.right) for line in rows[0]]
    placed: list[list[int]] = []
    for row in rows:
        places = None if row[0].cells or row[0].marker else _places(row, columns)
        if places is None:
            break
        placed.append(places)
        for place, line in zip(places, row, strict=True):
            columns[place].left = min(columns[place].left, line.left)
            columns[place].right = max(columns[place].right, line.right)
    cells: list[list[list[Line]]] = []
    taken = 0
    for row, places, goes_on in zip(rows, placed, _going_on(rows, placed), strict=False):
        if not goes_on and len(row) < 2:
            break
        if not goes_on:
            cells.append([[] for _ in columns])
        for place, line in zip(places, row, strict=True):
            cells[-1][place].append(line)
        taken += 1
    if len(cells) < LEAST_ROWS:
        return 0, None
    texts = tuple(tuple(" ".join(line.text for line in cell) for cell in row) for row in cells)
    return taken, Table(texts, tuple(line for row in rows[:taken] for line in row))


def _going_on(rows: list[list[Line]], placed: list[list[int]]) -> Iterator[bool]:
    """Whether each row of lines goes on with the cells above it rather than beginning anew.

    Where rows stand apart, what stands closer goes on; else what leaves the first column empty.
    """
    gaps = [(above[0].base - below[0].base) / below[0].size for above, below in pairwise(rows[: len(placed)])]
    widest = max((gap for gap, places in zip(gaps, placed[1:], strict=True) if len(places) > 1), default=0.0)
    stand_apart = bool(gaps) and min(gaps) < CLOSE and widest > 1.2 * min(gaps)
    yield False
    for gap, places in zip(gaps, placed[1:], strict=True):
        yield gap < 1.15 * min(gaps) if stand_apart else gap < CLOSE and 0 not in places


def _places(row: list[Line], columns: list[_Column]) -> list[int] | None:
    """Which column each line of a row stands in; None if one stands in none, in two, or two in one."""
    fitting = [{number for number, column in enumerate(columns) if column.fits(line)} for line in row]
    if len(row) == len(columns) and all(fits <= {number} for number, fits in enumerate(fitting)):
        return list(range(len(row)))
    places = [next(iter(fits)) for fits in fitting if len(fits) == 1]
    return places if len(places) == len(set(places)) == len(row) else None
