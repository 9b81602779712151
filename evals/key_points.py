"""A key point and what an answer says in; whether the answer has the point, or conflicts with it, out.

Words decide: an answer has a point when one statement, or two neighbouring ones, hold enough of the point's words,
rare ones first, and its numbers and identifiers. The threshold was set on the tuning half of `evals/gold/points.yaml`
and reported on the other (docs/evals.md); likeness in meaning, tried beside it, changed none of the judgements. The
tutor's own check of citations has no part in this, so that a fault there shows here.
"""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tutor.index.terms import terms

Rarity = Callable[[str], float]
"""How much a search term tells."""

ENOUGH = 0.55
"""The share of a point's words that an answer must have, by rarity."""
ABOUT = 0.75
"""The share of a point's words, numbers left out, from which a statement is about the same and may conflict with it."""

FEWEST, ALIKE = 3, 0.6
"""Clauses with at least so many words, this share of them in common, speak of the same."""

_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?%?")
_IDENTIFIER = re.compile(r"\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b|\b[a-z]+[A-Z]\w+\b|\b[A-Z]{2,}\.[A-Z_]+\b|\b\w+_\w+\b")
_DENIAL = re.compile(r"\b(?:not|no|never|none|nor|without|cannot|nothing|\w+n['’]t)\b", re.IGNORECASE)
_DENYING = frozenset(terms("not no never none nor without cannot nothing"))
_CLAUSE_END = re.compile(r"[,;:.|]\s|\b(?:and|but|because|so|while|whereas)\b")


@dataclass(frozen=True)
class Covered:
    """How near an answer comes to a point."""

    has: bool
    share: float
    """The largest share of the point's words in one statement or two neighbouring ones."""
    conflict: str = ""
    """The statement that says otherwise, where one does."""


def cover(point: str, statements: Sequence[str], rarity: Rarity) -> Covered:
    """Whether the statements of an answer have a point, and whether one conflicts with it."""
    windows = [" ".join(window) for window in _windows(_rows_apart(statements))]
    shares = [share(point, window, rarity) for window in windows]
    has = any(
        part >= ENOUGH and agrees(point, window) and not (_denies(point, window) or _denies(window, point))
        for part, window in zip(shares, windows, strict=True)
    )
    against = next((one for one in _rows_apart(statements) if conflicts(point, one, rarity)), "") if not has else ""
    return Covered(has, max(shares, default=0.0), against)


def share(point: str, said: str, rarity: Rarity) -> float:
    """How much of a point's words stand in what is said, rare ones first."""
    wanted = {term: rarity(term) for term in _terms_in(point)}
    total = sum(wanted.values())
    return sum(wanted[term] for term in wanted.keys() & _terms_in(said)) / total if total else 0.0


@functools.lru_cache(maxsize=20_000)
def _terms_in(text: str) -> frozenset[str]:
    return frozenset(terms(text))


def agrees(point: str, said: str) -> bool:
    """Whether the numbers and identifiers of a point stand in what is said."""
    return _exact(point) <= _exact(said) | {word.lower() for word in re.findall(r"[\w.]+", said)}


def conflicts(point: str, statement: str, rarity: Rarity) -> bool:
    """Whether a statement is about the same as a point and counts something otherwise, or denies what it affirms."""
    if share(_NUMBER.sub(" ", point), statement, rarity) < ABOUT:
        return False
    return _counts_otherwise(point, statement) or _denies(point, statement) or _denies(statement, point)


def mark(point: str, sentence: str) -> tuple[int, int]:
    """Checksums of the words that a sentence shares with a point, and of its numbers and "not"s."""
    words = sorted(_terms_in(_NUMBER.sub(" ", point)) & _terms_in(sentence))
    facts = [*sorted(_numbers(sentence)), *(match[0].lower() for match in _DENIAL.finditer(sentence))]
    return zlib.crc32(" ".join(words).encode()), zlib.crc32(" ".join(facts).encode())


def _counts_otherwise(point: str, statement: str) -> bool:
    """Whether a number of the point is another one in the statement."""
    mine, theirs = _numbers(point), _numbers(statement)
    return bool(mine - theirs) and len(theirs - mine) >= len(mine - theirs)


def _numbers(text: str) -> set[str]:
    return {match[0].replace(",", "") for match in _NUMBER.finditer(text)}


def _denies(text: str, other: str) -> bool:
    """Whether a text denies what the other affirms: a clause with the same words, one of them behind a "not"."""
    if "|" in text or "|" in other:
        return False  # a cell that says "no" answers the head of its column
    affirmed = [_terms_in(part) for part in _CLAUSE_END.split(other) if not _DENIAL.search(part)]
    also_denied = [_terms_in(part) for part in _CLAUSE_END.split(other) if _DENIAL.search(part)]
    for part in _CLAUSE_END.split(text):
        for match in _DENIAL.finditer(part):
            denied = list(terms(part[match.end() :]))[:1]
            clause = _terms_in(part) - _DENYING
            if not denied or any(denied[0] in one for one in also_denied):
                continue
            if any(denied[0] in one and _alike(clause, one) for one in affirmed):
                return True
    return False


def _alike(clause: frozenset[str], other: frozenset[str]) -> bool:
    fewer = min(len(clause), len(other))
    return fewer >= FEWEST and len(clause & other) >= ALIKE * fewer


def _rows_apart(statements: Sequence[str]) -> list[str]:
    """Tables taken apart into rows, each below its head."""
    found: list[str] = []
    for statement in statements:
        lines = statement.splitlines()
        if statement.startswith("|") and len(lines) > 2:
            found += [f"{lines[0]}\n{row}" for row in lines[2:]]
        else:
            found.append(statement)
    return found


def _windows(statements: Sequence[str]) -> list[Sequence[str]]:
    return [*([one] for one in statements), *pairwise(statements)]


def _exact(text: str) -> set[str]:
    return _numbers(text) | {match[0].lower() for match in _IDENTIFIER.finditer(text)}
