"""A diagnosis model and a draw in; a case of trouble that its author told whole, one turn of it, out as an item.

The key is the only cause offered that no stated finding speaks against, or what is to be done about it. None where all
turns have been met.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from random import Random

from tutor.author.difficulty import predict
from tutor.author.item import Difficulty, DraftItem
from tutor.author.kinds.assembly import Candidate, Draw, applied, assemble, cited
from tutor.author.recent import Recent
from tutor.author.told import find, fresh_turns, name, told_turns, with_most
from tutor.engines.engine import DraftStatement
from tutor.read.item_models.diagnosis import DiagnosisModel, DiagnosisSituation, DiagnosisTurn
from tutor.read.item_models.situation import Turn, Why, tell_one_way


def draft_told(
    model: DiagnosisModel, draw: Draw, recent: Recent, difficulty: Difficulty | None = None
) -> DraftItem | None:
    """Draw a turn that was not met, of a situation of which the fewest turns were."""
    for situation, turn in fresh_turns(model.id, model.situations, recent, draw.chance):
        if shown := list(choices(model, situation, turn, draw.options)):
            elsewhere = {cause for other in situation.turns for cause in keys(model, situation, other)}
            some = with_most(shown, shown, elsewhere)
            item = realise(model, situation, turn, draw.chance.choice(some), draw)
            if difficulty in (None, item.difficulty):
                return item
    return None


def whole(model: DiagnosisModel, seed: str) -> Iterator[DraftItem]:
    """Every turn of every situation with all that it offers."""
    for situation, turn in told_turns(model.situations):
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


def asks_for_remedy(turn: Turn) -> bool:
    """Whether it is asked what to do about the cause."""
    return isinstance(turn, DiagnosisTurn) and turn.remedy


def keys(model: DiagnosisModel, situation: DiagnosisSituation, turn: Turn) -> tuple[str, ...]:
    """The offers that are left as right."""
    stated = {*situation.stated(turn)}
    left = {cause for cause in situation.offers if not model.ruled_out[cause] & stated}
    if asks_for_remedy(turn):
        left = {helping for cause in left for helping in model.helped_by(cause)} & {*situation.offers}
    return tuple(cause for cause in situation.offers if cause in left)


def realise(
    model: DiagnosisModel, situation: DiagnosisSituation, turn: Turn, shown: tuple[str, ...], draw: Draw
) -> DraftItem:
    """A turn with the key and these causes as an item. The key comes first among them."""
    remedy = asks_for_remedy(turn)
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


def turned(item: DraftItem, model: DiagnosisModel, cause: str) -> tuple[DraftItem, Turn, Turn] | None:
    """The item with the turn of its situation by which this shown cause is right; and the turns before and after."""
    found = find(model.situations, item.told)
    shown = {option.id for option in item.options}
    if found is None or not shown <= {*found[0].offers}:
        return None
    situation, turn = found
    for other in situation.turns:
        left = [one for one in keys(model, situation, other) if one in shown]
        if other is not turn and left == [cause] and asks_for_remedy(other) == asks_for_remedy(turn):
            return _as(item, model, situation, other), turn, other
    return None


def _as(item: DraftItem, model: DiagnosisModel, situation: DiagnosisSituation, turn: Turn) -> DraftItem:
    """The item as it is, with another turn: options, order and what is drawn stay."""
    (key,) = (one for one in keys(model, situation, turn) if one in {option.id for option in item.options})
    others = tuple(option.id for option in item.options if option.id != key)
    draw = Draw(item.seed, Random(f"{item.seed}/twin"), len(item.options))  # noqa: S311 - a draw that can be repeated
    told = realise(model, situation, turn, (key, *others), draw)
    explained = {option.id: option.explanation for option in told.options}
    options = tuple(replace(option, explanation=explained[option.id]) for option in item.options)
    place = next(place for place, option in enumerate(options) if option.id == key)
    return replace(told, options=options, key=(place,), seed=f"{item.seed}/twin")


def _why(model: DiagnosisModel, cause: str, why: Why | None, seed: str) -> Iterator[DraftStatement]:
    if why is None:
        return
    yield from map(cited, model.evidence(cause, why.by))
    if why.so:
        yield applied(tell_one_way(why.so, seed))
