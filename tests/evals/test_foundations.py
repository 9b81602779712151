from collections.abc import Mapping

import pytest

from evals.foundations import Sealed, score_item, score_pages, score_ruling, score_support, seal
from evals.gold_set import ExamItem, Question, Quoted
from tutor.read.document import Passage
from tutor.read.item_models.decision import DecisionModel
from tutor.solve.question import Question as ExamQuestion
from tutor.solve.solution import Solution

TEXT = "Kettle accepts at most 5,000 series. Kettle does not read images of tea cups."
PASSAGES = {"kettle#a": Passage("kettle#a", "kettle", "Kettle", ("A",), TEXT, 0, len(TEXT), objectives=("4.2",))}
READING = {"on": "2026-11-21", "by": "writer", "against": ["our pages"], "verdict": "agrees"}
QUESTION = Question.model_validate(
    {
        "id": "q-001",
        "question": "How much?",
        "objective": "4.2",
        "kind": "limit",
        "key_points": ["at most 5,000 series", "no images of tea cups are read"],
        "passages": ["kettle#a", "kettle#gone"],
        "sources": ["https://example.com"],
        "readings": [READING],
        "split": "held",
    }
)


def even(term: str) -> float:
    return 1.0


def pages_with(text: str) -> Mapping[str, Passage]:
    return {"kettle#a": Passage("kettle#a", "kettle", "Kettle", ("A",), text, 0, len(text))}


def test_pages_that_say_the_points() -> None:
    told = score_pages(QUESTION, PASSAGES, even)
    assert told.scores == {"points in pages": 1.0, "no conflict in pages": 1.0, "passages there": 0.5}
    assert told.note == "gone: kettle#gone"


@pytest.mark.parametrize(
    ("text", "points", "conflict"),
    [
        (TEXT.replace("5,000", "6,000"), 0.5, True),
        (TEXT.replace("does not read", "does read"), 0.5, True),
        ("Kettle does not read images of tea cups.", 0.5, False),
    ],
)
def test_a_page_that_no_longer_says_a_point(text: str, points: float, conflict: bool) -> None:
    told = score_pages(QUESTION, pages_with(text), even)
    assert told.scores["points in pages"] == points
    assert told.scores["no conflict in pages"] == float(not conflict)


def test_statements_are_judged_and_those_whose_quotes_are_gone_left_out() -> None:
    pairs = [
        {"says": "Kettle accepts 5,000 series at most.", "label": "supported", "twist": "reworded"},
        {"says": "Kettle accepts 6,000 series at most.", "label": "contradicted", "twist": "number"},
    ]
    quoted = {"id": "s-001", "passage": "kettle#a", "quotes": [TEXT[:36]], "split": "tune", "pairs": pairs}
    right, wrong = score_support(Quoted.model_validate(quoted), PASSAGES)
    assert right.scores == {"judged right": 1.0}
    assert wrong.scores == {"judged right": 1.0, "contradiction kept out": 1.0}
    assert (right.id, right.objective, wrong.kind) == ("s-001a", "4.2", "contradicted")
    assert list(score_support(Quoted.model_validate({**quoted, "quotes": ["Kettle rests."]}), PASSAGES)) == []


def model_with(**rulings: str) -> DecisionModel:
    """A stand-in with what sealing reads of a model."""
    facts = [type("Fact", (), {"id": fact})() for fact in ("cold", "late")]
    out = {option: frozenset(f for f in ("cold", "late") if rulings.get(f"{option}_{f}") == "v") for option in "ab"}
    to = {option: frozenset(f for f in ("cold", "late") if rulings.get(f"{option}_{f}") == "f") for option in "ab"}
    made = {"id": "pots", "facts": facts, "violated": out, "fitted": to, "treats": ("2026-06/4.2.1",)}
    return type("Model", (), made)()  # type: ignore[return-value]


def test_sealed_rulings_are_kept_while_new_ones_may_come() -> None:
    before = model_with(a_cold="v", b_cold="f")
    cold, late = seal([before])
    assert cold == Sealed("pots", "cold", ("a",), ("b",))
    assert late == Sealed("pots", "late", (), ())
    kept = score_ruling(cold, {"pots": model_with(a_cold="v", b_cold="f", a_late="v")})
    assert kept is not None
    assert kept.scores == {"rulings kept": 1.0}
    turned = score_ruling(cold, {"pots": model_with(a_cold="f", b_cold="f")})
    assert turned is not None
    assert (turned.scores, turned.note) == ({"rulings kept": 0.0}, "no longer rules out a")
    assert score_ruling(cold, {}) is None


def test_an_item_is_solved_or_not() -> None:
    item = ExamItem.model_validate(
        {
            "id": "x",
            "question": "Which?",
            "options": {"A": "a", "B": "b"},
            "key": "B",
            "treats": ["2026-06/3.1.2"],
            "split": "held",
        }
    )

    def solve(question: ExamQuestion) -> Solution:
        assert (question.letters, question.choose) == (("A", "B"), 1)
        return Solution(question, ("B",), 0.8, ((), ()), (0.2, 0.8))

    told = score_item(item, solve)
    assert told.scores["solved"] == 1
    assert told.scores["honest confidence"] == pytest.approx(0.96)
    assert (told.details["confidence"], told.objective) == (0.8, "3.1")
