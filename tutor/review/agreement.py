"""How far reviewers agree: Krippendorff's alpha for nominal verdicts (Krippendorff, 2011), any number of reviewers.

Alpha is one minus observed over expected disagreement, from the matrix of coincidences: 1 is full agreement, 0 what
chance would bring. Cases with a single verdict tell nothing and are left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import permutations


def alpha(cases: Iterable[Sequence[str]]) -> float | None:
    """Alpha of the verdicts per case; None where there is nothing to compare."""
    coincidences: Counter[tuple[str, str]] = Counter()
    for verdicts in cases:
        if len(verdicts) >= 2:
            for pair in permutations(range(len(verdicts)), 2):
                coincidences[verdicts[pair[0]], verdicts[pair[1]]] += 1 / (len(verdicts) - 1)  # type: ignore[assignment]
    totals: Counter[str] = Counter()
    for (one, _), count in coincidences.items():
        totals[one] += count
    size = sum(totals.values())
    if size < 2:
        return None
    observed = sum(count for (one, other), count in coincidences.items() if one != other) / size
    expected = 1 - sum(count * (count - 1) for count in totals.values()) / (size * (size - 1))
    return 1.0 if expected == 0 else 1 - observed / expected
