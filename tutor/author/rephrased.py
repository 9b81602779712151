"""An item and a writer in; the same item in other words out, or why no draft would do.

Options, key and reasons stay. Of the new words a program sees that every number, identifier and product name is there
and none came in, that the meaning is near, and that it is not the same text; that every condition is kept, a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from pydantic import BaseModel, Field

from tutor.author.checks.novelty import Memory
from tutor.author.drafting import Drafted, Writer, draft_until_sound, read_as
from tutor.author.item import DraftItem
from tutor.engines.tasks import fenced

FARTHEST = 0.8
"""A text with a smaller likeness in meaning says something else."""
MOST_KEPT = 0.5
"""The share of its sentences that may stand as they were."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_EXACT = re.compile(r"(?<![\w.])\d[\d,.]*\d|(?<![\w.])\d|\b\w*[A-Z_]\w*[A-Z_]\w*\b|`[^`]+`")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][\w-]+")


class _Rephrased(BaseModel):
    stem: str = Field(min_length=20, max_length=6_000)
    ask: str = Field(min_length=8, max_length=1_000)


def rephrase(
    item: DraftItem, writer: Writer, memory: Memory, faults_of: Callable[[DraftItem], list[str]]
) -> Drafted[DraftItem]:
    """Let the item be told in other words, and mended at most three times; `faults_of` are the checks of every item."""
    options = "\n".join(option.text for option in item.options)
    shown = fenced(f"Scenario:\n{item.stem}\n\nAsk:\n{item.ask}\n\nOptions:\n{options}")

    def read(written: str) -> DraftItem | str:
        told = read_as(written, "stem", _Rephrased.model_validate)
        return told if isinstance(told, str) else replace(item, stem=told.stem.strip(), ask=told.ask.strip())

    def all_faults(made: DraftItem) -> list[str]:
        return [*changed(item, made, memory), *faults_of(made)]

    return draft_until_sound(lambda before, faults: writer.draft(shown, before, faults), read, all_faults)


def changed(item: DraftItem, made: DraftItem, memory: Memory) -> list[str]:
    """What of an item got lost, came in or was left as it was when it was told in other words."""
    old, new = exact_in(item.text), exact_in(made.text)
    faults = [f"{part} is missing" for part in sorted(old - new)]
    faults += [f"{part} is not in the question" for part in sorted(new - old)]
    likeness = float(memory.meaning(item.text) @ memory.meaning(made.text))
    if likeness < FARTHEST:
        faults.append("it says something else")
    before, now = set(_SENTENCE.split(item.stem)), set(_SENTENCE.split(made.stem))
    if len(before & now) > MOST_KEPT * len(before):
        faults.append("the scenario is told in the same words")
    return faults


def exact_in(text: str) -> set[str]:
    """Numbers, identifiers and names, which have to stay as they are."""
    found = {match[0].strip("`.,") for match in _EXACT.finditer(text)} | {match[0] for match in _NAME.finditer(text)}
    return found - {""}
