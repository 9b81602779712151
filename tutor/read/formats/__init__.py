"""One module a format: each `read` turns bytes or text into a `Reading`."""

from __future__ import annotations

from typing import NamedTuple


class Reading(NamedTuple):
    """What one format yields."""

    text: str
    """The content as Markdown, in the form that `tutor.read.extract` describes."""
    title: str = ""
    warnings: tuple[str, ...] = ()
    """What may have been lost, in plain sentences."""
