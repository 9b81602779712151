"""Passages in; the distinctions that they make out: this circumstance points to that choice. Lessons ask about them.

The pages say what the exam turns on in sentences of a few forms. Only those forms are read, so that a question made of
one half has the other half as its answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tutor.engines.engine import Quote
from tutor.index.terms import terms
from tutor.read.document import Passage
from tutor.read.statements import statements

_SECTIONS = ("What the exam turns on", "When to choose it", "When not to choose it")
_POINTS = re.compile(r"^(?P<sign>.+?),?\s+points?\s+to(?:wards?)?\s+(?P<choice>.+)$")
_MEANS = re.compile(r"^(?P<sign>[\"“].+?[\"”]) means (?P<choice>.+)$")
_FITS = re.compile(
    r"^(?P<choice>.+?)\s+"
    r"(?:suits?|fits?(?: best| better)?|(?:is|are) (?:the )?(?:better|best|right) choice|(?:is|are) enough)\s+"
    r"(?P<sign>(?:when|where|if|for)?\s*.+)$"
)
_NEXT = re.compile(r";\s+|,\s+(?:and\s+)?(?=[^,;]+\bpoints? to\b)")
_TAIL = re.compile(
    r",\s+(?:because|since|so|while|which|also|until|as|whose|even|with)\b.*$|\s+because\b.*$", re.IGNORECASE
)
_CHOICE_TAIL = re.compile(
    r",?\s+(?:rather than|instead of|even (?:when|if)|unless|and not|not|with which|in which)\b.*$"
    r"|\s+\(.*\)$|\s+instead$|\s+before (?:anything|everything) else$|\s+first$",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|no|never|does|do|nor|neither)\s*$", re.IGNORECASE)
_POINTING_BACK = re.compile(r"(?:such|this|these|that|those|it|they)\b", re.IGNORECASE)
_SHARED = frozenset(
    terms("agent platform google cloud service managed data model models use using custom api best one job jobs new")
)
FEWEST_WORDS, MOST_WORDS, MOST_CHOICE_WORDS = 2, 30, 10


@dataclass(frozen=True)
class Distinction:
    """A circumstance and the choice that it points to."""

    sign: str
    choice: str
    statement: str
    """The whole sentence that says so."""
    quote: Quote
    title: str

    @property
    def telling(self) -> frozenset[str]:
        """The words by which the choice is known."""
        return telling_words(self.choice)


def distinctions(passages: Sequence[Passage]) -> Iterator[Distinction]:
    """What decides, on these passages, in their order."""
    for section in _SECTIONS:
        for passage in passages:
            if section in passage.headings:
                for statement in statements(passage.text):
                    if statement.form in ("sentence", "entry"):
                        yield from _read(" ".join(statement.text.split()), passage)


def telling_words(choice: str) -> frozenset[str]:
    """The words by which a choice is known: not those that half of all products share."""
    said = frozenset(terms(choice))
    return said - _SHARED or said


def _read(text: str, passage: Passage) -> Iterator[Distinction]:
    quote = Quote(passage.id, text)
    for half in _NEXT.split(text.rstrip(".")):
        match = _POINTS.match(half) or _MEANS.match(half) or _FITS.match(half)
        if not match or _DENIED.search(match["choice"]):
            continue
        sign, choice = (
            _TAIL.sub("", match["sign"]).strip(),
            _CHOICE_TAIL.sub("", _TAIL.sub("", match["choice"])).strip(" .,"),
        )
        is_cut = any(part.count('"') % 2 for part in (sign, choice)) or bool(_POINTING_BACK.match(sign))
        fits = (
            not is_cut and FEWEST_WORDS <= len(sign.split()) <= MOST_WORDS and len(choice.split()) <= MOST_CHOICE_WORDS
        )
        if fits and set(terms(choice)) and not _repeats(sign, choice):
            yield Distinction(sign, choice, text, quote, passage.title)


def _repeats(sign: str, choice: str) -> bool:
    """Whether the circumstance gives the choice away."""
    said = set(terms(choice)) - _SHARED
    return bool(said) and said <= set(terms(sign))
