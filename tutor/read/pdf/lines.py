"""A page's words in, its lines out: words on one height, parted where the gap is wider than any blank.

Two columns, or two cells of a table, thus make two lines. Small raised words (`BETA`, footnote numbers) join the line
that they were raised from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from tutor.read.formats import bullets
from tutor.read.formats.letters import clean
from tutor.read.pdf.grids import grids
from tutor.read.pdf.pen import Word
from tutor.read.pdf.words import Page

SAME_HEIGHT = 0.25
"""Share of the letter size by which the words of one line may stand higher or lower."""
WIDE_GAP = 1.1
"""Share of the letter size that no blank between words reaches."""
MARKER_GAP = 5.0
"""The same for the gap behind a bullet or a number."""
BLANK = 0.12
"""Share of the letter size from which a gap is a blank."""

_LABEL = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]$|\d+(?:\.\d+)+\.?$")


@dataclass(frozen=True)
class Line:
    """Words that stand side by side."""

    words: tuple[Word, ...]
    cells: tuple[tuple[str, ...], ...] = ()
    """The rows of a ruled table that stands in the place of a line."""

    @cached_property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        """Where it ends."""
        return max(word.right for word in self.words)

    @cached_property
    def size(self) -> float:
        """The letter size of most of it."""
        sizes: dict[float, int] = {}
        for word in self.words:
            sizes[round(word.size, 1)] = sizes.get(round(word.size, 1), 0) + len(word.text)
        return max(sizes, key=lambda size: (sizes[size], size))

    @cached_property
    def base(self) -> float:
        """The height that it stands on."""
        return max(self.words, key=lambda word: (word.size, len(word.text))).base

    @cached_property
    def bold(self) -> bool:
        """Whether all of it is bold, bullets and numbers aside."""
        telling = [word for word in self.body if any(char.isalnum() for char in word.text)]
        return bool(telling) and all(word.bold for word in telling)

    @cached_property
    def mono_share(self) -> float:
        """How much of it is set like code."""
        return sum(len(word.text) for word in self.words if word.mono) / max(
            1, sum(len(word.text) for word in self.words)
        )

    @cached_property
    def marker(self) -> str:
        """The bullet that it begins with, if any."""
        first = self.words[0]
        if first.symbol and len(first.text) == 1 and len(self.words) > 1:
            return first.text
        if len(self.words) > 1 and first.text == "o" and (first.mono or self._gap_behind_first() > 0.8):
            return "o"
        found = bullets.BULLET.match(first.text if first.text[1:] else f"{first.text} ")
        return (found[2] or found[3] or "") if found else ""

    @cached_property
    def body(self) -> tuple[Word, ...]:
        """Its words without the bullet."""
        if not self.marker:
            return self.words
        rest = self.words[0].text[1:]
        first = self.words[0]
        at = first.left + (first.right - first.left) / len(first.text)
        return ((replace(first, text=rest, left=at),) if rest else ()) + self.words[1:]

    @cached_property
    def text_left(self) -> float:
        """Where its text begins, behind the bullet or number."""
        body = self.body or self.words
        return body[1].left if not self.marker and len(body) > 1 and _LABEL.match(body[0].text) else body[0].left

    @cached_property
    def text(self) -> str:
        """What it says, with links written out and without the bullet."""
        return clean("".join(_written(self.body)))

    def _gap_behind_first(self) -> float:
        return (self.words[1].left - self.words[0].right) / self.words[0].size


def page_lines(page: Page) -> list[Line]:
    """Put a page's words into lines, from top to bottom and left to right; each ruled table counts as one."""
    left = {id(word): word for word in page.words}
    tables: list[Line] = []
    for grid in grids(page.words, page.shapes):
        inside = [word for row in grid.rows for cell in row for word in cell if left.pop(id(word), None)]
        if inside:
            place = Word("", grid.box[0], grid.box[2], grid.box[3], inside[0].size)
            tables.append(Line((place,), tuple(tuple(map(_cell, row)) for row in grid.rows)))
    return sorted([*lines_of(left.values()), *tables], key=lambda line: (-line.base, line.left))


