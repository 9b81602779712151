"""A circumstance, and a side of the matter, in; the few words that tie it to a reason out.

No phrase says more than that: whatever the reason is, it stays true. Within an item no phrase comes again before all
others of its kind have been used. A circumstance is called by its name; one without a name is told as a clause where it
has a short one, and not at all where it has none: half a quotation helps nobody.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from tutor.author.sentences import can_be_inner, inner, refers, telling

MOST_WORDS, FEWEST_WORDS = 14, 4
"""Longest and shortest clause by which a circumstance without a name is told."""
BEHIND_SHARE = 0.5
"""So often a circumstance follows a reason that can be followed, and precedes it otherwise."""

Side = Literal["right", "wrong"]

_CLAUSE = re.compile(r"; |, (?=(?:and|but|so|because|since|which|although|while|whereas) )")
_WHOLE = re.compile(r"(?:and |but |so |)((?:the|a|an|no|nobody|each|every|all|there)\b.*)", re.IGNORECASE)

PHRASES: Mapping[str, tuple[str, ...]] = {
    "right, before": ("It suits {}:", "It fits {}:"),
    "right, behind": ("That suits {}.", "That fits {}."),
    "wrong, before": ("It is ruled out by {}:", "Because of {}, it does not work here:"),
    "wrong, behind": ("That is ruled out by {}.", "Because of {}, that does not work here."),
    "right, clause": ("This is the choice because {}:", "It is chosen because {}:"),
    "wrong, clause": ("It is out because {}:", "This is not the way, because {}:"),
    "first": (
        "Several options would work; this one does it {}:",
        "Others would do too, but this one does it {}:",
        "Of those that would work, this one does it {}:",
    ),
    "but second": ("So it would work, but {1} does it {0}.", "It would do, then, but {1} does it {0}."),
    "second": ("It would work, but {1} does it {0}:", "It would do the job, but {1} does it {0}:"),
    "would be": (
        "With “{new}” in place of “{old}”, {it} would be right",
        "Had it been “{new}” and not “{old}”, {it} would be right",
        "If the case said “{new}” where it says “{old}”, {it} would be right",
        "Put “{new}” for “{old}”, and {it} would be right",
    ),
}


@dataclass(frozen=True)
class Circumstance:
    """A circumstance beside a reason."""

    name: str
    """What it is called; empty where it has no name."""
    wording: str
    """Its sentence in the stem; empty where the scene states it."""


class Phrases:
    """The phrases of one item."""

    def __init__(self, chance: random.Random, small: Collection[str] = ()) -> None:
        self._chance = chance
        self._small = small
        """Words that are written small inside a sentence."""
        self._left: dict[str, list[str]] = {}

    def pick(self, kind: str, *words: str, **named: str) -> str:
        """A phrase of a kind, filled; one that has not been used yet where there is one."""
        left = self._left.setdefault(kind, [])
        if not left:
            left.extend(self._chance.sample(PHRASES[kind], len(PHRASES[kind])))
        return left.pop().format(*words, **named)

    def tie(self, side: Side, to: Circumstance, because: str, *, can_follow: bool) -> tuple[str, str]:
        """What ties a reason to a circumstance: the words before it and those behind it, one of them empty or both."""
        if to.name:
            if can_follow and self._chance.random() < BEHIND_SHARE:
                return "", self.pick(f"{side}, behind", to.name)
            return self.pick(f"{side}, before", to.name), ""
        clause = main_clause(to.wording, because)
        if can_be_inner(clause, self._small, MOST_WORDS):
            return self.pick(f"{side}, clause", inner(clause)), ""
        return "", ""


def main_clause(sentence: str, because: str) -> str:
    """The part of a sentence that can stand alone and is nearest to a reason; the whole where it is short."""
    if len(sentence.split()) <= MOST_WORDS:
        return sentence
    begins = [0, *(match.end() for match in _CLAUSE.finditer(sentence))]
    ends = [*(match.start() for match in _CLAUSE.finditer(sentence)), len(sentence)]
    parts = [sentence[begin:end] for begin, end in zip(begins, ends, strict=True)]
    alone = [part for part in parts[1:] if not refers(part)]
    whole = [parts[0], *(match[1] for part in alone if (match := _WHOLE.match(part)))]
    known = telling(because)
    longest = [part for part in whole if len(part.split()) >= FEWEST_WORDS] or [sentence]
    return max(longest, key=lambda part: (len(telling(part) & known), -whole.index(part) if part in whole else 0))
