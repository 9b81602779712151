"""The shipped corpus: every page has its form and its questions, and no learner waits for its vectors."""

import re

import pytest

from tutor.index.ahead import read_ahead_vectors
from tutor.index.encoder import ShippedEncoder
from tutor.index.meaning import all_wordings
from tutor.index.sketches import read_sketches
from tutor.index.vectors import text_key
from tutor.read.answered import opened_by, read_answered, told_by
from tutor.read.asked import read_asked
from tutor.read.document import Document
from tutor.read.pages import HEADINGS, read_pages
from tutor.read.passages import cut, cut_all
from tutor.settings import PROJECT

DOCUMENTS = list(read_pages(PROJECT / "corpus" / "docs"))
ANSWERED = read_answered(PROJECT / "corpus" / "answered")
MARKED_AS_CODE = re.compile(r"```.*?```", re.DOTALL)


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.id)
def test_every_page_has_its_form(page: Document) -> None:
    body = MARKED_AS_CODE.sub("", page.text[page.body_start :])
    headings = re.findall(r"^## (.+)$", body, re.MULTILINE)
    assert set(headings) <= set(HEADINGS), "a heading that docs/writing-pages.md does not list"
    assert headings == sorted(headings, key=HEADINGS.index), "headings out of order"
    assert len(headings) >= 4
    assert len(body.split()) >= 400
    assert not re.search(r"^# ", body, re.MULTILINE)
    assert all(source.url.startswith("https://") and source.checked for source in page.sources)


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.id)
def test_every_passage_answers_three_questions_of_its_own(page: Document) -> None:
    asked = read_asked(PROJECT / "corpus" / "asked" / f"{page.id}.yaml")
    assert list(asked) == [passage.id.partition("#")[2] for passage in cut(page)]
    questions = [question.lower() for those in asked.values() for question in those]
    assert len(questions) == 3 * len(asked)
    assert len(set(questions)) == len(questions), "one question for two passages"


def test_no_questions_are_kept_for_a_page_that_is_gone() -> None:
    kept = {path.stem for path in (PROJECT / "corpus" / "asked").iterdir()}
    assert kept == {page.id for page in DOCUMENTS}


def test_vectors_are_there_for_every_passage() -> None:
    ahead = read_ahead_vectors(PROJECT / "corpus" / "vectors.npz", ShippedEncoder.name)
    missing = [passage.id for passage in cut_all(DOCUMENTS) if text_key(passage) not in ahead]
    assert not missing, "run `tutor index --ahead` and commit corpus/vectors.npz"


def test_the_sketches_that_ship_are_of_the_statements_that_ship() -> None:
    ahead = read_sketches(PROJECT / "corpus" / "statements.npz", ShippedEncoder())
    missing = [text for text in all_wordings(cut_all(DOCUMENTS)) if not ahead.has([text])]
    assert not missing, "run `tutor index --ahead` and commit corpus/statements.npz"


def test_every_statement_that_should_be_said_to_a_question_stands_on_its_page() -> None:
    told = {passage.id: told_by(passage.text) for passage in cut_all(DOCUMENTS)}
    named = {one for answered in ANSWERED for one in answered.says}
    lost = sorted(
        f"{one.passage}: {one.words}" for one in named if opened_by(one.words, told.get(one.passage, [])) is None
    )
    assert not lost, "gone, or not told from its neighbours by these words"


def test_no_question_is_answered_twice() -> None:
    asks = [ask.lower() for answered in ANSWERED for ask in answered.asks]
    assert len(asks) == len(set(asks))
    kept = {path.stem for path in (PROJECT / "corpus" / "answered").iterdir()}
    assert kept == {page.id for page in DOCUMENTS}
