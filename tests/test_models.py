"""The shipped decision models: each is sound, and what it cites is there."""

from collections import Counter

import pytest

from tutor.author.quoting import carrier
from tutor.author.soundness import examine
from tutor.author.told import told_case, told_turns
from tutor.read.item_models.decision import DecisionModel, read_models
from tutor.read.pages import read_pages
from tutor.read.passages import cut_all
from tutor.settings import PROJECT

PLACES = {passage.id: passage for passage in cut_all(read_pages(PROJECT / "corpus" / "docs"))}
CARRIED = carrier(PLACES)
LEAST_ITEMS = 100
LEAST_SITUATIONS, LEAST_TURNS = 4, 9
MOST_OF_ONE_KEY = 0.4
"""No option is right in more of a model's turns."""


@pytest.mark.parametrize("model", list(read_models(PROJECT / "corpus" / "decisions")), ids=lambda model: model.id)
def test_every_model_is_sound_and_yields_enough(model: DecisionModel) -> None:
    found = examine(model, PLACES.__contains__, CARRIED)
    assert found.faults == ()
    assert found.keys == len(model.options)
    assert found.items >= LEAST_ITEMS


@pytest.mark.parametrize("model", list(read_models(PROJECT / "corpus" / "decisions")), ids=lambda model: model.id)
def test_every_model_tells_enough_situations_and_keys_each_option_that_it_offers(model: DecisionModel) -> None:
    cases = [told_case(model, situation, turn) for situation, turn in told_turns(model.situations)]
    keys = Counter(key for case in cases for key in case.key)
    assert len(model.situations) >= LEAST_SITUATIONS
    assert len(cases) >= LEAST_TURNS
    assert len(keys) >= len(model.options) - 1
    assert max(keys.values()) <= MOST_OF_ONE_KEY * len(cases)
