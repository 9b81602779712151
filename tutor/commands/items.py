"""`tutor items`: the bank of practice items, by command."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from tutor.commands.opened import AsJson, give_up, opened_tutor, print_json

if TYPE_CHECKING:
    from tutor.store import BankedItem

items = typer.Typer(no_args_is_help=True, help="The bank of practice items.")
ItemId = Annotated[str, typer.Argument(help="Id of the item, as `tutor items list` prints it.")]


@items.callback()
def entry() -> None:
    """The bank of practice items."""


@items.command("list")
def list_items(
    state: Annotated[str | None, typer.Option(help="draft, in review, approved or retired.")] = None,
    rejected: Annotated[bool, typer.Option("--rejected", help="What failed the checks lately, and why.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say what is in the bank, newest first."""
    from tutor.errors import InputError
    from tutor.store.bank import State

    if state is not None and state not in get_args(State):
        raise InputError(f"{state!r} is no state of an item. It is one of: {', '.join(get_args(State))}.")
    with opened_tutor() as tutor:
        if rejected:
            for one in tutor.items.bank.rejections():
                named = ", ".join(dict.fromkeys(fault["name"] for fault in one["faults"]))
                told = {name: one[name] for name in ("model", "seed", "engine", "faults")}
                if as_json:
                    print_json(told)
                else:
                    typer.echo(f"{one['model']:48} {one['seed']:24} {named}")
            return
        wanted = [one for one in get_args(State) if one == state]
        for kept in tutor.items.bank.all(*wanted):
            if as_json:
                print_json(_row(kept))
            else:
                answers = f"{kept.right} of {kept.answers} right" if kept.answers else ""
                typer.echo(f"{kept.id:60} {kept.consideration:8} {kept.kind:10} {kept.state:10} {answers}")


@items.command()
def show(item_id: ItemId) -> None:
    """Print one item with its checks, versions and statistics, as JSON."""
    with opened_tutor() as tutor:
        kept = tutor.items.find(item_id)
        versions = [
            {"version": one["version"], "why": one["why"], "at": one["at"].isoformat()}
            for one in tutor.items.bank.versions(item_id)
        ]
    print_json({**_row(kept), "item": kept.item, "checks": kept.checks, "earlier": versions})


@items.command()
def approve(item_id: ItemId) -> None:
    """Say that you have read an item and found it good."""
    with opened_tutor() as tutor:
        tutor.items.approve(item_id)
    typer.echo(f"{item_id} is approved.")


@items.command()
def retire(item_id: ItemId) -> None:
    """Take an item out of use."""
    with opened_tutor() as tutor:
        tutor.items.retire(item_id)
    typer.echo(f"{item_id} is retired.")


@items.command()
def write(
    about: Annotated[str, typer.Argument(help="What the item should be about; passages are searched for it.")],
    objective: Annotated[str, typer.Option(help="The objective that it belongs to: 4.2.")],
    engine: Annotated[str, typer.Option(help="A language model of TUTOR_MODEL.")],
) -> None:
    """Let a language model write an item from passages; what passes the checks waits for a reviewer."""
    with opened_tutor() as tutor:
        kept, written = tutor.items.write(about, objective, engine)
    _say_drafted(kept, written.drafts, written.faults)


@items.command()
def rephrase(
    item_id: ItemId,
    engine: Annotated[str, typer.Option(help="A language model of TUTOR_MODEL.")],
) -> None:
    """Let a language model tell an item in other words; what passes the checks waits for a reviewer."""
    with opened_tutor() as tutor:
        kept, drafted = tutor.drafting.rephrasing(item_id, engine)
    _say_drafted(kept, drafted.drafts, drafted.faults)


@items.command()
def recheck(
    every: Annotated[bool, typer.Option("--all", help="Also items whose passages are as they were.")] = False,
    as_json: AsJson = False,
) -> None:
    """Check items again whose cited passages changed; withdraw those that fail."""
    with opened_tutor() as tutor:
        withdrawn = tutor.items.recheck(every=every)
    if as_json:
        print_json({"withdrawn": [{"id": name, "faults": [one.text for one in faults]} for name, faults in withdrawn]})
        return
    for name, faults in withdrawn:
        typer.echo(f"{name}: {'; '.join(fault.text for fault in faults)}")
    typer.echo(f"{len(withdrawn)} withdrawn.")


def _say_drafted(kept: BankedItem | None, drafts: int, faults: Sequence[str]) -> None:
    if kept is None:
        give_up(drafts, faults)
    typer.echo(f"{kept.id} is in review, after {drafts} drafts. `tutor items show {kept.id}` prints it.")


def _row(kept: object) -> dict[str, object]:
    names = ("id", "version", "state", "kind", "objective", "consideration", "model", "seed", "engine", "prompt_hash",
             "corpus_hash", "rating", "answers", "right")  # fmt: skip
    return {name: getattr(kept, name) for name in names}
