"""A passage in, its statements out: sentences, list entries and tables, each whole and at its place.

A statement is the least that the tutor quotes; half a sentence is never one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Form = Literal["sentence", "entry", "step", "table", "code"]

_ENTRY = re.compile(r"[ \t]*(?:[-*+•]|(\d{1,2})[.)])[ \t]+")
"""A longer number at the beginning of a line is the end of a sentence: a year."""
_SENTENCE_END = re.compile(r"[.!?][\"')\]*_`]*(?=\s+[\"'(\[*_`]*[A-Z0-9])")
_ABBREVIATIONS = ("e.g.", "i.e.", "etc.", "vs.", "approx.", "cf.", "incl.", "no.", "fig.", "st.", "dr.")


@dataclass(frozen=True)
class Statement:
    """A quotable unit of a passage: `passage_text[start:end] == text`."""

    text: str
    start: int
    end: int
    form: Form


def statements(text: str) -> Iterator[Statement]:
    """Yield the statements of a passage's text, in order."""
    for block_start, block_end in _blocks(text):
        block = text[block_start:block_end]
        if block.lstrip().startswith(("```", "~~~")):
            yield Statement(block, block_start, block_end, "code")
        elif block.lstrip().startswith("|"):
            yield Statement(block, block_start, block_end, "table")
        elif not block.startswith("#"):
            yield from _prose(block, block_start)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Split at blank lines, at the edges of tables and before list entries; a fence stays whole."""
    begin: int | None = None
    end = 0
    fence = ""
    in_table = False
    for line in re.finditer(r"[^\n]*\n?", text):
        if not line[0]:
            break
        content = line[0].strip()
        is_table = content.startswith("|")
        is_fence = content.startswith(("```", "~~~"))
        if fence:
            end = line.end()
            if content.startswith(fence):
                yield begin or 0, _trim(text, begin or 0, end)
                begin, fence = None, ""
            continue
        breaks = not content or is_fence or is_table != in_table or bool(_ENTRY.match(line[0]))
        if breaks and begin is not None:
            yield begin, _trim(text, begin, end)
            begin = None
        if is_fence:
            fence = content[:3]
        if content and begin is None:
            begin = line.start()
        in_table = is_table
        end = line.end()
    if begin is not None:
        yield begin, _trim(text, begin, len(text))


def _trim(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())


def _prose(block: str, offset: int) -> Iterator[Statement]:
    marker = _ENTRY.match(block)
    begin = marker.end() if marker else len(block) - len(block.lstrip())
    if marker:
        form: Form = "step" if marker[1] else "entry"
        yield Statement(block[begin:], offset + begin, offset + len(block), form)
        return
    for match in _SENTENCE_END.finditer(block, begin):
        if block[: match.end()].lower().endswith(_ABBREVIATIONS):
            continue
        yield Statement(block[begin : match.end()], offset + begin, offset + match.end(), "sentence")
        begin = match.end() + len(block[match.end() :]) - len(block[match.end() :].lstrip())
    if begin < len(block):
        yield Statement(block[begin:], offset + begin, offset + len(block), "sentence")
