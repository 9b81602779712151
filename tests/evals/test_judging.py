"""What people labelled for the judge of key points fits the gold set; the judge's figures are worked out rightly."""

import pytest
import yaml

from evals.gold_set import GOLD, JudgedPoint, read_points, read_questions
from evals.judging import judge_points


def even(term: str) -> float:
    return 1.0


def pair(number: int, said: str, says_it: bool) -> JudgedPoint:
    return JudgedPoint(
        id=f"p-{number:03d}", case="q-001", point="red lid of a kettle", said=(said,), says_it=says_it, split="held"
    )


def test_every_point_of_a_question_that_was_read_has_a_verdict() -> None:
    readings = yaml.safe_load((GOLD / "point_readings.yaml").read_text(encoding="utf-8"))
    points = {case.id: len(case.key_points) for case in read_questions()}
    assert len(readings) >= 220
    assert all(len(one["says"]) == points[one["case"]] for one in readings)
    assert {verdict for one in readings for verdict in one["says"]} <= {"yes", "partly", "no", "contradicted"}
    unsaid = {(one["case"], at) for one in readings for at, verdict in enumerate(one["says"], 1) if verdict != "yes"}
    assert {(one["case"], at) for one in readings for at in one.get("missing", {})} == unsaid


def test_whole_answers_lie_in_the_half_of_their_question() -> None:
    pairs = read_points()
    assert len({one.id for one in pairs}) == len(pairs)
    drawn = [one for one in pairs if one.id > "p-144"]
    assert len(drawn) >= 160
    splits = {case.id: case.split for case in read_questions()}
    assert all(one.split == splits[one.case] for one in drawn)


def test_the_figures_of_the_judge_by_hand() -> None:
    cases = [
        pair(1, "A kettle has a red lid.", True),
        pair(2, "A red lid lies on the kettle.", False),
        pair(3, "Its cover is scarlet.", True),
        pair(4, "Tea is green.", False),
    ]
    told = judge_points(cases, even, "held")
    assert told["pairs"] == 4
    assert [told[name]["mean"] for name in ("accuracy", "precision", "recall")] == [0.5, 0.5, 0.5]
    assert told["kappa"] == pytest.approx(0)
    assert judge_points(cases, even, "tune")["pairs"] == 0
