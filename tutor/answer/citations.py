"""Drafted statements in; verified citations out, or the reason why there are none.

A citation holds when its passage was among those given to the engine, its quote stands in that passage and is no
instruction to a model, and the quotes support the statement. They do when they contain it word for word, or when for
each of its sentences: its numbers and identifiers are in the quotes; its names are in the passages; most of its words
are in the quotes, and never several strange ones in a row; and nothing is denied that they affirm, or the reverse. A
word in the wrong place between two sentences of one quote is not noticed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Literal

from tutor.engines.engine import DraftStatement, Quote
from tutor.engines.instructions import is_order_in
from tutor.index.terms import STOP_WORDS, terms
from tutor.read.document import Passage

Fault = Literal["no quote", "unknown passage", "quote not in passage", "an instruction", "not supported"]

WORDS_COVERED = 0.6
"""The share of a sentence's words that its quotes must have."""
STRANGE_IN_A_ROW = 3
"""So many words in a row that the quotes do not have are something else than another wording."""
DENIAL_REACH = 3
"""How many words behind a "not" it may be about."""

_EXACT = re.compile(r"\d[\d.,]*|\b\w*[._/]\w[\w./]*\b|\b\w*[a-z][A-Z]\w*\b|\b[A-Z][A-Z0-9_]{2,}\b")
_NUMBERS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_IN_WORDS = {word: str(number) for number, word in enumerate(_NUMBERS, 2)} | {
    word: word for word in ("twenty", "thirty", "fifty", "hundred", "thousand", "million", "billion", "dozen", "half")
}
_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+(?=[\W_]*[A-Z0-9])|\n+")
_NAME = re.compile(r"\b[A-Z]\w+")
_DENIAL = re.compile(r"\b(?:not|no|never|none|neither|nor|without|cannot|nothing|\w+n['’]t)\b", re.IGNORECASE)
_OPENERS = frozenset(
    """after all also always although avoid because before besides both choose compared consider each either every
    finally first here however in instead keep likewise many most neither next no none note only otherwise pick prefer
    rather several similarly since some such take then therefore though unless unlike until use using whereas while
    without yes yet""".split()  # noqa: SIM905 - reads better than sixty quoted words
)
"""Words with which sentences begin, whatever they are about."""
_LABELS = frozenset(
    terms("option choice service product when use best for what why how much difference feature limit cost note")
)
"""Words that head the columns of tables."""


@dataclass(frozen=True)
class Span:
    """Where a quote stands: `passage.text[start:end]`."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """The quoted words."""
        return self.passage.text[self.start : self.end]


def verify(statement: DraftStatement, passages: Mapping[str, Passage]) -> tuple[Span, ...] | Fault:
    """Locate every quote of a statement and decide whether together they support it."""
    if not statement.quotes:
        return "no quote"
    spans = []
    for quote in statement.quotes:
        span = locate(quote, passages)
        if isinstance(span, str):
            return span
        if span.passage.layer != "shipped" and is_order_in(span.passage, span.start, span.end):
            return "an instruction"
        spans.append(span)
    about = " ".join(f"{span.passage.title} {span.passage.heading} {span.passage.text}" for span in spans)
    return tuple(spans) if supports("\n".join(span.text for span in spans), statement.text, about) else "not supported"


def locate(quote: Quote, passages: Mapping[str, Passage]) -> Span | Fault:
    """Find a quote in its passage, forgiving white space only."""
    passage = passages.get(quote.passage)
    if passage is None:
        return "unknown passage"
    words = quote.text.split()
    if not words:
        return "no quote"
    match = re.search(r"\s+".join(map(re.escape, words)), passage.text)
    return Span(passage, match.start(), match.end()) if match else "quote not in passage"


def supports(evidence: str, statement: str, about: str = "") -> bool:
    """Whether `evidence`, which stands in passages `about` something, carries `statement`."""
    if _says_word_for_word(" ".join(evidence.split()), " ".join(statement.split())):
        return True
    pieces = [piece for piece in _SENTENCE_END.split(statement) if re.search(r"\w", piece)]
    return bool(pieces) and all(_carries(evidence, piece, f"{about} {evidence}") for piece in pieces)


def _says_word_for_word(evidence: str, statement: str) -> bool:
    """Whether the statement stands there from a sentence's beginning on: the end of one may say the reverse."""
    before, found, _ = evidence.partition(statement) if statement else ("", "", "")
    return bool(found) and (not before.strip() or before.rstrip()[-1] in ".!?:;|")


def _carries(evidence: str, sentence: str, about: str) -> bool:
    """Whether the evidence has all that one sentence or table row says."""
    if not exact_tokens(sentence) <= exact_tokens(evidence):
        return False
    if not names(sentence) <= {word.lower() for word in re.findall(r"\w+", about)}:
        return False
    said = [word for word in terms(sentence) if not (sentence.startswith("|") and word in _LABELS)]
    known = [word in set(terms(evidence)) for word in said]
    if not said:
        return sentence.startswith("|")
    if sum(known) / len(said) < WORDS_COVERED or _longest_strange(known) >= STRANGE_IN_A_ROW:
        return False
    return any(_agrees(sentence, other) for other in _closest(sentence, evidence))


def _longest_strange(known: Sequence[bool]) -> int:
    return max((len(list(run)) for is_known, run in groupby(known) if not is_known), default=0)


def _closest(sentence: str, evidence: str) -> list[str]:
    """The sentences of the evidence that share most words with `sentence`."""
    wanted = set(terms(sentence))
    shared: dict[str, int] = {other: len(wanted & set(terms(other))) for other in _SENTENCE_END.split(evidence)}
    return [other for other, count in shared.items() if count == max(shared.values())]


def _agrees(sentence: str, other: str) -> bool:
    """Whether neither of two sentences denies what the other says."""
    denied, denied_there = _denied(sentence), _denied(other)
    if any(not any(set(reach) & set(there) for there in denied_there) for reach in denied):
        return False
    said = set(terms(sentence))
    return all(any(set(reach) & set(mine) for mine in denied) for reach in denied_there if reach[0] in said)


def _denied(text: str) -> list[list[str]]:
    """For each "not" of a text, the words behind it that it may be about."""
    reaches = [list(islice(terms(text[match.end() :]), DENIAL_REACH)) for match in _DENIAL.finditer(text)]
    return [reach for reach in reaches if reach]


def names(sentence: str) -> set[str]:
    """Words with a capital, in lower case; the first one unless sentences often begin with it."""
    found = {match[0].lower() for match in _NAME.finditer(sentence)}
    return found - STOP_WORDS - _OPENERS


def exact_tokens(text: str) -> set[str]:
    """Numbers, in digits or words, identifiers and abbreviations: what must not differ by a character."""
    found = {match[0].rstrip(".,/").lower() for match in _EXACT.finditer(text)}
    return found | {_IN_WORDS[word] for word in re.findall(r"\w+", text.lower()) if word in _IN_WORDS}
