"""The questions that learners ask of a passage, as files beside the documentation.

`asked/PAGE.yaml` names for each heading of a page, as it stands behind `#` in a passage's id, questions that the
passage there answers, in the words of somebody who does not know the answer. Search finds passages by them as well, and
by those questions that a statement of the passage answers (`answered.py`). A file that is no such list raises
`AskedError`; a page without a file has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from tutor.errors import PageError
from tutor.read.answered import Answered
from tutor.read.document import Document

Asked = Mapping[str, tuple[str, ...]]
"""The questions of one page, by heading."""

_FORM = TypeAdapter(dict[str, tuple[str, ...]])
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class AskedError(PageError):
    """A file of questions is not as it should be."""


def with_asked(documents: Iterable[Document], folder: Path, answered: Sequence[Answered] = ()) -> Iterator[Document]:
    """Each document with the questions asked of it: those of its own file first."""
    further = _by_page(answered)
    for document in documents:
        path = folder / f"{document.id}.yaml"
        own = read_asked(path) if path.is_file() else {}
        others = further.get(document.id, {})
        asked = {place: (*own.get(place, ()), *others.get(place, ())) for place in {**own, **others}}
        yield replace(document, asked=asked) if asked else document


def _by_page(answered: Sequence[Answered]) -> Mapping[str, Asked]:
    """The wordings of the questions that each passage has a say in, by its page and heading."""
    asked: dict[str, dict[str, tuple[str, ...]]] = {}
    for one in answered:
        for passage in dict.fromkeys(said.passage for said in one.says):
            page, _, place = passage.partition("#")
            of_page = asked.setdefault(page, {})
            of_page[place] = (*of_page.get(place, ()), *one.asks)
    return asked


def read_asked(path: Path) -> Asked:
    """The questions asked of one page."""
    try:
        return _FORM.validate_python(yaml.load(path.read_text(encoding="utf-8"), _Loader))  # noqa: S506 - a safe loader
    except (yaml.YAMLError, ValidationError) as error:
        raise AskedError(f"{path}: headings with a list of questions each are wanted, but {error}") from error
