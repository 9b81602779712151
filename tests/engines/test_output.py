import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.engines.scripted import GOOD, PASSAGE, said
from tutor.engines.engine import DraftStatement, Quote
from tutor.engines.output import AnswerOutput, answer_schema, as_in_passage, read_answer

STATEMENT = DraftStatement("Kettle trains once a day.", (Quote(PASSAGE.id, "Kettle trains once a day."),))


@pytest.mark.parametrize(
    "written",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f"Here is the answer:\n{GOOD}\nI hope that helps.",
        f"<think>{{not this}} perhaps {{'statements': 1}}</think>{GOOD}",
        GOOD.replace('"passage": 1', '"passage": "1"'),
        GOOD[:-1] + ', "confidence": 0.9}',
    ],
)
def test_chatter_around_the_form_is_passed_over(written: str) -> None:
    assert read_answer(written, [PASSAGE]) == (STATEMENT,)


@pytest.mark.parametrize(
    "written",
    [
        *("", "null", "[]", "{}", "{" * 5000, '{"statements": ' + "[" * 5000, '{"statements": {}}', "9" * 10_000),
        *('{"statements": [1]}', '{"statements": [{"text": "", "citations": []}]}', "\ud800", '{"a": ' + "9" * 9_999),
    ],
)
def test_what_is_not_the_form_has_reasons(written: str) -> None:
    reasons = read_answer(written, [PASSAGE])
    assert isinstance(reasons, list)
    assert all(isinstance(reason, str) and reason for reason in reasons)


@given(st.text(max_size=300))
def test_nothing_written_breaks_the_reading(written: str) -> None:
    assert isinstance(read_answer(written, [PASSAGE]), (list, tuple))


def test_reasons_do_not_repeat_what_was_written() -> None:
    reasons = read_answer(said({"text": "x", "citations": [{"passage": "SECRET", "quote": 5}]}), [PASSAGE])
    assert "SECRET" not in " ".join(reasons)
    assert reasons[0].startswith("statements 1 citations 1 passage")


def test_too_many_statements_are_refused() -> None:
    assert isinstance(read_answer(said(*[("Tea.", 1, "Tea.")] * 21), [PASSAGE]), list)


def test_control_and_invisible_characters_do_not_reach_readers() -> None:
    read = read_answer(said(("Kettle\u200b \x1b[31mtrains\u202e once.\x00", 1, "Kettle")), [PASSAGE])
    assert isinstance(read, tuple)
    assert read[0].text == "Kettle [31mtrains once."


def test_the_schema_takes_what_the_form_takes() -> None:
    schema = answer_schema()
    assert schema["additionalProperties"] is False
    fields = schema["properties"]["statements"]["items"]["properties"]
    assert set(fields) == {"text", "citations"}
    assert set(fields["citations"]["items"]["properties"]) == {"passage", "quote"}
    assert set(AnswerOutput.model_json_schema()["properties"]) == set(schema["properties"])
    assert "$ref" not in json.dumps(schema)


MARKED = "**Kettle** accepts *at most* `5,000` series – “per model”, not more.\nNext line."


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ("Kettle accepts at most 5,000 series", "Kettle** accepts *at most* `5,000` series"),
        ('series - "per model", not more.', "series – “per model”, not more."),
        ("not more. Next line.", "not more.\nNext line."),
        ("Kettle accepts 5,000 series", "Kettle accepts 5,000 series"),
        ("", ""),
        ("**", "**"),
    ],
)
def test_quotes_are_set_right_from_the_passage(quote: str, stands: str) -> None:
    assert as_in_passage(quote, MARKED) == stands


@given(st.text('ab *`_\n“"-–', max_size=40), st.integers(0, 40), st.integers(1, 40))
def test_a_quote_set_right_stands_in_its_passage(text: str, start: int, length: int) -> None:
    quote = " ".join(text[start : start + length].split())
    mended = as_in_passage(quote, text)
    assert mended == quote or mended in text


def test_a_stretch_without_markup_is_always_found() -> None:
    bare = MARKED.replace("*", "").replace("`", "")
    for start in range(0, len(bare) - 12):
        quote = bare[start : start + 12].strip()
        assert as_in_passage(quote, MARKED) in MARKED
