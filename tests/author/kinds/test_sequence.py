from random import Random

import pytest
import yaml

from tests.read.item_models.models import sequence as fields
from tutor.author.kinds.drafters import draft
from tutor.author.kinds.sequence import downward, is_tied, near_misses, worked
from tutor.author.kinds.sequence_reasons import beyond_the_plan, tie_of
from tutor.read.item_models.kinds import read_item_model

OTHER_REASON = {"because": "A kettle needs water.", "passage": "kettle#how-it-works"}
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


def test_explanations_say_what_would_go_wrong(small, small_items) -> None:
    otherwise = [need.otherwise for step in small.steps for need in step.needs]
    for item in small_items:
        for place, option in enumerate(item.options):
            told = option.explained
            says = any(one in told for one in otherwise)
            if item.circumstances[0] in {"missing", "early"}:
                assert says == (place in item.key), told
            elif item.circumstances[0] == "order":
                assert says == (place not in item.key), told
            elif place in item.key:
                assert "It builds on" in told, told
            else:
                assert says or " is no help." in told, told


def test_what_a_plan_does_not_need_is_set_against_its_end(small) -> None:
    after = beyond_the_plan(small, small.step["wash"], "serve").explanation[0].text
    assert after == "It comes after “serve the tea”, with which this plan ends."
    beside = beyond_the_plan(small, small.step["boil"], "grind").explanation[0].text
    assert beside.startswith("The plan ends with “grind the tea” and gets there without it;")
    assert beside.endswith("; it serves “brew the tea”, which is not part of the plan.")


def test_of_two_ties_the_one_that_is_not_told_yet_is_told() -> None:
    steps = fields()["steps"]
    steps[2]["needs"] = [{"step": "fill", "otherwise": "The mill would stand empty.", **OTHER_REASON}]
    model = read_item_model(yaml.safe_dump(fields() | {"steps": steps}), name="small-sequence")
    plan = ["fill", "boil", "grind", "brew"]
    first, need = tie_of(model, "fill", plan, set())
    assert first == "It comes in time for “boil the tea”, which builds on it."
    second, _ = tie_of(model, "fill", plan, {need})
    assert second == "It comes in time for “grind the tea”, which builds on it."


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
