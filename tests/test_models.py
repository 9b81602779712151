"""The shipped decision models: each is sound, and what it cites is there."""

import pytest

from tutor.author.quoting import carrier
from tutor.author.soundness import examine
from tutor.read.item_models.decision import DecisionModel, read_models
from tutor.read.pages import read_pages
from tutor.read.passages import cut_all
from tutor.settings import PROJECT

PLACES = {passage.id: passage for passage in cut_all(read_pages(PROJECT / "corpus" / "docs"))}
CARRIED = carrier(PLACES)
LEAST_ITEMS = 100


@pytest.mark.parametrize("model", list(read_models(PROJECT / "corpus" / "decisions")), ids=lambda model: model.id)
def test_every_model_is_sound_and_yields_enough(model: DecisionModel) -> None:
    found = examine(model, PLACES.__contains__, CARRIED)
    assert found.faults == ()
    assert found.keys == len(model.options)
    assert found.items >= LEAST_ITEMS
