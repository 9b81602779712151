import pytest

from tutor.author.contrast import read_back
from tutor.author.decision import draft
from tutor.author.quoting import is_supported, nearest, with_quotes
from tutor.author.wanted import Wanted
from tutor.engines.engine import DraftStatement, Quote

PASSAGE = """A kettle boils water within three minutes. It has no timer.

| Vessel | Holds |
|---|---|
| Urn | forty cups |
| Pot | six cups |
"""


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
            twin = [place for place, one in enumerate(option.explanation) if one.text.startswith("If instead of")]
            told = option.explanation[: twin[0]] if twin else option.explanation
            cited = {one.text for one in told if one.quotes}
            assert cited <= reasons
            stated = [r for r in each.rulings if r.option == option.id and r.fact in case.stated]
            verdicts = {r.says for r in stated if r.because in cited}
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
                    if not statement.text.startswith("If instead"):
                        assert quoted[1:] in item.text, statement.text


def test_the_nearest_sentence_or_row_is_quoted() -> None:
    assert nearest("A kettle boils water within minutes.", PASSAGE, "") == (
        "A kettle boils water within three minutes.",
    )
    assert nearest("The urn holds forty cups.", PASSAGE, "Urn") == ("| Urn | forty cups |",)
    assert nearest("Anything.", "", "") == ()


def test_support_is_told_from_the_lack_of_it(shipped_passages) -> None:
    place, passage = next(iter(shipped_passages.items()))
    sentence = nearest("", passage.text, "")[0]
    assert is_supported(DraftStatement(sentence, (Quote(place, sentence),)), shipped_passages)
    assert not is_supported(DraftStatement("Cows give milk twice a day.", (Quote(place, sentence),)), shipped_passages)
