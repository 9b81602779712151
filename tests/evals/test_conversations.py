"""Conversations are played as the chat plays them, and what does not hold is said."""

from pathlib import Path

import pytest

from evals.answers import as_table, measure_answers
from evals.conversations import Conversation, Turn, coloured, faults_in, play, read_conversations
from evals.transcripts import as_page, held
from tutor.answer.answer import Answer
from tutor.answer.layout import AnswerStatement
from tutor.errors import InputError
from tutor.flow import Tutor

TABLE = "\n".join(["| a | b |", "|---|---|", *(f"| {row} | x |" for row in range(9))])


def said(*texts: str, **fields: object) -> Answer:
    return Answer("?", "offline", tuple(AnswerStatement(text, ()) for text in texts), **fields)  # type: ignore[arg-type]


def turn(**fields: object) -> Turn:
    return Turn.model_validate({"says": "and then?", "turn": "follow-up", **fields})


def test_the_gold_set_has_enough_of_them() -> None:
    conversations = read_conversations()
    turns = [turn for conversation in conversations for turn in conversation.turns]
    assert len(conversations) >= 20
    assert len({conversation.id for conversation in conversations}) == len(conversations)
    assert sum(turn.turn == "follow-up" for turn in turns) >= 60
    asking = [turn for turn in turns if turn.turn == "follow-up" and not turn.refused]
    checked = [turn for turn in asking if turn.has or turn.lacks or turn.sources or turn.kind]
    assert len(checked) / len(asking) > 0.9, "a turn of which nothing must hold measures nothing"
    assert {conversation.split for conversation in conversations} == {"tune", "held"}


def test_passages_that_a_turn_names_exist(shipped_places: set[str]) -> None:
    named = {place for one in read_conversations() for turn in one.turns for place in turn.sources}
    assert named
    assert named <= shipped_places


@pytest.fixture(scope="module")
def shipped_places() -> set[str]:
    from tutor.flow.ground import Ground
    from tutor.read.passages import cut_all
    from tutor.settings import load_settings

    ground = Ground(load_settings())
    passages = list(cut_all(ground.pages()))
    ground.close()
    return {passage.id for passage in passages} | {passage.doc for passage in passages}


@pytest.mark.parametrize(
    ("wanted", "fault"),
    [
        ({"has": ["drift | skew", "slow"]}, "lacks “slow”"),
        ({"lacks": ["DRIFT  comes"]}, "has “DRIFT  comes”"),
        ({"from": ["data-drift"]}, "cites none of data-drift"),
        ({"kind": "item"}, "is no item but answer"),
        ({"refused": True}, "is not refused"),
    ],
)
def test_what_does_not_hold_is_said(wanted: dict[str, object], fault: str) -> None:
    assert list(faults_in(turn(**wanted), said("Drift comes\nlate."))) == [fault]


def test_what_holds_has_no_fault() -> None:
    assert not list(faults_in(turn(has=["late | never"], lacks=["soon"], kind="answer"), said("Drift comes\nlate.")))
    assert list(faults_in(turn(), said())) == ["is refused"]


def test_a_malformed_conversation_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "conversations.yaml"
    path.write_text("- {id: c-1, about: x, split: tune, turns: []}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"conversations\.yaml"):
        read_conversations(path)


def test_turns_lean_on_those_before_them_and_the_page_tells_it(tutor: Tutor) -> None:
    turns = [
        {"says": "What is Kettle?", "turn": "new", "has": ["forecasting"]},
        {"says": "shorter", "turn": "follow-up", "has": ["Kettle"]},
        {"says": "what are its limits?", "turn": "follow-up", "has": ["a word that stands nowhere"]},
        {"says": "thanks", "turn": "new", "kind": "aside"},
        {"says": "hello", "turn": "new", "kind": "aside", "judgement": "Curt."},
    ]
    conversation = Conversation.model_validate({"id": "c-01", "about": "Tea", "split": "tune", "turns": turns})
    played = tuple(play(tutor, conversation))
    assert "Kettle" in played[2].answer.asked
    assert [bool(one.faults) for one in played] == [False, False, True, False, False]
    assert held([(conversation, played)]).mean == 0.5
    page = as_page([(conversation, played)], "offline")
    assert "## c-01 · Tea" in page
    assert "Of 2 follow-up turns, 50%" in page
    assert "**Does not hold:** lacks “a word that stands nowhere”." in page
    assert "**Judged:** Curt." in page


def test_long_tables_are_cut_short_on_the_page() -> None:
    from evals.conversations import Played

    one = Conversation.model_validate(
        {"id": "c-01", "about": "Tea", "split": "tune", "turns": [{"says": "x", "turn": "new"}] * 5}
    )
    page = as_page([(one, (Played(one.turns[0], said(TABLE), (), 1),))], "offline")
    assert "| 5 | x |" in page
    assert "| 6 | x |" not in page
    assert "| … |" in page


def test_first_words_are_timed_by_kind(tutor: Tutor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evals.answers.read_questions", lambda: read_small())
    monkeypatch.setattr("evals.answers.read_outside", lambda: read_small())
    talk = {"id": "c-01", "about": "Tea", "split": "tune"}
    turns = [{"says": "What is Kettle?", "turn": "new"}, *[{"says": "shorter", "turn": "follow-up"}] * 4]
    monkeypatch.setattr(
        "evals.answers.read_conversations", lambda: [Conversation.model_validate({**talk, "turns": turns})]
    )
    monkeypatch.setattr("evals.answers.PRACTICE", ("aside",))
    figures = measure_answers(tutor)
    assert figures["kinds"]["question"]["turns"] == 1
    assert figures["kinds"]["follow-up"]["p95"] >= figures["kinds"]["follow-up"]["median"] > 0
    assert "follow-up" in as_table(figures)


def read_small() -> list[object]:
    class Case:
        question = "What is Kettle?"

    return [Case()]


def test_questions_that_the_talk_colours_are_found(tutor: Tutor) -> None:
    class Case:
        def __init__(self, id_: str, question: str) -> None:
            self.id, self.question = id_, question

    cases = [Case("q-001", "What is Samovar?"), Case("q-002", "what does it cost?")]
    assert coloured(tutor, cases, ["What is Kettle?"]) == ["q-002"]  # type: ignore[arg-type]
