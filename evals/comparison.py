"""Two runs over the same cases in; where they differ out: each score with a paired test, by kind and objective, and the
cases that changed.

Only cases that both runs have are compared. P-values are corrected for how many tests are made at once (Holm), so that
looking in many places does not find a loss by chance.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evals.figures import GROUPS, by_set, names_of
from evals.metrics import Estimate, estimate, holm, paired_probability
from evals.scored import Scored

SIGNIFICANT = 0.05
DIGITS = 3
"""Scores are compared to so many digits, as a baseline keeps them."""
FEWEST = 5
"""A group with fewer cases is not tested: no loss in it could be significant."""


@dataclass(frozen=True)
class Pair:
    """One case in both runs."""

    before: Scored
    after: Scored

    def of(self, score: str) -> tuple[float, float]:
        """A score before and after."""
        return round(self.before.scores[score], DIGITS), round(self.after.scores[score], DIGITS)


@dataclass(frozen=True)
class Difference:
    """A score of a set, or of a group in it, in both runs."""

    set: str
    score: str
    group: str
    """`all`, or what the group is by and which: `kind: limit`."""
    cases: int
    before: float
    after: float
    change: Estimate
    p: float
    """That there is no difference, corrected for the number of tests."""
    changed: tuple[tuple[str, float], ...]
    """Cases that changed, by how much, the largest losses first."""

    @property
    def is_loss(self) -> bool:
        """Whether it fell, and not by chance."""
        return self.change.mean < 0 and self.p < SIGNIFICANT

    @property
    def is_gain(self) -> bool:
        """Whether it rose, and not by chance."""
        return self.change.mean > 0 and self.p < SIGNIFICANT


def compare(before: Iterable[Scored], after: Iterable[Scored]) -> list[Difference]:
    """Every score of every set that both have, over all cases and by group; those over all cases first."""
    pairs = _pairs(before, after)
    overall = _tested([one for name, some in pairs.items() for one in _overall(name, some)])
    grouped = _tested([one for name, some in pairs.items() for one in _grouped(name, some)])
    return [*overall, *grouped]


def missing(before: Iterable[Scored], after: Iterable[Scored]) -> list[str]:
    """The cases that only the first has."""
    kept = {(case.set, case.id) for case in after}
    return [f"{case.set} {case.id}" for case in before if (case.set, case.id) not in kept]


def _pairs(before: Iterable[Scored], after: Iterable[Scored]) -> dict[str, list[Pair]]:
    known = {(case.set, case.id): case for case in before}
    found: dict[str, list[Pair]] = {}
    for name, cases in by_set(after).items():
        some = [Pair(known[name, case.id], case) for case in cases if (name, case.id) in known]
        if some:
            found[name] = some
    return found


def _overall(name: str, pairs: Sequence[Pair]) -> Iterator[Difference]:
    for score in names_of(pair.after for pair in pairs):
        yield from _difference(name, score, "all", pairs)


def _grouped(name: str, pairs: Sequence[Pair]) -> Iterator[Difference]:
    for by in ("kind", "objective"):
        groups: dict[str, list[Pair]] = {}
        for pair in pairs:
            groups.setdefault(GROUPS[by](pair.after), []).append(pair)
        if len(groups) > 1:
            for group, some in sorted(groups.items()):
                for score in names_of(pair.after for pair in some):
                    yield from _difference(name, score, f"{by}: {group}", some)


def _difference(name: str, score: str, group: str, pairs: Sequence[Pair]) -> Iterator[Difference]:
    both = [pair for pair in pairs if score in pair.before.scores and score in pair.after.scores]
    if len(both) < FEWEST:
        return
    before, after = zip(*(pair.of(score) for pair in both), strict=True)
    changes = [late - early for early, late in zip(before, after, strict=True)]
    changed = sorted(((pair.after.id, change) for pair, change in zip(both, changes, strict=True) if change), key=_size)
    yield Difference(
        name,
        score,
        group,
        len(both),
        statistics.fmean(before),
        statistics.fmean(after),
        estimate(changes),
        paired_probability(after, before),
        tuple((case, round(change, 4)) for case, change in changed),
    )


def _size(entry: tuple[str, float]) -> float:
    return entry[1]


def _tested(differences: Sequence[Difference]) -> list[Difference]:
    """The same with p-values corrected for all of them; what did not change at all is no test."""
    moved = {str(place): one.p for place, one in enumerate(differences) if one.changed}
    corrected = holm(moved)
    return [Difference(**{**vars(one), "p": corrected.get(str(place), 1.0)}) for place, one in enumerate(differences)]
