"""A bar on stderr that says how many cases are scored; where stderr is no terminal, a plain line a quarter."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tutor.index.encoder import Progress


@contextmanager
def case_bar(what: str) -> Iterator[Progress]:
    """Yield a function that is told how many cases are done."""
    if not sys.stderr.isatty():
        yield _Lines(what)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what)
        yield lambda done, total: bar.update(task, completed=done, total=total)


class _Lines:
    """Says so at each quarter."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._quarters = 0

    def __call__(self, done: int, total: int) -> None:
        if done * 4 // total > self._quarters:
            self._quarters = done * 4 // total
            sys.stderr.write(f"{self._what}: {done} of {total} cases\n")
