"""Lines in, one text out: a word that the end of a line parted is made whole, a hyphen of its own kept."""

from __future__ import annotations

import re
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BROKEN = re.compile(r"([^\W\d_]{2,})[-\u2010]$")
_GOES_ON = re.compile(r"([a-zß-ÿ]+)")

HYPHENATED = 0.03
"""Share of lines ending with a hyphen from which on a document seems to break its words, where no word tells."""
LONGEST_HALF = 60
"""How far back from the end of a line the first half of a word is looked for.

A search that begins at every letter takes quadratic time in a damaged file's line of a hundred thousand of them.
"""
_SYLLABLES = frozenset({"for", "the", "and", "not", "out", "per", "con", "pro", "non", "but", "can", "man", "inter"})
"""Words that are commoner as the first syllable of another."""


class Joiner:
    """Joins lines, with the words of the whole document to go by."""

    def __init__(self, texts: Iterable[str]) -> None:
        lines = list(texts)
        self._words: set[str] = set()
        halves: list[tuple[str, str]] = []
        for above, line, below in zip(["", *lines], lines, [*lines[1:], ""], strict=False):
            words = [word.lower() for word in _WORD.findall(line)]
            broken, rest = _broken(line), _GOES_ON.match(below)
            # what stands on both sides of a hyphen at a line's end may be halves
            self._words.update(words[bool(_broken(above)) : len(words) - bool(broken)])
            if broken and rest:
                halves.append((broken[1].lower(), rest[1].lower()))
        whole = sum(first + second in self._words for first, second in halves)
        compound = sum(f"{first}-{second}" in self._words for first, second in halves)
        self._is_hyphenated = whole > compound if whole + compound else len(halves) >= HYPHENATED * len(lines)

    def join(self, lines: Iterable[str]) -> str:
        """Join the lines of a block."""
        pieces: list[str] = []
        for line in filter(None, lines):
            above = pieces[-1] if pieces else ""
            broken, rest = _broken(above), _GOES_ON.match(line)
            if broken and rest:
                pieces[-1] = above if self._is_compound(broken[1], rest[1]) else above[:-1]
            elif above and not (above.endswith(("-", "/")) and above[-2:-1].isalnum() and line[0].isalnum()):
                pieces.append(" ")
            pieces.append(line)
        return "".join(pieces)

    def _is_compound(self, first: str, second: str) -> bool:
        """Whether a hyphen at the end of a line belongs to the word, as in `low-code`."""
        if not first[1:].islower():  # an identifier, no word
            return True
        first, second = first.lower(), second.lower()
        if first + second in self._words:
            return False
        if not self._is_hyphenated or f"{first}-{second}" in self._words:
            return True
        return min(len(first), len(second) - 1) >= 3 and {first, second} <= self._words and first not in _SYLLABLES


def _broken(line: str) -> re.Match[str] | None:
    """The first half of a word at the end of a line."""
    return _BROKEN.search(line[-LONGEST_HALF:])
