"""What every command begins and ends with: a tutor that shows its progress, and JSON on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

if TYPE_CHECKING:
    from tutor.flow import Tutor

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


@contextmanager
def opened_tutor() -> Iterator[Tutor]:
    """A tutor that shows a progress bar on stderr while it embeds passages."""
    from tutor.flow import Tutor
    from tutor.settings import load_settings
    from tutor.ui.progress import bar

    with bar("Indexing the documentation") as progress:
        tutor = Tutor(load_settings(), progress=progress)
        try:
            yield tutor
        finally:
            tutor.close()


def print_json(value: Any) -> None:
    """One JSON document on a line of its own, which loses nothing on a stream that cannot carry every sign."""
    carries_all = (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"
    sys.stdout.write(json.dumps(value, ensure_ascii=not carries_all) + "\n")


def give_up(drafts: int, faults: Sequence[str]) -> NoReturn:
    """End with what was wrong with the last of some drafts."""
    typer.echo(f"Given up after {drafts} drafts: {'; '.join(faults)}", err=True)
    raise typer.Exit(1)
