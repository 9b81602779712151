"""What stands around the outline of a guide: abilities, what the exam leaves out, notes, resources for preparing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tutor.read.guides.blueprint import Resource
from tutor.read.guides.exam_terms import delivery_kind
from tutor.read.guides.facts import read_facts
from tutor.read.guides.lines import Line
from tutor.read.guides.parts import only_introduces, part_named, with_parts

LONGEST_ENTRY = 160
FEWEST_ABILITIES = 3
LEAST_OF_A_PARAGRAPH = 120

_ABILITY = re.compile(
    r"\b(?:abilit(?:y|ies)|able|skills) to\b.{0,120}:$|\bthe following (?:tasks|objectives|abilities)\b.{0,20}:$", re.I
)
_NOT = re.compile(r"\bnot\b", re.I)
_NOTE = re.compile(r"^[\W_]*note\b\s*[:.-]\s*(\S.*)$", re.I)
_NO_RESOURCE = re.compile(r"^#|^mailto:|\.(?:svg|png|jpe?g|gif)(?:$|\?)|shields\.io", re.I)


def read_abilities(lines: Sequence[Line]) -> tuple[str, ...]:
    """What the exam is said to assess: the list behind "ability to …", or else the one behind the role."""
    for place, line in enumerate(lines):
        if _ABILITY.search(line.full) and not _NOT.search(line.full) and (listed := _list_below(lines, place)):
            return listed
    for place, (part, line) in enumerate(with_parts(lines)):
        if (
            part == "front"
            and line.kind == "plain"
            and len(line.full) > LEAST_OF_A_PARAGRAPH
            and line.full.endswith(".")
        ):
            listed = _list_below(lines, place)
            plain = not any(":" in entry or len(entry) > LONGEST_ENTRY for entry in listed)
            if len(listed) >= FEWEST_ABILITIES and plain:
                return listed
    return ()


def read_out_of_scope(lines: Sequence[Line]) -> tuple[str, ...]:
    """What the guide says the exam does not assess."""
    heads = (place for place, line in enumerate(lines) if part_named(line) == "out of scope")
    return tuple(entry for place in heads for entry in _list_below(lines, place, past_prose=3))


def read_notes(lines: Sequence[Line]) -> tuple[str, ...]:
    """What the guide notes, and entries about the exam that state no known fact."""
    noted = (found[1] for line in lines if (found := _NOTE.match(line.full)))
    other = (line.full for part, line in with_parts(lines) if part == "facts" and _is_a_remark(line))
    return tuple(dict.fromkeys([*noted, *other]))


def read_resources(lines: Sequence[Line], elsewhere: frozenset[str]) -> tuple[Resource, ...]:
    """Links, and what the part on resources names without one; `elsewhere` are addresses that have another place."""
    found: dict[str, Resource] = {}
    group = ""
    for part, line in with_parts(lines):
        for link in line.links:
            if link.url and link.url not in elsewhere and not _NO_RESOURCE.search(link.url):
                found.setdefault(link.url, link)
        if part == "resources" and line.kind != "bullet":
            group = line.full if line.full.endswith(":") else ""
        if part == "resources" and not part_named(line) and _names_a_resource(line):
            title = f"{group} {line.full}".strip()
            found.setdefault(title, Resource(title))
    return tuple(found.values())


def _list_below(lines: Sequence[Line], place: int, past_prose: int = 0) -> tuple[str, ...]:
    """The bullets behind a line, those nested below them apart, past at most so many lines of prose."""
    return tuple(_bullets_below(lines, place, past_prose))


def _bullets_below(lines: Sequence[Line], place: int, past_prose: int) -> Iterator[str]:
    level: int | None = None
    for line in lines[place + 1 :]:
        if line.kind == "bullet":
            level = line.level if level is None else level
            if line.level <= level:
                yield line.full
        elif level is not None or past_prose == 0 or line.kind == "heading" or only_introduces(line):
            return
        else:
            past_prose -= 1


def _is_a_remark(line: Line) -> bool:
    if line.kind != "bullet" or len(line.full) > LONGEST_ENTRY or line.links or ":" in line.full:
        return False
    return not delivery_kind(line.full) and not read_facts([line]).as_json()


def _names_a_resource(line: Line) -> bool:
    is_entry = line.kind in ("bullet", "plain") and len(line.full) <= LONGEST_ENTRY
    return is_entry and not line.links and not line.full.endswith((":", "."))
