"""A key point and what an answer says in; whether the answer has the point, or conflicts with it, out.

Words decide: an answer has a point when enough of the point's words, rare ones first, and its numbers and identifiers
stand in one statement, in two of them, or clause by clause. The further apart, the more words it takes: what stands
together by chance is less often meant together. The shares were set on the tuning half of a reading of every point and
reported on the other (docs/evals.md). The tutor's own check of citations has no part in this, so that a fault there
shows here.
"""

from __future__ import annotations

import functools
import re
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from tutor.index.terms import terms

Rarity = Callable[[str], float]
"""How much a search term tells."""

ENOUGH = 0.55
"""The share of a point's words that one statement must have, by rarity."""
NEIGHBOURS, APART = 0.57, 0.73
"""The share that two neighbouring statements, or any two of an answer, must have together."""
CLAUSE = 0.5
"""The share of every clause of a point that some statement must have, where the point has several clauses."""
NEAREST = 8
"""Of so many statements that have most of a point's words, two may stand apart."""
FEW = 2
"""A clause with fewer words says too little to be looked for alone."""
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
    rows = _rows_apart(statements)
    has = any(_says(row, point, ENOUGH, rarity) for row in rows) or _says_together(rows, point, rarity)
    against = next((row for row in rows if conflicts(point, row, rarity)), "") if not has else ""
    shares = (share(point, said, rarity) for said in [*rows, *_neighbours(rows)])
    return Covered(has, max(shares, default=0.0), against)


def _says_together(rows: Sequence[str], point: str, rarity: Rarity) -> bool:
    """Whether statements say a point between them, while none that nearly says it says the opposite."""
    if any(_gainsays(row, point) for row in rows if share(point, row, rarity) >= ENOUGH):
        return False
    nearest = sorted(rows, key=lambda row: share(point, row, rarity), reverse=True)[:NEAREST]
    return (
        any(_says(pair, point, NEIGHBOURS, rarity) for pair in _neighbours(rows))
        or any(_says(" ".join(pair), point, APART, rarity) for pair in combinations(nearest, 2))
        or _says_each_clause(rows, point, rarity)
    )


def _says(said: str, point: str, enough: float, rarity: Rarity) -> bool:
    """Whether words have this share of a point, all that is exact in it, and no denial that it has not."""
    return share(point, said, rarity) >= enough and agrees(point, said) and not _gainsays(said, point)


def _says_each_clause(rows: Sequence[str], point: str, rarity: Rarity) -> bool:
    """Whether every clause of a point with several stands in a statement, wherever it stands."""
    clauses = _clauses(point)
    return len(clauses) > 1 and all(any(_says(row, one, CLAUSE, rarity) for row in rows) for one in clauses)


def _clauses(point: str) -> list[str]:
    """The clauses of a point; those too short to tell anything stay with the one before them."""
    found: list[str] = []
    for part in _CLAUSE_END.split(point):
        if found and min(len(_terms_in(found[-1])), len(_terms_in(part))) < FEW:
            found[-1] = f"{found[-1]} {part}"
        else:
            found.append(part)
    return found


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
    return _counts_otherwise(point, statement) or _gainsays(statement, point)


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


def _gainsays(said: str, point: str) -> bool:
    return _denies(point, said) or _denies(said, point)


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


def _neighbours(rows: Sequence[str]) -> list[str]:
    return [" ".join(pair) for pair in pairwise(rows)]


def _exact(text: str) -> set[str]:
    return _numbers(text) | {match[0].lower() for match in _IDENTIFIER.finditer(text)}
