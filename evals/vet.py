"""The gold questions that nobody has compared with an official page, one after the other; readings out, into the file.

Shows a case with its passages and sources, takes a verdict, and writes a reading into the case's own lines, so that the
rest of the file keeps its form and a walk that is broken off goes on where it stopped. A file that would no longer be
valid is not written.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from evals.gold_set import Question, Reading, Verdict, read_questions
from tutor.errors import InputError
from tutor.read.document import Passage

KEYS: Mapping[str, Verdict] = {"y": "agrees", "p": "agrees in part", "n": "wrong", "f": "not found"}
HELP = "y agrees · p in part (note which points) · n wrong · f not found · e edit (corrected) · s skip · q quit"

Ask = Callable[[str], str]
"""Shows a prompt, yields what was typed."""
Edit = Callable[[str], str | None]
"""Opens text in an editor, yields it changed; None where it was left as it is."""


@dataclass(frozen=True)
class Vetter:
    """Who vets, when, and by what means."""

    by: str
    on: date
    ask: Ask
    edit: Edit
    show: Callable[[str], None]


def unvetted(path: Path, objective: str | None = None) -> list[Question]:
    """The cases without an official reading that bears them out."""
    return [one for one in read_questions(path) if not one.is_vetted and objective in (None, one.objective)]


def walk(path: Path, passages: Mapping[str, Passage], vetter: Vetter, objective: str | None = None) -> int:
    """Go through the unvetted cases until the person has enough; how many readings were kept."""
    kept = 0
    for case in unvetted(path, objective):
        vetter.show(shown(case, passages))
        verdict = _verdict(path, case, vetter)
        if verdict is None:
            continue
        if verdict == "quit":
            break
        note = vetter.ask("note (or nothing): ").strip()
        against = _opened(case.sources, vetter.ask("which sources did you open? numbers, empty for the first: "))
        keep(path, case.id, Reading(on=vetter.on, by=vetter.by, against=against, verdict=verdict, note=note))
        kept += 1
    return kept


def _verdict(path: Path, case: Question, vetter: Vetter) -> Verdict | Literal["quit"] | None:
    """What the person says; None to skip the case."""
    while True:
        key = vetter.ask(f"{HELP} > ").strip().lower()[:1]
        if key in KEYS:
            return KEYS[key]
        if key == "e":
            text = path.read_text(encoding="utf-8")
            begin, end = _block(text, case.id)
            changed = vetter.edit(text[begin:end])
            if changed is not None:
                _write(path, text[:begin] + changed.rstrip() + "\n\n" + text[end:].lstrip("\n"))
                return "corrected"
        elif key == "q":
            return "quit"
        elif key == "s":
            return None


def shown(case: Question, passages: Mapping[str, Passage]) -> str:
    """A case as the person sees it."""
    parts = [f"\n{case.id} · {case.objective} · {case.kind}\n{case.question}\n"]
    parts += [f"  • {point}" for point in case.key_points]
    for place in case.passages:
        text = passages[place].text if place in passages else "(gone)"
        parts.append(f"\n  [{place}]\n    " + "\n    ".join(text.splitlines()))
    parts.append("\n  sources:")
    parts += [f"  {number}. {source}" for number, source in enumerate(case.sources, 1)]
    return "\n".join(parts)


def keep(path: Path, case: str, reading: Reading) -> None:
    """Write a reading behind the case's last one."""
    text = path.read_text(encoding="utf-8")
    begin, end = _block(text, case)
    lines = text[begin:end].splitlines(keepends=True)
    last = max(place for place, line in enumerate(lines) if re.match(r'\s+- \{"on":', line))
    lines.insert(last + 1, f"    - {as_yaml(reading)}\n")
    _write(path, text[:begin] + "".join(lines) + text[end:])


def as_yaml(reading: Reading) -> str:
    """A reading on one line."""
    against = ", ".join(place if place.startswith("https://") else json.dumps(place) for place in reading.against)
    note = f", note: {json.dumps(reading.note, ensure_ascii=False)}" if reading.note else ""
    by = reading.by if re.fullmatch(r"[\w ]+", reading.by) else json.dumps(reading.by, ensure_ascii=False)
    return f'{{"on": {reading.on}, by: {by}, against: [{against}], verdict: {reading.verdict}{note}}}'


def _opened(sources: tuple[str, ...], typed: str) -> tuple[str, ...]:
    numbers = [int(number) for number in re.findall(r"\d+", typed)] or [1]
    return tuple(sources[number - 1] for number in numbers if 0 < number <= len(sources)) or sources[:1]


def _block(text: str, case: str) -> tuple[int, int]:
    """Where the lines of a case begin and end."""
    starts = list(_starts(text))
    for place, (found, begin) in enumerate(starts):
        if found == case:
            return begin, starts[place + 1][1] if place + 1 < len(starts) else len(text)
    raise InputError(f"There is no case {case} any more. Run `python -m evals vet` anew.")


def _starts(text: str) -> Iterator[tuple[str, int]]:
    for match in re.finditer(r"(?m)^- id: (\S+)$", text):
        yield match[1], match.start()


def _write(path: Path, text: str) -> None:
    """Write the file if it is still valid, all at once."""
    beside = path.with_suffix(".new")
    beside.write_text(text, encoding="utf-8")
    try:
        read_questions(beside)
    except InputError as error:
        beside.unlink()
        raise InputError(f"{path} was left as it was: {error}") from error
    beside.replace(path)
