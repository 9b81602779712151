"""Exam-style items that nobody has answered blind, one after the other; readings out, into a file of their own.

Whoever vets answers before the key is shown: a key that a second person finds without it is worth more than one that
was read and nodded at. Each reading is a line of `gold/item_readings.yaml`, so a walk that is broken off goes on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from evals.gold_set import GOLD, ExamItem
from tutor.errors import InputError

READINGS = GOLD / "item_readings.yaml"
ItemVerdict = Literal["agrees", "key wrong", "two right", "unclear", "corrected"]
VERDICTS: dict[str, ItemVerdict] = {
    "a": "agrees",
    "k": "key wrong",
    "t": "two right",
    "u": "unclear",
}
HELP = "a agrees after all · k key wrong · t two right · u unclear"


class ItemReading(BaseModel):
    """A second reading of an item's key."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    item: str
    on: date
    by: str
    chose: tuple[str, ...] = Field(min_length=1)
    """What the reader answered before seeing the key."""
    verdict: ItemVerdict
    """What became of it once the key and its reason were seen."""
    note: str = ""

    @property
    def line(self) -> str:
        """The reading as a line of the file."""
        note = f", note: {json.dumps(self.note, ensure_ascii=False)}" if self.note else ""
        by = self.by if re.fullmatch(r"[\w ]+", self.by) else json.dumps(self.by, ensure_ascii=False)
        chose = f"[{', '.join(self.chose)}]"
        return f'- {{item: {self.item}, "on": {self.on}, by: {by}, chose: {chose}, verdict: {self.verdict}{note}}}\n'


@dataclass(frozen=True)
class ItemVetter:
    """Who vets, when, and by what means."""

    by: str
    on: date
    ask: Callable[[str], str]
    show: Callable[[str], None]


def read_item_readings(path: Path = READINGS) -> tuple[ItemReading, ...]:
    """All readings of items; none where there is no file."""
    if not path.exists():
        return ()
    try:
        return TypeAdapter(tuple[ItemReading, ...]).validate_python(yaml.safe_load(path.read_text("utf-8")) or [])
    except (yaml.YAMLError, ValidationError) as error:
        raise InputError(f"{path}: {error}") from error


def unread(items: Sequence[ExamItem], readings: Sequence[ItemReading]) -> list[ExamItem]:
    """The items that nobody answered blind."""
    read = {one.item for one in readings}
    return [item for item in items if item.id not in read]


def walk_items(items: Sequence[ExamItem], vetter: ItemVetter, path: Path = READINGS) -> int:
    """Go through the unread items until the person has enough; how many readings were kept."""
    kept = 0
    for item in unread(items, read_item_readings(path)):
        options = "\n".join(f"  {letter}. {text}" for letter, text in item.options.items())
        vetter.show(f"\n{item.id}\n{item.question}\n{options}")
        typed = vetter.ask(f"your answer ({len(item.key)} right), s to skip, q to quit: ").strip().upper()
        if typed == "Q":
            break
        chose = tuple(letter for letter in item.options if letter in typed)
        if not chose:
            continue
        verdict: ItemVerdict = "agrees"
        note = ""
        if set(chose) != set(item.key):
            vetter.show(f"The key is {', '.join(item.key)}. {item.why}")
            verdict = VERDICTS.get(vetter.ask(f"{HELP} > ").strip().lower()[:1], "unclear")
            note = vetter.ask("note (or nothing): ").strip()
        keep(ItemReading(item=item.id, on=vetter.on, by=vetter.by, chose=chose, verdict=verdict, note=note), path)
        kept += 1
    return kept


def keep(reading: ItemReading, path: Path = READINGS) -> None:
    """Add a reading to the file."""
    with path.open("a", encoding="utf-8") as file:
        file.write(reading.line)
