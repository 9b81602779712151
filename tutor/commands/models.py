"""`tutor models`: the item models that practice items are drawn from."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.commands.opened import AsJson, give_up, opened_tutor, print_json

if TYPE_CHECKING:
    from tutor.flow.drafting import Draft

models = typer.Typer(no_args_is_help=True, help="The models that practice items are drawn from.")


@models.callback()
def entry() -> None:
    """The models that practice items are drawn from."""


@models.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Files; all models otherwise.")] = None,
    as_json: AsJson = False,
) -> None:
    """Look for unreachable options, idle facts, contradictions, twins and dead citations; count what they yield."""
    with opened_tutor() as tutor:
        found = tutor.items.check_models(files or [])
    if as_json:
        print_json({"models": [asdict(one) for one in found]})
    else:
        for one in found:
            typer.echo(f"{one.model:52}{one.keys:3} keys{one.items:9,} items  {'sound' if not one.faults else ''}")
            for fault in one.faults:
                typer.echo(f"    {fault}")
        faulty = sum(1 for one in found if one.faults)
        typer.echo(f"{len(found)} models, {faulty} faulty, {sum(one.items for one in found):,} distinct items.")
    if any(one.faults for one in found):
        raise typer.Exit(1)


@models.command()
def tell(
    file: Annotated[Path, typer.Argument(help="File of a decision model.")],
    engine: Annotated[str, typer.Option(help="A language model of TUTOR_MODEL.")],
) -> None:
    """Let a language model tell a new situation of a decision model; prints the entry for its file, to be vetted."""
    with opened_tutor() as tutor:
        drafted = tutor.drafting.situation(file, engine)
    _print_draft(drafted)


@models.command()
def draft(
    about: Annotated[str, typer.Argument(help="What the decision is about; passages are searched for it.")],
    consideration: Annotated[str, typer.Option(help="The consideration that it treats: 4.2.1.")],
    engine: Annotated[str, typer.Option(help="A language model of TUTOR_MODEL.")],
) -> None:
    """Let a language model draft a decision model from passages; prints the file, to be vetted first."""
    with opened_tutor() as tutor:
        drafted = tutor.drafting.model(about, consideration, engine)
    _print_draft(drafted)


def _print_draft(drafted: Draft) -> None:
    if not drafted.text:
        give_up(drafted.drafts, drafted.faults)
    typer.echo(drafted.text, nl=False)


@models.command()
def show(
    files: Annotated[list[Path], typer.Argument(help="Files of decision models.")],
    blind: Annotated[bool, typer.Option("--blind", help="Leave out keys and reasons, to answer first.")] = False,
) -> None:
    """Print the situations of decision models, every turn with all that it offers, to be read before learners do."""
    with opened_tutor() as tutor:
        for number, made in enumerate(tutor.items.situations(files), start=1):
            typer.echo(made.as_question(number) if blind else made.as_markdown(number))
