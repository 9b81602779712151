from itertools import combinations

import yaml

from tests.read.item_models.models import ALL
from tutor.author.kinds.drafters import draft
from tutor.author.kinds_yield import items_of, key_places
from tutor.read.item_models.kinds import read_item_model


def small(of: str, **changes):
    return read_item_model(yaml.safe_dump(ALL[of]() | changes), name=f"small-{of}")


def test_what_is_drawn_is_no_more_than_was_counted() -> None:
    for of in ("diagnosis", "quantity", "reading", "concept"):
        model = small(of)
        seen = {
            (item.circumstances, frozenset(option.id for option in item.options))
            for item in (draft(model, str(n)) for n in range(200))
        }
        by_circumstances = {circumstances for circumstances, _ in seen}
        counted = sum(items_of(model).values())
        assert len(by_circumstances if of == "quantity" else seen) <= counted, of


def test_concepts_are_counted_as_by_hand() -> None:
    """Three cases and a mark for every three neighbours: green, white and herbal have four, the others three."""
    assert items_of(small("concept")) == {"green": 16, "black": 4, "white": 16, "herbal": 16, "smoked": 4}


def test_readings_are_counted_as_by_hand() -> None:
    """Behaviour and line with three others; as two variants are alike, no four others can be shown."""
    counts = items_of(small("reading"))
    variants = ["cold", "warm", "hot", "boiling", "seething"]
    for key in variants:
        others = [one for one in variants if one != key and {one, key} != {"boiling", "seething"}]
        sets = [three for three in combinations(others, 3) if not {"boiling", "seething"} <= set(three)]
        assert counts[key] == 2 * len(sets), key


def test_numbers_are_counted_by_the_values_that_decide() -> None:
    """Four cups times three sizes, of which only 20 times 0.2 litres are few enough to matter: 4 litres are allowed."""
    assert items_of(small("quantity"))["litres"] == 12
    assert items_of(small("quantity", conditions=["litres > 10"]))["litres"] == sum(
        cups * size > 10 for cups in (20, 40, 60, 80) for size in (0.2, 0.25, 0.5)
    )


def test_the_places_of_a_computed_key() -> None:
    model = small("quantity")
    assert key_places(model, model.asks[0]) == {0, 1, 2, 3}
    upper = [slip for slip in ALL["quantity"]()["asks"][0]["slips"] if "1.5" in slip["result"] or "2" in slip["result"]]
    assert upper


def test_what_is_behind_a_step_is_counted() -> None:
    counts = items_of(small("sequence"))
    assert all(counts.values())
    assert "fill" not in counts or counts["fill"] > 0
