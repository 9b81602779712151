import json
from dataclasses import replace

import pytest

from evals.baseline import Baseline, read_baseline, write_baseline
from evals.comparison import compare, missing
from evals.foundations import Sealed
from evals.gate import judge, notes, summary
from evals.scored import Run, Scored
from tutor.errors import InputError


def scored(number: int, value: float, score: str = "points", kind: str = "limit", set_: str = "questions") -> Scored:
    return Scored(f"q-{number:03d}", set_, kind, f"{1 + number % 3}.1", "held", {score: value}, note="why")


def run_of(*cases: Scored, **about: str) -> Run:
    return Run("offline", "2026-11-21", about, cases)


def baseline_of(run: Run) -> Baseline:
    return Baseline(({"on": "2026-11-21", "why": "first"},), {run.engine: run}, ())


def test_what_did_not_change_leaves_the_gate_open() -> None:
    run = run_of(*(scored(number, number % 2) for number in range(20)))
    assert judge(baseline_of(run), {"offline": run}) == []
    assert summary({"offline": run}, []).startswith("Open")


def test_a_significant_loss_closes_it_and_says_where() -> None:
    before = run_of(*(scored(number, 1, kind="why" if number < 10 else "limit") for number in range(40)))
    after = run_of(*(replace(case, scores={"points": 0}) if case.kind == "why" else case for case in before.cases))
    findings = judge(baseline_of(before), {"offline": after})
    first = findings[0]
    assert (first.what, first.set, first.score, first.where) == ("loss", "questions", "points", "all")
    assert "kind: why -1.000" in first.told
    assert "q-000 -1.00" in first.cases
    assert {one.where for one in findings} >= {"kind: why"}
    assert "Closed" in summary({"offline": after}, findings)


def test_a_few_changes_either_way_are_chance() -> None:
    before = run_of(*(scored(number, number % 2) for number in range(30)))
    after = run_of(*(replace(case, scores={"points": 0.0}) if case.id == "q-001" else case for case in before.cases))
    assert judge(baseline_of(before), {"offline": after}) == []


@pytest.mark.parametrize("score", ["points in pages", "contradiction kept out", "no conflict in pages", "rulings kept"])
def test_one_case_that_must_never_be_worse_closes_it(score: str) -> None:
    before = run_of(*(scored(number, 1, score) for number in range(20)))
    after = run_of(*(replace(case, scores={score: 0.5}) if case.id == "q-007" else case for case in before.cases))
    (finding,) = judge(baseline_of(before), {"offline": after})
    assert (finding.what, finding.where) == ("break", "q-007")
    assert "why" in str(finding)


def test_a_seal_needs_no_earlier_score() -> None:
    broken = scored(1, 0.0, "rulings kept", set_="rulings")
    assert judge(baseline_of(run_of()), {"offline": run_of(broken)})[0].what == "break"


def test_what_a_reader_should_know_is_told() -> None:
    before = run_of(*(scored(number, 0) for number in range(12)), prompt="a")
    after = run_of(*(scored(number, 1) for number in range(10)), prompt="b")
    told = notes(baseline_of(before), {"offline": after, "new": after})
    assert any("changed since the baseline: prompt" in line for line in told)
    assert any("2 cases of the baseline are gone" in line for line in told)
    assert any("rose from 0.000 to 1.000" in line for line in told)
    assert any("new is not in the baseline" in line for line in told)


def test_comparing_corrects_for_the_number_of_tests() -> None:
    before = [scored(number, 1) for number in range(6)]
    after = [scored(number, 0) for number in range(6)]
    (overall, *_) = compare(before, after)
    assert overall.p == 2 / 2**6
    more = [scored(number, 1, "other", set_="outside") for number in range(6)]
    less = [scored(number, 0, "other", set_="outside") for number in range(6)]
    twice = compare([*before, *more], [*after, *less])
    assert {one.p for one in twice if one.group == "all"} == {2 * 2 / 2**6}
    assert missing(before, after[:5]) == ["questions q-005"]


def test_a_baseline_is_written_a_case_a_line_and_read_back(tmp_path) -> None:
    run = run_of(scored(1, 1 / 3), scored(2, 1.0, "other"), scored(3, 1.0, "rulings kept", set_="rulings"), prompt="a")
    sealed = Sealed("kettles", "cold-pot", ("samovar", "urn"), ("kettle",))
    path = tmp_path / "baseline.json"
    write_baseline(Baseline(({"on": "2026-11-21", "why": "first"},), {"offline": run}, (sealed,)), path)
    told = read_baseline(path)
    assert told.sealed == (sealed,)
    assert told.renewed[0]["why"] == "first"
    assert [(case.id, case.set, dict(case.scores)) for case in told.runs["offline"].cases] == [
        ("q-001", "questions", {"points": 0.333}),
        ("q-002", "questions", {"other": 1.0}),
    ]
    assert judge(told, {"offline": run}) == []
    assert len(path.read_text(encoding="utf-8").splitlines()) > 6
    path.write_text(json.dumps({"form": 0}), encoding="utf-8")
    with pytest.raises(InputError, match="renew"):
        read_baseline(path)


def test_other_facts_in_the_sentence_behind_a_key_point_close_it() -> None:
    def page(*marks: tuple[tuple[int, int], ...]) -> Run:
        case = Scored("q-001", "pages", "limit", "4.2", "held", {"points in pages": 1.0}, marks=marks)
        return Run("checks", "", {}, (case,))

    before = baseline_of(page(((7, 1), (8, 1)), ()))
    assert judge(before, {"checks": page(((8, 1), (7, 1)), ())}) == []
    assert judge(before, {"checks": page(((9, 1),), ())}) == [], "in other words altogether"
    (finding,) = judge(before, {"checks": page(((7, 2), (8, 1)), ())})
    assert (finding.what, finding.score) == ("break", "facts kept")
    assert "key point 1" in finding.told
