"""Concept models: terms that are near neighbours, what each means, cases of each, and how they differ."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from pydantic import Field

from tutor.read.item_models.evidence import Evidence, Id, ItemModelRecord, Phrase, Sentence, Strict


class Case(Strict):
    """A case of one term and of no neighbour."""

    text: Sentence
    """Stands behind any scene of the model; the term is not named."""
    shows: Phrase
    """What in it decides, in its own words: `{shows}` of the contrasts."""


class Term(Strict):
    """One term among its neighbours."""

    id: Id
    wordings: tuple[Phrase, ...] = Field(min_length=1)
    """The term as an option; further wordings are other names of it."""
    means: Evidence
    sign: Phrase
    """What a case of it would show: `{sign}` of the contrasts."""
    cases: tuple[Case, ...] = Field(min_length=3)
    marks: tuple[Sentence, ...] = Field(min_length=2)
    """As an option: what is true of this term and of no neighbour; no full stop."""


class Difference(Evidence):
    """How two terms differ."""

    between: tuple[Id, Id]


class ConceptAsks(Strict):
    """How the question is put: which term a case is, and what sets a term (`{term}`) apart."""

    term: tuple[Sentence, ...] = Field(min_length=2)
    mark: tuple[Sentence, ...] = Field(min_length=2)


class ConceptModel(ItemModelRecord):
    """A family of terms that are confused."""

    kind: Literal["concept"]
    scenes: tuple[Sentence, ...] = Field(min_length=4)
    """How a stem opens: who, with what, what happened; nothing that decides."""
    asks: ConceptAsks
    fits: tuple[Sentence, ...] = Field(min_length=1)
    """Why a case is the term that it is: what it `{shows}`."""
    contrasts: tuple[Sentence, ...] = Field(min_length=3)
    """Why a case is not another term: the `{sign}` that is not there, and, if wanted, what the case `{shows}`."""
    terms: tuple[Term, ...] = Field(min_length=4)
    differences: tuple[Difference, ...] = ()
    """Where a sentence on both says more than what each of them means."""
    overlaps: tuple[tuple[Id, Id], ...] = ()
    """Terms of which one case can be both: they are never shown together."""

    @cached_property
    def term(self) -> Mapping[str, Term]:
        """Every term by its id."""
        return {term.id: term for term in self.terms}

    @cached_property
    def difference(self) -> Mapping[frozenset[str], Difference]:
        """How two terms differ, where that is said."""
        return {frozenset(difference.between): difference for difference in self.differences}

    def neighbours(self, term: str) -> tuple[str, ...]:
        """The terms that cannot hold where this one does, in the order of the file."""
        both = {frozenset(pair) for pair in self.overlaps}
        return tuple(t.id for t in self.terms if t.id != term and frozenset((term, t.id)) not in both)

    def against(self, other: str, key: str) -> Evidence:
        """Why `other` is wrong where `key` is right: how they differ, or what the other means."""
        return self.difference.get(frozenset((key, other)), self.term[other].means)
