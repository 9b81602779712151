"""A question in, the evidence on its options out: what precedents say, and where its words and an option's meet.

Three measures for each option, and its length, so that no measure can win by length alone (`weights.py` takes it out).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tutor.index.encoder import Vectors
from tutor.index.terms import terms
from tutor.solve.kernel import InWords, Pull, pull
from tutor.solve.knowledge import Knowledge
from tutor.solve.question import Question
from tutor.solve.shared_words import LEAST_RARITY

MEASURES = ("precedents", "shared statement", "shared passage")
LENGTH = "length"
MOST_CLAUSES = 24
"""Of a longer stem the last ones count: there stands what is asked."""
LONGEST_STEM = 6000
LONGEST_OPTION = 800
"""Characters that are read of an option."""
SHORTEST_ACTION, MOST_ACTIONS = 3, 6
"""Words that an action has at least; actions of an option that are looked at."""
A_PART = 0.9
"""How much of a likeness counts that only a part of an option has."""
_ACTION = re.compile(r",\s+(?:and\s+then|and|then|but)\s+|;\s+|,\s+|\s+and\s+(?=[a-z]+\s)|\s+then\s+")
_CLAUSE = re.compile(r"(?<=[.!?;:])\s+|\n+")


class Lexical(Protocol):
    """What is asked of the index of words."""

    def scores(self, query: str) -> NDArray[np.float32]:
        """The score of every passage for a text."""

    def rarity(self, term: str) -> tuple[float, bool]:
        """How much a term tells, and whether it occurs at all."""


@dataclass(frozen=True)
class Likeness:
    """How alike precedents, in rows, and a question are."""

    near: Vectors
    """Their circumstances and each clause of the stem, and at last the stem as a whole."""
    fit: Vectors
    """Their choices and each option, in meaning."""
    said: InWords
    """The words that they share."""


@dataclass(frozen=True)
class Evidence:
    """What was found on a question's options."""

    measures: Mapping[str, Vectors]
    """Values for each option by measure, the length among them."""
    pull: Pull
    alike: Likeness

    @cached_property
    def near(self) -> Vectors:
        """How near each precedent's circumstance is, at best."""
        best: Vectors = self.alike.near.max(axis=1)
        return best

    @property
    def fit(self) -> Vectors:
        """How near each precedent's choice is to each option."""
        return self.alike.fit


@dataclass(frozen=True)
class Words:
    """Where words occur: in passages, and in their single statements."""

    passages: Lexical
    statements: Lexical


def gather(question: Question, knowledge: Knowledge, words: Words, without: str = "") -> Evidence:
    """Look a question and its options up; `without` names a decision model that is not used."""
    stem, options = question.stem[-LONGEST_STEM:], [option[:LONGEST_OPTION] for option in question.options]
    alike = _liken(stem, options, knowledge)
    found = pull(alike.near, alike.fit, alike.said, knowledge.signs(without), knowledge.trust)
    asked, asked_there = words.passages.scores(stem), words.statements.scores(stem)
    told = np.stack([words.passages.scores(option) for option in options])
    own = [own_words(option, stem) for option in options]
    told_there = np.stack([words.statements.scores(option) for option in own])
    rarity = np.array([max(LEAST_RARITY, _rarity(option, words.passages)) for option in own])
    lengths = np.log([1 + len(option.split()) for option in options])
    measures = {
        "precedents": found.scores,
        "shared statement": np.sqrt(
            asked_there[None] * told_there / (_rarity(stem, words.passages) * rarity[:, None])
        ).max(axis=1, initial=0.0),
        "shared passage": (asked[None] + told).max(axis=1, initial=0.0),
        LENGTH: lengths,
    }
    values = {name: np.asarray(some, np.float32) for name, some in measures.items()}
    return Evidence(values, found, alike)


def _liken(stem: str, options: Sequence[str], knowledge: Knowledge) -> Likeness:
    """Hold a question against all precedents."""
    apart = [parts(option) for option in options]
    near, fit = knowledge.compare([*clauses(stem), stem], [*options, *(part for some in apart for part in some)])
    said = knowledge.compare_words(stem, apart_words(options))
    return Likeness(near, _joined(fit, list(map(len, apart))), said)


def own_words(option: str, stem: str) -> str:
    """An option without the words of the stem: that it repeats them says nothing of it. Whole where none is left."""
    known = set(terms(stem))
    return " ".join(word for word in option.split() if not known.issuperset(terms(word))) or option


def apart_words(options: Sequence[str]) -> list[frozenset[str]]:
    """The words of each option that not all of them have; all its words where that leaves none."""
    said = [frozenset(terms(option)) for option in options]
    common = frozenset.intersection(*said) if said else frozenset()
    return [words - common or words for words in said]


def parts(option: str) -> list[str]:
    """The single actions of an option that names several."""
    found = [part for part in _ACTION.split(option) if len(part.split()) >= SHORTEST_ACTION]
    return found[:MOST_ACTIONS] if len(found) > 1 else []


def _joined(fit: Vectors, counts: Sequence[int]) -> Vectors:
    """How alike choices and options are, an option being also what its parts are: those come after all options."""
    joined, begin = fit[:, : len(counts)].copy(), len(counts)
    for place, count in enumerate(counts):
        if count:
            best = fit[:, begin : begin + count].max(axis=1)
            joined[:, place] = np.maximum(joined[:, place], A_PART * best)
            begin += count
    return joined


def _rarity(text: str, lexical: Lexical) -> float:
    """How much the terms of a text tell, together."""
    return sum(lexical.rarity(term)[0] for term in set(terms(text))) + 1e-6


def clauses(stem: str) -> Sequence[str]:
    """The clauses of a stem that say something."""
    return [part for part in _CLAUSE.split(stem) if len(part.split()) > 2][-MOST_CLAUSES:]
