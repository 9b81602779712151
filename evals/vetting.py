"""The commands that set people beside the measurements: vetting cases, and how far judges agree with labels."""

from __future__ import annotations

import json
import sys
from datetime import date
from typing import Annotated

import typer

from evals.opened import AsJson, half, settings_apart

vetting = typer.Typer()


@vetting.command()
def vet(
    by: Annotated[str, typer.Option(help="Your name, as it stands in the reading.")],
    objective: Annotated[str | None, typer.Option(help="Only cases of this objective, such as 4.2.")] = None,
    items: Annotated[bool, typer.Option("--items", help="Answer exam-style items blind instead.")] = False,
) -> None:
    """Walk through the gold questions that nobody has compared with an official page, or items nobody answered."""
    from evals.gold_set import GOLD, read_items
    from evals.vet import Vetter, unvetted, walk
    from evals.vet_items import ItemVetter, read_item_readings, unread, walk_items
    from tutor.commands.opened import opened_tutor

    if items:
        wanted = [
            one for one in read_items() if not objective or (one.treats[:1] and one.treats[0].startswith(objective))
        ]
        kept = walk_items(wanted, ItemVetter(by, date.today(), _ask, typer.echo))
        typer.echo(f"{kept} readings kept, {len(unread(wanted, read_item_readings()))} items left.")
        return
    path = GOLD / "questions.yaml"
    vetter = Vetter(by, date.today(), _ask, _edit, typer.echo)
    with opened_tutor() as tutor:
        passages = dict(tutor.items.passages)
    kept = walk(path, passages, vetter, objective)
    typer.echo(f"{kept} readings kept, {len(unvetted(path))} cases left.")


@vetting.command()
def agreement(
    split: Annotated[str | None, typer.Option(help="Only tune, or only held.")] = None,
    as_json: AsJson = False,
) -> None:
    """How far the check of citations and the metric of key points agree with the people who labelled pairs."""
    from evals.answering import rarity_in
    from evals.gold_set import read_points, read_support
    from evals.judging import judge_points, judge_support
    from tutor.flow.ground import Ground
    from tutor.read.passages import cut_all

    ground = Ground(settings_apart())
    passages = {passage.id: passage for passage in cut_all(ground.pages())}
    told = {
        "support": judge_support(read_support(), passages, half(split)),
        "points": judge_points(read_points(), rarity_in(ground), half(split)),
    }
    ground.close()
    if as_json:
        sys.stdout.write(json.dumps(told) + "\n")
        return
    for name, one in told.items():
        typer.echo(f"{name} ({one['split']}): {one['pairs']} pairs, kappa {one['kappa']}")
        for score in ("accuracy", "precision", "recall"):
            typer.echo("    {:12}{mean:.3f} ({low:.3f}-{high:.3f})".format(score, **one[score]))
        for twist, (right, total) in one.get("by twist", {}).items():
            typer.echo(f"    {twist:32}{right} of {total} judged right")


def _ask(prompt: str) -> str:
    return str(typer.prompt(prompt, default="", show_default=False, prompt_suffix=""))


def _edit(text: str) -> str | None:
    import click

    return click.edit(text, extension=".yaml")
