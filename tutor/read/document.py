"""What reading yields: documents with their sources, cut into passages.

A passage never loses its place: `document.text[passage.start:passage.end] == passage.text`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Layer = Literal["shipped", "own", "official"]
"""Where a document comes from: shipped with the tutor, added by the learner, or fetched from an official page."""


CURRENT_EDITION = "2026-06"
"""The exam guide by which objectives are numbered, unless one is named."""


@dataclass(frozen=True)
class Source:
    """An official page that a document was checked against."""

    title: str
    url: str
    checked: date | None = None


@dataclass(frozen=True)
class Document:
    """One topic, whole."""

    id: str
    title: str
    text: str
    """The source as read, front matter included: what passage offsets count in."""
    body_start: int
    """Where the body begins in `text`."""
    names: tuple[str, ...] = ()
    treats: tuple[str, ...] = ()
    """The considerations of exam guides that it treats, as `edition/number`: `2026-06/4.2.4`."""
    sources: tuple[Source, ...] = ()
    layer: Layer = "shipped"
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Questions that its passages answer, by what stands behind `#` in their ids."""


@dataclass(frozen=True)
class Passage:
    """A stretch of a document that stands under one heading and can be cited."""

    id: str
    """`doc-id#heading`, with `.2`, `.3` … where one heading holds several passages."""
    doc: str
    title: str
    headings: tuple[str, ...]
    text: str
    start: int
    end: int
    names: tuple[str, ...] = ()
    objectives: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    layer: Layer = "shipped"
    asked: tuple[str, ...] = ()
    """Questions that it answers, in learners' words."""

    @property
    def heading(self) -> str:
        """The heading path as people read it."""
        return " › ".join(self.headings)

    @property
    def source(self) -> Source | None:
        """The official page to read on in."""
        return self.sources[0] if self.sources else None
