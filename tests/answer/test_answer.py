from collections.abc import Sequence

from tests.conftest import all_known
from tutor.answer.answer import answer_question
from tutor.engines.engine import PLAIN, DraftAnswer, DraftStatement, Manner, Quote
from tutor.flow import Tutor
from tutor.index.search import Hit
from tutor.read.document import Passage


class ScriptedEngine:
    """Drafts what it is told to."""

    name = "scripted"

    def __init__(self, *statements: DraftStatement) -> None:
        self._statements = statements

    def draft_answer(self, question: str, passages: Sequence[Passage], manner: Manner = PLAIN) -> DraftAnswer:
        return DraftAnswer(self._statements)


TEXT = "Kettle trains once a day. Samovar never trains."
PASSAGE = Passage("kettle#how", "kettle", "Kettle", ("How it works",), TEXT, 0, len(TEXT))
HITS = [Hit(PASSAGE, 0.03, 0.9, 1)]
TRUE = DraftStatement("Kettle trains once a day.", (Quote(PASSAGE.id, "Kettle trains once a day."),))
FALSE = DraftStatement("Kettle trains 9 times a day.", (Quote(PASSAGE.id, "Kettle trains once a day."),))


def test_statements_are_numbered_and_what_fails_is_dropped_with_its_reason() -> None:
    answer = answer_question("How often?", HITS, all_known, ScriptedEngine(FALSE, TRUE, TRUE))
    assert [statement.citations for statement in answer.statements] == [(1,), (1,)]
    assert answer.dropped == ("not supported",)
    assert answer.text.startswith("Kettle trains once a day. [1]")


def test_an_answer_that_loses_every_statement_is_a_refusal() -> None:
    answer = answer_question("How often?", HITS, all_known, ScriptedEngine(FALSE))
    assert answer.refused
    assert "Kettle" in answer.text


def test_outside_the_corpus_the_engine_is_not_even_asked() -> None:
    far = [Hit(PASSAGE, 0.03, 0.1, 1)]
    refused = answer_question("Who won?", far, all_known, ScriptedEngine(TRUE))
    assert refused.refused
    assert refused.refusal == "outside"
    assert "tutor corpus add" in refused.text


def test_the_tutor_answers_inside_and_refuses_outside(tutor: Tutor) -> None:
    inside = tutor.ask("What is Gatekeeper?").answer
    assert "inspects prompts and responses" in inside.text
    assert next(iter(inside.evidence)).source is not None
    outside = tutor.ask("Who won the football world cup in 1998?").answer
    assert outside.refused
    assert outside.nearest


def test_the_json_shape_is_kept(tutor: Tutor) -> None:
    reply = tutor.ask("How many series does Kettle accept?").as_json()
    assert set(reply) >= {"answer", "refused", "statements", "citations", "engine", "seconds"}
    assert set(reply["citations"][0]) >= {"n", "doc", "heading", "quote", "source_url"}
    assert reply["statements"][0]["citations"] == [1]
    assert "5,000" in reply["answer"]
