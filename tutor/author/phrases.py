"""A circumstance, and a side of the matter, in; the few words that tie it to a reason out.

No phrase says more than that: whatever the reason is, it stays true. Within an item no phrase comes again before all
others of its kind have been used. A circumstance is brought up in full once and in a few words after that.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Mapping
from typing import Literal

from tutor.author.sentences import can_be_inner, inner, refers, shorten, telling

FULL_WORDS, RECALLED_WORDS, RECALLED_WHOLE = 18, 9, 4
"""Longest circumstance that is told as a clause; how many words recall one, and how many more are not cut off."""
FEWEST_WORDS = 4

_CLAUSE = re.compile(r"; |, (?=(?:and|but|so|because|since|which|although|while|whereas) )")
_WHOLE = re.compile(r"(?:and |but |so |)((?:the|a|an|no|nobody|each|every|all|there)\b.*)", re.IGNORECASE)

PHRASES: Mapping[str, tuple[str, ...]] = {
    "right, told": ("Here, {}.", "That counts here, because {}.", "In this case, {}.", "It matters because {}."),
    "right, recalled": ("Given “{}”:", "As to “{}”:", "On “{}”:", "“{}” points here:", "With “{}” in mind:"),
    "wrong, told": (
        "Here, {}.",
        "This rules it out, because {}.",
        "In this case, {}.",
        "That decides, since {}.",
        "And here, {}.",
    ),
    "wrong, recalled": (
        "It fails on “{}”:",
        "The obstacle is “{}”:",
        "It does not go with “{}”:",
        "“{}” stands against it:",
        "Given “{}”, it is out:",
        "Against it is “{}”:",
    ),
    "again": ("As with {}:", "Like {}, it has this against it:"),
    "further, recalled": ("“{}” speaks against it as well:", "Nor does it fit “{}”:", "And there is “{}”:"),
    "besides": ("Besides:", "There is a second obstacle:", "One more point:"),
    "first": (
        "Several options would work; this one does it {}:",
        "Others would do too, but this one does it {}:",
        "Of those that would work, this one does it {}:",
    ),
    "but second": (
        "So it would work, but the way to do it {} is {}.",
        "It would do, then; the way to do it {}, though, is {}.",
    ),
    "second": (
        "It would work, but it is not the way to do it {}; that is {}:",
        "It would do the job; the way to do it {}, though, is {}:",
    ),
    "concession": ("What speaks for it:", "It has one merit here:", "Its appeal is this:"),
    "would be": (
        "With “{new}” in place of “{old}”, {it} would be right",
        "Had it been “{new}” and not “{old}”, {it} would be right",
        "If the case said “{new}” where it says “{old}”, {it} would be right",
        "Put “{new}” for “{old}”, and {it} would be right",
    ),
}


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

    def circumstance(
        self, side: str, words: str, because: str, *, is_new: bool
    ) -> tuple[Literal["before", "behind"], str]:
        """How a circumstance is brought up beside a reason, and whether it stands before or behind it."""
        clause = main_clause(words, because)
        if is_new and side != "further" and can_be_inner(clause, self._small, FULL_WORDS):
            return "behind", self.pick(f"{side}, told", inner(clause))
        return "before", self.pick(f"{side}, recalled", shorten(clause, RECALLED_WORDS, RECALLED_WHOLE))


def main_clause(sentence: str, because: str) -> str:
    """The part of a sentence that can stand alone and is nearest to a reason; the whole where it is short."""
    if len(sentence.split()) <= FULL_WORDS:
        return sentence
    begins = [0, *(match.end() for match in _CLAUSE.finditer(sentence))]
    ends = [*(match.start() for match in _CLAUSE.finditer(sentence)), len(sentence)]
    parts = [sentence[begin:end] for begin, end in zip(begins, ends, strict=True)]
    alone = [part for part in parts[1:] if not refers(part)]
    whole = [parts[0], *(match[1] for part in alone if (match := _WHOLE.match(part)))]
    known = telling(because)
    longest = [part for part in whole if len(part.split()) >= FEWEST_WORDS] or [sentence]
    return max(longest, key=lambda part: (len(telling(part) & known), -whole.index(part) if part in whole else 0))
