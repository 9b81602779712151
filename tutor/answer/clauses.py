"""A statement in, its clauses out; evidence in, its units out: the stretches that say one thing each.

A statement is cut where a clause begins. Evidence is cut into sentences, halves of sentences, and rows of tables, which
keep their cells and the heads of their columns. Numbers, identifiers and names must not differ by a character.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from tutor.index.terms import STOP_WORDS, stem, terms

FEWEST_WORDS = 3
"""A clause with fewer words belongs to the one before it."""

SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+(?=[\W_]*[A-Z0-9])|\n+")
_EXACT = re.compile(r"\d[\d.,]*|\b\w*[._/]\w[\w./]*\b|\b\w*[a-z][A-Z]\w*\b|\b[A-Z][A-Z0-9_]{2,}\b")
_NUMBERS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
NUMBERS_IN_WORDS = {word: str(number) for number, word in enumerate(_NUMBERS, 2)} | {
    word: word for word in ("twenty", "thirty", "fifty", "hundred", "thousand", "million", "billion", "dozen", "half")
}
_NAME = re.compile(r"\b[A-Z]\w+")
_OPENERS = frozenset(
    """after all also although always avoid because before besides both choose compared consider despite during each
    either every everything finally first from given here however in instead keep likewise many most neither next no
    none note on only otherwise pick prefer rather several similarly since some such take tell then therefore though
    through under unless unlike until up use using whatever whenever where whereas wherever whether whichever while
    whoever with within without yes yet""".split()  # noqa: SIM905 - reads better than eighty quoted words
)
"""Words with which sentences begin, whatever they are about."""
_BREAK = re.compile(
    r";\s+|(?<=[a-z)`]):\s+|,\s+(?:and|but|while|whereas|so that|so|because|since|which|as|although|where)\s+"
    r"|\s+(?:because|whereas|while|although|so that)\s+"
)
AND = re.compile(r"\s+and\s+")
_POINTING = re.compile(r"(?:it|they|this|these|that|those|such|both|either|the)\b", re.IGNORECASE)
_WRAPPED = re.compile(r"(?<![.!?:;|\n])[ \t]*\n[ \t]*(?![|\n])")
"""Where a line ends and its sentence goes on."""
_TABLE_HEAD = re.compile(r"(\|[^\n]*\|)[ \t]*\n[ \t]*\|[ :|-]+\|[ \t]*\n(?:[ \t]*\|[^\n]*\n)*[ \t]*$")


@dataclass(frozen=True)
class Unit:
    """A stretch of evidence that says one thing, taken apart."""

    text: str
    words: tuple[str, ...]
    inherited: frozenset[str] = frozenset()
    """What it points back to, where it begins with a word that does."""
    cells: tuple[frozenset[str], ...] = ()
    """Of a row, the words of each cell."""
    heads: tuple[frozenset[str], ...] = ()
    """Of a row, the words at the head of each column."""

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return bool(self.cells)

    @property
    def known(self) -> frozenset[str]:
        """Its words, those that it points back to, and those at the head of its table."""
        return self.inherited.union(self.words, *self.heads)

    def mixes_columns(self, said: frozenset[str]) -> bool:
        """Whether words name some columns of the table, and what they say of them stands in others."""
        named = {place for place, head in enumerate(self.heads) if place and head & said - set(self.words)}
        cells = [cell & said for cell in self.cells]
        told = {
            place
            for place, cell in enumerate(cells)
            if place and cell - frozenset[str]().union(*cells[:place], *cells[place + 1 :])
        }
        return bool(named and told) and not named & told


def clauses(sentence: str) -> list[str]:
    """The parts of a sentence that say something by themselves."""
    parts: list[str] = []
    for part in _BREAK.split(sentence):
        for half in _halves(part):
            if parts and len(tuple(terms(half))) < FEWEST_WORDS:
                parts[-1] = f"{parts[-1]}, {half}"
            else:
                parts.append(half)
    if len(parts) > 1 and len(tuple(terms(parts[0]))) < FEWEST_WORDS:
        parts[:2] = [", ".join(parts[:2])]
    return parts


def _halves(part: str) -> list[str]:
    """Parted at an "and" between two halves that have a number or identifier each."""
    for match in AND.finditer(part):
        before, after = part[: match.start()], part[match.end() :]
        both = all(exact_tokens(half) and len(tuple(terms(half))) >= FEWEST_WORDS for half in (before, after))
        if both and not re.search(r"\bboth\b", before):
            return [before, *_halves(after)]
    return [part]


@functools.lru_cache(maxsize=4096)
def units_of(evidence: str, about: str) -> tuple[Unit, ...]:
    """The units of evidence; `about` is the text of its passages, in which the heads of its tables stand."""
    units: list[Unit] = []
    blocks = _WRAPPED.sub(" ", evidence).split("\n")
    for block in blocks:
        if block.lstrip().startswith("|"):
            if len(blocks) == 1 or not _is_head(block, about):
                units += _cut_row(block, about)
        elif re.search(r"\w", block):
            units += _cut_prose(block, units[-1:])
    return tuple(units)


def _cut_prose(block: str, ahead: Sequence[Unit]) -> list[Unit]:
    units = list(ahead)
    for sentence in SENTENCE_END.split(block):
        for part in re.split(r";\s+", sentence):
            for half in _alike_halves(part):
                before = units[-1].known if units and _POINTING.match(half.strip()) else frozenset[str]()
                units.append(Unit(half, tuple(terms(half)), before))
    return [unit for unit in units[len(ahead) :] if unit.words]


def _cut_row(row: str, about: str) -> list[Unit]:
    cells = tuple(frozenset(terms(cell)) for cell in _cells(row))
    heads = tuple(frozenset(terms(cell)) for cell in _head_of(row, about))
    return [Unit(row, tuple(terms(row)), cells=cells, heads=heads if len(heads) == len(cells) else ())]


def _head_of(row: str, about: str) -> list[str]:
    """The cells of the head of the table in which a row stands."""
    before, found, _ = about.partition(row.strip())
    head = _TABLE_HEAD.search(before) if found else None
    return _cells(head[1]) if head else []


def _is_head(row: str, about: str) -> bool:
    return bool(re.search(re.escape(row.strip()) + r"[ \t]*\n[ \t]*\|[ :|-]+\|", about))


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def _alike_halves(part: str) -> list[str]:
    """Parted where two halves say alike things of different ones."""
    for match in re.finditer(r",?\s+(?:and|while|whereas|but)\s+", part):
        before, after = part[: match.start()], part[match.end() :]
        if len(set(_plain(before)[:4]) & set(_plain(after)[:4])) > 1:
            return [before, *_alike_halves(after)]
    return [part]


def _plain(text: str) -> list[str]:
    """The words of a text that are no numbers or identifiers."""
    return [word for word in terms(_EXACT.sub(" ", text)) if len(word) > 1]


@functools.lru_cache(maxsize=4096)
def words_in(text: str) -> frozenset[str]:
    """The search terms of a text."""
    return frozenset(terms(text))


@functools.lru_cache(maxsize=4096)
def stems_of(text: str) -> frozenset[str]:
    """The stems of all words of a text."""
    return frozenset(stem(word) for word in re.findall(r"[^\W_]+", text.lower()))


def names(sentence: str) -> set[str]:
    """Stems of words with a capital; the first one unless sentences often begin with it."""
    found = {match[0].lower() for match in _NAME.finditer(sentence)}
    return {stem(part) for word in found - STOP_WORDS - _OPENERS for part in re.findall(r"[^\W_]+", word)}


def exact_tokens(text: str) -> set[str]:
    """Numbers, in digits or words, identifiers and abbreviations: what must not differ by a character."""
    found = {match[0].rstrip(".,/").lower() for match in _EXACT.finditer(text)}
    return found | {NUMBERS_IN_WORDS[word] for word in re.findall(r"\w+", text.lower()) if word in NUMBERS_IN_WORDS}
