"""An item model of any kind but decision, a seed and what is wanted in; a drafted item out.

None where the model cannot yield what is wanted: these kinds have one right option.
"""

from __future__ import annotations

from random import Random

from tutor.author.item import DraftItem
from tutor.author.kinds import concept, diagnosis, diagnosis_told, quantity, reading, sequence
from tutor.author.kinds.assembly import Draw
from tutor.author.recent import Recent
from tutor.author.wanted import Wanted
from tutor.read.item_models.concept import ConceptModel
from tutor.read.item_models.diagnosis import DiagnosisModel
from tutor.read.item_models.kinds import OtherModel
from tutor.read.item_models.quantity import QuantityModel
from tutor.read.item_models.reading import ReadingModel

ATTEMPTS = 120
"""Draws before a wish is given up: a single one may lead nowhere, or to another level of difficulty."""
STRICT = 60
"""Of these, so many in which the key must stand where it is wanted: numbers stand in their own order."""
OTHER_OPENINGS_TRIED = 8
"""So many items that open like the latest ones are given up for another."""
ANY = Wanted()


def draft(
    model: OtherModel, seed: str, wanted: Wanted = ANY, position: int | None = None, recent: Recent | None = None
) -> DraftItem | None:
    """Draft an item; the same model, seed, wish and recent items give the same one. Numbers keep their order."""
    if wanted.choose != 1:
        return None
    chance = Random(f"{model.id}/{seed}")  # noqa: S311 - nothing secret is drawn
    if isinstance(model, DiagnosisModel):
        draw = Draw(seed, Random(f"{model.id}/{seed}/told"), wanted.shown, position)  # noqa: S311 - as above
        told = diagnosis_told.draft_told(model, draw, recent or Recent(), wanted.difficulty)
        if told is not None:
            return told
    alike, in_vain = None, 0
    for attempt in range(ATTEMPTS):
        item = _drawn(model, Draw(seed, chance, wanted.shown, position, attempt < STRICT))
        if item is not None and wanted.difficulty in (None, item.difficulty) and len(item.options) == wanted.shown:
            if recent is None or not recent.opens_alike(item) or in_vain == OTHER_OPENINGS_TRIED:
                return item
            alike, in_vain = alike or item, in_vain + 1
    return alike


def _drawn(model: OtherModel, draw: Draw) -> DraftItem | None:
    match model:
        case DiagnosisModel():
            return diagnosis.draft(model, draw)
        case QuantityModel():
            return quantity.draft(model, draw)
        case ReadingModel():
            return reading.draft(model, draw)
        case ConceptModel():
            return concept.draft(model, draw)
    return sequence.draft(model, draw)
