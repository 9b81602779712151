"""Steps and their needs in, explanations out: why a step is due, too early, beyond a plan, or rightly where it is.

Each says in the words of the model what goes wrong otherwise, and cites why. Nothing here fails.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise

from tutor.author.kinds.assembly import Candidate, applied, cited, listed, lowered
from tutor.engines.engine import DraftStatement
from tutor.read.item_models.sequence import Need, SequenceModel, Step


def why_due(model: SequenceModel, key: Step, done: frozenset[str]) -> str:
    """Why a step comes next: what it builds on is there, and, where there is one, a later step waits for it."""
    built_on = listed([f"“{lowered(model.step[need.step].short)}”" for need in key.needs if need.step in done])
    later = next((step for step in model.steps if any(need.step == key.id for need in step.needs)), None)
    waits = f", and “{lowered(later.short)}” waits for it" if later else ""
    return f"It builds on {built_on}{waits}."


def not_due(model: SequenceModel, step: Step, done: frozenset[str]) -> Candidate:
    """A step that is not due: what it lacks, and what would go wrong."""
    lacking = next(need for need in step.needs if need.step not in done)
    left = applied(f"“{model.step[lacking.step].short}” is still to be done. {lacking.otherwise}")
    return Candidate(step.id, step.wordings, (left, cited(lacking)))


def beyond_the_plan(model: SequenceModel, step: Step, goal: str) -> Candidate:
    """A step that no step of a plan needs: it comes after the goal of the plan, or leads elsewhere."""
    end = f"“{lowered(model.step[goal].short)}”"
    if goal in model.before[step.id]:
        return Candidate(
            step.id, step.wordings, (applied(f"It comes after {end}, with which this plan ends."), cited(step.needs[0]))
        )
    serves = [f"“{lowered(other.short)}”" for other in model.steps if any(n.step == step.id for n in other.needs)]
    aim = f"; it serves {listed(serves)}, which is not part of the plan" if serves else ""
    return Candidate(
        step.id,
        step.wordings,
        (applied(f"The plan ends with {end} and gets there without it{aim}."), cited(step.needs[0])),
    )


def decoys(model: SequenceModel) -> list[Candidate]:
    """What sounds like a step, with what speaks against it in general and here."""
    return [Candidate(decoy.id, decoy.wordings, (cited(decoy.why), applied(decoy.so))) for decoy in model.decoys]


def ties(model: SequenceModel, step: str, plan: Sequence[str]) -> list[tuple[str, Need]]:
    """Why a step of a plan stands where it may: what it needs stands before it, or what needs it behind it."""
    before, behind = plan[: plan.index(step)], plan[plan.index(step) + 1 :]
    return [
        (f"It rightly comes after “{lowered(model.step[need.step].short)}”.", need)
        for need in model.step[step].needs
        if need.step in before
    ] + [
        (f"It comes in time for “{lowered(model.step[later].short)}”, which builds on it.", need)
        for later in behind
        for need in model.step[later].needs
        if need.step == step
    ]


def tie_of(model: SequenceModel, step: str, plan: Sequence[str], told: Collection[Need]) -> tuple[str, Need]:
    """One of the ties of a step, if possible one that no other option tells of."""
    every = ties(model, step, plan)
    because = {need.because for need in told}
    return next((one for one in every if one[1].because not in because), every[0])


def links(model: SequenceModel, order: Sequence[str]) -> Iterable[DraftStatement]:
    """Why neighbours in an order that works follow each other."""
    for earlier, later in pairwise(order):
        if earlier in model.before[later]:
            need = model.need(later, earlier)
            if need:
                yield cited(need)


def breaks(model: SequenceModel, order: Sequence[str]) -> Iterable[DraftStatement]:
    """The need that an order breaks most plainly, and what would go wrong."""
    step, needed = min(model.broken(order), key=lambda pair: len(way_between(model, *pair)))
    first, *rest = way_between(model, step, needed)
    yield applied(f"“{model.step[step].short}” comes before {by_way(model, step, needed)}. {first.otherwise}")
    yield from map(cited, (first, *rest))


def by_way(model: SequenceModel, step: str, needed: str) -> str:
    """A step that another one needs, and the steps between them where it does so indirectly."""
    between = [f"“{lowered(model.step[need.step].short)}”" for need in way_between(model, step, needed)[:-1]]
    by = f", which it depends on by way of {listed(between)}" if between else ""
    return f"“{lowered(model.step[needed].short)}”{by}"


def way_between(model: SequenceModel, step: str, needed: str) -> list[Need]:
    """The shortest row of needs that leads from a step to one that it depends on, directly or not."""
    rows: list[list[Need]] = [[need] for need in model.step[step].needs]
    while True:
        for row in rows:
            if row[-1].step == needed:
                return row
        rows = [[*row, need] for row in rows for need in model.step[row[-1].step].needs]


def reasons(step: Step, done: frozenset[str]) -> list[DraftStatement]:
    """Why a step comes after what has been done."""
    return [cited(need) for need in step.needs if need.step in done][:2]
