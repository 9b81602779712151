"""What reviewers ruled out is never said again, whoever drafts, until the ruling is taken back."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SMALL_CORPUS
from tests.engines.servers import Saying, serving
from tutor.answer.answer import without_banned
from tutor.flow import Tutor
from tutor.review.binding import Bond, Bonds
from tutor.settings import ModelSetting, load_settings

MODEL = "openai:quoting"
QUESTION = "What is Kettle?"


def quoting(body: Any) -> str:
    """Two true sentences of the first passage."""
    passage = re.search(r'<passage \w+ number="1"[^\n]*\n(.*?)\n</passage', body["messages"][1]["content"], re.DOTALL)
    assert passage
    sentences = [f"{one.rstrip('.')}." for one in passage[1].replace("\n", " ").split(". ")][:2]
    return json.dumps({"statements": [{"text": one, "citations": [{"passage": 1, "quote": one}]} for one in sentences]})


@pytest.fixture(params=["offline", MODEL])
def tutor(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Tutor]:
    settings = load_settings({"TUTOR_HOME": str(tmp_path), "TUTOR_CORPUS": str(SMALL_CORPUS)})
    with serving("openai", Saying(quoting)) as server:
        models = (ModelSetting(MODEL, server.url, None),)
        made = Tutor(replace(settings, engine=request.param, models=models))
        yield made
        made.close()


def said(tutor: Tutor) -> list[str]:
    return [statement.text for statement in tutor.ask(QUESTION).answer.statements]


def test_an_upheld_statement_is_never_said_again_until_the_ruling_is_undone(tutor: Tutor) -> None:
    before = said(tutor)
    flag = tutor.review.flag("statement", "1/1/1", "unsupported", "It is not.", "learner", {"text": before[0]})
    assert said(tutor) == before, "a flag alone rules nothing out"
    ruled = tutor.review.rule(flag.target_id, "uphold", "reviewer", remedy="retire", words="It is made up.")
    after = tutor.ask(QUESTION).answer
    assert before[0] not in after.text
    assert after.statements, "the rest of the answer is still told"
    assert {number for one in after.statements for number in one.citations} == {one.number for one in after.citations}
    tutor.review.take_back(ruled.ruling.id, "reviewer")
    assert said(tutor) == before


def test_words_that_no_answer_may_say(tutor: Tutor) -> None:
    before = said(tutor)
    words = max(before[0].rstrip(".").split(), key=len)
    flag = tutor.review.flag("answer", "1/1", "offensive", "These words.", "learner", {"question": QUESTION})
    tutor.review.rule(flag.target_id, "uphold", "reviewer", remedy="retire", words="So they are.", banned=words.upper())
    assert not any(words in text for text in said(tutor))


def test_an_answer_of_which_nothing_is_left_says_why(tutor: Tutor) -> None:
    answer = without_banned(tutor.answer(QUESTION), lambda _: True)
    assert answer.refused
    assert "ruled out by reviewers" in answer.note
    assert set(answer.dropped) == {"ruled out"}


@pytest.mark.parametrize(
    ("text", "is_forbidden"),
    [("Tea is  free.", True), ("In short: tea is free.", True), ("Tea is freedom.", False), ("Coffee is free.", False)],
)
def test_whole_words_count(text: str, is_forbidden: bool) -> None:
    bonds = Bonds((Bond("statement", "tea is free", "case"), Bond("item", "coffee", "case")))
    assert bonds.forbids_statement(text) == is_forbidden
