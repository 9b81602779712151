import random
from itertools import pairwise

import pytest

from tutor.author.contrast import SWAPPED_SHARE, choose_exchange, exchanges, is_clear, read_back, swapped, twin
from tutor.author.decision import draft
from tutor.author.explain import granted
from tutor.author.former_names import without_former_names
from tutor.author.phrases import PHRASES
from tutor.author.wanted import Wanted


@pytest.fixture(scope="module")
def pairs(decision_models):
    """Each model's items with their twins, where they have one."""
    drafted = [(each, draft(each, f"twin{n}", Wanted())) for each in decision_models for n in range(3)]
    return [(each, item, twin(item, each)) for each, item in drafted if item]


def test_most_items_have_a_twin(pairs) -> None:
    assert sum(made is not None for _, _, made in pairs) > 0.85 * len(pairs)


def test_a_twin_differs_in_one_circumstance_and_its_key(pairs) -> None:
    for each, item, made in pairs:
        if made is None:
            continue
        before, after = set(item.circumstances), set(made.item.circumstances)
        assert len(before - after) == len(after - before) == 1
        assert [option.text for option in made.item.options] == [option.text for option in item.options]
        assert made.item.key != item.key
        assert made.item.text != item.text
        case, _ = read_back(made.item, each)
        assert case.survivors == case.key == {made.item.options[made.item.key[0]].id}
        assert not case.idle


def test_a_twin_says_what_changed_and_why(pairs) -> None:
    for each, _, made in pairs:
        if made is None:
            continue
        lead, *why = made.says
        right = made.item.options[made.item.key[0]].id
        name = next(without_former_names(option.name) for option in each.options if option.id == right)
        assert lead.text.startswith(tuple(phrase.partition("“")[0] for phrase in PHRASES["would be"]))
        assert f"{name} would be right" in lead.text
        assert all(statement.quotes for statement in why)
        assert why or lead.text.endswith(".")


def test_the_twin_for_a_wrong_choice_makes_it_right(pairs) -> None:
    found = 0
    for each, item, _ in pairs:
        for place, option in enumerate(item.options):
            if place not in item.key and (made := twin(item, each, option.id)):
                assert made.item.options[made.item.key[0]].id == option.id
                found += 1
    assert found > len(pairs)


def test_an_item_with_several_keys_has_no_twin(decision_models) -> None:
    for each in decision_models[:20]:
        item = draft(each, "several", Wanted(choose=2))
        if item:
            assert not list(exchanges(read_back(item, each)[0]))
            assert twin(item, each) is None


def test_exchanges_are_drawn_by_the_chance_given(pairs) -> None:
    class First:
        def choice(self, things):
            return things[0]

    each, item, _ = next(entry for entry in pairs if entry[2])
    case, _ = read_back(item, each)
    assert choose_exchange(case, granted, First()) in list(exchanges(case))  # type: ignore[arg-type]
    assert choose_exchange(case, granted, First(), "nothing of the kind") is None  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def told_swaps(decision_models):
    """Items, and what their explanations say of another circumstance."""
    named = [with_names(each) for each in decision_models]
    drafted = [(each, item) for each in named for n in range(6) if (item := draft(each, f"swap{n}", Wanted()))]
    found = []
    for each, item in drafted:
        for option in item.options:
            for lead, given in pairwise(option.explanation):
                if "this would be the answer" in lead.text:
                    found.append((each, item, option.id, lead.text, given))
    return drafted, found


def with_names(model):
    """The model with a name for every fact."""
    facts = tuple(fact.model_copy(update={"name": f"the matter of {fact.id}"}) for fact in model.facts)
    return model.model_copy(update={"facts": facts})


def test_at_most_one_item_of_four_tells_another_circumstance(told_swaps) -> None:
    drafted, found = told_swaps
    assert 0 < len(found) <= SWAPPED_SHARE * len(drafted)
    assert len({item.stem for _, item, *_ in found}) == len(found)


def test_under_the_other_circumstance_the_option_is_the_only_right_one(told_swaps) -> None:
    for each, item, option, lead, given in told_swaps[1]:
        case, _ = read_back(item, each)
        new, old = (
            part.split(",")[0] for part in lead.removeprefix("With the matter of ").split(" instead of the matter of ")
        )
        then = (case.stated - {old}) | {new}
        assert old in case.facts
        assert new not in case.stated
        assert not each.violated[option] & then
        assert all(each.violated[other] & then for other in case.shown if other != option)
        assert new in each.fitted[option]
        assert given.text == without_former_names(each.ruling(new, option).because)
        assert [one.text for shown in item.options for one in shown.explanation].count(given.text) == 1
        assert sum(bool(one.quotes) for shown in item.options if shown.id == option for one in shown.explanation) == 2


def test_nothing_that_points_to_the_key_alone_is_left_in_doubt(pairs) -> None:
    clear = doubtful = 0
    for each, item, _ in pairs:
        case, _ = read_back(item, each)
        for one in exchanges(case):
            left = (case.stated - {one.old}) & each.fitted[next(iter(case.key))] - each.fitted[one.option]
            clear += is_clear(case, one)
            doubtful += bool(left)
            assert not (left and is_clear(case, one))
    assert clear
    assert doubtful


def test_without_names_no_other_circumstance_is_told(pairs) -> None:
    each, item, _ = next(entry for entry in pairs if entry[2])
    nameless = each.model_copy(update={"facts": tuple(fact.model_copy(update={"name": ""}) for fact in each.facts)})
    case, _ = read_back(item, nameless)
    assert all(swapped(case, {}, granted, random.Random(seed)) is None for seed in range(40))
