from random import Random

import pytest
import yaml

from tests.read.item_models.models import sequence as fields
from tutor.author.kinds.drafters import draft
from tutor.author.kinds.sequence import downward, is_tied, near_misses, worked
from tutor.read.item_models.kinds import read_item_model

WAYS = ("order", "next", "missing", "early")


@pytest.fixture(scope="module")
def small():
    return read_item_model(yaml.safe_dump(fields()), name="small-sequence")


@pytest.fixture(scope="module")
def small_items(small):
    return [draft(small, str(n)) for n in range(60)]


def test_orders_keep_every_need(small) -> None:
    for seed in range(20):
        order = worked(small, small.step, Random(seed))
        assert sorted(order) == sorted(small.step)
        assert small.broken(order) == []


def test_near_misses_break_few_needs(small) -> None:
    found = near_misses(small, ("fill", "boil", "brew", "strain"))
    assert ("boil", "fill", "brew", "strain") in found
    assert ("fill", "boil", "brew", "strain") not in found
    assert ("strain", "brew", "boil", "fill") not in found
    assert is_tied(small, ("fill", "boil", "brew", "strain"))
    assert downward(small, ["boil"]) == {"fill", "boil"}


def test_all_ways_to_ask_are_drawn(small_items) -> None:
    assert {item.circumstances[0] for item in small_items} == set(WAYS)


def shorts(model, text):
    """The steps that a chain of short steps names, in its order."""
    by_name = {step.short.lower(): step.id for step in model.steps}
    return [by_name[part.strip().lower()] for part in text.split("→")]


def planned(model, stem):
    by_name = {step.short: step.id for step in model.steps}
    rows = [row.partition(". ")[2] for row in stem.splitlines() if row[:1].isdigit()]
    return [by_name[row] for row in rows]


def test_the_key_is_the_only_option_that_agrees_with_the_needs(drawn, other_models, small, small_items) -> None:
    for item in [*(one for one in drawn if one.kind == "sequence"), *small_items]:
        model = small if item.model == small.id else other_models[item.model]
        way, *steps = item.circumstances
        if way == "order":
            right = [not model.broken(shorts(model, option.text)) for option in item.options]
        elif way == "next":
            right = [
                option.id in model.step and option.id not in steps and model.before[option.id] <= set(steps)
                for option in item.options
            ]
            assert downward(model, steps) == set(steps)
        elif way == "missing":
            plan = planned(model, item.stem)
            assert not model.broken(plan)
            needed = {need.step for step in plan for need in model.step[step].needs} - set(plan)
            right = [option.id in needed for option in item.options]
        else:
            plan = planned(model, item.stem)
            early = {step for step, _ in model.broken(plan)}
            right = [option.id in early for option in item.options]
        assert right == [place in item.key for place in range(len(item.options))], item.circumstances
