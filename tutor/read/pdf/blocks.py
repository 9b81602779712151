"""The flows of a document in, Markdown blocks out: headings, paragraphs, list entries, tables and code made whole.

Lines that a page broke are joined again, also over the end of a column or page. A line ends its block where the next
one would have fitted behind it, stands apart, or begins with a bullet or a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from tutor.read.formats import bullets
from tutor.read.formats.tables import table
from tutor.read.pdf.hyphens import Joiner
from tutor.read.pdf.lines import Line
from tutor.read.pdf.rows import Table, with_tables
from tutor.read.pdf.style import Style

Kind = Literal["heading", "paragraph", "entry", "table", "code"]

LARGER = 1.12
"""How much larger than the text a heading is."""
LONGEST_HEADING = 200
FARTHEST_IN = 100.0
"""Points by which a list entry may stand in from the margin."""
NEAR = 0.6
"""Distance, in letter sizes, within which two places count as one."""

_ENDED = re.compile(r"[.!?:;][\"”’)\]]*(?:\]\([^)]*\))?$")
_CONTENTS = re.compile(r"(?:table of )?contents$", re.I)
_LEADERS = re.compile(r"(?:\.\s?){5,}\s*\d{0,4}$|(?:…\s?){2,}\s*\d{0,4}$")
_STEP = re.compile(r"(?:\d{1,2}|[a-z])[.)]\s+\S")


@dataclass
class Block:
    """Lines that belong together."""

    kind: Kind
    lines: list[Line]
    level: int = 0
    table: Table | None = None

    @property
    def last(self) -> Line:
        """The line it ends with so far."""
        return self.lines[-1]


@dataclass
class _Place:
    """Where a flow stands."""

    left: float
    right: float


@dataclass
class Assembly:
    """Puts the flows of a document together, one after the other."""

    style: Style
    blocks: list[Block] = field(default_factory=list)
    _left: float = 1e9
    _depths: list[tuple[float, str]] = field(default_factory=list)
    """The list entries above: where each level's bullet stands in its flow, and which one it is."""

    def add(self, flow: list[Line]) -> None:
        """Add the next flow."""
        place = _Place(min(line.left for line in flow), max(line.right for line in flow))
        if flow[0].marker and 0 < place.left - self._left < FARTHEST_IN:
            place.left = self._left  # a page may hold nothing but the deeper entries of a list
        self._left = place.left
        leading = {round(line.base) for line in flow if _LEADERS.search(line.text)}
        fresh = True
        for piece in with_tables([line for line in flow if round(line.base) not in leading]):
            if isinstance(piece, Table):
                self.blocks.append(Block("table", list(piece.lines), table=piece))
                self._depths = []
            else:
                if fresh and self._depths and piece.marker:
                    self._move_list(piece, place)
                self._add_line(piece, place, fresh)
                fresh = False

    def _add_line(self, line: Line, place: _Place, fresh: bool) -> None:
        last = self.blocks[-1] if self.blocks else None
        in_code = last is not None and last.kind == "code" and line.mono_share > 0.5
        kind: Kind = "entry" if line.marker else "code" if line.mono_share == 1 or in_code else "paragraph"
        if not line.marker and self._is_heading(line):
            kind = "heading"
        if last is not None and self._goes_on(last, line, kind, place, fresh):
            last.lines.append(line)
            return
        if kind == "paragraph" and _STEP.match(line.text):
            kind = "entry"
        level = self._level(line, place) if kind == "entry" else 0
        if kind in ("heading", "code"):
            self._depths = []
        self.blocks.append(Block(kind, [line], level))

    def _is_heading(self, line: Line) -> bool:
        """Whether a line is set like a heading."""
        if line.mono_share == 1 or not any(char.isalpha() for char in line.text):
            return False
        if line.size >= LARGER * self.style.size:
            return True
        return line.bold and not self.style.bold and line.size >= 0.95 * self.style.size

    def _goes_on(self, last: Block, line: Line, kind: Kind, place: _Place, fresh: bool) -> bool:
        """Whether a line goes on with the block before it."""
        before = last.last
        if line.marker or last.kind == "table" or (kind == "paragraph" and _STEP.match(line.text)):
            return False
        if last.kind == "entry" and not before.text:
            return kind != "heading"
        if last.kind == "code" or kind == "code":
            return last.kind == kind or (last.kind != "heading" and kind == "code" and self._fills(before, line, place))
        if (last.kind == "heading") != (kind == "heading") or abs(before.size - line.size) > 0.08 * before.size:
            return False
        if fresh:
            return self._goes_on_over_the_page(last, line)
        step = (before.base - line.base) / max(line.size, before.size)
        if step > max(1.25 * self.style.step, 1.0) + 0.15 or step < 0:
            return False
        small = line.text[:1].islower()
        if last.kind == "entry":
            hangs = abs(line.left - last.lines[0].text_left) < NEAR * line.size
            wraps = abs(line.left - last.lines[0].left) < NEAR * line.size
            if not hangs and not (wraps and (small or not _ENDED.search(before.text))):
                return abs(line.left - before.left) < NEAR * line.size and len(last.lines) > 1
        return self._fills(before, line, place) or (small and not _ENDED.search(before.text))

    @staticmethod
    def _fills(before: Line, line: Line, place: _Place) -> bool:
        """Whether the first word of a line would not have fitted behind the line before it."""
        first = line.words[0]
        return before.right + first.right - first.left + 0.2 * line.size > place.right - 0.5 * line.size

    @staticmethod
    def _goes_on_over_the_page(last: Block, line: Line) -> bool:
        before = last.last.text
        if line.text[:1].islower():
            return not _ENDED.search(before) or before.endswith((";", ":"))
        return last.kind != "heading" and before.endswith((",", "-", "(", "/", " and", " or", " the", " of"))

    def _level(self, line: Line, place: _Place) -> int:
        """How deep a list entry stands."""
        left, mark = line.left - place.left, line.marker or line.words[0].text[-1:]
        if self.blocks and self.blocks[-1].kind not in ("entry",):
            self._depths = []
        while self._depths and left < self._depths[-1][0] - NEAR * line.size:
            self._depths.pop()
        if not self._depths or left > self._depths[-1][0] + NEAR * line.size:
            self._depths.append((left, mark))
        return min(len(self._depths) - 1, bullets.DEEPEST)

    def _move_list(self, line: Line, place: _Place) -> None:
        """Carry a list over to a new column or page, where the same bullet stands for the same level."""
        for left, mark in reversed(self._depths):
            if mark == line.marker:
                shift = line.left - place.left - left
                self._depths = [(one + shift, known) for one, known in self._depths]
                return


