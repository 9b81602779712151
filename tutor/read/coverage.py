"""Documentation and exam guides in; for each consideration, the pages that treat it, out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tutor.read.document import Document
from tutor.read.guides.blueprint import Blueprint
from tutor.read.passages import cut

ENOUGH = 2
"""Pages that a consideration should have: one tells it, another sees it from a different side."""


@dataclass(frozen=True)
class Covered:
    """A consideration of an edition and the pages that treat it."""

    edition: str
    number: str
    objective: str
    text: str
    pages: tuple[str, ...]
    words: int

    @property
    def is_thin(self) -> bool:
        """Whether it has too few pages."""
        return len(self.pages) < ENOUGH

    def as_json(self) -> dict[str, Any]:
        """The line as the command line prints it."""
        return {
            "edition": self.edition,
            "consideration": self.number,
            "objective": self.objective,
            "text": self.text,
            "pages": list(self.pages),
            "words": self.words,
        }


def cover(documents: Iterable[Document], editions: Mapping[str, Blueprint]) -> list[Covered]:
    """Every consideration of every edition, in their order."""
    treating: dict[str, list[Document]] = {}
    for document in documents:
        for consideration in document.treats:
            treating.setdefault(consideration, []).append(document)
    return [
        Covered(
            edition,
            consideration.id,
            objective.number or "",
            consideration.text,
            tuple(document.id for document in treating.get(f"{edition}/{consideration.id}", ())),
            sum(len(d.text[d.body_start :].split()) for d in treating.get(f"{edition}/{consideration.id}", ())),
        )
        for edition, blueprint in editions.items()
        for section in blueprint.sections
        for objective in section.objectives
        for consideration in objective.considerations
    ]


@dataclass(frozen=True)
class Size:
    """How much there is to answer from."""

    pages: int
    words: int
    passages: int


def measure(documents: Iterable[Document]) -> Size:
    """Count pages, their words and their passages; front matter does not count."""
    pages = list(documents)
    words = sum(len(page.text[page.body_start :].split()) for page in pages)
    return Size(len(pages), words, sum(len(cut(page)) for page in pages))


def by_objective(lines: Iterable[Covered]) -> dict[str, set[str]]:
    """The pages that treat each objective of each edition."""
    found: dict[str, set[str]] = {}
    for line in lines:
        found.setdefault(f"{line.edition} {line.objective}", set()).update(line.pages)
    return found


def unknown(documents: Iterable[Document], editions: Mapping[str, Blueprint]) -> list[str]:
    """Considerations that pages claim to treat and no edition has."""
    there = {f"{line.edition}/{line.number}" for line in cover((), editions)}
    return sorted({f"{d.id}: {entry}" for d in documents for entry in d.treats if entry not in there})
