"""Points of fresh questions are said where an answer has a statement that was read to say them."""

from dataclasses import replace
from typing import cast

import pytest

from evals.fresh import measure_fresh
from evals.gold_set import FreshQuestion, ReadPoint, read_fresh
from tests.index.test_build import passages
from tutor.answer.answer import Answer
from tutor.answer.layout import AnswerStatement
from tutor.errors import InputError
from tutor.flow import Tutor
from tutor.read.answered import opened_by, told_by
from tutor.read.pages import read_pages
from tutor.read.passages import cut_all
from tutor.settings import PROJECT

SOME = passages("Kettles boil. Pots stand. Pans fry.")
ASKED = FreshQuestion(
    id="f-001",
    question="What boils?",
    objective="4.1",
    kind="definition",
    points=(
        ReadPoint(says="kettles do", said_by=(("doc#0: Kettles",),)),
        ReadPoint(says="pots and pans do not", said_by=(("doc#0: Pots", "doc#0: Pans"),)),
        ReadPoint(says="lids help"),
    ),
)


class Telling:
    """A tutor that says these statements to everything."""

    def __init__(self, *said: str) -> None:
        self._said = said

    def answer(self, question: str) -> Answer:
        return Answer(question, "offline", tuple(AnswerStatement(text, (1,)) for text in self._said))


def share(*said: str) -> float:
    return float(measure_fresh(cast(Tutor, Telling(*said)), [ASKED], SOME)["said"][0])


def test_a_point_is_said_by_one_statement_or_by_all_of_a_set() -> None:
    assert share("Kettles boil.") == pytest.approx(1 / 3, abs=0.001)
    assert share("Kettles boil.", "Pots stand.") == pytest.approx(1 / 3, abs=0.001)
    assert share("Kettles  boil.", "Pots stand.", "Pans fry.") == pytest.approx(2 / 3, abs=0.001)


def test_a_question_that_is_refused_says_nothing_and_is_named() -> None:
    figures = measure_fresh(cast(Tutor, Telling()), [ASKED], SOME)
    assert figures["refused"] == ["f-001"]
    assert figures["by_section"] == {"4": 0.0}


def test_a_statement_that_is_gone_is_named() -> None:
    gone = replace(SOME[0], text="Kettles boil.")
    with pytest.raises(InputError, match="Pots"):
        measure_fresh(cast(Tutor, Telling("Kettles boil.")), [ASKED], [gone])


def test_the_statements_that_were_read_stand_on_the_pages() -> None:
    told = {one.id: told_by(one.text) for one in cut_all(read_pages(PROJECT / "corpus" / "docs"))}
    named = {one for case in read_fresh() for point in case.points for group in point.said_by for one in group}
    places = (one.partition(": ") for one in named)
    assert not [f"{at}: {words}" for at, _, words in places if opened_by(words, told.get(at, ())) is None]
