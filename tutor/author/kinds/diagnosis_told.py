"""A diagnosis model and a draw in; a case of trouble that its author told whole, one turn of it, out as an item.

The key is the only cause offered that no stated finding speaks against, or what is to be done about it. None where all
turns have been met.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from random import Random

from tutor.author.difficulty import predict
from tutor.author.item import Difficulty, DraftItem
from tutor.author.kinds.assembly import Candidate, Draw, applied, assemble, cited
from tutor.author.recent import Recent
from tutor.author.told import fresh_turns, name
from tutor.engines.engine import DraftStatement
from tutor.read.item_models.diagnosis import DiagnosisModel, DiagnosisSituation, DiagnosisTurn
from tutor.read.item_models.situation import Turn, Why, tell_one_way


def draft_told(
    model: DiagnosisModel, draw: Draw, recent: Recent, difficulty: Difficulty | None = None
) -> DraftItem | None:
    """Draw a turn that was not met, of a situation of which the fewest turns were."""
    for situation, turn in fresh_turns(model.id, model.situations, recent, draw.chance):
        if shown := list(choices(model, situation, turn, draw.options)):
            item = realise(model, situation, turn, draw.chance.choice(shown), draw)
            if difficulty in (None, item.difficulty):
                return item
    return None


def whole(model: DiagnosisModel, seed: str) -> Iterator[DraftItem]:
    """Every turn of every situation with all that it offers."""
    for situation in model.situations:
        for turn in situation.turns:
            draw = Draw(seed, Random(f"{seed}/{name(situation, turn)}"), len(situation.offers))  # noqa: S311 - repeatable
            for shown in choices(model, situation, turn, draw.options):
                yield realise(model, situation, turn, shown, draw)


def choices(model: DiagnosisModel, situation: DiagnosisSituation, turn: Turn, count: int) -> Iterator[tuple[str, ...]]:
    """Every choice of so many of the causes that are offered, the key among them."""
    left = keys(model, situation, turn)
    if len(left) != 1:
        return
    others = [cause for cause in situation.offers if cause not in left]
    yield from ((*left, *some) for some in combinations(others, count - 1))


def keys(model: DiagnosisModel, situation: DiagnosisSituation, turn: Turn) -> tuple[str, ...]:
    """The offers that are left as right."""
    stated = {*situation.stated(turn)}
    left = {cause for cause in situation.offers if not model.ruled_out[cause] & stated}
    if isinstance(turn, DiagnosisTurn) and turn.remedy:
        left = {helping for cause in left for helping in model.helped_by(cause)} & {*situation.offers}
    return tuple(cause for cause in situation.offers if cause in left)


def realise(
    model: DiagnosisModel, situation: DiagnosisSituation, turn: Turn, shown: tuple[str, ...], draw: Draw
) -> DraftItem:
    """A turn with the key and these causes as an item. The key comes first among them."""
    remedy = isinstance(turn, DiagnosisTurn) and turn.remedy
    stated = {*situation.stated(turn)}
    key, *others = shown
    told = [
        Candidate(
            cause.id,
            cause.remedy.wordings if remedy else cause.wordings,
            tuple(_why(model, cause.id, situation.why_of(turn, cause.id), draw.seed)),
        )
        for cause in model.causes
        if cause.id in shown
    ]
    misses = [(len(model.ruled_out[one] & stated), len(model.pointed_to[one] & stated)) for one in others]
    support = len(model.pointed_to[key] & stated)
    return assemble(
        model,
        draw,
        stem=tell_one_way(situation.whole(turn), draw.seed),
        asks=(tell_one_way(turn.ask, draw.seed),),
        options=told,
        key=key,
        circumstances=("remedy" if remedy else "cause", *sorted(stated)),
        hardness=predict(facts=len(stated), misses=misses, support=support),
        told=name(situation, turn),
    )


def _why(model: DiagnosisModel, cause: str, why: Why | None, seed: str) -> Iterator[DraftStatement]:
    if why is None:
        return
    yield from map(cited, model.evidence(cause, why.by))
    if why.so:
        yield applied(tell_one_way(why.so, seed))
