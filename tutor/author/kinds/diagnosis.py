"""A diagnosis model and a seed in, an item out: findings, and the only cause shown that none of them speaks against.

All stated findings but one at most point to that cause or are needed: without them, another of the causes shown would
be left. None where a draw leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from random import Random

from tutor.author.difficulty import predict
from tutor.author.item import DraftItem
from tutor.author.kinds.assembly import Candidate, Draw, applied, assemble, cited, lowered, paragraph, sample
from tutor.engines.engine import DraftStatement
from tutor.read.item_models.diagnosis import Against, Cause, DiagnosisModel, Finding

SIZES = (2, 3, 3, 4)
"""How many findings are stated; three most often."""
REMEDY_SHARE = 0.5
MOST_IDLE = 1
"""So many findings may be background, as not all that is seen in a real case decides it."""
NEAREST_OF = 4
"""Of so many cases that are drawn, the one with the nearest misses is taken."""
_EXPLAINS = (
    "It accounts for what was seen: {}.",
    "This is what one would expect to see: {}.",
    "It goes with the observations: {}.",
    "The signs fit: {}.",
)
_CURES = ("What lies behind it: {}.", "The observations come from this: {}.")
_FAILS = (
    "The observation that {} speaks against this.",
    "This does not agree with the observation that {}.",
    "It can be ruled out, because {}.",
    "Then one would not find that {}.",
)
_FAILS_AS_REMEDY = (
    "This treats another cause: {}. It can be ruled out, because {}.",
    "That is the remedy where {}. Here, however, {}.",
    "This is meant for another case: {}. Against that stands that {}.",
)
_FAILS_AGAIN = ("Besides, {}.", "And {}.", "What is more, {}.")
MOST_OBJECTIONS = 2
"""So much is said against a cause: one objection that holds is enough."""


def draft(model: DiagnosisModel, draw: Draw) -> DraftItem | None:
    """Draw an item that asks for the cause or for the remedy."""
    chance = draw.chance
    for_remedy = chance.random() < REMEDY_SHARE
    cause = chance.choice(model.causes).id
    size = chance.choice(SIZES)
    cases = list(cases_of(model, cause, size, draw.options - 1, for_remedy=for_remedy))
    if not cases:
        return None
    findings, others = min(sample(chance, cases, NEAREST_OF), key=lambda case: _distance(model, *case))
    return _item(model, draw, cause, findings, others, for_remedy=for_remedy)


def cases_of(
    model: DiagnosisModel, cause: str, size: int, count: int, *, for_remedy: bool
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Sets of `size` findings, and of `count` other causes, that make `cause` the only one left."""
    could_be = [f.id for f in model.findings if f.id not in model.ruled_out[cause]]
    helped = model.helped_by(cause) if for_remedy else frozenset({cause})
    for findings in combinations(could_be, size):
        stated = frozenset(findings)
        if not model.stand_together(stated) or not model.pointed_to[cause] & stated:
            continue
        against = {other: model.ruled_out[other] & stated for other in model.ruled_out if other not in helped}
        fallen = [other for other, speaks in against.items() if speaks]
        for others in combinations(fallen, count):
            needed = [finding for finding in stated if any(against[other] == {finding} for other in others)]
            if len(stated.difference(needed, model.pointed_to[cause])) <= MOST_IDLE:
                yield findings, others


def _distance(model: DiagnosisModel, findings: tuple[str, ...], others: tuple[str, ...]) -> int:
    """How much speaks against the other causes: those that fall by a single finding teach most."""
    return sum(len(model.ruled_out[other].intersection(findings)) for other in others)


def _item(
    model: DiagnosisModel,
    draw: Draw,
    cause: str,
    findings: tuple[str, ...],
    others: tuple[str, ...],
    *,
    for_remedy: bool,
) -> DraftItem:
    chance = draw.chance
    stated = sample(chance, [finding for finding in model.findings if finding.id in findings], len(findings))
    misses = [(len(model.ruled_out[o] & {*findings}), len(model.pointed_to[o] & {*findings})) for o in others]
    # Signs of the cause are told first: as the last word they would give it away.
    stated.sort(key=lambda finding: cause not in finding.points_to)
    shown, telling = [], _Telling(chance)
    for one in (one for one in model.causes if one.id == cause or one.id in others):
        reasons = _support if one.id == cause else _objections
        said = tuple(reasons(telling, one, stated, for_remedy=for_remedy))
        shown.append(Candidate(one.id, one.remedy.wordings if for_remedy else one.wordings, said))
    return assemble(
        model,
        draw,
        stem=paragraph(chance.choice(model.scenes), *(chance.choice(finding.wordings) for finding in stated)),
        asks=model.asks.remedy if for_remedy else model.asks.cause,
        options=shown,
        key=cause,
        circumstances=("remedy" if for_remedy else "cause", *sorted(findings)),
        hardness=predict(
            facts=len(findings),
            misses=misses,
            support=len(model.pointed_to[cause] & {*findings}),
            keys=1,
            by_preference=False,
        ),
    )


class _Telling:
    """What has been said in an item so far."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._left: dict[tuple[str, ...], list[str]] = {}
        self.given: set[str] = set()

    def pick(self, phrases: tuple[str, ...]) -> str:
        """A phrase that has not been used yet, where there is one."""
        if not self._left.get(phrases):
            self._left[phrases] = self._chance.sample(phrases, len(phrases))
        return self._left[phrases].pop()

    def objections(self, cause: Cause, stated: list[Finding]) -> list[tuple[Finding, Against]]:
        """What speaks against a cause, first what has not been said of another one."""
        found = [(finding, one) for finding in stated for one in finding.against if cause.id in one.causes]
        found.sort(key=lambda pair: pair[1].because in self.given)
        new = [pair for pair in found if pair[1].because not in self.given]
        return (new or found)[: MOST_OBJECTIONS if len(new) > 1 else 1]


def _support(telling: _Telling, cause: Cause, stated: list[Finding], *, for_remedy: bool) -> Iterator[DraftStatement]:
    signs = [finding.clause for finding in stated if cause.id in finding.points_to]
    if for_remedy:
        yield applied(telling.pick(_CURES).format(lowered(cause.wordings[0])))
    yield applied(telling.pick(_EXPLAINS).format(", and ".join(signs)))
    yield cited(cause.shows)
    if for_remedy:
        yield cited(cause.remedy.why)


def _objections(
    telling: _Telling, cause: Cause, stated: list[Finding], *, for_remedy: bool
) -> Iterator[DraftStatement]:
    for before, (finding, against) in enumerate(telling.objections(cause, stated)):
        if before:
            yield applied(telling.pick(_FAILS_AGAIN).format(finding.clause))
        elif for_remedy:
            yield applied(telling.pick(_FAILS_AS_REMEDY).format(lowered(cause.wordings[0]), finding.clause))
        else:
            yield applied(telling.pick(_FAILS).format(finding.clause))
        telling.given.add(against.because)
        yield cited(against)
