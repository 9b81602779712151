from dataclasses import dataclass
from itertools import pairwise

import pytest

from tutor.answer.citations import verify
from tutor.author.contrast import read_back
from tutor.author.decision import draft
from tutor.author.quoting import BESIDE, carrier, cited, nearest, with_quotes
from tutor.author.wanted import Wanted
from tutor.engines.engine import DraftStatement, Quote
from tutor.read.document import Passage

PASSAGE = """A kettle boils water within three minutes. It has no timer.

| Vessel | Holds |
|---|---|
| Urn | forty cups |
| Pot | six cups |
"""


def passage(text: str = PASSAGE) -> Passage:
    return Passage("tea#vessels", "tea", "Vessels", ("Urn and kettle",), text, 0, len(text))


@pytest.fixture(scope="module")
def items(decision_models, shipped_passages):
    wishes = (Wanted(), Wanted(choose=2), Wanted(options=5))
    drafted = [(each, draft(each, "why", wish)) for each in decision_models for wish in wishes]
    return [(each, with_quotes(item, shipped_passages)) for each, item in drafted if item]


def test_every_option_is_explained_and_cites(items) -> None:
    for each, item in items:
        for option in item.options:
            assert any(statement.quotes for statement in option.explanation), (each.id, option.id)


def test_every_quote_stands_in_its_passage(items, shipped_passages) -> None:
    for _, item in items:
        for option in item.options:
            for statement in option.explanation:
                for quote in statement.quotes:
                    assert quote.text
                    assert quote.text in shipped_passages[quote.passage].text


def test_a_reason_is_a_ruling_on_this_option_and_a_stated_fact(items) -> None:
    for each, item in items:
        case, _ = read_back(item, each)
        for option in item.options:
            reasons = {r.because for r in each.rulings if r.option == option.id and r.fact in case.stated}
            reasons |= {p.because for p in each.preferences}
            twin = [place for place, one in enumerate(option.explanation) if one.text.startswith("With “")]
            told = option.explanation[: twin[0]] if twin else option.explanation
            given = {one.text for one in told if one.text in reasons}
            beside = {after.text for one, after in pairwise(told) if one == BESIDE}
            assert {one.text for one in told if one.quotes} <= reasons | beside
            stated = [r for r in each.rulings if r.option == option.id and r.fact in case.stated]
            verdicts = {r.says for r in stated if r.because in given}
            if option.id in case.key:
                assert "violates" not in verdicts
            elif case.preference is None:
                assert "violates" in verdicts


def test_what_leads_to_a_reason_quotes_the_stem(items) -> None:
    for _, item in items:
        for option in item.options:
            for statement in option.explanation:
                for words in statement.text.split("“")[1:]:
                    quoted = words.partition("”")[0].removesuffix(" …")
                    if not statement.text.startswith("With “"):
                        assert quoted[1:] in item.text, statement.text


def test_the_nearest_sentence_or_row_is_quoted() -> None:
    def found(reason: str, text: str = PASSAGE) -> tuple[tuple[str, ...], bool]:
        told = nearest(reason, passage(text))
        return told.quotes, told.carries

    assert found("A kettle boils water within three minutes.") == (
        ("A kettle boils water within three minutes.",),
        True,
    )
    assert found("The urn holds forty cups.") == (("| Urn | forty cups |",), True)
    assert found("A kettle boils water in minutes without a timer.")[0][0].startswith("A kettle boils")
    assert not found("Cows give milk twice a day.")[1]
    assert found("Anything.", "") == ((), False)


def test_what_the_passage_says_stands_beside_a_reason_that_goes_beyond_it() -> None:
    beyond = DraftStatement("A kettle boils water too fast for tea.", (Quote("tea#vessels", ""),))
    here = {"tea#vessels": passage()}
    said, leading, documented = cited(beyond, here)
    assert said == DraftStatement(beyond.text, ())
    assert leading.text == "In the documentation:"
    assert documented.text == documented.quotes[0].text == "A kettle boils water within three minutes."
    urn = DraftStatement("An urn of thirty cups.", (Quote("tea#vessels", ""),))
    assert [one.text for one in cited(urn, here)][2:] == ["Urn: forty cups."]


def test_of_a_row_only_the_cells_that_the_reason_speaks_of_stand_beside_it() -> None:
    wide = "| Vessel | Holds | Made of | Price |\n|---|---|---|---|\n| Urn | forty cups | pressed tin | low |\n"
    tin = DraftStatement("An urn of pressed tin never breaks a tooth.", (Quote("tea#vessels", ""),))
    assert [one.text for one in cited(tin, {"tea#vessels": passage(wide)})][2:] == ["Urn: pressed tin."]


def test_a_reason_of_which_the_passage_says_nothing_is_not_given() -> None:
    @dataclass(frozen=True)
    class Reason:
        because: str
        passage: str = "tea#vessels"

    given = carrier({"tea#vessels": passage()})
    assert given(Reason("A kettle boils water within three minutes."))
    assert given(Reason("A kettle boils water too fast for tea."))
    assert not given(Reason("Cows give milk twice a day."))
    assert not given(Reason("A kettle boils water within three minutes.", "tea#gone"))
    assert carrier({})(Reason("Cows give milk twice a day."))


def test_every_citation_of_an_item_holds(decision_models, shipped_passages) -> None:
    carried = carrier(shipped_passages)
    drafted = 0
    for each in decision_models:
        item = draft(each, "carried", Wanted(), None, carried)
        if item is None:
            continue
        drafted += 1
        for option in with_quotes(item, shipped_passages).options:
            with_quotes_ = [statement for statement in option.explanation if statement.quotes]
            assert with_quotes_
            for statement in with_quotes_:
                assert not isinstance(verify(statement, shipped_passages), str), (each.id, statement)
    assert drafted > 0.9 * len(decision_models)


def test_a_case_whose_reasons_are_not_carried_is_not_drawn(decision_models) -> None:
    assert draft(decision_models[0], "none", Wanted(), None, lambda given: False) is None
