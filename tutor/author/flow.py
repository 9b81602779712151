"""A scene and its circumstances in, running text out: one to three paragraphs that do not read like a list.

Every means is safe whatever the sentences say: a sentence stands by itself, behind a connective, behind words that
report it, or joined to its neighbour by "and" or a semicolon.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from typing import Literal

from tutor.author.sentences import can_be_inner, inner

CONNECTIVES = ("At the same time,", "In addition,", "Moreover,", "Furthermore,", "On top of this,", "Also,")
REPORTS = (
    "The project lead adds that {}.",
    "It was settled early on that {}.",
    "One more thing is known: {}.",
    "There is a further point: {}.",
    "It should be borne in mind that {}.",
    "A look at the situation shows that {}.",
)
PAIRS = (
    "Two conditions apply: {}, and {}.",
    "Two things are fixed: {}, and {}.",
    "Two points were settled at the start: {}, and {}.",
)
CONSTRAINTS = frozenset({"compliance", "cost", "latency", "time", "operations", "team", "quality"})
PAIR_SHARE = 0.2
PARAGRAPH_SHARE = 0.45
JOINED_AT_MOST = 16
"""Words of the sentence before, for another one to be joined to it."""

Means = Literal["plain", "joint", "connective", "report"]
_SHARES: dict[Means, float] = {"plain": 0.55, "joint": 0.2, "connective": 0.15, "report": 0.1}


def flow(scene: str, told: Sequence[tuple[str, str]], small: Collection[str], chance: random.Random) -> str:
    """Scene and sentences, each with the kind of its fact, as one text. Each means is used once at most."""
    sentences = _paired(told, small, chance)
    at_break = chance.randrange(len(sentences)) if sentences and chance.random() < PARAGRAPH_SHARE else -1
    text, used = scene, set[Means]()
    for place, sentence in enumerate(sentences):
        means = chance.choices(list(_SHARES), list(_SHARES.values()))[0]
        form, phrase = chance.choice((", and ", "; ")), chance.choice(CONNECTIVES)
        report = chance.choice(REPORTS)
        if place == at_break:
            text += f"\n\n{sentence}"
        elif place == 0 or means in used or not can_be_inner(sentence, small):
            text += f" {sentence}"
        elif means == "joint" and _can_take(text, sentence):
            text = f"{text.rstrip('.')}{form}{inner(sentence)}."
            used.add(means)
        elif means == "connective":
            text += f" {phrase} {inner(sentence)}."
            used.add(means)
        elif means == "report":
            text += f" {report.format(inner(sentence))}"
            used.add(means)
        else:
            text += f" {sentence}"
    return text


def _paired(told: Sequence[tuple[str, str]], small: Collection[str], chance: random.Random) -> list[str]:
    """The sentences; now and then two constraints that stand together at the end become one announced pair."""
    sentences = [sentence for sentence, _ in told]
    wants, form = chance.random() < PAIR_SHARE, chance.choice(PAIRS)
    if not wants or len(told) < 3 or not all(kind in CONSTRAINTS for _, kind in told[-2:]):
        return sentences
    last = sentences[-2:]
    if not all(can_be_inner(one, small, JOINED_AT_MOST) and one.count(",") == 0 for one in last):
        return sentences
    return [*sentences[:-2], form.format(inner(last[0]), inner(last[1]))]


def _can_take(text: str, sentence: str) -> bool:
    """Whether the last sentence of a text is plain and short enough for another one behind it."""
    last = text.rpartition("\n")[2].rpartition(". ")[2]
    plain = not any(sign in last for sign in ",;:()") and "," not in sentence
    return plain and len(last.split()) <= JOINED_AT_MOST
