"""The suite on the shipped corpus: a quick subset against the baseline, and planted regressions that it sees."""

import json
from collections.abc import Iterator, Sequence

import pytest
from typer.testing import CliRunner

from evals.__main__ import cli
from evals.answering import rarity_in
from evals.baseline import Baseline, read_baseline
from evals.conversations import read_conversations
from evals.gate import judge
from evals.gold_set import read_items, read_outside, read_points, read_questions, read_support
from evals.hostile import read_hostile
from evals.judging import agreement, judge_points, judge_support
from evals.plant import in_citation_check, in_pages, in_rulings
from evals.scored import Run, Scored
from evals.suite import CHECKS, SCRIPTED, open_suite
from tutor.flow.ground import Ground
from tutor.read.item_models.decision import read_models
from tutor.read.passages import cut_all
from tutor.settings import OFFLINE, PROJECT, Settings, load_settings

pytestmark = pytest.mark.slow

EVERY = 12
"""One case of so many."""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return load_settings({"TUTOR_HOME": str(tmp_path_factory.mktemp("home"))})


@pytest.fixture(scope="module")
def ground(settings: Settings) -> Iterator[Ground]:
    opened = Ground(settings)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def baseline() -> Baseline:
    return read_baseline()


def some(engine: str, settings: Settings, baseline: Baseline, every: int = EVERY) -> Sequence[Scored]:
    with open_suite(settings, engine, None, baseline.sealed, is_quick=True) as suite:
        tasks = [task for task in suite.tasks if task.name != "generated"]
        return [one for task in tasks[::every] for one in task.score()]


def test_the_gold_set_is_as_large_as_promised() -> None:
    assert len(read_questions()) >= 200
    assert len(read_outside()) >= 60
    assert sum(len(case.pairs) for case in read_support()) >= 150
    assert len(read_points()) >= 120
    assert len(read_items()) >= 150
    turns = [turn for one in read_conversations() for turn in one.turns]
    assert sum(turn.turn == "follow-up" for turn in turns) >= 60
    assert len(read_hostile()) >= 35


@pytest.mark.parametrize("engine", [CHECKS, OFFLINE, SCRIPTED])
def test_a_quick_subset_breaks_nothing(engine: str, settings: Settings, baseline: Baseline) -> None:
    scored = some(engine, settings, baseline)
    assert len(scored) >= 20
    assert all(0 <= value <= 1 for case in scored for value in case.scores.values())
    findings = judge(baseline, {engine: Run(engine, "", {}, tuple(scored))})
    assert [str(one) for one in findings if one.what == "break"] == []


def test_the_scripted_model_is_really_asked(settings: Settings, baseline: Baseline) -> None:
    scored = [case for case in some(SCRIPTED, settings, baseline, 40) if case.set == "questions"]
    assert all(case.tokens_in and case.cost_usd for case in scored if case.scores["answered"])
    assert any(case.scores.get("own words") for case in scored)


def test_planted_regressions_are_caught(settings: Settings, ground: Ground, baseline: Baseline) -> None:
    passages = {passage.id: passage for passage in cut_all(ground.pages())}
    pages = list(in_pages(passages, rarity_in(ground), baseline))
    assert sum(one.is_caught for one in pages) >= len(pages) * 2 // 3
    rulings = list(in_rulings(list(read_models(settings.corpus / "decisions")), baseline))
    assert all(one.is_caught for one in rulings)
    checks = {one.what: one.is_caught for one in in_citation_check(passages, baseline)}
    assert checks["silent on denials"]
    assert checks["silent on the whole check"]


def test_what_was_measured_of_the_judges_still_holds(ground: Ground) -> None:
    passages = {passage.id: passage for passage in cut_all(ground.pages())}
    support = judge_support(read_support(), passages, "tune")
    assert support["precision"]["mean"] > 0.7
    assert support["recall"]["mean"] > 0.8
    points = judge_points(read_points(), rarity_in(ground), "tune")
    assert points["kappa"] > 0.6
    assert agreement([]) | {"pairs": 0} == agreement([])


def test_run_compare_and_report_by_command(tmp_path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setenv("TUTOR_HOME", str(settings.home))
    monkeypatch.setattr("evals.suite._of", lambda cases, split: list(cases)[:6])
    runner = CliRunner()
    for folder in ("a", "b"):
        ran = runner.invoke(cli, ["run", "--engine", "offline", "--out", str(tmp_path / folder), "--json"])
        assert ran.exit_code == 0, ran.output
    assert json.loads(ran.stdout)["offline"]["sets"]["questions"]["cases"] == 6
    compared = runner.invoke(cli, ["compare", str(tmp_path / "a"), str(tmp_path / "b"), "--json"])
    assert compared.exit_code == 0, compared.output
    assert all(not one["changed"] for one in json.loads(compared.stdout)["offline"])
    made = runner.invoke(cli, ["report", str(tmp_path / "a")])
    assert made.exit_code == 0, made.output
    assert "<svg" in (tmp_path / "a" / "report.html").read_text(encoding="utf-8")


def test_an_unknown_half_is_refused(tmp_path) -> None:
    ran = CliRunner().invoke(cli, ["run", "--split", "other", "--out", str(tmp_path)])
    assert ran.exit_code != 0
    assert "tune or held" in str(ran.exception)


def test_the_gate_is_in_ci() -> None:
    assert "python -m evals gate" in (PROJECT / ".ci" / "run").read_text(encoding="utf-8")
