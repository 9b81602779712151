import time
from collections import Counter

import pytest

from tutor.author.draw import draft, draw, kind_of, position, section_weights
from tutor.author.wanted import Wanted
from tutor.errors import InputError
from tutor.read.guides.editions import current_edition, load_editions
from tutor.settings import PROJECT

COUNT = 400


@pytest.fixture(scope="module")
def blueprint():
    return current_edition(load_editions(PROJECT / "corpus" / "guides")).blueprint


@pytest.fixture(scope="module")
def items(decision_models, blueprint):
    weights = section_weights(blueprint)
    return [draw(decision_models, Wanted(), "set", {}, number=n, weights=weights) for n in range(COUNT)]


def test_the_same_seed_and_number_give_the_same_item(decision_models, shipped_passages) -> None:
    for wanted in (Wanted(), Wanted(choose=2), Wanted(objective="4.2"), Wanted(difficulty="hard", options=5)):
        one, again = (draw(decision_models, wanted, "7", shipped_passages, number=3) for _ in range(2))
        assert one == again
        assert one != draw(decision_models, wanted, "8", shipped_passages, number=3)


def test_key_positions_are_even(items) -> None:
    places = Counter(item.key[0] for item in items)
    assert all(abs(places[place] / COUNT - 0.25) <= 0.01 for place in range(4)), places
    assert sorted(position("any", n, 5) for n in range(5, 10)) == [0, 1, 2, 3, 4]


def test_the_longest_option_is_the_key_no_oftener_than_chance_allows(items) -> None:
    longest = 0.0
    for item in items:
        lengths = [len(option.text) for option in item.options]
        top = [place for place, length in enumerate(lengths) if length == max(lengths)]
        longest += (item.key[0] in top) / len(top)
    assert longest / COUNT <= 0.25 + 0.05


def test_sections_are_drawn_by_their_weights(items, decision_models, blueprint) -> None:
    weights = section_weights(blueprint)
    treated = {number.partition("/")[2][0] for each in decision_models for number in each.treats if "2026-06" in number}
    primary = Counter(
        section
        for item in items
        for section in {t.partition("/")[2][0] for t in item.treats if t.startswith("2026-06/")}
    )
    for section in treated:
        share = weights[section] / sum(weights[one] for one in treated)
        assert primary[section] / COUNT > share - 0.06, (section, primary)


def test_a_run_of_items_reaches_every_consideration_that_has_a_model(items, decision_models) -> None:
    there = {treats for each in decision_models for treats in each.treats if treats.startswith("2026-06/")}
    assert {treats for item in items for treats in item.treats if treats.startswith("2026-06/")} == there


@pytest.mark.parametrize("wanted", [Wanted(section="3"), Wanted(objective="4.2"), Wanted(consideration="4.1.4")])
def test_only_what_is_wanted_is_drawn(decision_models, wanted) -> None:
    for number in range(20):
        item = draw(decision_models, wanted, "only", {}, number=number)
        assert any(wanted.admits(treats) for treats in item.treats)


def test_a_named_model_is_the_one_drawn_from(decision_models) -> None:
    wanted = Wanted(model=decision_models[3].id)
    assert {draw(decision_models, wanted, "x", {}, number=n).model for n in range(5)} == {decision_models[3].id}


def test_a_wish_that_no_model_fits_is_told_with_the_next_step(decision_models) -> None:
    with pytest.raises(InputError, match=r"objective 9\.9.*Ask for less"):
        draw(decision_models, Wanted(objective="9.9"), "x", {})


def test_another_model_steps_in_where_the_first_cannot_yield_it(decision_models) -> None:
    unable = [each for each in decision_models if draft(each, "u/0", Wanted(choose=3)) is None]
    assert unable, "without such a model this test says nothing"
    able = next(each for each in decision_models if each not in unable and draft(each, "u/0", Wanted(choose=3)))
    assert draw([unable[0], able], Wanted(choose=3), "u", {}).model == able.id


def test_weights_come_from_the_guide(blueprint) -> None:
    weights = section_weights(blueprint)
    assert set(weights) == {"1", "2", "3", "4", "5", "6"}
    assert weights["3"] == 21
    assert kind_of.__doc__


def test_a_draft_takes_a_few_milliseconds(decision_models) -> None:
    """Of this process's own time: a busy machine says nothing of it. docs/items.md has the figures of a quiet one."""
    taken = []
    for each in decision_models:
        start = time.process_time()
        draft(each, "fast", Wanted())
        taken.append(time.process_time() - start)
    assert sorted(taken)[len(taken) // 2] < 0.02


def test_what_was_wished_for_is_named_first_where_a_model_treats_more(decision_models) -> None:
    both = [one for one in decision_models if {"2.1", "4.2"} <= {treats.split("/")[1][:3] for treats in one.treats}]
    assert both
    item = draw(both, Wanted(objective="4.2"), "wish", {})
    assert item.treats[0].startswith("2026-06/4.2.")
    assert set(item.treats) in [set(one.treats) for one in both]
