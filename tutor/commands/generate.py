"""`tutor generate`: fresh practice items, each of them checked before it is printed."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Annotated

import typer

from tutor.author.item import Difficulty, Kind
from tutor.author.wanted import Wanted
from tutor.commands.opened import AsJson, opened_tutor, print_json


def generate(
    count: Annotated[int, typer.Option(min=1, max=10_000, help="How many items.")] = 1,
    objective: Annotated[str | None, typer.Option(help="Section, objective or consideration: 4, 4.2, 4.2.1.")] = None,
    kind: Annotated[Kind | None, typer.Option(help="Kind of item.")] = None,
    difficulty: Annotated[Difficulty | None, typer.Option(help="Predicted difficulty.")] = None,
    choose: Annotated[int, typer.Option(min=1, max=3, help="How many options are right.")] = 1,
    options: Annotated[int | None, typer.Option(min=3, max=6, help="How many options are shown.")] = None,
    model: Annotated[str | None, typer.Option(help="Only from this item model.")] = None,
    seed: Annotated[str | None, typer.Option(help="The same seed gives the same items; fresh ones without.")] = None,
    rejected: Annotated[bool, typer.Option("--rejected", help="Also print what failed, with the reasons.")] = False,
    independent: Annotated[
        bool, typer.Option("--independent", help="Have a solver without key and model solve each (slow to start).")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Draw fresh practice items; each is solved again, linted, and its citations are verified before it is shown."""
    from tutor.ui.progress import bar

    wanted = Wanted(
        **_place(objective),
        kind=kind,
        difficulty=difficulty,
        choose=choose,
        options=options,
        model=model,
    )
    passed, faults = 0, Counter[str]()
    with opened_tutor() as tutor, bar("Drawing and checking", "items") as progress:
        for made in tutor.items.generate(count, wanted, seed, independent=independent):
            faults.update({fault.name for fault in made.verdict.faults})
            passed += made.verdict.passed
            progress(passed, count)
            if not (made.verdict.passed or rejected):
                continue
            if as_json:
                print_json(made.as_json())
            else:
                typer.echo(made.as_markdown(passed if made.verdict.passed else 0))
                for fault in made.verdict.faults:
                    typer.echo(f"Rejected: {fault.text}\n")
    if faults:
        told = ", ".join(f"{name} ({number})" for name, number in faults.most_common())
        sys.stderr.write(f"Rejected on the way: {told}.\n")
    if passed < count:
        sys.stderr.write(f"Only {passed} of {count} items passed the checks: ask for fewer, or for something wider.\n")
        raise typer.Exit(1)


def _place(number: str | None) -> dict[str, str]:
    """Which filter a number of the exam guide is: a section, an objective or a consideration."""
    if not number:
        return {}
    depth = number.strip().strip(".").count(".")
    return {("section", "objective", "consideration")[min(depth, 2)]: number.strip().strip(".")}
