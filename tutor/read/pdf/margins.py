"""The lines of all pages in, the same without running titles and page numbers out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from tutor.read.pdf.lines import Line
from tutor.read.pdf.style import style_of

Key = tuple[str, int]

ZONE = 0.13
"""Share of the page's height, above and below, in which running titles stand."""
DEEPEST = 3
"""How many lines a running title may have."""
LEAST_SHARE = 0.4
"""Share of the pages on which a running title stands; one that stands apart from the text need only do so nearby."""
APART = 1.7
"""Distance from the text, in letter sizes, that tells a running title."""
SAME_PLACE = 5.0
"""Points of the page's height that count as one place."""

_PAGE_NUMBER = re.compile(
    r"(?:[-–—|•·\s]*)(?:page|p\.|seite)?\s*(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|\||of|von)\s*\d{1,4})?[-–—|•·\s]*$", re.I
)
_DIGITS = re.compile(r"\d+")


def without_margins(pages: Sequence[tuple[list[Line], float]]) -> list[list[Line]]:
    """Take running titles and page numbers off pages, each given with its height."""
    body_size = style_of(lines for lines, _ in pages).size
    zones = [_zone(lines, height, body_size) for lines, height in pages]
    seen = Counter(key for zone in zones for key in set(zone))
    least = max(2, round(LEAST_SHARE * len(pages)))
    kept: list[list[Line]] = []
    for number, ((lines, height), zone) in enumerate(zip(pages, zones, strict=True)):
        near = [
            key
            for other in (number - 2, number - 1, number + 1, number + 2)
            if 0 <= other < len(zones)
            for key in zones[other]
        ]
        running = {
            id(line)
            for key, (line, stands_apart) in zone.items()
            if seen[key] >= least or (stands_apart and key in near)
        }
        kept.append(_without_number([line for line in lines if id(line) not in running], lines, height))
    return kept


def _zone(lines: list[Line], height: float, body_size: float) -> dict[Key, tuple[Line, bool]]:
    """The lines that may be a running title, and whether each stands apart from the text."""
    rows = sorted({round(line.base) for line in lines})
    outer = {*rows[:DEEPEST], *rows[-DEEPEST:]}
    zone: dict[Key, tuple[Line, bool]] = {}
    for line in lines:
        if round(line.base) not in outer or line.cells or ZONE < line.base / height < 1 - ZONE:
            continue
        inward = [row for row in rows if (row < line.base - 2 if line.base > height / 2 else row > line.base + 2)]
        gap = min((abs(row - line.base) for row in inward), default=0.0)
        zone[_key(line, body_size)] = (line, gap > APART * line.size)
    return zone


def _key(line: Line, body_size: float) -> Key:
    """What makes two lines the same running title; numbers count only in large type, where headings are numbered."""
    text = line.text.strip().lower()
    small = line.size <= 1.05 * body_size and not line.bold
    return _DIGITS.sub("#", text) if small else text, round(line.base / SAME_PLACE)


def _without_number(left: list[Line], lines: list[Line], height: float) -> list[Line]:
    """Take off the outermost line if it is nothing but a page number."""
    for outermost in (min, max):
        line = outermost(lines, key=lambda one: one.base, default=None)
        is_outside = line is not None and not ZONE < line.base / height < 1 - ZONE
        if line is not None and is_outside and _PAGE_NUMBER.match(line.text.strip()):
            left = [one for one in left if one is not line]
    return left
