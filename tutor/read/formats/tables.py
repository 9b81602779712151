"""Rows of cells in, a Markdown table out."""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST_COLUMNS = 60

_BREAKS = re.compile(r"\s*\n\s*")


def table(rows: Sequence[Sequence[str]]) -> str:
    """Write a table whose first row is its head; rows are filled up to the widest, columns without text left out."""
    cells = [[_cell(cell) for cell in row[:MOST_COLUMNS]] for row in rows]
    cells = [row for row in cells if any(row)]
    if not cells:
        return ""
    columns = max(map(len, cells))
    cells = [row + [""] * (columns - len(row)) for row in cells]
    used = [column for column in range(columns) if any(row[column] for row in cells)]
    lines = [f"| {' | '.join(row[column] for column in used)} |" for row in cells]
    return "\n".join([lines[0], f"|{'---|' * len(used)}", *lines[1:]])


def _cell(text: str) -> str:
    return re.sub(r"(?<!\\)\|", r"\\|", _BREAKS.sub(" ", text.strip()))
