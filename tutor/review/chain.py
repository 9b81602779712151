"""The audit log: entries that each carry the hash of the one before, so that no rewriting goes unnoticed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

BEGINNING = "0" * 64


@dataclass(frozen=True)
class Entry:
    """One thing that was done."""

    number: int
    at: datetime
    by: str
    deed: str
    """`flag`, `rule`, `take back`, `reserve`, `fix`, `promote`, `import`."""
    about: str
    details: Mapping[str, Any]
    before: str
    """The hash of the entry before."""
    hash: str


def seal(before: str, at: datetime, by: str, deed: str, about: str, details: Mapping[str, Any]) -> str:
    """The hash of an entry."""
    told = json.dumps([before, at.isoformat(), by, deed, about, details], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def broken(entries: Iterable[Entry]) -> str | None:
    """Where the log was changed afterwards; None where it is whole."""
    before = BEGINNING
    for number, entry in enumerate(entries, start=1):
        if entry.number != number:
            return f"entry {number} is missing"
        if entry.before != before:
            return f"entry {number} does not follow the one before it"
        if seal(before, entry.at, entry.by, entry.deed, entry.about, entry.details) != entry.hash:
            return f"entry {number} ({entry.deed} of {entry.about}) was changed"
        before = entry.hash
    return None
