import pytest

from tutor.author.contrast import choose_exchange, exchanges, read_back, twin
from tutor.author.decision import draft
from tutor.author.explain import granted
from tutor.author.former_names import without_former_names
from tutor.author.phrases import PHRASES
from tutor.author.wanted import Wanted


@pytest.fixture(scope="module")
def pairs(composing_models):
    """Each model's items with their twins, where they have one."""
    drafted = [(each, draft(each, f"twin{n}", Wanted())) for each in composing_models for n in range(3)]
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


def test_an_item_with_several_keys_has_no_twin(composing_models) -> None:
    for each in composing_models[:20]:
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
