"""The situations of a diagnosis model in, their faults out: what `tutor models check` says of them."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from tutor.author.kinds.assembly import Draw
from tutor.author.kinds.diagnosis_told import choices, keys, realise
from tutor.author.situations_soundness import SEEDS, SHOWN, flaws, misnamed, repeated, same_keys
from tutor.author.told import name
from tutor.read.item_models.diagnosis import DiagnosisModel, DiagnosisSituation, DiagnosisTurn

OWN_REASONS = {"shows", "remedy"}
"""What can be said of any cause: how it makes itself felt, and what is done about it."""


def told_faults(model: DiagnosisModel) -> Iterator[str]:
    """Look for everything that could make an item of a situation wrong."""
    findings, causes = {finding.id for finding in model.findings}, {cause.id for cause in model.causes}
    yield from repeated(model.situations)
    for situation in model.situations:
        unknown = tuple(misnamed(situation, findings, causes, findings | OWN_REASONS))
        yield from (f"situation {situation.id}: {fault}" for fault in unknown)
        if unknown:
            continue
        left = [{*keys(model, situation, turn)} for turn in situation.turns]
        yield from (f"situation {situation.id}: {fault}" for fault in same_keys(left))
        for turn in situation.turns:
            yield from (f"situation {name(situation, turn)}: {fault}" for fault in _of_turn(model, situation, turn))


def _of_turn(model: DiagnosisModel, situation: DiagnosisSituation, turn: DiagnosisTurn) -> Iterator[str]:
    stated = frozenset(situation.stated(turn))
    if turn.prefers:
        yield "a diagnosis knows no preference"
    if not model.stand_together(stated):
        yield "its findings cannot stand together"
    left = keys(model, situation, turn)
    if len(left) != 1:
        yield f"exactly one offer must be left, not {', '.join(left) or 'none'}"
        return
    (key,) = left
    if not model.pointed_to[key] & stated:
        yield f"nothing points to {key}"
    for finding in sorted(stated - model.pointed_to[key]):
        if not any(finding in model.ruled_out[cause] for cause in situation.offers):
            yield f"idle finding: {finding} speaks against no offer and does not point to {key}"
    for cause in situation.offers:
        why = situation.why_of(turn, cause)
        if why is None:
            yield f"says nothing of {cause}"
            continue
        for wrong in sorted({*why.by} - OWN_REASONS - (model.ruled_out[cause] & stated)):
            yield f"{wrong} does not speak against {cause} here"
        if not why.so and OWN_REASONS & {*why.by} and cause != key:
            yield f"says of {cause} how it shows, and not what speaks against it here"
    yield from flaws(
        realise(model, situation, turn, shown, Draw(seed, Random(seed), SHOWN))  # noqa: S311 - repeatable
        for shown in choices(model, situation, turn, SHOWN)
        for seed in SEEDS
    )
