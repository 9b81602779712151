"""Extracted text in, the same text without what pages and exports did to a guide out.

Drops tables of contents, page numbers and the titles that every page repeats; gives bullets and numbers that were glued
into running text lines of their own, and brings numbers that stand alone back to their line. Words are never changed.
Mending mended text changes nothing, and nothing here fails.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise

MOST_REPEATED = 3
"""A title of the guide that stands on so many lines is a running title."""

_GLYPHS = "•●○◦▪▫■□‣⁃∙➢►▸✓✔❖◆"
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|~-])")
_GLUED_BULLET = re.compile(rf"(?<=\S)[ \t]+[{_GLYPHS}][ \t]*(?=[^\s{_GLYPHS}])")
_GLUED_NUMBER = re.compile(r"(?<=[a-z)\].])[ \t]+(?=\d{1,2}\.\d{1,2}[ \t]+[A-Z][a-z])")
_CRAMPED_NUMBER = re.compile(r"^(\d{1,2}[a-z]?)(?=[A-Z][a-z]+ )", re.MULTILINE)
_TORN_NUMBER = re.compile(
    r"^([ \t]*\d{1,2}(?:\.\d{1,2}|[a-z]|\.[a-z]){1,3}\.?)[ \t]*\n(?:[ \t]*\n)?[ \t]*(?=[^\W\d_])", re.MULTILINE
)
_LONG_GAP = re.compile(r"(?<![ \t])[ \t]{40,}")
_LEADERS = re.compile(r"[ \t]{0,40}(?:\.[ \t]?|…[ \t]?|_){4,}[ \t]{0,40}")
_PAGE_NUMBER = re.compile(
    r"^(?:page\s*)?\d{1,3}\s*(?:of|/)\s*\d{1,3}$|^page\s*\d{1,3}$|^\d{1,3}\s*\|\s*p\s?a\s?g\s?e$", re.I
)
_RUNNING_WORDS = re.compile(
    r"exam guide|study guide|exam objectives|certifi|version|copyright|©|\(c\)|confidential|rights reserved|\bpage\b",
    re.I,
)


def mend(text: str) -> str:
    """Repair extracted text."""
    text = _ESCAPE.sub(r"\1", _LONG_GAP.sub(" " * 40, text))
    for repair in _REPAIRS:
        text = repair(text)
    return text


def _drop_contents_table(text: str) -> str:
    """Drop lines that lead to a page by dots; where they lead to a percentage, the line says something."""
    kept = []
    for line in text.split("\n"):
        leaders = _LEADERS.search(line)
        if leaders and re.fullmatch(r"[\divx]*\s*", line[leaders.end() :]) and line[: leaders.start()].strip():
            continue
        kept.append(_LEADERS.sub(" ", line) if leaders and "%" in line else line)
    return "\n".join(kept)


def _drop_page_furniture(text: str) -> str:
    """Drop page numbers and the titles that every page repeats."""
    lines = text.split("\n")
    seen = Counter(_shape(line) for line in lines)
    numbered = _counts_pages(line.strip() for line in lines if line.strip().isdecimal())
    kept = []
    for line in lines:
        bare = line.strip()
        repeated = seen[_shape(line)] >= MOST_REPEATED and _may_be_running_title(bare)
        page = bool(_PAGE_NUMBER.match(bare)) or (numbered and bare.isdecimal())
        kept.append("" if repeated or page else line)
    return "\n".join(kept)


def _shape(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split()).casefold())


def _may_be_running_title(line: str) -> bool:
    is_entry = line.startswith(("|", "- ", "#")) or line.endswith(":") or "%" in line
    return len(line) < 140 and not is_entry and bool(_RUNNING_WORDS.search(line))


def _counts_pages(numbers: Iterable[str]) -> bool:
    found = [int(number) for number in numbers if len(number) < 5]
    return len(found) > 1 and all(after == before + 1 for before, after in pairwise(found))


def _part_glued_entries(text: str) -> str:
    """Give bullets inside running text lines of their own; where there are such, also the numbers glued behind them."""
    lines = text.split("\n")
    parted = [line if line.lstrip().startswith("|") else _GLUED_BULLET.sub("\n- ", line) for line in lines]
    if sum("\n" in line for line in parted) >= 2:
        parted = [_GLUED_NUMBER.sub("\n", line) for line in parted]
    return "\n".join(parted)


def _join_torn_numbers(text: str) -> str:
    """Bring an outline number that stands alone, or touches its title, into its place."""
    if len(_CRAMPED_NUMBER.findall(text)) > 4:
        text = _CRAMPED_NUMBER.sub(r"\1 ", text)
    return _TORN_NUMBER.sub(r"\1 ", text)


_REPAIRS: tuple[Callable[[str], str], ...] = (
    _drop_contents_table,
    _drop_page_furniture,
    _part_glued_entries,
    _join_torn_numbers,
)
