"""A scene and its circumstances in, running text out: one or two paragraphs, or a list where there is much to hold.

Every sentence stands by itself. A connective such as "In addition", or an "and" between circumstances that have nothing
to do with each other, says nothing that the reader does not see.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from tutor.author.sentences import leans

LEADS = ("You have learned the following:", "You have noted the following:", "These points are settled:")
LIST_SHARES = {4: 0.3}
"""How often so many circumstances are listed."""
PARAGRAPH_SHARE = 0.6
FEWEST_BEHIND = 2
"""So many sentences at least stand in a second paragraph: a single one looks like an afterthought."""


def flow(scene: str, sentences: Sequence[str], chance: random.Random) -> str:
    """Scene and sentences as one text."""
    listed = chance.random() < LIST_SHARES.get(len(sentences), 0.0)
    lead = chance.choice(LEADS)
    if listed and not any(leans(sentence) for sentence in sentences):
        return "\n".join((f"{scene} {lead}", "", *(f"- {sentence}" for sentence in sentences)))
    breaks = range(len(sentences) - FEWEST_BEHIND + 1)
    at_break = chance.choice(breaks) if breaks and chance.random() < PARAGRAPH_SHARE else -1
    text = scene
    for place, sentence in enumerate(sentences):
        text += f"\n\n{sentence}" if place == at_break else f" {sentence}"
    return text
