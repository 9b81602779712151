"""A scene and its circumstances in, running text out: one to three paragraphs, or a list where there is much to hold.

Every means is safe whatever the sentences say: a sentence stands by itself, behind a connective, joined to its
neighbour by "and" or a semicolon, or as an entry of a list.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence
from typing import Literal

from tutor.author.sentences import can_be_inner, inner, leans

CONNECTIVES = ("In addition,", "At the same time,", "Also,")
LEADS = ("The following applies:", "Keep the following in mind:", "This is known so far:")
LIST_SHARES = {3: 0.15, 4: 0.75}
"""How often so many circumstances are listed: four in running text read like a list that is none."""
PARAGRAPH_SHARE = 0.45
JOINED_AT_MOST = 16
"""Words of the sentence before, for another one to be joined to it."""

Means = Literal["plain", "joint", "connective"]
_SHARES: dict[Means, float] = {"plain": 0.68, "joint": 0.2, "connective": 0.12}


def flow(scene: str, sentences: Sequence[str], small: Collection[str], chance: random.Random) -> str:
    """Scene and sentences as one text. Each means is used once at most."""
    listed = chance.random() < LIST_SHARES.get(len(sentences), 0.0)
    lead = chance.choice(LEADS)
    if listed and not any(leans(sentence) for sentence in sentences):
        return "\n".join((f"{scene} {lead}", "", *(f"- {sentence}" for sentence in sentences)))
    at_break = chance.randrange(len(sentences)) if sentences and chance.random() < PARAGRAPH_SHARE else -1
    text, used = scene, set[Means]()
    for place, sentence in enumerate(sentences):
        means = chance.choices(list(_SHARES), list(_SHARES.values()))[0]
        form, phrase = chance.choice((", and ", "; ")), chance.choice(CONNECTIVES)
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
        else:
            text += f" {sentence}"
    return text


def _can_take(text: str, sentence: str) -> bool:
    """Whether the last sentence of a text is plain and short enough for another one behind it."""
    last = text.rpartition("\n")[2].rpartition(". ")[2]
    plain = not any(sign in last for sign in ",;:()") and "," not in sentence
    return plain and len(last.split()) <= JOINED_AT_MOST
