"""How an item reads: explanations with their citations, and none that says the same twice."""

from __future__ import annotations

from tutor.author.checks.verdict import Verdict
from tutor.author.item import DraftItem, ItemOption
from tutor.author.practice_item import PracticeItem, read_item
from tutor.engines.engine import DraftStatement, Quote

RULE = DraftStatement("Kettle trains once a day.", (Quote("kettle#1", "Kettle trains once a day."),))
OTHER = DraftStatement("Pots are trained by hand.", (Quote("pot#1", "Pots are trained by hand."),))


def made(*explained: tuple[DraftStatement, ...], key: int = 0) -> PracticeItem:
    options = tuple(ItemOption(f"Use {place}", said, f"o{place}") for place, said in enumerate(explained))
    return PracticeItem(DraftItem("decision", ("2026-06/4.2.1",), "A shop.", "What?", options, (key,)), Verdict(), {})


def so(text: str) -> DraftStatement:
    return DraftStatement(text, ())


def test_a_reason_that_stands_above_is_pointed_to() -> None:
    item = made((RULE, so("Daily is enough.")), (RULE, so("An hour is too short.")), (OTHER, so("Nobody is there.")))
    assert [item.explanation(place) for place in range(3)] == [
        "Kettle trains once a day. [1] Daily is enough.",
        "An hour is too short (see [1]).",
        "Pots are trained by hand. [2] Nobody is there.",
    ]


def test_of_two_reasons_the_one_that_stands_above_is_pointed_to() -> None:
    item = made((RULE, so("Daily is enough.")), (RULE, OTHER, so("Nobody has an hour.")))
    assert item.explanation(1) == "Pots are trained by hand. [2] Nobody has an hour (see [1])."


def test_the_key_is_explained_in_full_wherever_it_stands() -> None:
    item = made((RULE, so("An hour is too short.")), (RULE, so("Daily is enough.")), key=1)
    assert item.explanation(1) == "Kettle trains once a day. [1] Daily is enough."


def test_a_reason_that_is_all_there_is_stands_again() -> None:
    item = made((RULE, so("Daily is enough.")), (RULE,), (so("Though it is slow,"), RULE))
    assert item.explanation(1) == "Kettle trains once a day. [1]"
    assert item.explanation(2) == "Though it is slow, Kettle trains once a day. [1]"


def test_what_is_kept_has_every_reason_with_its_option() -> None:
    item = made((RULE, so("Daily is enough.")), (RULE, so("An hour is too short.")))
    assert [option.explanation for option in read_item(item.as_kept()).options] == [
        (RULE, so("Daily is enough.")),
        (RULE, so("An hour is too short.")),
    ]
