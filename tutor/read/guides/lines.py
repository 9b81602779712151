"""Mended text in, the lines of a guide out: each with its kind, number, title, weight and links.

What a line is *for* (a section, a fact) is not decided here; only what it looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tutor.read.guides.blueprint import Resource, Weight
from tutor.read.guides.marks import Kind, Level, Number, is_rule, read_count, read_mark, read_number
from tutor.read.guides.percentages import names_a_section, take_weight, weight_alone
from tutor.read.guides.reflow import Logical, reflow

_LINK = re.compile(
    r"\[([^\[\]\n]{0,400})\]\(\s*<?([^()\s<>]{1,2000}(?:\([^()\s]{0,200}\)[^()\s]{0,200})?)>?[^()\n]{0,200}\)"
)
_ASCIIDOC_LINK = re.compile(r"(?:link:)?((?:https?://|\./)[^\s\[\]]{1,2000})\[([^\[\]\n]{1,400})\]")
_BARE_LINK = re.compile(r"(?<![\w(\[])https?://[^\s<>\[\]()]{3,2000}(?<![.,;:])")
_EMPHASIS = re.compile(r"\*\*\*?|__|~~|`|(?<![\w*])[*_](?=\S)|(?<=\S)[*_](?![\w*])")
_ATTRIBUTE = re.compile(r"^:[\w-]+:(?: |$)")
_LONGEST_REST = 5
"""Words that the rest of a broken title may have."""
_NESTING_STEP = 2
"""Columns; a bullet that is out of line by one was meant to be in line."""


@dataclass(frozen=True)
class Line:
    """One line of a guide."""

    title: str
    """Without mark, number, weight and markup."""
    full: str
    """Without mark and markup, but with number and weight."""
    kind: Kind
    level: int = 0
    """Level of a heading (1 to 7); nesting of a bullet, from 0."""
    style: str = ""
    """The bullet's glyph, or the style of an ordered entry."""
    number: Number | None = None
    count: Number | None = None
    """A whole number before the title, which may make it a section or just the third entry of a list."""
    weight: Weight | None = None
    gap: bool = False
    """Whether a blank line stands before it."""
    links: tuple[Resource, ...] = ()
    cells: tuple[str, ...] = ()
    """The cells of a table row."""

    @property
    def says(self) -> Level | None:
        """What its label says it is."""
        return self.number.level if self.number else None

    @property
    def text(self) -> str:
        """What it says, number apart: a percentage in a sentence belongs to the sentence."""
        return self.number.title if self.number else self.full


def read_lines(text: str) -> tuple[Line, ...]:
    """Read the lines of mended text."""
    lines = (_read(logical) for logical in reflow(text.split("\n")) if _says_something(logical.text))
    return tuple(_nested(_with_whole_titles(_with_weights_in_place(lines))))


def plain_text(marked_up: str) -> str:
    """Text without emphasis and link addresses."""
    text = _ASCIIDOC_LINK.sub(r"\2", _LINK.sub(r"\1", marked_up))
    return " ".join(_EMPHASIS.sub("", text).split())


def _says_something(text: str) -> bool:
    return not is_rule(text) and not _ATTRIBUTE.match(text) and any(map(str.isalnum, text))


def _read(logical: Logical) -> Line:
    mark = read_mark(logical.text)
    links = tuple(_links(mark.rest))
    if mark.kind == "row":
        return _read_row(mark.rest, links, gap=logical.gap)
    full = plain_text(mark.rest)
    title, weight = take_weight(full)
    number = read_number(full) or read_number(title)
    count = None if number else read_count(title)
    if number:
        title = take_weight(number.title)[0] if read_number(full) else number.title
    elif count:
        title = count.title
    elif mark.ordinal.isdecimal():
        count = Number("", None, mark.ordinal, title)
    return Line(title, full, mark.kind, mark.depth, mark.style, number, count, weight, logical.gap, links)


