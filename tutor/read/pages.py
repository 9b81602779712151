"""Documentation pages: a Markdown file with front matter in, a `Document` out.

A page that breaks the form in `docs/writing-pages.md` raises `PageError`, which names the file and the fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, HttpUrl, ValidationError

from tutor.errors import PageError
from tutor.read.document import Document, Layer, Source

HEADINGS = (
    "What it is",
    "When to choose it",
    "When not to choose it",
    "Against its neighbours",
    "How it works",
    "Limits and defaults",
    "Cost",
    "Steps",
    "Common mistakes",
    "What the exam turns on",
)
"""The second-level headings a shipped page may have, in this order: they tell what a passage is for."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FRONT_MATTER = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)


class _SourceEntry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: str = Field(min_length=3)
    url: HttpUrl
    checked: date


class _FrontMatter(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: str = Field(min_length=3)
    names: list[str] = Field(min_length=1)
    treats: list[Annotated[str, Field(pattern=r"^\d{4}(-\d\d)?/\d+\.\d+\.\d+$")]] = Field(min_length=1)
    sources: list[_SourceEntry] = Field(min_length=1)


def read_pages(folder: Path) -> Iterator[Document]:
    """Read every page below `folder`, in the order of their paths."""
    seen: dict[str, Path] = {}
    for path in sorted(folder.rglob("*.md")):
        document = read_page(path.read_text(encoding="utf-8"), name=path.stem)
        if document.id in seen:
            raise PageError(f"{path} and {seen[document.id]} have the same id {document.id!r}. Rename one of them.")
        seen[document.id] = path
        yield document


def read_page(text: str, *, name: str, layer: Layer = "shipped") -> Document:
    """Read one page; `name` is the file's name without its ending."""
    match = _FRONT_MATTER.match(text)
    if not match:
        raise PageError(f"{name}: no front matter. A page begins with '---', as docs/writing-pages.md shows.")
    front = _front_matter(match[1], name)
    if front.id != name:
        raise PageError(f"{name}: its id is {front.id!r}. File name and id must be the same.")
    return Document(
        id=front.id,
        title=front.title,
        text=text,
        body_start=match.end(),
        names=tuple(front.names),
        treats=tuple(front.treats),
        sources=tuple(Source(entry.title, str(entry.url), entry.checked) for entry in front.sources),
        layer=layer,
    )


def _front_matter(block: str, name: str) -> _FrontMatter:
    try:
        fields: Any = yaml.load(block, _Loader)  # noqa: S506 - a safe loader, the quick one where there is one
    except yaml.YAMLError as error:
        raise PageError(f"{name}: the front matter is not YAML: {error}") from error
    try:
        return _FrontMatter.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise PageError(f"{name}: front matter, {where or 'whole'}: {first['msg']}") from error
