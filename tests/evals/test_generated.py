import pytest

from evals.figures import figures
from evals.generated import score_one
from evals.scored import Run
from tests.review.test_edit import ITEM
from tutor.author.checks.verdict import Fault, Proof, Verdict
from tutor.author.practice_item import PracticeItem, read_item


def made(solver: Proof = "agree", confidence: float = 0.9, *faults: Fault) -> PracticeItem:
    return PracticeItem(read_item(ITEM), Verdict(faults, solver, confidence, proved=True), {})


def test_an_item_is_scored_by_its_checks_and_by_the_blind_solver() -> None:
    assert score_one(made(), "e-1", 0.1).scores == {"passes checks": 1.0, "solved": 1.0}
    doubted = score_one(made("disagree", 0.6), "e-2", 0.1)
    assert (doubted.scores["solved"], doubted.objective, doubted.kind) == (0.0, "4.2", "decision")
    assert "disagree at 0.60" in doubted.note
    assert score_one(made("abstain", 0.25), "e-3", 0.1).scores["solved"] == 0.0
    assert "solved" not in score_one(made("not asked", 0.0), "e-4", 0.1).scores


def test_a_rejected_item_counts_against_the_checks_alone() -> None:
    rejected = score_one(made("not asked", 0.0, Fault("lint", "longest option is the key", "A")), "e-5", 0.1)
    assert rejected.scores == {"passes checks": 0.0}
    assert rejected.note.endswith("longest option is the key in A")


def test_figures_tell_rates_by_kind_and_how_far_confidence_is_off() -> None:
    cases = (
        score_one(made("agree", 0.9), "e-1", 0.1),
        score_one(made("agree", 0.8), "e-2", 0.1),
        score_one(made("disagree", 0.6), "e-3", 0.1),
        score_one(made("not asked", 0.0, Fault("lint", "no stem")), "e-4", 0.1),
    )
    told = figures(Run("checks", "2026-11-21", {}, cases))["sets"]["generated"]
    assert told["scores"]["passes checks"]["mean"] == 0.75
    assert told["by kind"]["decision"]["scores"]["solved"]["mean"] == pytest.approx(2 / 3, abs=1e-4)
    # Bins of a tenth, one case each: |.9 - 1| + |.8 - 1| + |.6 - 0| over three.
    assert told["calibration_error"] == pytest.approx((0.1 + 0.2 + 0.6) / 3)
