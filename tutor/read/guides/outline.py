"""The lines of a guide in, its outline out: sections with weights, objectives and considerations.

A section may occur several times: in an overview, a table of contents and the body, or again after a page break. Its
occurrences are brought together; the fullest gives its objectives, any of them its weight. A section that only the
overview names still counts. Every line is either used or reported as unread.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tutor.read.guides.blueprint import Section, Weight
from tutor.read.guides.lines import Line
from tutor.read.guides.objectives import read_objectives
from tutor.read.guides.parts import Part, only_introduces, part_named, states_a_fact, with_parts
from tutor.read.guides.sections import SectionTest, are_alike, has_weight, section_test, title_key

_HEADS_WEIGHTS = re.compile(r"\bweight|\bpercent|%", re.I)


@dataclass(frozen=True)
class Outline:
    """What was found, and which lines it was found in."""

    sections: tuple[Section, ...] = ()
    used: frozenset[int] = frozenset()
    """Places of lines that belong to the outline."""
    unread: tuple[str, ...] = ()
    """Lines inside the outline that were not understood."""


@dataclass
class _Occurrence:
    """A section where it stands in the text: its head and the places of what follows."""

    place: int
    head: Line
    body: list[int] = field(default_factory=list)
    is_stray: bool = False
    """Whether it is no section but a numbered objective that stands below none."""

    @property
    def number(self) -> str | None:
        """Its number as written."""
        counted = self.head.number or self.head.count
        return counted.number if counted else None

    @property
    def key(self) -> str:
        """Its number without a trailing ".0", or its title where it has none."""
        return self.number.split(".")[0] if self.number else title_key(self.head.title)


_Group = list[_Occurrence]
"""The occurrences of one section."""


def read_outline(lines: Sequence[Line]) -> Outline:
    """Find the outline; without one, `sections` is empty."""
    parts = [part for part, _ in with_parts(lines)]
    is_section = section_test(lines, parts)
    if is_section is None:
        return Outline()
    groups = _groups(list(_occurrences(lines, parts, is_section)), lines)
    below = {place for group in groups for occurrence in group for place in occurrence.body}
    overview = [
        (place, line)
        for place, (line, part) in enumerate(zip(lines, parts, strict=True))
        if part != "superseded" and has_weight(line) and place not in below
    ]
    groups = _with_overview_only(groups, overview)
    weights = {title_key(line.title): line.weight for _, line in overview if line.weight}
    sections, used, unread = [], {place for place, _ in overview}, list[str]()
    for group in groups:
        best = max(group, key=lambda occurrence: _fullness(occurrence, lines))
        objectives, left_over = read_objectives([lines[place] for place in best.body])
        title = best.head.title.rstrip(" :.")
        weight = next((each.head.weight for each in [best, *group] if each.head.weight), None)
        sections.append(Section(best.number, title, weight or _weight_of(title, weights), objectives))
        used.update(best.body, (each.place for each in group))
        unread.extend(left_over)
    return Outline(tuple(sections), frozenset(used), tuple(unread))


def _occurrences(lines: Sequence[Line], parts: Sequence[Part], is_section: SectionTest) -> Iterator[_Occurrence]:
    """Each section head with the lines that stand below it."""
    current: _Occurrence | None = None
    outline_level = 0
    for place, (line, part) in enumerate(zip(lines, parts, strict=True)):
        if part == "superseded":
            break
        if is_section(line):
            if current:
                yield current
            current = _Occurrence(place, line)
            continue
        if line.kind == "heading" and part_named(line) == "outline":
            outline_level = line.level
        if current and _ends(current.head, line, outline_level):
            yield current
            current = None
        if current:
            current.body.append(place)
        elif line.number and line.number.depth == 2:
            current = _Occurrence(place, line, [place], is_stray=True)
    if current:
        yield current


def _ends(head: Line, line: Line, outline_level: int) -> bool:
    """Whether `line` can no longer stand below `head`."""
    if line.number and line.number.depth > 1:
        return False
    if (part_named(line) and not only_introduces(line)) or states_a_fact(line) or head.kind == "row":
        return True
    if line.kind == "row" and (line.weight or _HEADS_WEIGHTS.search(line.full)):
        return True
    if head.kind == "bullet" and not head.style[:1].isdigit():
        return line.kind != "bullet" or line.level <= head.level
    if line.kind != "heading":
        return False
    return line.level <= (head.level if head.kind == "heading" else outline_level) and not line.says


def _groups(occurrences: Sequence[_Occurrence], lines: Sequence[Line]) -> list[_Group]:
    """The occurrences of each section, in the order of the sections' numbers or else of the text."""
    groups: dict[str, _Group] = {}
    for occurrence in occurrences:
        if not occurrence.is_stray:
            alike = (key for key in groups if not occurrence.number and are_alike(key, occurrence.key))
            groups.setdefault(next(alike, occurrence.key), []).append(occurrence)
    _bring_home(groups, [occurrence for occurrence in occurrences if occurrence.is_stray], lines)
    for first, *others in groups.values():
        for occurrence in others:
            if occurrence.head.number and occurrence.head.number.continued:
                first.body.extend(occurrence.body)
                occurrence.body = []
    found = list(groups.values())
    if all(group[0].number for group in found):
        found.sort(key=lambda group: int(group[0].key))
    return found


