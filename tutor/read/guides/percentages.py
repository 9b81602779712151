"""Percentages in guides: the weight of a section found in its line, and whether all weights add up.

Guides write "(13% of the exam)", "(~22% of the exam)", "20–25%", "Storage 10%", "30% - Troubleshooting", "Weight: 20%".
A percentage inside a sentence ("cut costs by 20%") is no weight.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.read.guides.blueprint import Weight, plain

ROUNDING = 2.0
"""How far from 100 the sum of rounded weights may be."""

_NUMBER = r"\d{1,3}(?:[.,]\d{1,2})?"
_VALUE = rf"(?:[~≈<]\s?)?({_NUMBER})\s?(?:%?\s?(?:-|–|—|−|to|bis|à)\s?({_NUMBER})\s?)?(?:%|percent\b|per cent\b)"
_OF_EXAM = r"(?:\s?(?:of|de|der|del|do|des)\b[^%()\[\]\n]{1,50}|\s(?:weight|weighting|weightage))?"
_IN_BRACKETS = re.compile(rf"\s*[(\[][^()\[\]%\d\n]{{0,30}}{_VALUE}[^()\[\]%\n]{{0,50}}[)\]]")
_AT_END = re.compile(
    rf"(?:\s*(?:[-–—:,|]|\s\.)\s*|\s+)(?:approx\.?|about|weight:?)?\s?{_VALUE}{_OF_EXAM}\s*[.:]?\s*$", re.I
)
_AT_START = re.compile(rf"^{_VALUE}\s*(?:[-–—:|]\s*|\s)(?=[A-Z0-9])")
_ALONE = re.compile(
    rf"^(?:(?:exam\s|domain\s)?(?:weight(?:ing|age)?|percentage)(?:\sof\b[^:%\d]{{0,40}})?\s?[:=-]?\s?)?[(\[]?"
    rf"(?:approx(?:imately|\.)?\s|about\s|ca\.\s|environ\s)?{_VALUE}{_OF_EXAM}[)\]]?\s*[.:]?$",
    re.I,
)
_IN_A_SENTENCE = re.compile(r"\b(?:by|to|of|from|at|than|least|most|over|under|with|the|is|are|least)$", re.I)
_NOT_A_SECTION = re.compile(
    r"^(?:total\b.*|sum)$|\b(?:pass(?:ing|ed)?|scores?d?|cut|discount|off|fee|vat|correct|students?|accuracy|uptime)\b",
    re.I,
)


def take_weight(text: str) -> tuple[str, Weight | None]:
    """Part a line into its title and its weight."""
    for pattern in (_IN_BRACKETS, _AT_START, _AT_END):
        found = pattern.search(text[:300])
        if not found:
            continue
        weight = _weight(found[1], found[2])
        title = f"{text[: found.start()]} {text[found.end() :]}".strip(" :-–—|")
        if weight is None or not title or (pattern is not _IN_BRACKETS and _IN_A_SENTENCE.search(title)):
            continue
        return " ".join(title.split()), weight
    return text, None


def weight_alone(text: str) -> Weight | None:
    """The weight in a line that holds nothing else."""
    found = _ALONE.match(text.strip()) if "%" in text or "percent" in text else None
    return _weight(found[1], found[2]) if found else None


def names_a_section(title: str) -> bool:
    """Whether a percentage beside `title` can be a section's weight, and not a score, a total or a discount."""
    return any(letter.isalpha() for letter in title) and not _NOT_A_SECTION.search(title)


def doubt_about(weights: Sequence[Weight | None]) -> str | None:
    """What is odd about the weights of all sections, in one sentence; None when nothing is."""
    known = [weight for weight in weights if weight is not None]
    if not known:
        return "The guide states no weights." if weights else None
    low = sum(weight[0] if isinstance(weight, tuple) else weight for weight in known)
    high = sum(weight[1] if isinstance(weight, tuple) else weight for weight in known)
    missing = len(weights) - len(known)
    lack = f"; {missing} of {len(weights)} sections have none" if missing else ""
    if low - ROUNDING <= 100 <= high + ROUNDING:
        return f"The weights add up{lack}." if missing else None
    total = f"{plain(round(low, 1))}" if low == high else f"{plain(round(low, 1))} to {plain(round(high, 1))}"
    partial = "; the outline may be partial" if high < 90 else ""
    return f"The weights add up to {total}, not 100{lack}{partial}."


def _weight(low: str, high: str | None) -> Weight | None:
    ends = [float(end.replace(",", ".")) for end in (low, high) if end]
    if not all(0 < end <= 100 for end in ends) or (len(ends) == 2 and ends[0] >= ends[1]):
        return None
    return ends[0] if len(ends) == 1 else (ends[0], ends[1])
