"""Plain text in, tidy Markdown out.

Text is often a copy out of a PDF or a web page: bullets of any glyph, bullets alone on their line, one word per line,
entries broken over lines, cells parted by tabs. Headings, which plain text has none of, are left as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tutor.read.formats import Reading, bullets
from tutor.read.formats.letters import clean
from tutor.read.formats.tables import table

LONGEST_TITLE = 120
LEAST_BROKEN = 30
"""A shorter line was ended by its author, not by the width of a page."""

_ADDRESS = re.compile(r"\s*<?https?://\S+>?\s*$")
_UNFINISHED = re.compile(r"[\w,(/&–-]")
_GOES_ON = re.compile(r"\s*(?:[a-z(]|\d+ [a-z])")
_BEGINS_ANEW = re.compile(r"(?:section|domain|task|module|part)$", re.I)
_NUMBER = re.compile(r"(?:section|domain|module|part)$|\d+(?:\.\d+)+\.?$", re.I)


def read(text: str) -> Reading:
    """Read plain text."""
    lines = [line.rstrip() for line in clean(text).split("\n")]
    lines = _words_to_lines(lines) if _is_one_word_per_line(lines) else lines
    lines = list(_bullets_with_their_text(lines))
    lines = list(_tables(lines))
    lines = list(_unbroken(bullets.tidy(lines)))
    return Reading(collapse(lines), title_of(lines))


def collapse(lines: list[str]) -> str:
    """Join lines, with never more than one blank line between blocks."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n") + "\n"


def title_of(lines: list[str]) -> str:
    """The first line that can be a title: a heading, or a short line that is no entry."""
    for line in lines:
        text = re.sub(r"^#{1,6}\s+|[*_`]{1,3}", "", line).strip()
        if not text or _ADDRESS.match(line):
            continue
        is_title = len(text) <= LONGEST_TITLE and not line.lstrip().startswith(("- ", "|", "```", ">"))
        return text if is_title else ""
    return ""


def _is_one_word_per_line(lines: list[str]) -> bool:
    filled = [line for line in lines if line.strip()]
    return len(filled) >= 30 and sum(len(line.split()) == 1 for line in filled) > 0.8 * len(filled)


def _words_to_lines(lines: list[str]) -> list[str]:
    """Join single words; a blank line, a bullet, or a number as sections and objectives have it begins a new line."""
    joined: list[list[str]] = [[]]
    for position, line in enumerate(lines):
        word = line.strip()
        after = lines[position + 1].strip() if position + 1 < len(lines) else ""
        starts = bool(bullets.BULLET.match(word)) or bool(_NUMBER.match(word) and _heads(word, after))
        if not word or starts:
            joined.append([])
        if word:
            joined[-1].append(word)
    return [" ".join(words) for words in joined]


def _heads(word: str, after: str) -> bool:
    """Whether a word and the one behind it look like the start of a numbered heading."""
    return after[:1].isdigit() if _BEGINS_ANEW.match(word) else after[:1].isupper()


def _bullets_with_their_text(lines: list[str]) -> Iterator[str]:
    """Join a bullet that stands alone with the line behind it, blank lines between them or not."""
    waiting = ""
    for line in lines:
        if waiting and not line.strip():
            continue
        if bullets.ALONE.match(line):
            waiting = line.rstrip()
            continue
        yield f"{waiting} {line.strip()}" if waiting else line
        waiting = ""


def _tables(lines: list[str]) -> Iterator[str]:
    """Turn two or more lines with the same number of tabs into a table."""
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        cells = line.strip("\t ").split("\t")
        is_row = len(cells) > 1 and not bullets.BULLET.match(line) and not bullets.NUMBERED.match(line)
        if rows and (not is_row or len(cells) != len(rows[0])):
            yield from table(rows).split("\n") if len(rows) > 1 else ["  ".join(rows[0])]
            rows = []
        if is_row:
            rows.append(cells)
        else:
            yield line


def _unbroken(lines: list[str]) -> Iterator[str]:
    """Join an entry or paragraph with the line that goes on with it: small first letter, nothing ended before."""
    pieces: list[str] = []
    typical = sorted(map(len, lines))[-max(1, len(lines) // 10)] if lines else 0
    for line in lines:
        above = pieces[-1] if pieces else ""
        long_enough = len(pieces) > 1 or len(above) >= max(LEAST_BROKEN, 0.6 * min(typical, 100))
        if above and long_enough and _GOES_ON.match(line) and _UNFINISHED.match(above[-1]):
            pieces.append(line.strip())
            continue
        yield from [" ".join(pieces)] if pieces else []
        pieces = [line]
    yield from [" ".join(pieces)] if pieces else []
