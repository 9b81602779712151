"""A key point and what an answer says in; whether the answer has the point, or conflicts with it, out.

Words decide, with meaning to help: an answer has a point when one statement, or two neighbouring ones, hold enough of
the point's words, rare ones first, or fewer of them and are alike in meaning; numbers and identifiers must agree. The
thresholds were set on the tuning half of `evals/gold/points.yaml` and reported on the other (docs/evals.md). Nothing
here uses the tutor's own check of citations, so that a fault there shows here. No file, no clock; the vectors are an
argument.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tutor.index.terms import terms

Rarity = Callable[[str], float]
"""How much a search term tells."""
Likeness = Callable[[str, str], float]
"""How alike two texts are in meaning: their cosine."""

ENOUGH = 0.55
"""The share of a point's words that an answer must have, by rarity."""
ENOUGH_ALIKE = 0.75
"""The cosine from which fewer words will do."""
FEWEST = 0.35
"""The share of words below which no likeness helps."""
ABOUT = 0.75
"""The share of a point's words, numbers left out, from which a statement is about the same and may conflict with it."""

_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?%?")
_IDENTIFIER = re.compile(r"\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b|\b[a-z]+[A-Z]\w+\b|\b[A-Z]{2,}\.[A-Z_]+\b|\b\w+_\w+\b")
_DENIAL = re.compile(r"\b(?:not|no|never|none|nor|without|cannot|nothing|\w+n['’]t)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:.|]\s|\b(?:and|but|because|so|while|whereas)\b")


@dataclass(frozen=True)
class Covered:
    """How near an answer comes to a point."""

    has: bool
    share: float
    """The largest share of the point's words in one statement or two neighbouring ones."""
    conflict: str = ""
    """The statement that says otherwise, where one does."""


def cover(point: str, statements: Sequence[str], rarity: Rarity, likeness: Likeness) -> Covered:
    """Whether the statements of an answer have a point, and whether one conflicts with it."""
    windows = [" ".join(window) for window in _windows(_rows_apart(statements))]
    shares = [share(point, window, rarity) for window in windows]
    has = any(
        agrees(point, window) and (part >= ENOUGH or (part >= FEWEST and likeness(point, window) >= ENOUGH_ALIKE))
        for part, window in sorted(zip(shares, windows, strict=True), reverse=True)
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


def _counts_otherwise(point: str, statement: str) -> bool:
    """Whether a number of the point is another one in the statement."""
    mine, theirs = _numbers(point), _numbers(statement)
    return bool(mine - theirs) and len(theirs - mine) >= len(mine - theirs)


def _numbers(text: str) -> set[str]:
    return {match[0].replace(",", "") for match in _NUMBER.finditer(text)}


def _denies(text: str, other: str) -> bool:
    """Whether a text denies two words in a row that stand in a row in the other, where no "not" is near them."""
    affirmed = [tuple(terms(part)) for part in _CLAUSE_END.split(other) if not _DENIAL.search(part)]
    for match in _DENIAL.finditer(text):
        denied = tuple(terms(_CLAUSE_END.split(text[match.end() :])[0]))[:2]
        if len(denied) == 2 and any(_stand_together(denied, clause) for clause in affirmed):
            return True
    return False


def _stand_together(words: tuple[str, ...], clause: tuple[str, ...]) -> bool:
    return any(clause[place : place + 2] == words for place in range(len(clause)))


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
