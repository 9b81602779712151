"""The shipped models of the kinds beside decisions, and some items of each."""

from collections.abc import Mapping, Sequence

import pytest

from tutor.author.item import DraftItem
from tutor.author.kinds.drafters import draft
from tutor.read.item_models.diagnosis import DiagnosisModel
from tutor.read.item_models.kinds import ItemModel, read_item_models
from tutor.settings import PROJECT

EACH = 24


@pytest.fixture(scope="session")
def other_models() -> Mapping[str, ItemModel]:
    return {model.id: model for model in read_item_models(PROJECT / "corpus" / "item-models")}


@pytest.fixture(scope="session")
def drawn(other_models: Mapping[str, ItemModel]) -> Sequence[DraftItem]:
    """Some items of every model, put together as a row of numbers would have them."""
    models = [
        model.model_copy(update={"situations": ()}) if isinstance(model, DiagnosisModel) else model
        for model in other_models.values()
    ]
    items = [draft(model, f"test/{n}", position=n % 4) for model in models for n in range(EACH)]
    assert None not in items, "a sound model yields an item for every seed"
    return [item for item in items if item is not None]
