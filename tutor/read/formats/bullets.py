"""Lines that begin with any bullet in, `- ` lines indented by two blanks a level out.

Exports write bullets as glyphs of all kinds, symbol fonts leave private-use characters, and copied text often loses its
indentation: there the glyph tells the level.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_PICTURED = (
    "•●○◯▪▫◦‣⁃∙⦁⦿◉➢➤➔➣➥►▸▶▷▹◆◇◈■□✓✔✗❖★☆☐☑✦✧➡⇨⮚"
    "\uf000-\uf0ff\ue000-\ue0ff"  # Wingdings and Symbol, where they are mapped to the private-use area
)
_TYPED = "·–—−*+\\-"
BULLET = re.compile(rf"([ \t]*)(?:([{_PICTURED}])[ \t]*|([{_TYPED}])(?:[ \t]+|$)|(o)(?:\t+|[ ]{{2,}})(?=[A-Z]))")
"""Indentation and glyph at the start of a line; a typed dash counts only with a blank behind it."""
ALONE = re.compile(rf"[ \t]*(?:[{_PICTURED}·]|[*–-])[ \t]*$")
"""A line that is nothing but a bullet: its text stands on the next one."""
NUMBERED = re.compile(r"[ \t]*(?:\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\d+(?:\.\d+)+\.?)[ \t]+(?=\S)")
"""`1.`, `a)`, `(iv)`, `2.3`: entries that carry their own number."""

_FAMILIES = ("•●⦁∙·◉*\uf0b7", "○◯◦o", "■▪□▫\uf0a7", "-–—−⁃", "➢➤►▸▶\uf0d8", "✓✔\uf0fc")
"""Glyphs that stand for the same level."""
STEP = re.compile(r"([ \t]*)\d{1,3}[.)][ \t]+(?=\S)")
"""The entry of a numbered list."""
DEEPEST = 8


@dataclass
class Levels:
    """The depths of one list: wider indentation, or a glyph not seen before, goes one level down."""

    indents: list[int] = field(default_factory=list)
    glyphs: list[str] = field(default_factory=list)

    def level(self, indent: int, glyph: str = "") -> int:
        """The level of an entry; the list's earlier entries are remembered."""
        while self.indents and indent < self.indents[-1]:
            self.indents.pop()
        if not self.indents or indent > self.indents[-1]:
            self.indents.append(indent)
        if len(self.indents) == 1 and glyph:
            return self._level_by_glyph(glyph)
        return len(self.indents) - 1

    def _level_by_glyph(self, glyph: str) -> int:
        glyph = next((family for family in _FAMILIES if glyph in family), glyph)
        if glyph not in self.glyphs:
            self.glyphs.append(glyph)
        level = self.glyphs.index(glyph)
        del self.glyphs[level + 1 :]
        return level


def width(blanks: str) -> int:
    """How far blanks and tabs indent."""
    return len(blanks.expandtabs(4))


def entry(level: int, text: str) -> str:
    """A bullet line."""
    return f"{'  ' * min(level, DEEPEST)}- {text}"


def tidy(lines: Iterable[str], *, glyphs_nest: bool = True) -> list[str]:
    """Rewrite every list entry; other lines are kept, and end a list unless they are blank or go on with an entry.

    With `glyphs_nest`, another glyph at the same indentation goes one level down; in Markdown it does not.
    """
    tidied: list[list[str]] = []
    levels = Levels()
    inside = False
    for line in lines:
        bullet, number = BULLET.match(line), STEP.match(line)
        if bullet and line[bullet.end() :].strip() and not set(line) <= set("-*–—_· \t"):
            glyph = bullet[2] or ((bullet[3] or bullet[4]) if glyphs_nest else "")
            tidied.append([entry(levels.level(width(bullet[1]), glyph), line[bullet.end() :].strip())])
            inside = True
        elif number:
            tidied.append(["  " * min(levels.level(width(number[1])), DEEPEST) + line.strip()])
            inside = True
        elif not line.strip():
            tidied.append([])
        elif inside and line[0] in " \t" and tidied[-1] and not NUMBERED.match(line):
            tidied[-1].append(line.strip())
        else:
            levels, inside = Levels(), False
            tidied.append([line])
    return list(_tight([" ".join(pieces) for pieces in tidied]))


def _tight(lines: list[str]) -> Iterator[str]:
    """Take the blank lines out from between the entries of one list."""
    above = ""
    blanks = 0
    for line in lines:
        if not line:
            blanks += 1
            continue
        one_list = (is_entry(above) and is_entry(line)) or (STEP.match(above) and STEP.match(line))
        yield from [] if one_list else [""] * blanks
        yield line
        above, blanks = line, 0
    yield from [""] * blanks


def is_entry(line: str) -> bool:
    """Whether a line is one that `entry` wrote."""
    return line.lstrip(" ").startswith("- ")
