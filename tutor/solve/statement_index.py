"""Passages in, an index of the words of their single statements out; kept in a folder, written anew on a change.

A passage may speak of a circumstance here and of a choice there; a statement in which both occur joins them. Tables
are cut into rows, each cell with its column's head. Several processes may open and write at once: a finished index is
put in its place whole.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tutor.index.lexical import LexicalIndex, build_lexical
from tutor.read.document import Passage
from tutor.read.statements import statements

FEWEST_WORDS = 4
LONGEST = 600
_RULE = re.compile(r"^\|[\s:|-]+\|$")


def open_statement_index(passages: Sequence[Passage], home: Path) -> LexicalIndex:
    """The index of all statements of passages, from its folder in `home` where it is there already."""
    folder = home / f"statements-{_digest(passages)}"
    if not (folder / "count.npy").exists():
        _build(passages, folder)
    return LexicalIndex(folder)


def single_statements(passage: Passage) -> Iterator[str]:
    """The statements of a passage and the rows of its tables; code is left out."""
    for statement in statements(passage.text):
        if statement.form == "table":
            yield from _rows(statement.text)
        elif statement.form != "code" and len(statement.text.split()) >= FEWEST_WORDS:
            yield " ".join(statement.text.split())


def _rows(table: str) -> Iterator[str]:
    lines = [line.strip() for line in table.splitlines() if not _RULE.match(line.strip())]
    heads = _cells(lines[0])
    for line in lines[1:]:
        yield "; ".join(f"{head}: {cell}" for head, cell in zip(heads, _cells(line), strict=False))[:LONGEST]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("| ").split("|")]


def _build(passages: Sequence[Passage], folder: Path) -> None:
    told = [
        replace(passage, names=(), headings=(), text=text)
        for passage in passages
        for text in single_statements(passage)
    ]
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix="building-", dir=folder.parent))
    build_lexical(told, fresh)
    for old in folder.parent.glob("statements-*"):
        shutil.rmtree(old, ignore_errors=True)
    try:
        fresh.replace(folder)
    except OSError:  # another process was quicker
        shutil.rmtree(fresh, ignore_errors=True)


def _digest(passages: Sequence[Passage]) -> str:
    digest = hashlib.sha256()
    for passage in passages:
        digest.update(f"{passage.title}\0{passage.text}\0".encode())
    return digest.hexdigest()[:16]
