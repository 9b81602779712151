"""A page's lines in, its flows out: the runs of lines that are read one after the other, column by column.

A page is cut at a gutter where enough lines stand on both sides of it and each side reads like a text. Cells of a table
stand on both sides too; what tells them is that their rows begin at the same heights.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from tutor.read.pdf.lines import Line

Flow = list[Line]

LEAST_LINES = 4
"""Lines that a column must have."""
LEAST_LETTERS = 14
"""Median length of the lines in a column; cells are shorter."""
GUTTER = 0.8
"""Least width of a gutter in letter sizes."""
APART = 1.7
"""Distance between lines, in letter sizes, that parts them."""
DEEPEST = 3
MOST_LINES = 1000
"""Pages with more are drawings, not text."""


def flows(lines: list[Line], depth: int = 0) -> Iterator[Flow]:
    """Yield a page's flows in reading order."""
    gutter = _gutter(lines) if depth < DEEPEST and len(lines) <= MOST_LINES else None
    plain: Flow = []
    for band in [lines] if gutter is None else _bands(lines, gutter):
        above, left, right, below = _sides(band, gutter) if gutter is not None else ([], [], [], [])
        if not _are_columns(left, right):
            plain += band
            continue
        yield from _in_order(plain + above)
        yield from flows(left, depth + 1)
        yield from flows(right, depth + 1)
        plain = below
    yield from _in_order(plain)


def _in_order(lines: Flow) -> Iterator[Flow]:
    if lines:
        yield sorted(lines, key=lambda line: (-line.base, line.left))


def _gutter(lines: list[Line]) -> float | None:
    """The height-long gap that parts the most lines into two columns."""
    best, best_score = None, 0
    for place in _places(lines):
        score = 0
        for band in _bands(lines, place):
            _, left, right, _ = _sides(band, place)
            if _are_columns(left, right):
                score += min(len(left), len(right))
        if score > best_score:
            best, best_score = place, score
    return best


def _places(lines: list[Line]) -> list[float]:
    """Where a gutter might be: just left of places at which several lines begin."""
    starts: dict[int, int] = {}
    for line in lines:
        starts[round(line.left / 3)] = starts.get(round(line.left / 3), 0) + 1
    leftmost = min((line.left for line in lines), default=0.0)
    often = sorted(starts, key=lambda start: -starts[start])[:12]
    likely = [start * 3 - 2.0 for start in often if starts[start] + starts.get(start + 1, 0) >= LEAST_LINES]
    return [place for place in likely if place > leftmost + 50]


def _bands(lines: list[Line], place: float) -> Iterator[list[Line]]:
    """Cut a page into bands: those that a line across the gutter belongs to, and those between them."""
    ordered = sorted(lines, key=lambda line: (-line.base, line.left))
    crossing = [line for line in ordered if line.left < place < line.right]
    heights = [line.base for line in crossing]
    band: list[Line] = []
    for line in ordered:
        crosses = any(abs(line.base - height) < 0.4 * line.size for height in heights)
        if band and crosses != _crosses(band[-1], heights):
            yield band
            band = []
        band.append(line)
    if band:
        yield band


def _sides(band: list[Line], place: float) -> tuple[Flow, Flow, Flow, Flow]:
    """What stands above the columns of a band, in its left and right one, and below them; none where a line crosses.

    A table may stand above columns without crossing the gutter, and what comes after them need not cross it either.
    Both are told by a gap over the whole width.
    """
    if not all(line.right <= place or line.left >= place for line in band):
        return [], [], [], []
    blocks = _apart(band)
    first = 0
    while first < len(blocks) - 1 and not _are_columns(*_halves(blocks[first : first + 1], place)):
        if not _are_columns(*_halves(blocks[first + 1 :], place)):
            break
        first += 1
    left, right = _halves(blocks[first:], place)
    above = [line for block in blocks[:first] for line in block]
    foot = min((line.base for line in right), default=0.0)
    for number in range(1, len(left)):
        higher, line = left[number - 1], left[number]
        if line.base < foot - 0.5 * line.size and higher.base - line.base > APART * line.size:
            return above, left[:number], right, left[number:]
    return above, left, right, []


def _halves(blocks: list[list[Line]], place: float) -> tuple[Flow, Flow]:
    lines = [line for block in blocks for line in block]
    return [line for line in lines if line.right <= place], [line for line in lines if line.left >= place]


def _apart(band: list[Line]) -> list[list[Line]]:
    """Cut a band where nothing stands over its whole width."""
    blocks: list[list[Line]] = []
    for line in sorted(band, key=lambda one: (-one.base, one.left)):
        if blocks and blocks[-1][-1].base - line.base < APART * line.size:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def _crosses(line: Line, heights: list[float]) -> bool:
    return any(abs(line.base - height) < 0.4 * line.size for height in heights)


def _are_columns(left: list[Line], right: list[Line]) -> bool:
    """Whether what stands on both sides of a gap is text rather than the cells of a table."""
    if min(len(left), len(right)) < LEAST_LINES:
        return False
    size = median(line.size for line in left)
    if min(line.left for line in right) - max(line.right for line in left) < GUTTER * size:
        return False
    if min(median(len(line.text) for line in side) for side in (left, right)) < LEAST_LETTERS:
        return False
    top = min(max(line.base for line in side) for side in (left, right))
    bottom = max(min(line.base for line in side) for side in (left, right))
    if top - bottom < 2 * left[0].size:
        return False
    if any(_is_sparse(side) for side in (left, right)) or _are_rows(left, right):
        return False
    marked = any(line.marker for line in (*left, *right))
    going_on = sum(line.text[:1].islower() for line in (*left, *right)) / (len(left) + len(right))
    return marked or going_on > 0.15


def _is_sparse(side: list[Line]) -> bool:
    """Whether the lines of a side stand far apart, as the short cells of a table beside long ones."""
    heights = sorted(line.base for line in side)
    steps = [upper - lower for lower, upper in pairwise(heights) if upper - lower > 1]
    return bool(steps) and median(steps) > 2.2 * median(line.size for line in side)


def _are_rows(left: list[Line], right: list[Line]) -> bool:
    """Whether the two sides form rows: they part at the same heights, and begin anew at the same heights."""
    both = sorted((*left, *right), key=lambda line: -line.base)
    size = median(line.size for line in both)
    blocks: list[list[Line]] = []
    for line in both:
        if blocks and blocks[-1][-1].base - line.base < 1.45 * size:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    on_left = {id(line) for line in left}
    aligned = 0
    for block in blocks:
        tops = [
            max((line.base for line in block if (id(line) in on_left) is side), default=None) for side in (True, False)
        ]
        aligned += tops[0] is not None and tops[1] is not None and abs(tops[0] - tops[1]) < 0.3 * size
    return len(blocks) >= 3 and aligned >= 0.7 * len(blocks)
