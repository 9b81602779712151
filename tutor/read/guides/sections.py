"""The lines of a guide in, a test out that tells which of them are heads of sections.

Guides mark sections in one of four ways, tried in this order: with labels ("Domain 2"), with whole numbers whose
children follow ("2" before "2.1" or "2a"), with weights ("Storage 10%"), or as headings right below the heading of the
outline. The first way that a guide uses is taken for all of it.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Sequence

from tutor.read.guides.lines import Line
from tutor.read.guides.parts import Part, only_introduces, part_named, states_a_fact
from tutor.read.guides.percentages import names_a_section

SectionTest = Callable[[Line], bool]

ALIKE = 0.88
"""How alike two titles must be to name the same section."""
FEWEST_WEIGHTED = 2
MOST_SECTIONS = 60
"""What has more of them is a book, a list or a log, and no exam."""


def section_test(lines: Sequence[Line], parts: Sequence[Part]) -> SectionTest | None:
    """Decide how a guide marks its sections; None when it has none."""
    current = [line for line, part in zip(lines, parts, strict=True) if part not in ("superseded", "appendix")]
    ways = (_labelled, _numbered, _weighted, _headed)
    tests = (test for way in ways if (test := way(current)))
    return next((test for test in tests if len({_key(line) for line in current if test(line)}) <= MOST_SECTIONS), None)


def has_weight(line: Line) -> bool:
    """Whether a line has a share of the exam, and not a score or a discount."""
    return line.weight is not None and names_a_section(line.title) and not states_a_fact(line)


def title_key(title: str) -> str:
    """What two spellings of a title have in common."""
    words = re.findall(r"\w+", title.casefold().replace("&", " and "))
    return " ".join(word for word in words if word not in ("the", "a", "an"))


def are_alike(one: str, other: str) -> bool:
    """Whether two title keys name the same section."""
    return one == other or difflib.SequenceMatcher(None, one[:200], other[:200]).ratio() >= ALIKE


def _key(line: Line) -> str:
    return _whole_number(line) or title_key(line.title)


def _labelled(lines: Sequence[Line]) -> SectionTest | None:
    """By labels; where only objectives have them, their whole numbers make them sections."""
    for level in ("section", "objective"):
        votes = Counter[str]()
        heads = set()
        for line in lines:
            if line.number and line.says == level and line.number.depth == 1:
                votes[line.number.label] += 1 + 2 * (line.weight is not None)
                heads.add((line.number.label, line.number.number))
        if votes and (level == "section" or len(heads) > 1):
            label = votes.most_common(1)[0][0]
            return lambda line: bool(line.number and line.number.label == label and line.number.depth == 1)
    return None


def _numbered(lines: Sequence[Line]) -> SectionTest | None:
    """By whole numbers that have children, and by those between them that look the same."""
    children = {line.number.first for line in lines if line.number and line.number.depth == 2}
    parents = {number for line in lines if (number := _whole_number(line)) in children and number}
    if not parents:
        return None
    looks = {_look(line) for line in lines if _whole_number(line) in parents}
    childless = {str(number) for number in range(1, max(map(int, parents)) + 2)} - parents

    def is_section(line: Line) -> bool:
        number = _whole_number(line)
        return number in parents or (number in childless and _look(line) in looks)

    return is_section


def _whole_number(line: Line) -> str | None:
    if line.number:
        return line.number.first if line.number.depth == 1 else None
    return line.count.number if line.count and line.count.number.isdecimal() else None


def _look(line: Line) -> tuple[str, str, bool]:
    return line.kind, line.style, line.weight is not None


def _weighted(lines: Sequence[Line]) -> SectionTest | None:
    """By weights, together with the headings of the same name."""
    titles = {title_key(line.title) for line in lines if has_weight(line)}
    if len(titles) < FEWEST_WEIGHTED:
        return None
    return lambda line: has_weight(line) or (line.kind in ("heading", "plain") and title_key(line.title) in titles)


def _headed(lines: Sequence[Line]) -> SectionTest | None:
    """By their place right below the heading of the outline, if lists stand below them."""
    heads: list[Line] = []
    inside = False
    for line, after in zip(lines, [*lines[1:], None], strict=False):
        part = part_named(line)
        if part:
            inside = part == "outline"
        elif inside and after and after.kind == "bullet" and _may_be_head(line):
            heads.append(line)
    highest = min((line.level or 9 for line in heads), default=0)
    chosen = {id(line) for line in heads if (line.level or 9) == highest}
    return (lambda line: id(line) in chosen) if len(chosen) > 1 else None


def _may_be_head(line: Line) -> bool:
    is_title = not only_introduces(line) and not line.title.endswith((".", "?", "!"))
    return line.kind in ("heading", "plain") and is_title