def _read_row(row: str, links: tuple[Resource, ...], *, gap: bool) -> Line:
    """A table row as one line: its number, title and weight may stand in cells of their own."""
    parts = row.strip().strip("|").split("|") if "|" in row else re.split(r"\t+", row)
    cells = tuple(plain_text(cell) for cell in parts)
    said = [cell for cell in cells if cell and not weight_alone(cell)]
    title = " ".join(said[: 2 if said and _is_number(said[0]) else 1])
    weights = [weight for cell in cells if (weight := weight_alone(cell))]
    title, weight = take_weight(title)
    number = read_number(title)
    count = None if number else read_count(title)
    counted = number or count
    return Line(
        counted.title if counted else title,
        " | ".join(cell for cell in cells if cell),
        "row",
        number=number,
        count=count,
        weight=weights[0] if weights else weight,
        gap=gap,
        links=links,
        cells=cells,
    )


def _is_number(cell: str) -> bool:
    return len(cell.split()) < 4 and any(
        number is not None and number.title == "Title"
        for number in (read_number(f"{cell} Title"), read_count(f"{cell} Title"))
    )


def _nested(lines: Iterable[Line]) -> Iterator[Line]:
    """Turn the columns of bullets into nesting: what stands further in, or has another style, stands below."""
    above: list[Line] = []
    for line in lines:
        if line.kind == "bullet":
            above = _above(line, above)
            yield replace(line, level=len(above))
            above.append(line)
        else:
            above = []
            yield line


def _above(line: Line, above: Sequence[Line]) -> list[Line]:
    """The entries that an entry stands below."""
    farther_out = [other for other in above if other.level <= line.level - _NESTING_STEP]
    in_line = [other for other in above if abs(other.level - line.level) < _NESTING_STEP]
    styles = [other.style for other in in_line]
    if line.style in styles:
        return farther_out + in_line[: styles.index(line.style)]
    return farther_out if line.gap else farther_out + in_line  # a new style behind a blank line begins a new list


def _with_weights_in_place(lines: Iterable[Line]) -> Iterator[Line]:
    """Give a weight on a line of its own to the title before it or, where there is none, to the one behind."""
    before: Line | None = None
    waiting: Weight | None = None
    for line in lines:
        alone = weight_alone(line.full) if line.kind != "row" else None
        if before and _ends_title(before, line):
            before = replace(before, title=f"{before.title} {line.title}", weight=line.weight)
            continue
        if alone and before and before.weight is None and before.kind != "bullet" and names_a_section(before.title):
            before = replace(before, weight=alone)
        elif alone:
            waiting = alone
        else:
            if before:
                yield before
            before = replace(line, weight=line.weight or waiting) if waiting else line
            waiting = None
    if before:
        yield before


def _ends_title(head: Line, line: Line) -> bool:
    """Whether the title of a labelled section was broken, so that its end and its weight stand on the next line."""
    is_rest = line.kind == "plain" and line.weight is not None and not line.gap and not line.number
    is_open = head.says == "section" and bool(head.title) and head.weight is None
    return is_rest and is_open and len(line.title.split()) <= _LONGEST_REST


def _with_whole_titles(lines: Iterable[Line]) -> Iterator[Line]:
    """Give a label that stands alone ("Domain 1") the title on the line behind it."""
    label: Line | None = None
    for line in lines:
        if label and line.kind in ("plain", "heading") and not line.number:
            yield replace(
                label, title=line.title, full=f"{label.full}: {line.full}", weight=label.weight or line.weight
            )
            label = None
            continue
        if label:
            yield label
        label = line if line.says and not line.title else None
        if not label:
            yield line
    if label:
        yield label


def _links(text: str) -> Iterator[Resource]:
    """The links in a line, Markdown's, AsciiDoc's and bare ones."""
    rest = text
    for pattern, title, url in ((_LINK, 1, 2), (_ASCIIDOC_LINK, 2, 1)):
        for match in pattern.finditer(rest):
            yield Resource(plain_text(match[title]) or match[url], match[url])
        rest = pattern.sub(" ", rest)
    for match in _BARE_LINK.finditer(rest):
        yield Resource(match[0], match[0])
