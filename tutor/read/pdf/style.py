"""How the text of a document is set: what headings and paragraphs are told by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from tutor.read.pdf.lines import Line

USUAL_STEP = 1.2


@dataclass(frozen=True)
class Style:
    """The body text of a document."""

    size: float
    """Letter size of most of the text, in points."""
    bold: bool
    """Whether most of it is bold."""
    step: float
    """Distance between the lines of a paragraph, in letter sizes."""


def style_of(flows: Iterable[list[Line]]) -> Style:
    """Find out how most of a document is set."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    steps: list[float] = []
    for flow in flows:
        for line in flow:
            sizes[line.size] += len(line.text)
            bold[line.bold] += len(line.text)
        alike = ((upper.base - lower.base) / lower.size for upper, lower in pairwise(flow) if upper.size == lower.size)
        steps += [step for step in alike if 0.7 < step < 3]
    steps.sort()
    return Style(
        size=max(sizes, key=lambda size: sizes[size], default=10.0),
        bold=bold[True] > bold[False],
        step=steps[len(steps) // 5] if steps else USUAL_STEP,
    )
