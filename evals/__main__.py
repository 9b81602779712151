"""`python -m evals`: one command per kind of measurement."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from evals.commands import commands
from tutor.errors import TutorError

cli = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, help=__doc__)


cli.add_typer(commands)


@cli.callback()
def entry() -> None:
    """Measure the tutor."""


@cli.command()
def start(
    repeats: Annotated[int, typer.Option(min=1, help="How often each start is timed.")] = 5,
    setup: Annotated[
        Path | None, typer.Option(help="Also time both README commands in clones made in this empty folder.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Time help, the first answer, the first page, and on request the whole set-up."""
    from evals.start import measure_setup, measure_start

    figures = measure_start(repeats)
    if setup:
        figures |= measure_setup(setup)
    if as_json:
        sys.stdout.write(json.dumps(figures) + "\n")
    else:
        for name, value in figures.items():
            typer.echo(f"{name:58} {value:8.2f}")


@cli.command()
def gold(
    split: Annotated[
        str | None, typer.Option(help="Only the cases to tune on (tune) or those held back (held).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Measure the tutor on its gold set: retrieval, and both errors of refusing."""
    from evals.gold import measure_gold
    from tutor.commands.opened import opened_tutor

    if split not in (None, "tune", "held"):
        raise typer.BadParameter("tune or held", param_hint="--split")
    with opened_tutor() as tutor:
        figures = measure_gold(tutor, split)  # type: ignore[arg-type]
    if as_json:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    typer.echo(f"{figures['questions']} questions, {figures['outside']} outside ({figures['split']})")
    for name, told in figures["retrieval"].items():
        typer.echo("{:12}{mean:.3f} ({low:.3f}-{high:.3f})".format(name, **told))
    for group in ("by_kind", "by_objective"):
        told = ", ".join(f"{name} {value['ndcg@10']:.2f}" for name, value in figures[group].items())
        typer.echo(f"nDCG@10 {group.replace('_', ' ')}: {told}")
    for error in ("refused_inside", "answered_outside"):
        typer.echo(f"{error.replace('_', ' ')}: {figures[error]['share']:.1%} {' '.join(figures[error]['cases'])}")


@cli.command()
def fresh(as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False) -> None:
    """Measure how many key points are said to questions on which nothing is tuned, by what people read."""
    from evals.fresh import measure_fresh
    from evals.gold_set import read_fresh
    from evals.opened import settings_apart
    from tutor.flow import Tutor
    from tutor.flow.ground import Ground

    settings = settings_apart()
    figures = measure_fresh(Tutor(settings), read_fresh(), Ground(settings).passages())
    if as_json:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    typer.echo("{:.3f} ({:.3f}-{:.3f})".format(*figures["said"]) + f" of {figures['points']} key points are said")
    typer.echo("by section of the guide: " + ", ".join(f"{k} {v:.2f}" for k, v in figures["by_section"].items()))
    typer.echo(f"refused: {len(figures['refused'])} of {figures['questions']} {' '.join(figures['refused'])}")


BEIR = "Folder with corpus.jsonl, queries.jsonl and qrels.tsv; without one, the gold set."


@cli.command()
def search(
    beir: Annotated[Path | None, typer.Option(help=BEIR)] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Beside a plain LangChain and Chroma retriever.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Measure search on a test set: nDCG@10, recall, MRR and speed, beside BM25, dense and their fusion by rank."""
    from evals.beir import read_beir
    from evals.gold_search import read_gold_search, vectors_ahead
    from evals.search import compare, table
    from tutor.settings import load_settings
    from tutor.ui.progress import bar

    settings = load_settings()
    test_set = read_beir(beir) if beir else read_gold_search(settings)
    ahead = {} if beir else vectors_ahead(settings)
    with bar("Encoding") as progress:
        figures = compare(test_set, plain=plain, reranker=settings.reranker, ahead=ahead, progress=progress)
    sys.stdout.write(json.dumps(figures) + "\n" if as_json else table(figures))


@cli.command()
def turn(as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False) -> None:
    """Fit the matrix that turns a question's vector towards what answers it, and write corpus/turn.npz."""
    from evals.opened import settings_apart
    from evals.turning import fit_turn
    from tutor.flow.ground import Ground

    figures = fit_turn(Ground(settings_apart()))
    if as_json:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    typer.echo(f"{figures['questions']:,} questions on pages that took no part in the fit, mean reciprocal rank")
    typer.echo(f"as the encoder has them {figures['as it is']:.3f}, turned {figures['turned']:.3f}")


@cli.command()
def ablate(
    beir: Annotated[Path | None, typer.Option(help=BEIR)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Measure what each ingredient of search is worth, by leaving each out in turn."""
    from evals.ablate import ablate as measure
    from evals.ablate import table
    from evals.beir import read_beir
    from evals.gold_search import read_gold_search, vectors_ahead
    from tutor.settings import load_settings
    from tutor.ui.progress import bar

    settings = load_settings()
    sets = [read_beir(beir)] if beir else [read_gold_search(settings, split) for split in ("tune", "held")]
    with bar("Encoding") as progress:
        figures = measure(sets, {} if beir else vectors_ahead(settings), progress)
    sys.stdout.write(json.dumps(figures) + "\n" if as_json else table(figures))


@cli.command()
def crash(
    count: Annotated[int, typer.Option(min=1, help="How many builders are killed.")] = 100,
    seed: Annotated[int, typer.Option(help="Decides the moments.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Kill builders of the index at random moments: does a working index remain each time?"""
    from evals.crash import measure_crashes

    figures = measure_crashes(count, seed)
    if as_json:
        sys.stdout.write(json.dumps(figures) + "\n")
    else:
        typer.echo(f"{figures['working']} of {figures['killed']} deaths left a working index")
        for told, times in figures["killed_while"].items():
            typer.echo(f"{times:4}  {told}")
        for wrong in figures["broken"]:
            typer.echo(wrong)
    if figures["broken"]:
        raise typer.Exit(1)


@cli.command()
def scale(
    size: Annotated[list[int] | None, typer.Option(min=1000, help="How many passages; may be repeated.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Measure building and searching at 1,000 to 100,000 passages; say how each figure grows."""
    from evals.gold_set import read_questions
    from evals.scale import FAR, SIZES, measure_scale

    figures = measure_scale([case.question for case in read_questions()], size or SIZES)
    if as_json:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    sizes, laws = figures["sizes"], figures["laws"]
    typer.echo(f"{'':26}" + "".join(f"{number:>12,}" for number in sizes) + f"{f'law, and at {FAR:,} by it':>44}")
    for name in next(iter(sizes.values())):
        cells = "".join(f"{values[name]:>12,.4g}" for values in sizes.values())
        told = ""
        if law := laws.get(name):
            told = f"{law['law']} ±{law['largest_error']:.0%}: {law[f'at_{FAR}_extrapolated']:,.4g}"
        typer.echo(f"{name:26}{cells}{told:>44}")


@cli.command()
def guess(
    count: Annotated[int, typer.Option(min=1, help="How many items are drawn.")] = 2000,
    seed: Annotated[str, typer.Option(help="What they are drawn by.")] = "guess",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Measure what solvers without knowledge score on generated items: whether the wording gives keys away."""
    from evals.guessing import draw_items
    from evals.guessing import guess as measure
    from tutor.settings import load_settings

    figures = measure(list(draw_items(load_settings().corpus, count, seed)))
    if as_json:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    kinds = ", ".join(f"{number} {kind}" for kind, number in figures["by_kind"].items())
    typer.echo(f"{figures['items']} items ({kinds}), {figures['single_key_of_four']} with one key of four options")
    for name, share in sorted(figures["solvers"].items(), key=lambda entry: -entry[1]):
        typer.echo(f"{name:40}{share:8.1%}")


@cli.command()
def items(
    count: Annotated[int, typer.Option(min=2, help="How many items must pass.")] = 2000,
    seed: Annotated[str, typer.Option(help="What they are drawn by.")] = "items",
    independent: Annotated[bool, typer.Option("--independent", help="Also have each solved independently.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Draw and check practice items: what passes, what is rejected for which reasons, and what each check costs."""
    from evals.items import as_table, measure_items
    from tutor.commands.opened import opened_tutor

    with opened_tutor() as tutor:
        figures = measure_items(tutor, count, seed, independent=independent)
    typer.echo(json.dumps(figures) if as_json else as_table(figures))


@cli.command()
def transcripts(
    out: Annotated[Path, typer.Option(help="Where the page is written.")] = Path("docs/transcripts.md"),
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what does not hold as JSON, and write no page.")
    ] = False,
    alone: Annotated[
        bool, typer.Option("--alone", help="Also ask each gold question behind an unrelated one, and alone.")
    ] = False,
) -> None:
    """Play the gold set's conversations with the offline engine, and write them down with what does not hold."""
    from evals.apart import tutor_apart
    from evals.conversations import coloured, read_conversations
    from evals.gold_set import read_questions
    from evals.transcripts import as_page, held, held_unfolded, play_all

    with tutor_apart() as tutor:
        played = list(play_all(tutor, read_conversations()))
        questions = read_questions() if alone else ()
        leaned = coloured(tutor, questions)
    faults = {f"{one.id}.{turn.number}": turn.faults for one, turns in played for turn in turns if turn.faults}
    if as_json:
        sys.stdout.write(json.dumps({"held": vars(held(played)), "faults": faults, "coloured": leaned}) + "\n")
        return
    out.write_text(as_page(played, "offline"), encoding="utf-8")
    for place, some in faults.items():
        typer.echo(f"{place}: {'; '.join(some)}")
    if alone:
        typer.echo(f"{len(leaned)} of {len(questions)} questions are coloured by the talk: {' '.join(leaned)}")
    share = held(played)
    unfolded = held_unfolded(played)
    typer.echo(
        f"{share.mean:.1%} ({share.low:.1%}-{share.high:.1%}) of follow-up turns hold, {unfolded.mean:.1%} in what is "
        f"read first. {out}"
    )


@cli.command()
def answers(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Time the first words: from a question to its checked answer, offline, on the shipped corpus."""
    from evals.answers import as_table, measure_answers
    from evals.apart import tutor_apart

    with tutor_apart() as tutor:
        figures = measure_answers(tutor)
    sys.stdout.write(json.dumps(figures) + "\n" if as_json else as_table(figures))


@cli.command()
def solve(
    split: Annotated[str | None, typer.Option(help="Only tune, or only held.")] = None,
    fit: Annotated[
        bool, typer.Option("--fit", help="First fit the weights on the tuning half, and write them.")
    ] = False,
    kernel: Annotated[
        bool,
        typer.Option("--kernel", help="Only climb to better numbers of the kernel on the tuning half; print them."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
) -> None:
    """Measure the solver on original exam-style questions, beside ways that know less; by level."""
    from evals.solving import climb, measure
    from tutor.settings import load_settings

    if kernel:
        for name, value in climb(load_settings()).items():
            typer.echo(f"{name:16}{value:8.3f}")
        return
    if split not in (None, "tune", "held"):
        raise typer.BadParameter("tune or held", param_hint="--split")
    figures = measure(load_settings(), split, fit=fit)  # type: ignore[arg-type]
    if as_json:
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    for level, ways in figures["by_level"].items():
        told = "  ".join("{} {mean:.3f} ({low:.2f}-{high:.2f})".format(name, **way) for name, way in ways.items())
        typer.echo(f"{level or 'all':8}{next(iter(ways.values()))['items']:5}  {told}")
    for band in figures["confidence"]:
        typer.echo("from {from:.1f}: {items:4} answers, said {said:.2f}, right {right:.2f}".format(**band))
    typer.echo(f"{figures['ms_each']} ms each, {figures['ms_first']} ms the first")


if __name__ == "__main__":
    try:
        cli()
    except TutorError as error:
        sys.stderr.write(f"evals: {error}\n")
        sys.exit(error.exit_code)
