"""The gold questions in Inspect, where it is installed: `uv pip install -e ".[inspect]"`."""

import pytest

pytest.importorskip("inspect_ai")


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_the_same_cases_and_scores_in_inspect(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    from inspect_ai import eval as run_in_inspect

    from evals.inspect_cases import outside, questions

    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "home"))
    asked, refused = run_in_inspect(
        [questions(limit=3), outside(limit=2)], model=None, log_dir=str(tmp_path / "logs"), display="none"
    )
    assert (asked.status, refused.status) == ("success", "success")
    told = {score.name: score.metrics["mean"].value for score in asked.results.scores}
    assert told["cited"] == 1
    assert 0 < told["points"] <= 1
    assert refused.results.scores[0].metrics["mean"].value == 1
    assert {sample.id for sample in asked.samples} == {"q-001", "q-002", "q-003"}
    assert all(sample.output.completion for sample in asked.samples)
