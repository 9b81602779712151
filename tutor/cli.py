"""The command line: `tutor` alone shows what one can do; every command that prints data takes `--json`.

Only light modules load before a command runs, so that help comes at once. Exit codes: 0 done, 1 something stopped the
tutor, 2 the input cannot be used. Errors and progress go to stderr; with `--json`, stdout carries JSON alone. A stream
that cannot carry a sign (Windows pipes are seldom in UTF-8) gets another one for it.
"""

from __future__ import annotations

import errno
import io
import sys
from typing import Annotated

import typer

from tutor import __version__
from tutor.commands.corpus import corpus
from tutor.commands.generate import generate
from tutor.commands.guide import guide
from tutor.commands.items import items
from tutor.commands.models import models
from tutor.commands.opened import AsJson, opened_tutor, print_json
from tutor.commands.review import review
from tutor.commands.solve import solve
from tutor.errors import TutorError
from tutor.read.document import Layer

cli = typer.Typer(
    name="tutor",
    help="Study for the Google Cloud Professional Machine Learning Engineer exam, with citations, also offline.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)

cli.add_typer(corpus, name="corpus")
cli.add_typer(items, name="items")
cli.add_typer(models, name="models")
cli.add_typer(guide, name="guide")
cli.add_typer(review, name="review")
cli.command()(solve)
cli.command()(generate)


def main() -> None:
    """Run the command line; what stops the tutor is said in one line."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        cli(standalone_mode=True)
    except TutorError as error:
        sys.stderr.write(f"tutor: {error}\n")
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(141)
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        sys.stderr.write(
            f"tutor: Cannot write {error.filename or 'to the disk'} ({error.strerror}). "
            "Free some space, or set TUTOR_HOME to a folder of yours with space on its disk.\n"
        )
        sys.exit(1)


_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
"""Wherever they arise, the person can do something about them."""


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(__version__)
        raise typer.Exit


@cli.callback()
def entry(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Study for the Google Cloud Professional Machine Learning Engineer exam, with citations, also offline."""


@cli.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question; '-' reads it from standard input.")],
    engine: Annotated[str | None, typer.Option(help="Who drafts: 'offline', or a model of TUTOR_MODEL.")] = None,
    whole: Annotated[bool, typer.Option("--whole", help="On a terminal, print the rest of a long answer too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Ask a question and get a cited answer."""
    from tutor.ui.writing import line_on_terminal

    with opened_tutor() as tutor, line_on_terminal() as writing:
        reply = tutor.ask(sys.stdin.read() if question == "-" else question, engine=engine, writing=writing)
    if as_json:
        print_json(reply.as_json())
        return
    from tutor.ui.terminal import print_answer

    print_answer(reply.answer, reply.seconds, is_whole=whole)


@cli.command()
def search(
    query: Annotated[str, typer.Argument(help="Words to look for.")],
    count: Annotated[int, typer.Option("-k", "--count", min=1, max=100, help="How many passages.")] = 5,
    objective: Annotated[
        list[str] | None, typer.Option(help="Only passages on this objective or section, such as 4.2 or 4.")
    ] = None,
    layer: Annotated[Layer | None, typer.Option(help="Only passages of this layer.")] = None,
    doc: Annotated[list[str] | None, typer.Option(help="Only passages of this document, by its id.")] = None,
    as_json: AsJson = False,
) -> None:
    """Find the passages that treat something. Filters hold together; --objective and --doc may be repeated."""
    from time import perf_counter

    from tutor.index.filters import Filter

    where = Filter(tuple(objective or ()), (layer,) if layer else (), tuple(doc or ()))
    with opened_tutor() as tutor:
        tutor.warm()
        begun = perf_counter()
        hits = tutor.search(query, count, where)
        seconds = perf_counter() - begun
    if as_json:
        print_json({"passages": [hit.as_json() for hit in hits], "seconds": round(seconds, 4)})
        return
    from tutor.ui.terminal import print_hits

    print_hits(hits)


@cli.command()
def index(
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make the index anew, whatever is there.")] = False,
    ahead: Annotated[
        bool, typer.Option("--ahead", help="For authors: compute the vectors that ship beside the corpus.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Bring the search index up to date with the corpus."""
    with opened_tutor() as tutor:
        if ahead:
            tutor.compute_vectors_ahead()
        manifest = tutor.index(rebuild=rebuild)
    if as_json:
        from dataclasses import asdict

        print_json(asdict(manifest))
    else:
        typer.echo(f"{manifest.passages:,} passages of {manifest.documents} pages, by {manifest.model}.")


@cli.command()
def app() -> None:
    """Open the tutor in the browser (HOST and PORT choose the address)."""
    from tutor.ui.serve import serve

    serve()


@cli.command()
def doctor(as_json: AsJson = False) -> None:
    """Say what is configured, reachable or missing, and how to fix it."""
    from tutor.doctor import examine

    findings = examine()
    if as_json:
        print_json({"findings": [finding.as_json() for finding in findings]})
    else:
        from tutor.ui.terminal import print_findings

        print_findings(findings)
    if any(finding.state == "broken" for finding in findings):
        raise typer.Exit(1)


if __name__ == "__main__":
    main()
