"""How a Word document numbers its lists and headings: the number that each paragraph shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tutor.read.formats.styles import W

_ROMAN: tuple[tuple[int, str], ...] = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
)
_ROMAN += ((9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


@dataclass(frozen=True)
class Number:
    """What stands before a paragraph."""

    level: int
    label: str
    """Such as `1.` or `2.3`; empty for a bullet."""

    @property
    def is_bullet(self) -> bool:
        """Whether it is a bullet rather than a number."""
        return not self.label


@dataclass(frozen=True)
class _Level:
    form: str
    text: str
    start: int


class Numbering:
    """Counts the lists of one document as its paragraphs are read in order."""

    def __init__(self, root: Any | None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        self._kind: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        for kind in root.iter(W + "abstractNum"):
            self._levels[kind.get(W + "abstractNumId") or ""] = dict(_level(one) for one in kind.iter(W + "lvl"))
        for one in root.iter(W + "num"):
            kind = one.find(W + "abstractNumId")
            self._kind[one.get(W + "numId") or ""] = (kind.get(W + "val") or "") if kind is not None else ""

    def next(self, list_id: str, level_text: str) -> Number | None:
        """The number of the next paragraph of a list; None where the list is switched off or unknown."""
        if list_id in ("", "0") or not level_text.isdigit():
            return None
        depth = min(int(level_text), 8)
        levels = self._levels.get(self._kind.get(list_id, ""), {})
        level = levels.get(depth, _Level("bullet", "", 1))
        if level.form in ("bullet", "none"):
            return Number(depth, "") if level.form == "bullet" else None
        counts = self._counts.setdefault(self._kind[list_id], {})
        for deeper in [one for one in counts if one > depth]:
            del counts[deeper]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        return Number(depth, self._label(level, levels, counts) or f"{counts[depth]}.")

    @staticmethod
    def _label(level: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
        def shown(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            one = levels.get(depth, level)
            return _in_form(counts.get(depth, one.start), one.form)

        return re.sub(r"%([1-9])", shown, level.text)[:40].strip()


def _level(node: Any) -> tuple[int, _Level]:
    def value(name: str, otherwise: str) -> str:
        found = node.find(W + name)
        return (found.get(W + "val") or otherwise) if found is not None else otherwise

    depth, start = node.get(W + "ilvl") or "0", value("start", "1")
    number = int(start) if start.isdigit() and len(start) < 6 else 1
    return int(depth) if depth.isdigit() else 0, _Level(value("numFmt", "decimal"), value("lvlText", ""), number)


def _in_form(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letters = chr(ord("a") + (number - 1) % 26) * min(1 + (number - 1) // 26, 5)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = ""
        for value, digits in _ROMAN:
            roman, number = roman + digits * (number // value), number % value
        return roman.upper() if form == "upperRoman" else roman
    return f"{number:02d}" if form == "decimalZero" else str(number)
