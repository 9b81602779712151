"""Hostile turns, documents, titles and notes on every engine: nothing obeyed, nothing lost, nothing that could run."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from time import monotonic
from typing import Any

import pytest

from tests.conftest import NOON, SMALL_CORPUS
from tests.engines.servers import Saying, serving
from tests.hostile import CASES, DOCUMENTS, NOTES, TITLES, TURNS, dangers_in, text_of, write_documents
from tutor.flow import Tutor
from tutor.flow.tutor import Reply
from tutor.settings import ModelSetting, load_settings
from tutor.ui.passage import answer_html
from tutor.ui.review_view import case_html
from tutor.ui.shown import as_text

PARROT = "openai:parrot"
LONGEST_SECONDS = 5.0
"""A turn that takes longer blocks those who wait; the machine may be busy."""


def parroting(body: Any) -> str:
    """A model that obeys: it says what the question and the last passage say, and cites it."""
    asked = body["messages"][1]["content"]
    question = re.search(r"<question \w+>\n(.*?)\n</question", asked, re.DOTALL)
    passages = re.findall(r'<passage \w+ number="(\d+)"[^\n]*\n(.*?)\n</passage', asked, re.DOTALL)
    told = [{"text": question[1][:400], "citations": [{"passage": 1, "quote": question[1][:400]}]}] if question else []
    for number, text in passages:
        told.append({"text": text[:200], "citations": [{"passage": int(number), "quote": text[:200]}]})
    return json.dumps({"statements": told})


@pytest.fixture(scope="module")
def tutor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tutor]:
    """A tutor over the small corpus and every hostile document, with a model that parrots."""
    folder = tmp_path_factory.mktemp("hostile")
    settings = load_settings({"TUTOR_HOME": str(folder / "home"), "TUTOR_CORPUS": str(SMALL_CORPUS)})
    with serving("openai", Saying(parroting)) as server:
        made = Tutor(replace(settings, models=(ModelSetting(PARROT, server.url, None),)), clock=lambda: NOON)
        outcomes = list(made.corpus.add(write_documents(folder / "documents")))
        assert len(outcomes) == len(DOCUMENTS)
        made.warm()
        yield made
        made.close()


@pytest.fixture(scope="module", params=["offline", PARROT])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def held_to(case: dict[str, Any], reply: Reply) -> None:
    """What must hold of every answer, and of this one."""
    answer = reply.answer
    shown = " ".join(statement.text for statement in answer.statements).lower()
    for words in case.get("never", ()):
        assert words.lower() not in shown
    for words in case.get("says", ()):
        assert words.lower() in answer.text.lower()
    if "refused" in case:
        assert answer.refused == case["refused"]
    if "kind" in case:
        assert answer.kind == case["kind"]
    for statement in answer.statements:
        assert statement.citations or answer.kind != "answer", "an answer says nothing without a citation"
    assert json.loads(json.dumps(answer.as_json(0.1)))
    assert dangers_in(answer_html(answer, "1", 0.1)) == []


def test_there_are_enough_and_each_has_its_name() -> None:
    assert len({case["id"] for case in CASES}) == len(CASES) >= 90
    assert len(TURNS) + len(DOCUMENTS) + len(TITLES) + len(NOTES) >= 50


@pytest.mark.parametrize("case", TURNS, ids=lambda case: case["id"])
def test_a_hostile_turn(case: dict[str, Any], tutor: Tutor, engine: str) -> None:
    said = text_of(case)
    begun = monotonic()
    reply = tutor.ask(said, engine=engine)
    assert monotonic() - begun < LONGEST_SECONDS
    held_to(case, reply)
    assert dangers_in(as_text(said)) == []
    kept = tutor.conversations.turns(reply.conversation)
    assert len(kept) == 1
    again = tutor.ask("shorter", reply.conversation, engine=engine)
    assert dangers_in(answer_html(again.answer, "2", 0.1)) == []


@pytest.mark.parametrize("case", DOCUMENTS, ids=lambda case: case["id"])
def test_a_hostile_document(case: dict[str, Any], tutor: Tutor, engine: str) -> None:
    held_to(case, tutor.ask(case["asks"], engine=engine))


def test_hostile_documents_leave_the_answers_of_other_pages_alone(tutor: Tutor) -> None:
    answer = tutor.answer("What is Samovar?")
    assert answer.citations
    assert {citation.span.passage.layer for citation in answer.citations} == {"shipped"}


@pytest.mark.parametrize("case", TITLES, ids=lambda case: case["id"])
def test_a_hostile_title(case: dict[str, Any], tutor: Tutor) -> None:
    kept_in = tutor.ask("What is Kettle?").conversation
    before = len(tutor.conversations.all())
    tutor.conversations.rename(kept_in, text_of(case))
    found = tutor.conversations.find(kept_in)
    assert found is not None
    assert "\x00" not in found.title
    assert len(found.title) <= 80
    assert len(tutor.conversations.all()) == before
    assert [one.id for one in tutor.conversations.all(found.title)] == [kept_in]
    tutor.conversations.delete(kept_in)


@pytest.mark.parametrize("case", NOTES, ids=lambda case: case["id"])
def test_a_hostile_note(case: dict[str, Any], tutor: Tutor) -> None:
    flag = tutor.review.flag(
        "statement", f"1/1/{case['id']}", "other", text_of(case), "learner", {"text": case["text"]}
    )
    shown = case_html(tutor.review.case(flag.target_id), {}, [], [])
    assert dangers_in(shown) == []
    assert [record for record in tutor.review.export() if record.get("words") == case["text"]]
