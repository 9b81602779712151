"""Short turns that ask for no new matter: shorter, in a table, why, an example, quiz me. A turn in, its wish out.

A wish is only known where the whole turn says nothing else, so that a question which merely contains such a word stays
a question. The ways to say it are in `phrases/wishes.txt`.
"""

from __future__ import annotations

import re
from typing import Literal, cast

from tutor.answer.conversation.phrases import patterns

Wish = Literal[
    "shorter",
    "longer",
    "more",
    "table",
    "list",
    "plain form",
    "simpler",
    "why",
    "example",
    "exam",
    "trap",
    "sources",
    "quiz",
    "repeat",
]

LONGEST_WISH = 120
"""Characters; a longer turn says more than a wish."""

_OPENING = re.compile(
    r"^(?:(?:and|but|so|ok(?:ay)?|then|well|also|hm+|ah|oh|now|please|sorry|great|good|nice|cool|right|yes|yeah|"
    r"thanks|thank you|perfect|wait|hey|again|got it|understood|i see)\b[\s,.!:;-]*)+",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"[\s,]*\b(?:(?:please|pls|thanks|thank you|then|now|again|instead|for me)[\s?.!…]*)$|[\s?.!…]*$", re.IGNORECASE
)
_POLITE = re.compile(
    r"^(?:(?:can|could|would|will) (?:you|i)(?: please)?(?: get| have| see)?|"
    r"i(?:'d| would) (?:like|want|prefer)(?: to (?:have|see))?|i (?:want|need)(?: to (?:have|see))?|"
    r"please|give me|let me (?:have|see)|show me|let(?:'s| us) have)\s+",
    re.IGNORECASE,
)

_IN_FULL = {
    "abt": "about", "sry": "sorry", "pls": "please", "plz": "please", "cuz": "because", "bc": "because",
    "diff": "difference", "w/": "with", "w/o": "without", "w": "with", "n": "and",
}  # fmt: skip
_SHORTENED = re.compile(
    r"(?<![\w./@#'-])(?:abt|sry|pls|plz|cuz|bc|diff(?= between\b)|w/o?|(?:(?<=\w )|^)[wn](?= [a-z]))(?![\w./@#'-])",
    re.IGNORECASE,
)


def wish_in(said: str) -> Wish | None:
    """The wish that a turn is, if it is nothing else."""
    if len(said) > LONGEST_WISH:
        return None
    whole = _CLOSING.sub("", _CLOSING.sub("", plain(said)))
    opened = _OPENING.sub("", whole)
    for text in dict.fromkeys((whole, opened, _POLITE.sub("", opened), _POLITE.sub("", whole))):
        for wish, pattern in patterns("wishes.txt"):
            if pattern.fullmatch(text.strip(" ,;:-")):
                return cast(Wish, wish)
    return None


def plain(said: str) -> str:
    """A turn on one line, with plain quotation marks and what people shorten written out."""
    text = " ".join(said.replace("’", "'").split())
    return _SHORTENED.sub(lambda match: _IN_FULL[match[0].lower().strip()], text)


def without_opening(said: str) -> str:
    """A turn without the words that only join it to what was said before: and, but, okay, thanks."""
    return _OPENING.sub("", plain(said))