def written(blocks: list[Block], joiner: Joiner, body_size: float) -> tuple[str, str]:
    """Write blocks as Markdown; also returns the title, the first of the largest headings."""
    texts = [joiner.join(line.text for line in block.lines) for block in blocks]
    for block, text in zip(blocks, texts, strict=True):
        if block.kind == "heading" and _is_too_much(block, text, body_size):
            block.kind = "paragraph"
    levels = _heading_levels(blocks)
    pieces: list[str] = []
    title = ""
    previous: Block | None = None
    for block, text in zip(blocks, texts, strict=True):
        if block.kind == "heading" and _CONTENTS.match(text):
            continue
        one_list = previous is not None and previous.kind == block.kind == "entry"
        pieces.append("\n" if one_list else "\n\n")
        if block.kind == "heading":
            level = levels[_style(block)]
            title = title or (text if level == 1 else "")
            pieces.append(f"{'#' * level} {text}")
        elif block.kind == "table" and block.table is not None:
            pieces.append(_tabled(block.table))
        elif block.kind == "code":
            pieces.append(_fenced(block.lines))
        elif block.kind == "entry":
            pieces.append(bullets.entry(block.level, text) if block.lines[0].marker else "  " * block.level + text)
        else:
            pieces.append(re.sub(r"^(?=#{1,6} |```)", r"\\", text))
        previous = block
    return "".join(pieces).strip("\n") + "\n", title


def _tabled(found: Table) -> str:
    """A table; facts and their values are said better by lines."""
    is_facts = len(found.rows[0]) == 2 and sum(row[0].endswith(":") for row in found.rows) > 0.6 * len(found.rows)
    return "\n\n".join(" ".join(row) for row in found.rows) if is_facts else table(found.rows)


def _is_too_much(block: Block, text: str, body_size: float) -> bool:
    """Whether what is set like a heading is rather a bold remark."""
    larger = block.lines[0].size >= LARGER * body_size
    return len(text) > LONGEST_HEADING or (not larger and text.endswith((".", ",")) and not text[:1].isdigit())


def _style(block: Block) -> tuple[float, bool]:
    return round(block.lines[0].size * 2) / 2, block.lines[0].bold


def _heading_levels(blocks: list[Block]) -> dict[tuple[float, bool], int]:
    """Levels of heading styles: the larger, the higher; bold before plain."""
    styles = sorted({_style(block) for block in blocks if block.kind == "heading"}, reverse=True)
    return {style: min(number, 6) for number, style in enumerate(styles, 1)}


def _fenced(lines: list[Line]) -> str:
    """Code with its lines and their indentation."""
    left = min(line.left for line in lines)
    code = "\n".join(" " * round((line.left - left) / (0.6 * line.size)) + line.text for line in lines)
    fence = "````" if "```" in code else "```"
    return f"{fence}\n{code}\n{fence}"
