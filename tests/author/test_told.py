from dataclasses import replace

import pytest

from tests.author.situations import situation, told_model, turn, two_turns
from tutor.author.checks.proof import key_faults
from tutor.author.contrast import twin
from tutor.author.decision import draft
from tutor.author.item import DraftItem
from tutor.author.recent import Recent
from tutor.author.told import cases_of, told_case
from tutor.author.wanted import Wanted
from tutor.read.item_models.decision import DecisionModel
from tutor.read.item_models.situation import Situation, Turn

SEEDS = [f"seed {number}" for number in range(12)]


def drawn(seed: str, wanted: Wanted | None = None, recent: Recent | None = None) -> DraftItem:
    item = draft(told_model(), seed, wanted or Wanted(), recent=recent)
    assert item is not None
    return item


def keyed(item: DraftItem) -> set[str]:
    return {item.options[place].id for place in item.key}


def test_a_situation_is_told_in_its_authors_words_with_the_key_that_the_rulings_leave() -> None:
    keys = {"festival/new-sites": {"samovar"}, "festival/columns": {"kettle"}}
    met = set()
    for seed in SEEDS:
        item = drawn(seed)
        met.add(item.told)
        assert keyed(item) == keys[item.told]
        assert item.stem.startswith("A tea house serves f")
        assert item.stem.endswith("The cups are small.")
        assert ("other sites" in item.stem) == (item.told == "festival/new-sites")
        assert len(item.options) == 4
        assert not list(key_faults(item, told_model()))
    assert met == set(keys), "both turns are drawn"


def test_braces_are_told_one_way_in_stem_and_explanations_alike() -> None:
    numbers = set()
    for seed in SEEDS:
        item = drawn(seed)
        (number,) = {word for word in ("forty", "fifty") if word in item.stem}
        numbers.add(number)
        said = " ".join(option.explained for option in item.options)
        assert f"With {number} guests that shows." in said
        assert "{" not in item.text + said
    assert len(numbers) == 2


def test_an_explanation_cites_what_the_author_names_and_ends_on_what_follows() -> None:
    item = next(item for item in map(drawn, SEEDS) if item.told == "festival/columns")
    (key,) = item.key
    cited, concluded = item.options[key].explanation
    assert [quote.passage for quote in cited.quotes] == ["doc#place"]
    assert concluded.text == "So it is with kettle."
    assert not concluded.quotes


def test_a_turn_that_was_met_does_not_come_again_and_then_cases_are_composed() -> None:
    recent = Recent()
    told = []
    for seed in SEEDS[:4]:
        item = drawn(seed, recent=recent)
        recent.add(item)
        told.append(item.told)
    assert set(told[:2]) == {"festival/new-sites", "festival/columns"}
    assert told[2:] == ["", ""]


def test_what_was_withheld_is_passed_over_as_well() -> None:
    recent = Recent()
    first = drawn("a", recent=recent)
    recent.pass_over(first)
    assert drawn("a", recent=recent).told != first.told
    assert not recent.of("boiling"), "what nobody saw was not met"


def test_a_situation_of_which_no_turn_was_met_comes_first() -> None:
    other = two_turns(id="wedding")
    made = told_model(two_turns(), other)
    recent = Recent(told=[("boiling", "festival/columns")])
    for seed in SEEDS:
        item = draft(made, seed, Wanted(), recent=recent)
        assert item is not None
        assert item.told.startswith("wedding/")


def test_more_options_than_are_offered_and_several_keys_are_composed() -> None:
    assert drawn("a", Wanted(options=5)).told
    wide = told_model(two_turns(offers=["kettle", "pot", "samovar", "flask"]))
    composed = draft(wide, "a", Wanted(options=5))
    assert composed is not None
    assert not composed.told
    several = draft(wide, "a", Wanted(choose=2, options=5))
    assert several is not None
    assert not several.told


def test_the_twin_takes_the_turn_in_which_the_choice_would_be_right() -> None:
    for seed in SEEDS:
        item = drawn(seed, Wanted(options=5))
        other = "kettle" if item.told == "festival/new-sites" else "samovar"
        made = twin(item, told_model(), other)
        assert made is not None
        assert keyed(made.item) == {other}
        assert made.item.told != item.told
        assert [o.text for o in made.item.options] == [o.text for o in item.options]
        assert made.item.stem.partition(".")[0] == item.stem.partition(".")[0], "the story stays, to the number"
        assert not list(key_faults(made.item, told_model()))
        assert "would be right" in made.says[0].text
        assert twin(item, told_model(), "flask") is None


def test_a_preference_decides_between_offers_that_both_stand() -> None:
    likes = turn("least", "They like it easy.", ["rows"], {}, prefers="least-work")
    case = told_case(told_model(), *_only(told_model(two_turns(turns=[likes], states=[]))))
    assert case.key == {"pot"}
    shown = list(cases_of(case.model, case.told.situation, case.told.turn, 4)) if case.told else []
    assert shown
    assert all(any(not one.against(option) for option in one.distractors) for one in shown)


def _only(made: DecisionModel) -> tuple[Situation, Turn]:
    return made.situations[0], made.situations[0].turns[0]


@pytest.mark.parametrize("told", ["festival/columns", "festival/none"])
def test_an_item_whose_situation_says_something_else_now_fails_the_proof(told: str) -> None:
    item = next(item for item in map(drawn, SEEDS) if item.told == "festival/new-sites")
    (fault,) = key_faults(replace(item, told=told), told_model())
    assert "does not tell this situation so" in fault.text


def test_a_turn_without_a_key_yields_nothing() -> None:
    made = told_model(situation())
    assert not list(cases_of(made, *_only(told_model(situation(turns=[turn("none", "Nothing is said.", [], {})]))), 4))
