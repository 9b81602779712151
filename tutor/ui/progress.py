"""A progress bar on stderr that appears only once there is something to wait for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tutor.index.encoder import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bar


@contextmanager
def bar(what: str, of: str = "passages") -> Iterator[Progress]:
    """Yield a function that is told how much is done; where stderr is no terminal, it says so in a few plain lines."""
    shown = _Shown(what) if sys.stderr.isatty() else _Said(what, of)
    try:
        yield shown
    finally:
        shown.finish()


class _Shown:
    """A bar that moves."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._bar: Bar | None = None

    def __call__(self, done: int, total: int) -> None:
        if self._bar is None:
            from rich.console import Console
            from rich.progress import Progress as Bar

            self._bar = Bar(console=Console(stderr=True), transient=True)
            self._bar.add_task(self._what)
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], completed=done, total=total)

    def finish(self) -> None:
        if self._bar:
            self._bar.stop()


class _Said:
    """A line a quarter."""

    def __init__(self, what: str, of: str) -> None:
        self._what, self._of = what, of
        self._quarters = -1

    def __call__(self, done: int, total: int) -> None:
        quarters = done * 4 // total
        if quarters > self._quarters:
            self._quarters = quarters
            sys.stderr.write(f"{self._what}: {done} of {total} {self._of}\n")

    def finish(self) -> None:
        """Nothing is left to tidy."""
