"""What was kept of an answer is the answer again, with its passages, or with the words that were quoted."""

import json

from tests.conftest import all_known
from tutor.answer.answer import answer_question
from tutor.answer.kept import answer_of
from tutor.engines.offline import OfflineEngine
from tutor.flow import Tutor

QUESTION = "What is Kettle?"


def test_an_answer_survives_being_kept(tutor: Tutor) -> None:
    answer = tutor.answer(QUESTION)
    kept = json.loads(json.dumps(answer.as_json(0.1)))
    again = answer_of(QUESTION, kept, tutor.passage)
    assert again.statements == answer.statements
    assert again.citations == answer.citations
    assert (again.text, again.hints, again.kind, again.asked) == (answer.text, answer.hints, answer.kind, answer.asked)


def test_where_the_passage_is_gone_the_quoted_words_stand_for_it(tutor: Tutor) -> None:
    answer = tutor.answer(QUESTION)
    again = answer_of(QUESTION, answer.as_json(0.1), lambda _: None)
    assert [one.span.text for one in again.citations] == [one.span.text for one in answer.citations]
    source = again.citations[0].span.passage.source
    assert source is not None
    assert source.url.startswith("https://docs.example.com")


def test_a_refusal_and_an_old_turn_are_read_as_they_are() -> None:
    refusal = answer_question("Who won?", [], all_known, OfflineEngine())
    assert answer_of("Who won?", refusal.as_json(0.1), lambda _: None).text == refusal.text
    old = answer_of("What?", {"answer": "That.", "statements": [{"text": "That.", "citations": []}]}, lambda _: None)
    assert old.text == "That."
