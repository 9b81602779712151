"""A sequence model and a seed in, an item out: an order that works, the next step, a missing one, or one too early.

What each step needs decides. In every question exactly one of the options agrees with all needs, or, where the fault is
asked for, breaks one. None where a draw leads nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, permutations
from random import Random

from tutor.author.item import DraftItem
from tutor.author.kinds.assembly import (
    TRIES,
    Candidate,
    Draw,
    applied,
    assemble,
    cited,
    evenly,
    lowered,
    paragraph,
    sample,
)
from tutor.author.kinds.sequence_reasons import (
    beyond_the_plan,
    breaks,
    by_way,
    decoys,
    links,
    not_due,
    reasons,
    tie_of,
    ties,
    way_between,
    why_due,
)
from tutor.read.item_models.sequence import SequenceModel

STEPS_IN_ORDER = (4, 5)
TIED = 0.6
"""Of all pairs of steps, so many must have an order."""
MOST_BROKEN = 2
"""Needs that a wrong order breaks at most: near misses teach, nonsense does not."""
FEWEST_PLANNED, MOST_PLANNED = 3, 6
"""Steps that a plan with a gap shows."""
HARDNESS = {"next": 0.45, "missing": 0.5, "early": 0.55}
LAST_STEP_SHARE = 0.25
"""With nothing left behind the key, every other option is a decoy, which is too easy to be drawn each time."""
CLOSEST_OF = 6
"""Of so many sets of steps, the one with the most direct needs makes up a plan."""
NEAREST = 4
"""Of the steps that are not due yet, so many nearest ones are shown: the far ones fall at a glance."""
_SO_FAR = (
    "Nothing beyond that has been done yet.",
    "The steps that follow are still open.",
    "The rest is still to be done.",
)
_FIRST_PART = (
    "These are the first steps; what follows them will be planned later.",
    "This is the plan for the first part of the work; later steps are not part of it.",
    "The first part of the work is planned as follows; the rest will be planned afterwards.",
)
"""A later step would be missing as well if the plan were meant to be the whole."""
_ARROW = " → "


def draft(model: SequenceModel, draw: Draw) -> DraftItem | None:
    """Draw an item in one of the four ways to ask."""
    return draw.chance.choice((_order, _next, _missing, _early))(model, draw)


def worked(model: SequenceModel, steps: Iterable[str], chance: Random) -> list[str]:
    """Some order of these steps that breaks no need."""
    left, order = sample(chance, steps, 99), []
    while left:
        step = next(one for one in left if not model.before[one] & set(left))
        left.remove(step)
        order.append(step)
    return order


def near_misses(model: SequenceModel, steps: Sequence[str]) -> list[tuple[str, ...]]:
    """Every order of these steps that breaks a few needs."""
    return [order for order in permutations(steps) if 1 <= len(model.broken(order)) <= MOST_BROKEN]


def is_tied(model: SequenceModel, steps: Sequence[str]) -> bool:
    """Whether these steps depend on one another so much that their order can be asked for."""
    pairs = sum(later in model.before[step] or step in model.before[later] for step, later in combinations(steps, 2))
    return pairs >= TIED * len(steps) * (len(steps) - 1) / 2


def downward(model: SequenceModel, steps: Iterable[str]) -> frozenset[str]:
    """These steps with all that they need."""
    return frozenset(steps).union(*(model.before[step] for step in steps))


def _order(model: SequenceModel, draw: Draw) -> DraftItem | None:
    chance, options = draw.chance, draw.options
    steps = _close(model, chance, chance.choice(STEPS_IN_ORDER))
    key = tuple(worked(model, steps, chance))
    wrong = near_misses(model, steps)
    if len(wrong) < options - 1 or not is_tied(model, steps):
        return None
    choices = [sample(chance, wrong, options - 1) for _ in range(TRIES)]
    others = evenly(chance, choices, lambda orders: _centrality(key, orders), options)
    shown = [Candidate(" ".join(key), (_chain(model, key),), tuple(links(model, key)))] + [
        Candidate(" ".join(order), (_chain(model, order),), tuple(breaks(model, order))) for order in others
    ]
    return assemble(
        model,
        draw,
        stem=chance.choice(model.scenes),
        asks=model.asks.order,
        options=shown,
        key=" ".join(key),
        circumstances=("order", *sorted(steps)),
        hardness=0.4 + 0.1 * (len(steps) - 4) + 0.03 * sum(len(model.broken(order)) == 1 for order in others),
    )


def _close(model: SequenceModel, chance: Random, count: int) -> list[str]:
    """Steps that follow each other closely: a plan that leaves out much of what lies between looks wrong."""
    choices = [sample(chance, model.step, count) for _ in range(CLOSEST_OF)]
    return max(choices, key=lambda steps: sum(need.step in steps for step in steps for need in model.step[step].needs))


def _next(model: SequenceModel, draw: Draw) -> DraftItem | None:
    chance, options = draw.chance, draw.options
    done = downward(model, sample(chance, model.step, chance.choice((1, 2))))
    left = [step for step in model.steps if step.id not in done]
    ready = [step for step in left if step.needs and model.before[step.id] <= done]
    waiting = [step for step in left if not model.before[step.id] <= done]
    if not ready or len(waiting) + len(model.decoys) < options - 1:
        return None
    if not waiting and chance.random() > LAST_STEP_SHARE:
        return None
    key = chance.choice(ready)
    last = [step for step in model.steps if step.id in done and not any(step.id in model.before[s] for s in done)]
    shown = [Candidate(key.id, key.wordings, (applied(why_due(model, key, done)), *reasons(key, done)))]
    waiting = sorted(sample(chance, waiting, len(waiting)), key=lambda step: len(model.before[step.id] - done))
    nearest = [not_due(model, step, done) for step in waiting[: max(NEAREST, options - 1)]]
    shown += sample(chance, [*nearest, *sample(chance, decoys(model), max(1, options - 1 - len(nearest)))], options - 1)
    return assemble(
        model,
        draw,
        stem=paragraph(
            chance.choice(model.scenes),
            *(chance.choice(step.done) for step in last),
            chance.choice(_SO_FAR),
        ),
        asks=model.asks.next,
        options=shown,
        key=key.id,
        circumstances=("next", *sorted(done)),
        hardness=HARDNESS["next"],
    )


def _missing(model: SequenceModel, draw: Draw) -> DraftItem | None:
    chance, options = draw.chance, draw.options
    goal = chance.choice(model.steps).id
    whole = downward(model, [goal])
    direct = {need.step for step in whole for need in model.step[step].needs}
    if not direct or not FEWEST_PLANNED <= len(whole) - 1 <= MOST_PLANNED:
        return None
    gap = chance.choice(sorted(direct))
    planned = worked(model, whole - {gap}, chance)
    user = next(step for step in planned if any(need.step == gap for need in model.step[step].needs))
    reason = next(need for need in model.step[user].needs if need.step == gap)
    beyond = [step for step in model.steps if step.id not in whole and step.needs]
    idle = [*decoys(model), *(beyond_the_plan(model, step, goal) for step in beyond)]
    if len(idle) < options - 1:
        return None
    key = model.step[gap]
    needs_it = applied(f"The plan comes to “{lowered(model.step[user].short)}” without it. {reason.otherwise}")
    return assemble(
        model,
        draw,
        stem=f"{chance.choice(model.scenes)} {chance.choice(_FIRST_PART)}\n\n{_numbered(model, planned)}",
        asks=model.asks.missing,
        options=[Candidate(gap, key.wordings, (needs_it, cited(reason))), *sample(chance, idle, options - 1)],
        key=gap,
        circumstances=("missing", gap, *sorted(planned)),
        hardness=HARDNESS["missing"],
    )


def _early(model: SequenceModel, draw: Draw) -> DraftItem | None:
    chance, options = draw.chance, draw.options
    steps = _close(model, chance, chance.choice((5, 6)))
    order = worked(model, steps, chance)
    moved = chance.choice(order[1:])
    rest = [step for step in order if step != moved]
    places = [place for place, step in enumerate(rest) if step in model.before[moved]]
    if not places:
        return None
    place = max(places)
    plan = [*rest[:place], moved, *rest[place:]]
    broken = model.broken(plan)
    if {step for step, _ in broken} != {moved}:
        return None
    later = [needed for _, needed in broken]
    tied = [step for step in rest if ties(model, step, plan)]
    if len(tied) < options - 1:
        return None
    needed = next((one for one in later if any(need.step == one for need in model.step[moved].needs)), later[0])
    reason = way_between(model, moved, needed)[0]
    right = (
        applied(f"In the plan it stands before {by_way(model, moved, needed)}. {reason.otherwise}"),
        cited(reason),
    )
    shown = [Candidate(moved, (model.step[moved].short,), right)]
    told = {reason}
    for step in sample(chance, tied, options - 1):
        tie, need = tie_of(model, step, plan, told)
        told.add(need)
        shown.append(Candidate(step, (model.step[step].short,), (applied(tie), cited(need))))
    return assemble(
        model,
        draw,
        stem=f"{chance.choice(model.scenes)}\n\n{_numbered(model, plan)}",
        asks=model.asks.early,
        options=shown,
        key=moved,
        circumstances=("early", *plan),
        hardness=HARDNESS["early"],
    )


def _centrality(key: Sequence[str], others: Sequence[Sequence[str]]) -> int:
    """How many of the other orders have less in common with the rest than the key has."""
    every = [key, *others]
    shared = [sum(a == b for other in every for a, b in zip(one, other, strict=True)) for one in every]
    return sum(one < shared[0] for one in shared[1:])


def _chain(model: SequenceModel, order: Sequence[str]) -> str:
    first, *rest = (model.step[step].short for step in order)
    return _ARROW.join([first, *map(lowered, rest)])


def _numbered(model: SequenceModel, order: Sequence[str]) -> str:
    return "\n".join(f"{place}. {model.step[step].short}" for place, step in enumerate(order, 1))
