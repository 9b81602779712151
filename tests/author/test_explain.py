from collections import Counter
from dataclasses import dataclass

import pytest

from tutor.answer.citations import verify
from tutor.author.contrast import read_back
from tutor.author.decision import draft
from tutor.author.explain import names, speaks_of
from tutor.author.former_names import without_former_names
from tutor.author.phrases import PHRASES
from tutor.author.quoting import carrier, cited, nearest, once, with_quotes
from tutor.author.wanted import Wanted
from tutor.engines.engine import DraftStatement, Quote
from tutor.read.document import Passage

TIES = [f"{side}, {form}" for side in ("right", "wrong") for form in ("before", "behind", "clause")]
PASSAGE = """A kettle boils water within three minutes. It has no timer.

| Vessel | Holds |
|---|---|
| Urn | forty cups |
| Pot | six cups |
"""


def passage(text: str = PASSAGE) -> Passage:
    return Passage("tea#vessels", "tea", "Vessels", ("Urn and kettle",), text, 0, len(text))


@pytest.fixture(scope="module")
def items(composing_models, shipped_passages):
    wishes = (Wanted(), Wanted(choose=2), Wanted(options=5))
    drafted = [(each, draft(each, "why", wish)) for each in composing_models for wish in wishes]
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


@pytest.fixture(scope="module")
def unquoted(composing_models):
    """Items whose reasons stand as their rulings have them."""
    wishes = (Wanted(), Wanted(choose=2), Wanted(options=5))
    drafted = [(each, draft(each, "why", wish)) for each in composing_models for wish in wishes]
    return [(each, item) for each, item in drafted if item]


def said_of(option):
    """What is said of an option before the sentence on another circumstance."""
    about = [place for place, one in enumerate(option.explanation) if "this would be the answer" in one.text]
    return option.explanation[: about[0]] if about else option.explanation


def test_a_reason_is_a_ruling_on_this_option_and_a_stated_fact(unquoted) -> None:
    for each, item in unquoted:
        case, _ = read_back(item, each)
        for option in item.options:
            stated = [r for r in each.rulings if r.option == option.id and r.fact in case.stated]
            ruled = {without_former_names(r.because) for r in stated}
            preferred = {without_former_names(p.because) for p in each.preferences if p == case.preference}
            given = {one.text for one in said_of(option) if one.quotes}
            assert given <= ruled | preferred
            verdicts = {r.says for r in stated if without_former_names(r.because) in given}
            if option.id in case.key:
                assert "violates" not in verdicts
            elif case.preference is None:
                assert "violates" in verdicts


def test_no_reason_stands_twice_for_one_option_and_few_in_an_item(unquoted) -> None:
    repeated = reasons = 0
    for _, item in unquoted:
        for option in item.options:
            counted = Counter(one.text for one in said_of(option) if one.quotes)
            assert max(counted.values()) == 1, (item.model, option.id)
        all_said = [one.text for option in item.options for one in said_of(option) if one.quotes]
        reasons += len(all_said)
        repeated += len(all_said) - len(set(all_said))
    assert repeated < 0.12 * reasons


def test_an_explanation_is_short(unquoted) -> None:
    for _, item in unquoted:
        for option in item.options:
            assert sum(bool(one.quotes) for one in said_of(option)) <= 2, (item.model, option.id)


def test_what_stands_beside_a_reason_names_a_stated_circumstance(unquoted) -> None:
    tied = 0
    for each, item in unquoted:
        case, told = read_back(item, each)
        called = [without_former_names(fact.name) for fact in each.facts if fact.id in case.stated and fact.name]
        for option in item.options:
            for words in (brought(one.text) for one in said_of(option) if not one.quotes):
                tied += words != ""
                rest = words
                for name in called:
                    rest = rest.replace(name, "")
                assert rest in ("", " and ", ", and ") or any(rest[1:] in wording for wording in told.values()), words
    assert tied > len(unquoted)


def brought(text: str) -> str:
    """The circumstance that a statement brings up beside a reason; empty where it brings up none."""
    for before, _, behind in (form.partition("{}") for kind in TIES for form in PHRASES[kind]):
        if text.startswith(before) and text.endswith(behind):
            return text.removeprefix(before).removesuffix(behind)
    return ""


def test_no_explanation_has_a_quotation_cut_off(items) -> None:
    for _, item in items:
        for option in item.options:
            assert not any("…”" in one.text for one in option.explanation if not one.quotes)


