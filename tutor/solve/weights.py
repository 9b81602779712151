"""Evidence in, weights of options out: a conditional logit over few measures, fitted on questions of our own.

The numbers stand in `weights.txt`, which `python -m evals solve --fit` writes. What a measure owes to the mere length
of an option was taken out when they were fitted: long options are no better than short ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from tutor.index.encoder import Vectors

PLACE = Path(__file__).with_name("weights.txt")

_DENIED = re.compile(
    r"\b(?:NOT|EXCEPT|LEAST likely)\b|\b[Ww]hich\b[^.?]{0,60}\b(?:is|are|does|would|should)\s+not\b[^.?]{0,80}\?\s*$"
)


def read_weights(path: Path = PLACE) -> Mapping[str, float]:
    """What each measure counts for, by its name; the length counts against what the others owe to it."""
    lines = (
        line.rpartition(" ") for line in path.read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")
    )
    return {name: float(value) for name, _, value in lines}


def write_weights(weights: Mapping[str, float], told: str, path: Path = PLACE) -> None:
    """Write weights, with a line that tells what they were fitted on."""
    lines = [f"# {told}", *(f"{name} {value:.5f}" for name, value in weights.items())]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def weigh(measures: Mapping[str, Vectors], weights: Mapping[str, float], stem: str = "") -> Vectors:
    """The weights of options, which add up to 1; turned round where the stem asks for what does not hold."""
    scores = sum((weight * measures[name] for name, weight in weights.items()), np.zeros(1))
    scores = -scores if _DENIED.search(stem) else scores
    raised = np.exp(scores - scores.max())
    shares: Vectors = raised / raised.sum()
    return shares
