"""What people see while a language model writes: nothing of the text, which is not checked yet, but that it writes."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING

from tutor.settings import OFFLINE

if TYPE_CHECKING:
    from tutor.engines.calls import Writing
    from tutor.flow import Reply, Tutor

TELL_EVERY_SECONDS = 0.3


def asked(
    tutor: Tutor, question: str, conversation: int | None, engine: str | None, *, is_guided: bool | None = None
) -> Iterator[str | Reply]:
    """Ask a question; while a language model is at it, yield what it does, and last the reply."""
    name = engine or tutor.settings.engine
    if name == OFFLINE:
        yield tutor.ask(question, conversation, engine=name, is_guided=is_guided)
        return
    arriving: SimpleQueue[int | Reply | BaseException] = SimpleQueue()

    def ask() -> None:
        try:
            arriving.put(tutor.ask(question, conversation, engine=name, is_guided=is_guided, writing=arriving.put))
        except BaseException as error:  # it belongs to the thread that waits
            arriving.put(error)

    threading.Thread(target=ask, name="asking", daemon=True).start()
    yield f"{name} is reading the passages …"
    told_at = 0.0
    while True:
        news = arriving.get()
        if isinstance(news, BaseException):
            raise news
        if not isinstance(news, int):
            yield news
            return
        if monotonic() - told_at >= TELL_EVERY_SECONDS:
            told_at = monotonic()
            yield f"{name} is writing: {news} characters, shown once they are checked …"


@contextmanager
def line_on_terminal() -> Iterator[Writing]:
    """A line on stderr that counts what a model has written, and is gone when it is done."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    try:
        yield lambda count: _rewrite(f"Writing: {count} characters, shown once they are checked")
    finally:
        _rewrite("")


def _rewrite(text: str) -> None:
    sys.stderr.write(f"\r\x1b[K{text}")
    sys.stderr.flush()
