"""Words and shapes in, the tables that have rules between their cells out.

Rules that cross make a grid; words belong to the cell that they stand in. A frame with one cell is no table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tutor.read.pdf.geometry import Box
from tutor.read.pdf.pen import Word
from tutor.read.pdf.shapes import Shape

THIN = 2.5
"""Points; a filled box that is thinner is a rule."""
NEAR = 3.0
"""Points within which two rules meet."""
MOST_RULES = 600
"""Pages with more are drawings."""


@dataclass(frozen=True)
class Grid:
    """A table's place and the words of its cells, row by row."""

    box: Box
    rows: tuple[tuple[tuple[Word, ...], ...], ...]


@dataclass
class _Rule:
    """A straight line: where it lies across its direction, and from where to where it runs."""

    place: float
    start: float
    end: float

    def reaches(self, place: float) -> bool:
        return self.start - NEAR <= place <= self.end + NEAR


def grids(words: Sequence[Word], shapes: Iterable[Shape]) -> Iterator[Grid]:
    """Find the ruled tables of a page."""
    level, upright = _rules(shapes)
    for some_level, some_upright in _crossing(level, upright):
        heights = _places(some_level)[::-1]
        lefts = _places(some_upright)
        if len(heights) < 3 or len(lefts) < 3:
            continue
        box = (lefts[0], heights[-1], lefts[-1], heights[0])
        inside = [word for word in words if _is_in(word, box)]
        rows = [_row(inside, top, low, some_upright) for top, low in pairwise(heights)]
        rows = [row for row in rows if any(row)]
        if len(rows) >= 2 and max(map(len, rows)) >= 2 and sum(sum(map(bool, row)) > 1 for row in rows) >= 2:
            yield Grid(box, tuple(rows))


def _rules(shapes: Iterable[Shape]) -> tuple[list[_Rule], list[_Rule]]:
    """All level and upright rules: thin boxes, strokes, and the edges of framed cells."""
    level: list[_Rule] = []
    upright: list[_Rule] = []
    for shape in shapes:
        left, low, right, top = shape.box
        if shape.white or right - left > 1e6:
            continue
        if len(level) + len(upright) > MOST_RULES:
            return [], []
        if shape.height < THIN < shape.width:
            level.append(_Rule((low + top) / 2, left, right))
        elif shape.width < THIN < shape.height:
            upright.append(_Rule((left + right) / 2, low, top))
        elif shape.stroked and shape.width > 8 and shape.height > 8:
            level += [_Rule(low, left, right), _Rule(top, left, right)]
            upright += [_Rule(left, low, top), _Rule(right, low, top)]
    return _merged(level), _merged(upright)


def _merged(rules: list[_Rule]) -> list[_Rule]:
    """Join pieces of one rule that lie end to end."""
    merged: list[_Rule] = []
    for rule in sorted(rules, key=lambda one: (round(one.place / NEAR), one.start)):
        for other in reversed(merged[-3:]):
            if abs(other.place - rule.place) < NEAR and rule.start <= other.end + NEAR:
                other.end = max(other.end, rule.end)
                break
        else:
            merged.append(rule)
    return merged


def _crossing(level: list[_Rule], upright: list[_Rule]) -> Iterator[tuple[list[_Rule], list[_Rule]]]:
    """Rules by the table they belong to: those that cross, directly or over others."""
    todo = list(upright)
    while todo:
        group = [todo.pop()]
        crossed: dict[int, _Rule] = {}
        for rule in group:
            for other in level:
                if id(other) in crossed or not (rule.reaches(other.place) and other.reaches(rule.place)):
                    continue
                crossed[id(other)] = other
                joined = {id(one) for one in todo if one.reaches(other.place) and other.reaches(one.place)}
                group += [one for one in todo if id(one) in joined]
                todo = [one for one in todo if id(one) not in joined]
        yield list(crossed.values()), group


def _places(rules: list[_Rule]) -> list[float]:
    """The places of rules, those that are nearly the same once."""
    places: list[float] = []
    for place in sorted(rule.place for rule in rules):
        if not places or place - places[-1] > NEAR:
            places.append(place)
    return places


def _row(words: list[Word], top: float, low: float, upright: list[_Rule]) -> tuple[tuple[Word, ...], ...]:
    """The cells between two heights."""
    middle = (top + low) / 2
    edges = _places([rule for rule in upright if rule.start <= middle <= rule.end])
    row = [word for word in words if low - 1 <= word.base + word.size / 4 < top - 1]
    return tuple(
        tuple(word for word in row if left <= (word.left + word.right) / 2 < right) for left, right in pairwise(edges)
    )


def _is_in(word: Word, box: Box) -> bool:
    x, y = (word.left + word.right) / 2, word.base + word.size / 4
    return box[0] - NEAR <= x <= box[2] + NEAR and box[1] - NEAR <= y <= box[3] + NEAR
