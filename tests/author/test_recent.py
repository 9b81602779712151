from collections import Counter
from dataclasses import replace

import pytest

from tutor.author.draw import draw
from tutor.author.opening import openings
from tutor.author.recent import LATELY, OPENINGS, SITTING, Recent
from tutor.author.wanted import Wanted

COUNT = 40


def in_one_sitting(models, wanted, count):
    """Items of one seed, each unlike those before it."""
    recent, items = Recent(), []
    for number in range(count):
        items.append(draw(models, wanted, "sitting", {}, number=number, recent=recent))
        recent.add(items[-1])
    return items


@pytest.fixture(scope="module")
def one_model(composing_models):
    return next(
        model for model in composing_models if len(model.scenes) == 4 and not any(s.states for s in model.scenes)
    )


@pytest.fixture(scope="module")
def alone(composing_models, one_model):
    return in_one_sitting([one_model], Wanted(), 12)


def test_a_sitting_repeats_fewer_models_than_chance_would(composing_models) -> None:
    apart = [draw(composing_models, Wanted(), "sitting", {}, number=number) for number in range(COUNT)]
    together = in_one_sitting(composing_models, Wanted(), COUNT)
    assert len({item.model for item in together}) > len({item.model for item in apart})
    assert len({item.model for item in together}) >= 0.9 * COUNT


def test_the_scenes_of_a_model_go_round(alone, one_model) -> None:
    told = Counter(
        place
        for item in alone
        for place, scene in enumerate(one_model.scenes)
        if item.stem.startswith(openings(scene.text))
    )
    assert set(told.values()) == {3}


def test_pairs_of_circumstances_seldom_come_again(alone, one_model) -> None:
    def pairs(items):
        return Counter(
            (one, other) for item in items for one in item.circumstances for other in item.circumstances if one < other
        )

    apart = [draw([one_model], Wanted(), "sitting", {}, number=number) for number in range(12)]
    again, by_chance = (sum(count - 1 for count in pairs(items).values()) for items in (alone, apart))
    assert again < by_chance


def test_the_same_seed_gives_the_same_sitting(one_model, alone) -> None:
    assert in_one_sitting([one_model], Wanted(), 12) == alone


def test_what_came_lately_comes_again_where_nothing_else_is_left(one_model, alone) -> None:
    item = alone[0]
    recent = Recent([item] * (LATELY + 5))
    assert len(recent.of(one_model.id)) == LATELY
    assert draw([one_model], Wanted(), "again", {}, recent=recent).model == one_model.id


def test_a_model_is_of_the_sitting_until_enough_others_came(alone) -> None:
    first, other = alone[0], replace(alone[0], model="another")
    assert Recent([first, *[other] * (SITTING - 1)]).models == {first.model, "another"}
    assert Recent([first, *[other] * SITTING]).models == {"another"}


def test_items_that_open_alike_are_known(alone) -> None:
    item = alone[0]
    assert Recent([item]).opens_alike(item)
    assert not Recent([item]).opens_alike(replace(item, stem=f"At night, {item.stem}"))
    elsewhere = [replace(item, stem=f"At night, {item.stem}")] * OPENINGS
    assert not Recent([item, *elsewhere]).opens_alike(item)
