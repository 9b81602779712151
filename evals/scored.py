"""What came of one case, and of a whole run: records in, JSON out, and back.

Every score is from 0 to 1, and more is better, so that a fall is always a loss.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tutor.errors import InputError

FORM = 1
"""The version of the JSON form: another one cannot be compared."""


Mark = tuple[int, int]
"""Checksums of a sentence: of the words that it shares with a key point, and of its numbers and "not"s."""


@dataclass(frozen=True)
class Scored:
    """One case, scored."""

    id: str
    set: str
    """Which part of the gold set it is from: `questions`, `outside`, `support` …"""
    kind: str
    objective: str
    split: str
    scores: Mapping[str, float]
    details: Mapping[str, float] = field(default_factory=dict)
    """Numbers that are no scores: a confidence, how many statements were dropped."""
    seconds: float = 0.0
    tokens_in: int = 0
    tokens_out: int = 0
    cost_usd: float | None = None
    """None: not known, or nothing that costs was asked."""
    marks: tuple[tuple[Mark, ...], ...] = ()
    """For each key point, the marks of the sentences that come near it, the nearest first."""
    note: str = ""
    """What a person should see who asks why: the points missed, the flaw, the wrong letter."""


@dataclass(frozen=True)
class Run:
    """All cases of one engine."""

    engine: str
    """Whose answers were scored; `checks` for what no engine takes part in."""
    made_on: str
    about: Mapping[str, str]
    """What was measured: hashes of the corpus, the prompt, the gold set."""
    cases: tuple[Scored, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        """The machine form, without the figures."""
        return {
            "form": FORM,
            "engine": self.engine,
            "made_on": self.made_on,
            "about": dict(self.about),
            "cases": [asdict(case) for case in self.cases],
        }


def scored_of(entry: Mapping[str, Any]) -> Scored:
    """A scored case from its JSON; `InputError` where it is none."""
    try:
        marks = tuple(tuple((words, facts) for words, facts in one) for one in entry.get("marks", ()))
        return Scored(**{**entry, "marks": marks})
    except TypeError as error:
        raise InputError(f"This is no scored case ({error}). Run `python -m evals run` anew.") from error


def read_run(path: Path) -> Run:
    """A run from its file; `InputError` where there is none, or one of another form."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}). Run `python -m evals run` first.") from error
    except ValueError as error:
        raise InputError(f"{path} is not JSON ({error}). Run `python -m evals run` anew.") from error
    if not isinstance(told, dict) or told.get("form") != FORM:
        raise InputError(f"{path} is not a run of form {FORM}. Run `python -m evals run` anew.")
    return Run(told["engine"], told["made_on"], told["about"], tuple(map(scored_of, told["cases"])))
