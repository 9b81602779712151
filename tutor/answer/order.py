"""A clause and a unit of evidence in; whether the same words stand in them in another order, and mean something else.

Raising one thing and lowering another, a number and what it counts, what points to what.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tutor.answer.claims import OPPOSITES
from tutor.answer.clauses import NUMBERS_IN_WORDS
from tutor.index.terms import STOP_WORDS, stem, terms

_DIRECTED = frozenset(
    terms(
        "points leads causes needs requires uses gives takes creates reads writes starts calls replaces produces "
        "returns sends triggers contains includes holds supports makes means follows precedes keeps trains"
    )
)
"""Verbs of which it matters what stands before and what behind them."""


def says_opposite(said: tuple[str, ...], unit: tuple[str, ...]) -> bool:
    """Whether a word stands where the unit has its opposite, or before another word than in the unit."""
    for place, word in enumerate(said):
        opposites = OPPOSITES.get(word, frozenset()) & set(unit)
        if opposites and word not in unit:
            return not opposites & set(said)
        if opposites and word in unit:
            after = said[place + 1 : place + 2]
            if after and after[0] in unit and not any(after[0] in unit[at + 1 : at + 3] for at in _places(word, unit)):
                return True
    return False


def _places(word: str, words: Sequence[str]) -> list[int]:
    return [place for place, other in enumerate(words) if other == word]


def counts_otherwise(clause: str, unit: str) -> bool:
    """Whether a number counts something that the unit counts with another number."""
    mine, theirs = _counted(clause), _counted(unit)
    return any(what in {other for _, other in theirs} and (number, what) not in theirs for number, what in mine if what)


def _counted(text: str) -> set[tuple[str, str]]:
    """The numbers of a text, each with the word behind it."""
    found = set()
    words = re.findall(r"[^\W_][\w.,]*", text.lower())
    for place, word in enumerate(words[:-1]):
        if words[place + 1] in STOP_WORDS:
            continue
        number = NUMBERS_IN_WORDS.get(word) or ("1" if word == "one" else word.rstrip(".,"))
        if number[0].isdigit():
            found.add((number, stem(words[place + 1].rstrip(".,"))))
    return found


def is_turned_round(said: tuple[str, ...], unit: tuple[str, ...], clause: str, of: str) -> bool:
    """Whether what stands before a verb that has a direction stands behind it in the unit, and the reverse."""
    for verb in _DIRECTED & set(said) & set(unit):
        if said.count(verb) > 1 or unit.count(verb) > 1 or verb in _passives(clause) ^ _passives(of):
            continue
        mine, theirs = said.index(verb), unit.index(verb)
        before, after = set(said[:mine]) & set(unit), set(said[mine + 1 :]) & set(unit)
        if before and after and before <= set(unit[theirs + 1 :]) and after <= set(unit[:theirs]):
            return True
    return False


def _passives(text: str) -> frozenset[str]:
    return frozenset(
        stem(match[1].lower()) for match in re.finditer(r"\b(?:is|are|was|were|be|been|being) (\w+)", text)
    )
