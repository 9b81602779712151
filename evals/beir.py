"""Retrieval test sets in BEIR form: a folder with `corpus.jsonl`, `queries.jsonl` and `qrels.tsv`."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tutor.errors import InputError
from tutor.read.document import Passage


@dataclass(frozen=True)
class TestSet:
    """Documents, questions about them, and which documents answer which question, by grade."""

    __test__ = False  # not a test of pytest's

    name: str
    passages: tuple[Passage, ...]
    questions: dict[str, str]
    grades: dict[str, dict[str, int]]


def read_beir(folder: Path) -> TestSet:
    """Read the set in `folder`; a missing or malformed file raises `InputError`."""
    passages = tuple(_passage(entry) for entry in _lines(folder / "corpus.jsonl"))
    questions = {str(entry["_id"]): str(entry["text"]) for entry in _lines(folder / "queries.jsonl")}
    grades: dict[str, dict[str, int]] = {}
    for query, document, grade in _judgements(folder):
        grades.setdefault(query, {})[document] = grade
    judged = {query: text for query, text in questions.items() if any(g > 0 for g in grades.get(query, {}).values())}
    if not judged:
        raise InputError(f"{folder}: no question has a relevant document. Check that the ids in qrels.tsv match.")
    return TestSet(folder.name, passages, judged, grades)


def _passage(entry: dict[str, Any]) -> Passage:
    title, text = str(entry.get("title") or ""), str(entry["text"])
    return Passage(str(entry["_id"]), str(entry["_id"]), title, (), text, 0, len(text))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    try:
                        yield json.loads(line)
                    except ValueError as error:
                        raise InputError(f"{path}, line {number}: not JSON ({error}).") from error
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}). A BEIR folder holds corpus.jsonl.") from error


def _judgements(folder: Path) -> Iterator[tuple[str, str, int]]:
    places = [folder / "qrels.tsv", folder / "qrels" / "test.tsv"]
    path = next((place for place in places if place.exists()), None)
    if path is None:
        raise InputError(f"{folder} has no qrels.tsv. It names query, document and grade, parted by tabs.")
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t"):
            if len(row) < 3 or not row[-1].lstrip("-").isdigit():
                continue  # the heading
            yield row[0], row[-2], int(row[-1])
