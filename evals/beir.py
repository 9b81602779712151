"""Retrieval test sets in BEIR form: a folder with `corpus.jsonl`, `queries.jsonl` and judgements.

Judgements are query, document and grade on a line, parted by tabs or blanks, with a heading or without; a column
between query and document, as TREC has it, is passed over. They are looked for in `qrels.tsv`, in `qrels/`, and beside
it. What cannot be used raises `InputError` with file and line.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tutor.errors import InputError
from tutor.read.document import Passage

SPLITS = ("test", "dev", "train")
"""Which judgements are taken where there are several: what nobody should have tuned on first."""


@dataclass(frozen=True)
class TestSet:
    """Documents, questions about them, and which documents answer which question, by grade."""

    __test__ = False  # not a test of pytest's

    name: str
    passages: tuple[Passage, ...]
    questions: dict[str, str]
    grades: dict[str, dict[str, int]]
    also: Callable[[str], Sequence[str]] = lambda question: ()  # noqa: ARG005
    """Further names of what a question names."""


def read_beir(folder: Path) -> TestSet:
    """Read the set in `folder`."""
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder. A BEIR folder holds corpus.jsonl, queries.jsonl and qrels.tsv.")
    passages = tuple(_passage(*entry) for entry in _entries(folder / "corpus.jsonl"))
    known = {passage.id for passage in passages}
    if twice := len(passages) - len(known):
        raise InputError(f"{folder / 'corpus.jsonl'}: {twice} documents have an _id that was there before.")
    questions = {key: _text(fields, where) for key, fields, where in _entries(folder / "queries.jsonl")}
    path = _judgements_path(folder)
    grades: dict[str, dict[str, int]] = {}
    for query, document, grade in _judgements(path):
        grades.setdefault(query, {})[document] = max(grade, 0)
    judged = {query: text for query, text in questions.items() if any(grades.get(query, {}).values())}
    if not any(known & {document for document, grade in grades[query].items() if grade} for query in judged):
        raise InputError(f"{path}: no question has a relevant document. Check that its ids are those of both others.")
    return TestSet(folder.resolve().name, passages, judged, grades)


def _passage(key: str, fields: dict[str, Any], where: str) -> Passage:
    text = _text(fields, where)
    return Passage(key, key, _clean(fields.get("title") or ""), (), text, 0, len(text))


def _text(fields: dict[str, Any], where: str) -> str:
    if not isinstance(fields.get("text"), str):
        raise InputError(f"{where}: there is no text. An entry has _id and text, and a document may have a title.")
    return _clean(fields["text"])


def _clean(text: object) -> str:
    """Half a surrogate pair, which JSON may carry, cannot be encoded."""
    return str(text).encode("utf-8", "replace").decode()


def _entries(path: Path) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Id, fields and place of every entry."""
    for number, line in _lines(path):
        where = f"{path}, line {number}"
        try:
            fields = json.loads(line)
        except ValueError as error:
            raise InputError(f"{where}: not JSON ({error}).") from error
        if not isinstance(fields, dict) or fields.get("_id") in (None, ""):
            raise InputError(f"{where}: there is no _id. An entry is an object with _id and text.")
        yield str(fields["_id"]), fields, where


def _judgements_path(folder: Path) -> Path:
    named = [folder / "qrels.tsv"]
    named += [place / f"{split}.tsv" for split in SPLITS for place in (folder / "qrels", folder)]
    found = [path for path in [*named, *sorted((folder / "qrels").glob("*.tsv"))] if path.is_file()]
    if not found:
        raise InputError(f"{folder} has no qrels.tsv. It names query, document and grade, parted by tabs.")
    return found[0]


def _judgements(path: Path) -> Iterator[tuple[str, str, int]]:
    for place, (number, line) in enumerate(_lines(path)):
        row = [cell.strip() for cell in line.split("\t" if "\t" in line else None)]
        try:
            query, *_, document, grade = row
            yield query, document, int(float(grade))
        except (ValueError, OverflowError) as error:
            if place == 0:
                continue  # the heading
            raise InputError(f"{path}, line {number}: not query, document and grade, parted by tabs.") from error


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines that hold something, with their numbers."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, line.rstrip("\r\n")
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}). A BEIR folder holds it.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 (byte {error.start}). Save it as UTF-8.") from error
