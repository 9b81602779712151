from tutor.answer.suggested import next_question
from tutor.read.document import Passage


def passage(*asked: str) -> Passage:
    return Passage("tea#it", "tea", "Tea", ("It",), "Tea.", 0, 4, asked=asked)


def test_what_is_suggested_is_a_question_of_a_cited_passage_that_was_not_asked() -> None:
    cited = [
        passage("kettle slow", "Why does my kettle boil so slowly?"),
        passage("How many litres does the urn hold?"),
    ]
    assert next_question("why does the kettle boil slowly", cited) == "How many litres does the urn hold?"
    assert next_question("How many litres does an urn hold?", cited) == "Why does my kettle boil so slowly?"


def test_terse_and_long_questions_are_no_suggestions() -> None:
    assert next_question("tea", [passage("urn size", "urn size?", "Why " + "so " * 20 + "slow?")]) is None
    assert next_question("tea", []) is None
