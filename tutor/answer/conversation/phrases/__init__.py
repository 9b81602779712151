"""Ways to say something, as files people can read and add to: `wishes.txt`, `words.txt` and others beside this module.

A phrase becomes a pattern: `[so]` may be left out, `(a|b)` is either, `{it}` stands for what a line with @ defines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent

_OPTIONAL_BEFORE = re.compile(r"\[([^\[\]]*)\] ")
_OPTIONAL_BEHIND = re.compile(r" \[([^\[\]]*)\](?=$|[|)\]]|\(\?: )")


@cache
def patterns(file: str, *, anywhere: bool = False) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Each phrase of a file as a pattern, with the heading that it stands under; `anywhere` by whole words."""
    macros: dict[str, str] = {}
    found = []
    for heading, line in _lines(file):
        if line.startswith("@"):
            name, _, words = line[1:].partition(" ")
            macros[name] = f"(?:{words})"
        else:
            pattern = pattern_of(line, macros)
            found.append((heading, re.compile(rf"\b(?:{pattern})(?!\w)" if anywhere else pattern, re.IGNORECASE)))
    return tuple(found)


@cache
def words(file: str) -> Mapping[str, frozenset[str]]:
    """The words of a file below each heading."""
    found: dict[str, set[str]] = {}
    for heading, line in _lines(file):
        found.setdefault(heading, set()).update(line.split())
    return {heading: frozenset(group) for heading, group in found.items()}


def pattern_of(phrase: str, macros: Mapping[str, str]) -> str:
    """A phrase as a regular expression."""
    for name, words in macros.items():
        phrase = phrase.replace("{" + name + "}", words)
    before = ""
    while before != phrase:
        before = phrase
        phrase = _OPTIONAL_BEHIND.sub(r"(?: (?:\1))?", phrase)
    before = ""
    while before != phrase:
        before = phrase
        phrase = _OPTIONAL_BEFORE.sub(r"(?:(?:\1) )?", phrase)
    return re.sub(r"\((?!\?)", "(?:", phrase)


def _lines(file: str) -> Iterator[tuple[str, str]]:
    heading = ""
    for line in (FOLDER / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            heading = line[2:].strip()
        elif line.strip() and not line.startswith("#"):
            yield heading, line.strip()