def _bring_home(groups: dict[str, _Group], strays: _Group, lines: Sequence[Line]) -> None:
    """Give "3.2 …" to section 3 where the objectives are listed apart from the sections."""
    apart: defaultdict[str, list[int]] = defaultdict(list)
    for key, group in [*groups.items(), ("", strays)]:
        for occurrence in group:
            body, occurrence.body, owner = occurrence.body, [], key
            for place in body:
                number = lines[place].number
                if number and number.depth == 2 and number.first in groups:
                    owner = number.first
                (occurrence.body if owner == key else apart[owner]).append(place)
    for key, places in apart.items():
        if key and not any(_fullness(occurrence, lines) for occurrence in groups[key]):
            groups[key][0].body.extend(places)


def _with_overview_only(groups: Sequence[_Group], overview: Sequence[tuple[int, Line]]) -> list[_Group]:
    """Add the sections that only the overview names, behind those before which it names them."""
    placed = list(groups)
    known = [(occurrence.head, group) for group in groups for occurrence in group]

    def named(line: Line) -> _Group | None:
        return next((group for head, group in known if _names_the_same(head, line)), None)

    if 2 * sum(named(line) is not None for _, line in overview) < len(overview):
        return placed
    before = -1
    for place, line in overview:
        group = named(line)
        if group is None:
            group = [_Occurrence(place, line)]
            known.append((line, group))
            placed.insert(before + 1, group)
        before = next(index for index, other in enumerate(placed) if other is group)
    return placed


def _names_the_same(head: Line, line: Line) -> bool:
    """Whether a line of the overview names a section; it may shorten the title if the weights agree."""
    one, other = title_key(head.title), title_key(line.title)
    shortened = set(other.split()) <= set(one.split()) or set(one.split()) <= set(other.split())
    return are_alike(one, other) or (shortened and head.weight == line.weight)


def _fullness(occurrence: _Occurrence, lines: Sequence[Line]) -> int:
    """How much stands below a section: an overview has little, a table of contents no bullets."""
    numbers = {line.number.number for place in occurrence.body if (line := lines[place]).number}
    entries = sum(lines[place].kind in ("bullet", "plain") for place in occurrence.body)
    return 2 * len(numbers) + entries


def _weight_of(title: str, weights: dict[str, Weight]) -> Weight | None:
    key = title_key(title)
    return weights.get(key) or next((weight for other, weight in weights.items() if are_alike(other, key)), None)
