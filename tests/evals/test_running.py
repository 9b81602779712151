import json

import pytest

from evals.figures import figures
from evals.report import as_page
from evals.running import carry_out, file_name, path_of, read_runs
from evals.scored import Run, Scored, read_run
from evals.suite import Suite, Task, _named_once
from tutor.errors import InputError


def case(number: int, value: float = 1.0, **more) -> Scored:
    given = {"kind": "limit", "objective": "4.2", "split": "held", "scores": {"points": value}} | more
    return Scored(f"q-{number:03d}", "questions", **given)


def suite_of(*values: float, about: str = "a", stop_at: int | None = None) -> tuple[Suite, list[int]]:
    """A suite whose tasks keep count of themselves, and may break down."""
    done: list[int] = []

    def score(number: int, value: float) -> list[Scored]:
        if number == stop_at:
            raise KeyboardInterrupt
        done.append(number)
        return [case(number, value)]

    tasks = tuple(Task(f"q-{n}", lambda n=n, value=value: score(n, value)) for n, value in enumerate(values))
    return Suite("openai:kettle", {"pages": about}, tasks), done


def test_a_run_is_written_and_read_back(tmp_path) -> None:
    suite, _ = suite_of(1.0, 0.0)
    told: list[tuple[int, int]] = []
    run = carry_out(suite, tmp_path, "2026-11-21", progress=lambda done, total: told.append((done, total)))
    assert read_run(path_of(tmp_path, "openai:kettle")) == run
    assert read_runs(tmp_path) == {"openai:kettle": run}
    assert told == [(1, 2), (2, 2)]
    assert file_name("openai:kettle") == "openai-kettle"
    assert not list(tmp_path.glob("*.jsonl"))


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path) -> None:
    broken, done = suite_of(1.0, 0.5, 0.0, stop_at=2)
    with pytest.raises(KeyboardInterrupt):
        carry_out(broken, tmp_path, "2026-11-21")
    assert done == [0, 1]
    journal = tmp_path / "openai-kettle.jsonl"
    journal.write_text(journal.read_text(encoding="utf-8") + '{"task": "q-2", "sco', encoding="utf-8")
    whole, done = suite_of(1.0, 0.5, 0.0)
    run = carry_out(whole, tmp_path, "2026-11-22", resume=True)
    assert done == [2]
    assert [one.scores["points"] for one in run.cases] == [1.0, 0.5, 0.0]


def test_a_run_that_measured_something_else_is_not_gone_on_with(tmp_path) -> None:
    broken, _ = suite_of(1.0, 0.5, stop_at=1)
    with pytest.raises(KeyboardInterrupt):
        carry_out(broken, tmp_path, "2026-11-21")
    other, done = suite_of(1.0, 0.5, about="b")
    with pytest.raises(InputError, match=r"pages changed since.*without --resume"):
        carry_out(other, tmp_path, "2026-11-21", resume=True)
    carry_out(other, tmp_path, "2026-11-21")
    assert done == [0, 1]


@pytest.mark.parametrize(
    "text", ["", "[]", '{"form": 0}', '{"form": 1, "engine": "x", "made_on": "", "about": {}, "cases": [{"a": 1}]}']
)
def test_a_file_that_is_no_run_is_refused(tmp_path, text: str) -> None:
    path = tmp_path / "run.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="evals run"):
        read_run(path)


def test_figures_by_kind_objective_and_half() -> None:
    run = Run(
        "offline",
        "2026-11-21",
        {},
        (
            case(1, 1.0, seconds=0.1, tokens_in=700, tokens_out=100, cost_usd=0.5),
            case(2, 0.0, seconds=0.3, tokens_in=300, kind="why", split="tune"),
            Scored("x-1", "items", "one right", "3.1", "held", {"solved": 1.0}, {"confidence": 0.7}),
        ),
    )
    told = figures(run)["sets"]
    questions = told["questions"]
    assert questions["scores"]["points"]["mean"] == 0.5
    assert questions["by kind"]["why"] == {"cases": 1, "scores": {"points": {"mean": 0.0, "low": 0.0, "high": 0.7935}}}
    assert set(questions["by split"]) == {"held", "tune"}
    assert (questions["p50_ms"], questions["tokens_in"], questions["cost_usd"]) == (200, 1000, 0.5)
    assert told["items"]["calibration_error"] == 0.3
    assert "p50_ms" not in told["items"]


def test_the_report_opens_from_disk_and_escapes_what_cases_say() -> None:
    bad = case(1, 0.0, note='<script>alert("x")</script>', seconds=0.1, tokens_in=3)
    sure = Scored("x-1", "items", "one right", "3.1", "held", {"solved": 1.0}, {"confidence": 0.7})
    runs = {
        "offline": Run("offline", "d", {"pages": "a"}, (bad, sure)),
        "b": Run("b", "d", {}, (case(1, seconds=0.2),)),
    }
    page = as_page(runs)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert page.count("<svg") >= 4
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    assert "offline: 1 of 1 cases with a score below a half" in page
    json.dumps(page)


def test_cases_of_one_name_are_refused_before_anything_is_lost() -> None:
    tasks = [Task("s-001", list), Task("s-002", list), Task("s-001", list)]
    with pytest.raises(InputError, match="share a name: s-001"):
        _named_once(tasks)
    assert [task.name for task in _named_once(tasks[:2])] == ["s-001", "s-002"]
