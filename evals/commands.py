"""The commands of the suite: run, compare, report, gate, plant."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from evals.opened import AsJson, half, settings_apart
from evals.vetting import vetting
from tutor.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evals.comparison import Difference
    from evals.scored import Run, Scored

commands = typer.Typer()
commands.add_typer(vetting)

RUNS = Path("evals/runs")
ENGINES = "offline, checks (what needs no engine), scripted (a model over loopback), or one that TUTOR_MODEL names."


@commands.command()
def run(
    engine: Annotated[list[str] | None, typer.Option(help=f"May be repeated: {ENGINES}")] = None,
    out: Annotated[Path, typer.Option(help="Folder for the runs.")] = RUNS,
    split: Annotated[str | None, typer.Option(help="Only tune, or only held.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on where an interrupted run stopped.")] = False,
    as_json: AsJson = False,
) -> None:
    """Score all cases with one or several engines; a JSON file each, and their figures."""
    from evals.figures import figures
    from evals.running import read_runs

    for name in engine or ["checks", "offline"]:
        _carried_out(name, out, split, resume)
    told = {name: figures(one) for name, one in read_runs(out).items()}
    (out / "figures.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if as_json:
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        return
    for name, one in told.items():
        for of, cases in one["sets"].items():
            took = f", {cases['p50_ms']:.0f} ms, p95 {cases['p95_ms']:.0f}" if "p50_ms" in cases else ""
            typer.echo(f"{name}, {of}: {cases['cases']} cases{took}")
            for score, value in cases["scores"].items():
                typer.echo("    {:24}{mean:.3f} ({low:.3f}-{high:.3f})".format(score, **value))


@commands.command()
def compare(
    before: Annotated[Path, typer.Argument(help="A run's file, or a folder of runs.")],
    after: Annotated[Path, typer.Argument(help="Another one.")],
    as_json: AsJson = False,
) -> None:
    """Set two runs, or folders of runs, side by side: paired tests, and the cases that changed."""
    from evals.comparison import compare as differences

    pairs = {engine: (one, _runs(after)[engine]) for engine, one in _runs(before).items() if engine in _runs(after)}
    if not pairs and before.is_file() and after.is_file():
        (one,), (other,) = _runs(before).values(), _runs(after).values()
        pairs = {f"{one.engine} and {other.engine}": (one, other)}
    found = {engine: differences(one.cases, other.cases) for engine, (one, other) in pairs.items()}
    if as_json:
        told = {engine: [_difference(one) for one in some] for engine, some in found.items()}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        return
    for engine, some in found.items():
        typer.echo(engine)
        for each in some:
            if each.group == "all" or each.is_loss or each.is_gain:
                typer.echo(_line(each))


@commands.command()
def report(
    folder: Annotated[Path, typer.Argument(help="Folder of runs.")] = RUNS,
    out: Annotated[Path | None, typer.Option(help="Where the page is written; report.html in the folder.")] = None,
    table: Annotated[bool, typer.Option("--table", help="Print a Markdown table of the held halves instead.")] = False,
) -> None:
    """Write one HTML page of all runs in a folder, with pictures; it opens from disk."""
    from evals.report import as_page
    from evals.running import read_runs
    from evals.table import as_table

    if table:
        sys.stdout.write(as_table(read_runs(folder)))
        return
    page = out or folder / "report.html"
    page.write_text(as_page(read_runs(folder)), encoding="utf-8")
    typer.echo(str(page))


@commands.command()
def gate(
    engine: Annotated[list[str] | None, typer.Option(help=f"May be repeated: {ENGINES}")] = None,
    renew: Annotated[str, typer.Option(metavar="WHY", help="Write the baseline anew, and say why.")] = "",
    as_json: AsJson = False,
) -> None:
    """Hold the present state against the baseline; exit code 1 and where, when something got worse."""
    from evals.baseline import Baseline, read_baseline, write_baseline
    from evals.gate import judge, notes, summary

    names = engine or ["checks", "offline", "scripted"]
    baseline = read_baseline() if not renew else Baseline(_renewed(renew), {}, _sealed(settings_apart().corpus))
    runs = {name: _run_now(name, baseline.sealed) for name in names}
    if renew:
        write_baseline(Baseline(baseline.renewed, runs, baseline.sealed))
        typer.echo(f"The baseline is written anew: {renew}")
        return
    findings = judge(baseline, runs)
    if as_json:
        told = {"open": not findings, "findings": [vars(one) for one in findings], "notes": notes(baseline, runs)}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        for line in [*notes(baseline, runs), *map(str, findings), summary(runs, findings)]:
            typer.echo(line)
    if findings:
        raise typer.Exit(1)


@commands.command()
def plant(as_json: AsJson = False) -> None:
    """Plant regressions in pages, rulings, the check of citations, weights and the prompt; say which the gate sees."""
    from evals.baseline import read_baseline
    from evals.plant import plant_all

    caught: dict[str, list[bool]] = {}
    for one in plant_all(settings_apart(), read_baseline()):
        caught.setdefault(one.place, []).append(one.is_caught)
        if as_json:
            told = {"place": one.place, "what": one.what, "findings": [str(finding) for finding in one.findings]}
            sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        else:
            first = f" | {one.findings[0]}" if one.findings else ""
            typer.echo(f"{'caught' if one.is_caught else 'MISSED':7} {one.place}: {one.what}{first[:230]}")
    if not as_json:
        typer.echo(", ".join(f"{place} {sum(some)} of {len(some)}" for place, some in caught.items()))


def _carried_out(engine: str, out: Path, split: str | None, resume: bool) -> Run:
    from evals.baseline import BASELINE, read_baseline
    from evals.progress import case_bar
    from evals.running import carry_out
    from evals.suite import open_suite

    sealed = read_baseline().sealed if BASELINE.exists() else ()
    with open_suite(settings_apart(), engine, half(split), sealed) as suite, case_bar(f"Scoring {engine}") as progress:
        return carry_out(suite, out, date.today().isoformat(), resume=resume, progress=progress)


def _run_now(engine: str, sealed: Sequence[Any]) -> Run:
    """A run that is not kept."""
    from evals.progress import case_bar
    from evals.scored import Run
    from evals.suite import open_suite

    opened = open_suite(settings_apart(), engine, None, sealed, is_quick=True)
    with opened as suite, case_bar(f"Scoring {engine}") as progress:
        cases: list[Scored] = []
        for number, task in enumerate(suite.tasks, 1):
            cases += task.score()
            progress(number, len(suite.tasks))
        return Run(engine, date.today().isoformat(), suite.about, tuple(cases))


def _renewed(why: str) -> tuple[dict[str, str], ...]:
    from evals.baseline import read_baseline

    try:
        before = read_baseline().renewed
    except InputError:
        before = ()  # the first one, or one of another form
    return ({"on": date.today().isoformat(), "why": why}, *map(dict, before))


def _sealed(corpus: Path) -> tuple[Any, ...]:
    from evals.foundations import seal
    from tutor.read.item_models.decision import read_models

    return seal(read_models(corpus / "decisions"))


def _runs(path: Path) -> dict[str, Run]:
    from evals.running import read_runs
    from evals.scored import read_run

    if path.is_dir():
        return read_runs(path)
    one = read_run(path)
    return {one.engine: one}


def _line(one: Difference) -> str:
    sign = "LOSS" if one.is_loss else "gain" if one.is_gain else ""
    changed = ", ".join(f"{case} {change:+.2f}" for case, change in one.changed[:6])
    change = f"{one.change.mean:+.3f} ({one.change.low:+.3f} to {one.change.high:+.3f}), p {one.p:.3f}"
    return f"  {sign:5}{one.set} {one.score} [{one.group}] {one.before:.3f} → {one.after:.3f} {change}  {changed}"


def _difference(one: Difference) -> dict[str, Any]:
    return {**vars(one), "change": vars(one.change), "is_loss": one.is_loss, "is_gain": one.is_gain}
