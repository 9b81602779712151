"""A scene and its circumstances in, running text out: one to three paragraphs, or a list where there is much to hold.

Every means is safe whatever the sentences say: a sentence stands by itself, joined to its neighbour by "and", or as an
entry of a list. Connectives such as "In addition" say nothing that the reader does not see.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Sequence

from tutor.author.sentences import can_be_inner, inner, leans

LEADS = ("You have learned the following:", "You have noted the following:", "These points are settled:")
LIST_SHARES = {4: 0.3}
"""How often so many circumstances are listed."""
PARAGRAPH_SHARE = 0.6
FEWEST_BEHIND = 2
"""So many sentences at least stand in a second paragraph: a single one looks like an afterthought."""
JOINED_AT_MOST = 16
"""Words of the sentence before, for another one to be joined to it."""
JOINT_SHARE = 0.25


def flow(scene: str, sentences: Sequence[str], small: Collection[str], chance: random.Random) -> str:
    """Scene and sentences as one text; two sentences are joined once at most."""
    listed = chance.random() < LIST_SHARES.get(len(sentences), 0.0)
    lead = chance.choice(LEADS)
    if listed and not any(leans(sentence) for sentence in sentences):
        return "\n".join((f"{scene} {lead}", "", *(f"- {sentence}" for sentence in sentences)))
    breaks = range(len(sentences) - FEWEST_BEHIND + 1)
    at_break = chance.choice(breaks) if breaks and chance.random() < PARAGRAPH_SHARE else -1
    text, has_joint = scene, False
    for place, sentence in enumerate(sentences):
        wants_joint = chance.random() < JOINT_SHARE
        if place == at_break:
            text += f"\n\n{sentence}"
        elif wants_joint and place and not has_joint and can_be_inner(sentence, small) and _can_take(text, sentence):
            text = f"{text.rstrip('.')}, and {inner(sentence)}."
            has_joint = True
        else:
            text += f" {sentence}"
    return text


def _can_take(text: str, sentence: str) -> bool:
    """Whether the last sentence of a text is plain and short enough for another one behind it."""
    last = text.rpartition("\n")[2].rpartition(". ")[2]
    plain = not any(sign in last for sign in ",;:()") and "," not in sentence
    return plain and len(last.split()) <= JOINED_AT_MOST
