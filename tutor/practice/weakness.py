"""Outcomes by objective in; the objective to practise next out. None where nothing speaks for one."""

from __future__ import annotations

from collections.abc import Iterable


def weakest(outcomes: Iterable[tuple[str, bool]]) -> str | None:
    """The objective with the smallest share of right answers, those with few answers drawn towards one half."""
    counts: dict[str, tuple[int, int]] = {}
    for objective, is_right in outcomes:
        right, answers = counts.get(objective, (0, 0))
        counts[objective] = right + is_right, answers + 1
    shares = {objective: (right + 1) / (answers + 2) for objective, (right, answers) in counts.items()}
    missed = [objective for objective, (right, answers) in counts.items() if right < answers]
    return min(missed, key=lambda objective: (shares[objective], objective), default=None)
