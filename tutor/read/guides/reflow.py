"""Lines as a page broke them in, lines as their author meant them out.

PDF text and mail break sentences wherever the page ended. A line is the rest of the one before when it has no mark of
its own and the one before is unfinished: a bracket stands open, it ends in "and", the new line begins in lower case, or
the document is hard-wrapped and the new line's first word would not have fitted on the line before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tutor.read.guides.marks import opens_entry, read_mark
from tutor.read.guides.percentages import weight_alone

LONGEST_WRAPPED = 130
"""A document with lines longer than this is not hard-wrapped."""
LONGEST_LINE = 4000
"""No line is made longer than this, and what is longer is cut: it is prose, or noise."""
LONGEST_OPEN = 1000
"""Above this, an open bracket is taken for a slip of the author's."""

_CONNECTIVE = re.compile(
    r"(?:[,/&–—-]|\b(?:and|or|of|the|a|an|for|to|in|on|by|with|using|from|as|at|into|that|which|is|are|than|e\.g\.|i\.e\.))$",
    re.I,
)
_SENTENCE_END = re.compile(r"[.:;!?][\"')\]]*$")


@dataclass(frozen=True)
class Logical:
    """One line as meant, with its indentation."""

    text: str
    gap: bool
    """Whether a blank line stands before it."""


def reflow(lines: Sequence[str]) -> Iterator[Logical]:
    """Join broken lines."""
    width = wrap_width(lines)
    current, last, gap_before, gap = "", "", False, False
    for line in lines:
        if not line.strip():
            gap = True
            continue
        if 0 < len(current) < LONGEST_LINE and continues(current, last, line, gap=gap, width=width):
            glue = "" if re.search(r"\w-$", current) and line.lstrip()[0].islower() else " "
            current = f"{current}{glue}{line.strip()}"
        else:
            if current:
                yield Logical(current, gap_before)
            current, gap_before = line.rstrip()[:LONGEST_LINE], gap
        last, gap = line.rstrip()[:LONGEST_LINE], False
    if current:
        yield Logical(current, gap_before)


def continues(current: str, last: str, line: str, *, gap: bool, width: int | None) -> bool:
    """Whether `line` is the rest of `current`, whose last piece stood on the line `last`."""
    if opens_entry(line) or weight_alone(line) or current.endswith(":"):
        return False
    mark = read_mark(current)
    if mark.kind in ("heading", "row"):
        return False
    if _is_open(current):
        return True
    first = line.lstrip()[0]
    goes_on = first.islower() or first in ",;.()[]&/" or bool(_CONNECTIVE.search(current[-40:]))
    if gap:
        return goes_on and first not in "([" and opens_entry(current) and not _SENTENCE_END.search(current[-40:])
    if goes_on:
        return True
    label = line.rstrip().endswith(":") and len(line.strip()) < 40
    return not label and width is not None and _was_full(last, line, width)


def wrap_width(lines: Sequence[str]) -> int | None:
    """The width at which a document was wrapped; None where it was not.

    Wrapped text betrays itself: lines that end near the right margin go on in lower case.
    """
    prose = [line.rstrip() for line in lines if line.strip() and "|" not in line and "://" not in line]
    width = max(map(len, prose), default=0)
    if not 40 <= width <= LONGEST_WRAPPED:
        return None
    full = [
        after.lstrip() for line, after in pairwise(prose) if _was_full(line, after, width) and not opens_entry(after)
    ]
    going_on = sum(after[0].islower() for after in full)
    return width if going_on >= 3 and going_on >= 0.4 * len(full) else None


def _was_full(line: str, after: str, width: int) -> bool:
    """Whether the first word of `after` would not have fitted on `line`; margins in PDF text are ragged by a tenth."""
    return len(line) + 1 + len(after.split(maxsplit=1)[0]) > 0.9 * width


def _is_open(text: str) -> bool:
    if len(text) > LONGEST_OPEN:
        return False
    return text.count("(") > text.count(")") or text.count("[") > text.count("]")