def _cell(words: tuple[Word, ...]) -> str:
    """The text of a cell; entries of a list in it are parted by semicolons."""
    text = ""
    for line in lines_of(words):
        if text and line.marker:
            text += "" if text.endswith((".", ";", ":", ",")) else ";"
        text += (" " if text else "") + line.text
    return text


def lines_of(words: Iterable[Word]) -> list[Line]:
    """Put words into lines."""
    rows = _raised(_rows(words))
    lines = [Line(tuple(part)) for row in rows for part in _parts(sorted(row, key=lambda word: word.left))]
    return sorted(lines, key=lambda line: (-line.base, line.left))


def _rows(words: Iterable[Word]) -> list[list[Word]]:
    """Words by the height they stand on, the highest first."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (-word.base, word.left)):
        if rows and abs(rows[-1][0].base - word.base) <= SAME_HEIGHT * min(word.size, rows[-1][0].size):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [list(_whole(sorted(row, key=lambda word: word.left))) for row in rows]


def _whole(row: list[Word]) -> Iterator[Word]:
    """Join the pieces of words that were drawn in several; those drawn twice, as some draw bold ones, count once."""
    last: Word | None = None
    for word in row:
        if last is not None and word.text == last.text and abs(word.left - last.left) < 0.1 * word.size:
            continue
        touches = last is not None and word.left - last.right < BLANK * word.size
        if last is not None and touches and _style(word) == _style(last):
            last = replace(last, text=last.text + word.text, right=max(word.right, last.right))
            continue
        if last is not None:
            yield last
        last = word
    if last is not None:
        yield last


def _style(word: Word) -> tuple[object, ...]:
    return word.size, word.bold, word.mono, word.symbol, word.link


def _raised(rows: list[list[Word]]) -> list[list[Word]]:
    """Move small words to the row that they are raised from or sunk below."""
    for number, row in enumerate(rows):
        for near in (number + 1, number - 1):
            if not 0 <= near < len(rows) or not rows[near]:
                continue
            moved: list[Word] = []
            for word in sorted(row, key=lambda one: one.left):
                carrier = _carrier(word, rows[near])
                follows = moved and 0 <= word.left - moved[-1].right + 0.1 * word.size < 0.4 * word.size
                if carrier or follows:
                    row.remove(word)
                    moved.append(word)
                    rows[near].append(replace(word, text=_sign(carrier, word) + word.text))
    return [row for row in rows if row]


def _carrier(word: Word, row: list[Word]) -> Word | None:
    """The larger word of a row that a small word stands close behind."""
    for other in row:
        small = word.size < 0.9 * other.size
        height, gap = word.base - other.base, word.left - other.right
        if small and -0.35 < height / other.size < 0.65 and -0.1 <= gap / other.size < 0.3:
            return other
    return None


def _sign(carrier: Word | None, word: Word) -> str:
    """What parts a raised word from its carrier: `10^6`, `Engineer BETA`, but `2nd`."""
    if carrier is None or word.base <= carrier.base:
        return ""
    if word.text[0].isdigit():
        return "^"
    return "" if carrier.text[-1:].isdigit() or len(word.text) < 2 or word.text in ("TM", "th") else " "


def _parts(row: list[Word]) -> Iterator[list[Word]]:
    """Cut a row where a gap is too wide for a blank."""
    part: list[Word] = []
    for word in row:
        gap = (word.left - part[-1].right) / max(word.size, part[-1].size) if part else 0.0
        if part and gap > (MARKER_GAP if _is_marker(part) else WIDE_GAP):
            yield part
            part = []
        part.append(word)
    yield part


def _is_marker(part: list[Word]) -> bool:
    """Whether a line is so far only a bullet or a number."""
    text = part[0].text
    return len(part) == 1 and (bool(_LABEL.match(text)) or bool(bullets.ALONE.match(text)) or text == "o")


def _written(words: tuple[Word, ...]) -> Iterator[str]:
    """The words with blanks where there are gaps, and links around those that have the same one."""
    for number, word in enumerate(words):
        before = words[number - 1] if number else None
        blank = " " if before and word.left - before.right > BLANK * min(word.size, before.size) else ""
        same = before is not None and before.link == word.link
        if before and before.link and not same:
            yield f"]({before.link})"
        yield blank
        if word.link and not same:
            yield "["
        yield word.text
    if words and words[-1].link:
        yield f"]({words[-1].link})"
