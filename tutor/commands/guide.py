"""`tutor guide`: read any exam guide, see the editions of ours, tell what changed, study by one's own."""

from __future__ import annotations

from typing import Annotated

import typer

from tutor.commands.opened import AsJson, opened_tutor, print_json

guide = typer.Typer(no_args_is_help=True, help="Exam guides: read any, show ours by edition, compare, add your own.")

Source = Annotated[str, typer.Argument(metavar="FILE|URL|-", help="A file, an address, or '-' for standard input.")]


@guide.command()
def read(source: Source, as_json: AsJson = False) -> None:
    """Read an exam guide in whatever shape you have it; nothing is kept."""
    with opened_tutor() as tutor:
        blueprint = tutor.guides.read(source)
    if as_json:
        print_json(blueprint.as_json())
        return
    from tutor.ui.terminal_guides import print_blueprint

    print_blueprint(blueprint)


@guide.command()
def show(
    edition: Annotated[
        str | None, typer.Argument(help="An edition, such as 2024-10; the current one otherwise.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show the exam guide that you study by, or another edition."""
    with opened_tutor() as tutor:
        shown = tutor.guides.find(edition)
    if as_json:
        print_json(shown.as_json())
        return
    from tutor.ui.terminal_guides import print_edition

    print_edition(shown)


@guide.command("list")
def list_guides(as_json: AsJson = False) -> None:
    """List the editions that we have, and your own guides."""
    with opened_tutor() as tutor:
        editions, current = tutor.guides.all(), tutor.guides.find()
    if as_json:
        shown = ({**edition.summary(), "studied_by": edition.id == current.id} for edition in editions)
        print_json({"guides": list(shown)})
        return
    from tutor.ui.terminal_guides import print_editions

    print_editions(editions, current)


@guide.command()
def diff(
    old: Annotated[str, typer.Argument(help="The edition you know, such as 2024-10.")],
    new: Annotated[str, typer.Argument(help="The edition you want to know, such as 2026-06.")],
    as_json: AsJson = False,
) -> None:
    """Tell what is new, gone, moved, renamed and reweighted from one edition to another, aligned by meaning."""
    with opened_tutor() as tutor:
        before, after = tutor.guides.find(old).id, tutor.guides.find(new).id
        changes = tutor.guides.compare(before, after)
    if as_json:
        print_json({"old": before, "new": after, "changes": [change.as_json() for change in changes]})
        return
    from tutor.ui.terminal_guides import print_changes

    print_changes(changes, before, after)


@guide.command()
def add(source: Source, as_json: AsJson = False) -> None:
    """Add your own copy of a guide and study by it from now on (`tutor guide remove` undoes it)."""
    with opened_tutor() as tutor:
        added = tutor.guides.add(source)
        is_weighed = tutor.guides.weighs_practice()
    if as_json:
        print_json({"id": added.id, "origin": added.origin, **added.blueprint.as_json()})
        return
    count = len(added.blueprint.sections)
    sections = f"{count} section{'s' if count != 1 else ''}"
    typer.echo(f"Added {added.id} ({sections}). You study by it now; `tutor guide remove` undoes this.")
    typer.echo(
        "Practice goes by its weights."
        if is_weighed
        else "Practice keeps the weights of our current edition: this guide has none for the same sections."
    )
    for warning in added.blueprint.warnings:
        typer.echo(f"  {warning}")


@guide.command()
def remove(
    guide_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="One of yours; the last added otherwise.")
    ] = None,
) -> None:
    """Take one of your own guides away (`tutor guide undo` puts it back)."""
    with opened_tutor() as tutor:
        removed, current = tutor.guides.remove(guide_id), tutor.guides.find()
    typer.echo(f"Removed {removed.id}; `tutor guide undo` puts it back. You study by {current.id} now.")


@guide.command()
def undo() -> None:
    """Put back the guide that was removed last."""
    with opened_tutor() as tutor:
        back, current = tutor.guides.put_back(), tutor.guides.find()
    typer.echo(f"{back.id} is back. You study by {current.id} now.")