def test_no_sentence_stands_twice_in_an_explanation(items) -> None:
    for _, item in items:
        for option in item.options:
            texts = [one.text for one in option.explanation]
            assert len(texts) == len(set(texts)), (item.model, option.id)


def test_what_leads_to_a_sentence_that_stands_there_already_goes_with_it() -> None:
    said = DraftStatement("A kettle boils water.", (Quote("tea#vessels", "water"),))
    lead = DraftStatement("It fails on the tea:", ())
    assert once([said, lead, said]) == (said,)
    assert once([lead, said]) == (lead, said)


def test_words_shared_by_chance_do_not_tell_a_circumstance() -> None:
    told = "Requests time out each evening at eight, while new machines are still loading the model."
    because = "New replicas need time to provision the machine and load the model."
    assert speaks_of(because, told)
    assert not speaks_of(because, told, "a sudden peak at a fixed hour")
    assert speaks_of(because, told, "the long start of a machine")


def test_a_reason_that_would_repeat_the_name_of_its_circumstance_stands_alone() -> None:
    assert names("A recording without a transcript gets no vector.", "the recordings without transcripts")
    assert not names("A team writes code for it.", "the recordings without transcripts")
    assert not names("A team writes code for it.", "")


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
    beyond = DraftStatement("A kettle boils quickly, in minutes and for no timer at all.", (Quote("tea#vessels", ""),))
    texts = [(one.text, [quote.text for quote in one.quotes]) for one in cited(beyond, {"tea#vessels": passage()})]
    assert texts == [
        (beyond.text, []),
        ("A kettle boils water within three minutes.", ["A kettle boils water within three minutes."]),
    ]


def test_the_half_of_a_reason_that_is_documented_has_the_citation() -> None:
    here = {"tea#vessels": passage()}

    def told(text: str) -> list[tuple[str, bool]]:
        return [(one.text, bool(one.quotes)) for one in cited(DraftStatement(text, (Quote("tea#vessels", ""),)), here)]

    assert told("A kettle boils water within three minutes, so guests need not wait for the tea.") == [
        ("A kettle boils water within three minutes,", True),
        ("so guests need not wait for the tea.", False),
    ]
    assert told("Guests need not wait long: a kettle boils water within three minutes.") == [
        ("Guests need not wait long:", False),
        ("a kettle boils water within three minutes.", True),
    ]


def test_a_cell_is_told_with_the_names_of_its_row_and_its_column() -> None:
    wide = "| Vessel | Holds | Made of | Price |\n|---|---|---|---|\n| Urn | forty cups | pressed tin | low |\n"
    tin = DraftStatement("An urn of pressed tin never breaks a tooth.", (Quote("tea#vessels", ""),))
    assert [one.text for one in cited(tin, {"tea#vessels": passage(wide)})][1:] == [
        "For “Urn”, the table under “Made of” says:",
        "Pressed tin.",
    ]


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


def test_every_citation_of_an_item_holds(composing_models, shipped_passages) -> None:
    carried = carrier(shipped_passages)
    drafted = 0
    for each in composing_models:
        item = draft(each, "carried", Wanted(), None, carried)
        if item is None:
            continue
        drafted += 1
        for option in with_quotes(item, shipped_passages).options:
            with_quotes_ = [statement for statement in option.explanation if statement.quotes]
            assert with_quotes_
            for statement in with_quotes_:
                assert not isinstance(verify(statement, shipped_passages), str), (each.id, statement)
    assert drafted > 0.9 * len(composing_models)


def test_a_case_whose_reasons_are_not_carried_is_not_drawn(composing_models) -> None:
    assert draft(composing_models[0], "none", Wanted(), None, lambda given: False) is None


def test_a_reason_that_speaks_of_the_case_needs_no_circumstance_beside_it() -> None:
    told = "The files of the partner may not be moved to the warehouse."
    assert speaks_of("BigQuery ML fits data that is already there, and the files may not be moved.", told)
    assert speaks_of("Custom training needs code, which the team cannot write.", told)
    assert speaks_of("Partner files that are moved to a warehouse lie there twice.", told)
    assert speaks_of("The endpoint splits requests, so a customer may meet both versions.", told)
    assert speaks_of("Sampled Shapley gives credit per feature, while pixels are wanted.", told)
    assert speaks_of("Reranking helps when passages are found too low, which is not what is missing.", told)
    assert not speaks_of("A request passes a router, which is built in.", told)
    assert not speaks_of("BigQuery ML fits data that is already in BigQuery.", told)
