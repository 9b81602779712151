"""`tutor corpus`: what answers are drawn from, and how it grows."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from tutor.commands.opened import AsJson, opened_tutor, print_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tutor.read.shelve import Outcome

corpus = typer.Typer(no_args_is_help=True, help="The documentation: list, add your own, fetch official pages.")


@corpus.command()
def add(
    places: Annotated[list[str], typer.Argument(help="Files, folders or addresses; '-' reads standard input.")],
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also fetch from this machine and its own network.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Add your own notes, PDFs, exported pages or whole folders."""
    from tutor.read.fetch import Fetcher

    with opened_tutor() as tutor, Fetcher(allow_private=allow_private) as fetcher:
        outcomes = list(_told(tutor.corpus.add(places, fetcher), "Adding", as_json))
        if any(outcome.state in ("added", "changed") for outcome in outcomes):
            tutor.index()
    _finish(outcomes, as_json)


@corpus.command()
def sync(
    addresses: Annotated[list[str] | None, typer.Argument(help="Only these pages; all of them otherwise.")] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Also fetch from this machine and its own network.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Fetch the official pages behind the documentation, where new or changed. Can be interrupted and goes on."""
    from tutor.read.fetch import Fetcher

    with opened_tutor() as tutor, Fetcher(allow_private=allow_private) as fetcher:
        wanted = addresses or tutor.corpus.official_addresses()
        outcomes: list[Outcome] = []
        try:
            outcomes.extend(_told(tutor.corpus.sync(fetcher, wanted), "Fetching", as_json, len(wanted)))
        finally:
            if any(outcome.state in ("added", "changed") for outcome in outcomes):
                tutor.index()
    _finish(outcomes, as_json)


@corpus.command("list")
def list_documents(
    layer: Annotated[str | None, typer.Option(help="Only shipped, own or official documents.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the documents that answers are drawn from."""
    with opened_tutor() as tutor:
        documents = [document for document in tutor.corpus.documents() if layer in (None, document.layer)]
    if as_json:
        shown = ({"id": d.id, "title": d.title, "layer": d.layer, "words": len(d.text.split())} for d in documents)
        print_json({"documents": list(shown)})
        return
    for document in documents:
        typer.echo(f"{document.layer:9}{document.id:58}{document.title}")
    counts = Counter(document.layer for document in documents)
    typer.echo(", ".join(f"{count:,} {name}" for name, count in counts.items()) or "No documents.")


@corpus.command()
def show(document_id: Annotated[str, typer.Argument(metavar="ID")], as_json: AsJson = False) -> None:
    """Show a document whole."""
    from tutor.errors import InputError

    with opened_tutor() as tutor:
        document = next((document for document in tutor.corpus.documents() if document.id == document_id), None)
    if document is None:
        raise InputError(f"There is no document {document_id!r}. `tutor corpus list` shows what there is.")
    if as_json:
        print_json(
            {**asdict(document), "sources": [{**asdict(s), "checked": str(s.checked)} for s in document.sources]}
        )
        return
    typer.echo(f"{document.title}\n\n{document.text[document.body_start :].strip()}")
    for source in document.sources:
        typer.echo(f"\n{source.title}\n{source.url}, checked {source.checked}")


@corpus.command()
def remove(document_id: Annotated[str, typer.Argument(metavar="ID")]) -> None:
    """Take one of your own documents away (`tutor corpus undo` puts it back)."""
    with opened_tutor() as tutor:
        entry = tutor.corpus.remove(document_id)
        tutor.index()
    typer.echo(f"Removed {entry.title} ({entry.origin}). `tutor corpus undo` puts it back.")


@corpus.command()
def undo() -> None:
    """Put back the document that was removed last."""
    with opened_tutor() as tutor:
        entry = tutor.corpus.put_back()
        tutor.index()
    typer.echo(f"{entry.title} is back.")


@corpus.command()
def stale(as_json: AsJson = False) -> None:
    """List the pages whose official source changed after they were checked (as `tutor corpus sync` found)."""
    with opened_tutor() as tutor:
        found = tutor.corpus.stale()
    if as_json:
        print_json({"stale": [asdict(entry) for entry in found]})
        return
    for entry in found:
        typer.echo(f"{entry.doc}: {entry.url} changed on {entry.changed_on}, was checked on {entry.checked}")
    typer.echo(f"{len(found)} sources to look at again." if found else "Nothing to look at again.")


@corpus.command()
def coverage(
    edition: Annotated[str | None, typer.Option(help="Only this edition, such as 2026-06.")] = None,
    thin: Annotated[bool, typer.Option("--thin", help="Only considerations with fewer than two pages.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say for each consideration of the exam guides which pages treat it, and how large the documentation is."""
    from tutor.errors import InputError
    from tutor.read.coverage import by_objective

    with opened_tutor() as tutor:
        every = tutor.corpus.coverage()
        size = tutor.corpus.size()
    known = sorted({line.edition for line in every})
    if edition and edition not in known:
        raise InputError(f"There is no exam guide of the edition {edition!r}. Choose one of: {', '.join(known)}.")
    lines = [line for line in every if edition in (None, line.edition)]
    shown = [line for line in lines if line.is_thin or not thin]
    counts = {**asdict(size), "considerations": len(lines), "thin": sum(line.is_thin for line in lines)}
    if as_json:
        print_json({"counts": counts, "considerations": [line.as_json() for line in shown]})
        return
    for line in shown:
        typer.echo(f"{line.edition:8}{line.number:7}{len(line.pages):3} pages {line.words:7,} words  {line.text}")
    typer.echo("")
    for name, pages in by_objective(lines).items():
        typer.echo(f"{name:12}{len(pages):4} pages")
    typer.echo("\n{pages} pages, {words:,} words, {passages:,} passages.".format(**counts))
    typer.echo("{considerations} considerations, {thin} with fewer than two pages.".format(**counts))


def _told(outcomes: Iterable[Outcome], what: str, quiet: bool, total: int | None = None) -> Iterable[Outcome]:
    """Pass outcomes on; a bar follows them on stderr, and failures stand above it."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=quiet or not console.is_terminal) as bar:
        task = bar.add_task(what, total=total)
        for outcome in outcomes:
            bar.update(task, advance=1, description=f"{what} {outcome.origin[-60:]}")
            if outcome.state == "failed":
                console.print(f"✗ {outcome.reason}", markup=False, highlight=False, soft_wrap=True)
            yield outcome


def _finish(outcomes: list[Outcome], as_json: bool) -> None:
    """Sum up; exit code 2 where nothing at all could be read."""
    counts = Counter(outcome.state for outcome in outcomes)
    if as_json:
        told = (
            {"origin": o.origin, "state": o.state, "id": o.entry.id if o.entry else None, "reason": o.reason}
            for o in outcomes
        )
        print_json({"sources": list(told), "counts": dict(counts)})
    else:
        for outcome in outcomes:
            if outcome.entry and outcome.state in ("added", "changed"):
                typer.echo(f"{outcome.state}: {outcome.entry.id} ({outcome.entry.words:,} words)")
            for warning in outcome.entry.warnings if outcome.entry and outcome.state == "added" else ():
                typer.echo(f"  note: {warning}")
        typer.echo(", ".join(f"{count} {state}" for state, count in counts.items()) or "Nothing to do.")
    if outcomes and counts["failed"] == len(outcomes):
        raise typer.Exit(2)
