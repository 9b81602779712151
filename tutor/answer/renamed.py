"""A question in, a word on every product in it that is called otherwise now, or is no more, out.

An answer names the current product and the one in the learner's question, with the page that says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tutor.read.document import Source
from tutor.read.names import Mention, Names, Product


@dataclass(frozen=True)
class Renamed:
    """A product of the question under its present name."""

    asked: str
    current: str
    text: str
    source: Source

    def as_json(self) -> dict[str, Any]:
        """The note as the command line prints it."""
        return {"asked": self.asked, "current": self.current, "text": self.text, "source_url": self.source.url}


def renamed(question: str, names: Names) -> tuple[Renamed, ...]:
    """What to say about the names in a question, once per product."""
    mentions = {mention.product.id: mention for mention in reversed(names.find(question))}
    notes = (_note(mention, names) for mention in reversed(mentions.values()))
    return tuple(note for note in notes if note)


def _note(mention: Mention, names: Names) -> Renamed | None:
    product = mention.product
    present = (names.product(product.successor) if product.successor else None) or product
    former = next((entry for entry in product.former if entry.name.lower() == mention.name.lower()), None)
    if product.status in ("retired", "deprecated"):
        day = f" on {_day(product.retired_on)}" if product.retired_on else ""
        instead = f"; {present.current} takes its place" if present is not product else ""
        ended = "was retired" if product.status == "retired" else "is deprecated"
        text = f"{product.current} {ended}{day}{instead}."
    elif former:
        since = f" since {_month(former.until)}" if former.until else ""
        text = f"{former.name} is called {product.current}{since}."
    else:
        return None
    source = _source(product)
    return Renamed(mention.name, present.current, text, source)


def _source(product: Product) -> Source:
    first = product.sources[0]
    return Source(first.title, str(first.url), first.checked)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _month(until: str) -> str:
    """`2026-04` as April 2026, `2018` as 2018."""
    if len(until) < 7:
        return until
    return f"{date(int(until[:4]), int(until[5:7]), 1):%B %Y}"
