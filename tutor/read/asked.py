"""The questions that learners ask of a passage, as files beside the documentation.

`asked/PAGE.yaml` names for each heading of a page, as it stands behind `#` in a passage's id, questions that the
passage there answers, in the words of somebody who does not know the answer. Search finds passages by them as well. A
file that is no such list raises `AskedError`; a page without a file has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from tutor.errors import PageError
from tutor.read.document import Document

Asked = Mapping[str, tuple[str, ...]]
"""The questions of one page, by heading."""

_FORM = TypeAdapter(dict[str, tuple[str, ...]])
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class AskedError(PageError):
    """A file of questions is not as it should be."""


def with_asked(documents: Iterable[Document], folder: Path) -> Iterator[Document]:
    """Each document with the questions asked of it."""
    for document in documents:
        path = folder / f"{document.id}.yaml"
        yield replace(document, asked=read_asked(path)) if path.is_file() else document


def read_asked(path: Path) -> Asked:
    """The questions asked of one page."""
    try:
        return _FORM.validate_python(yaml.load(path.read_text(encoding="utf-8"), _Loader))  # noqa: S506 - a safe loader
    except (yaml.YAMLError, ValidationError) as error:
        raise AskedError(f"{path}: headings with a list of questions each are wanted, but {error}") from error
