"""Diagnosis models: findings that speak for and against causes, and the remedy of each cause.

A scene tells what went wrong in a way that every cause of the model could explain. Each finding then speaks against
some causes, with the passage that says why. A cause is the key when it is the only one shown that no stated finding
speaks against, and one of them points to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Literal

from pydantic import Field

from tutor.read.item_models.evidence import Evidence, Id, ItemModelRecord, Phrase, Sentence, Strict
from tutor.read.item_models.situation import Situation, Turn


class Remedy(Strict):
    """What to do about one cause."""

    wordings: tuple[Sentence, ...] = Field(min_length=2)
    """As an option: imperative, no full stop."""
    why: Evidence
    also_helps: tuple[Id, ...] = ()
    """Other causes that it would help as well: it is never shown where one of them is the key."""


class Cause(Strict):
    """One thing that can be wrong."""

    id: Id
    wordings: tuple[Sentence, ...] = Field(min_length=2)
    """As an option: a clause that says what is wrong, no full stop."""
    shows: Evidence
    """How this cause makes itself felt."""
    remedy: Remedy


class Against(Evidence):
    """Why a finding speaks against some causes."""

    causes: tuple[Id, ...] = Field(min_length=1)


class Finding(Strict):
    """Something that was seen, and what it means."""

    id: Id
    wordings: tuple[Sentence, ...] = Field(min_length=3)
    """Whole sentences that fit behind any scene of the model."""
    clause: Phrase
    """The same, short, so that it fits behind "that"; for explanations."""
    points_to: tuple[Id, ...] = ()
    against: tuple[Against, ...] = ()
    excludes: tuple[Id, ...] = ()
    """Findings that cannot be made in the same case."""


class DiagnosisAsks(Strict):
    """How the question is put: for the cause, and for what to do."""

    cause: tuple[Sentence, ...] = Field(min_length=2)
    remedy: tuple[Sentence, ...] = Field(min_length=2)


class DiagnosisTurn(Turn):
    """What makes one cause the only one left; it states findings, and offers are causes."""

    remedy: bool = False
    """Whether the ask is for what to do about the cause."""


class DiagnosisSituation(Situation):
    """A case of trouble as an author tells it."""

    turns: tuple[DiagnosisTurn, ...] = Field(min_length=1)


class DiagnosisModel(ItemModelRecord):
    """One kind of trouble, with its possible causes."""

    kind: Literal["diagnosis"]
    scenes: tuple[Sentence, ...] = Field(min_length=4)
    """How a stem opens: who, with what, what happened; nothing that decides."""
    asks: DiagnosisAsks
    causes: tuple[Cause, ...] = Field(min_length=5)
    findings: tuple[Finding, ...] = Field(min_length=7)
    situations: tuple[DiagnosisSituation, ...] = ()
    """Cases that are told whole; those put together from findings come where these have been met."""

    @cached_property
    def ruled_out(self) -> Mapping[str, frozenset[str]]:
        """For each cause the findings that speak against it."""
        return {
            cause.id: frozenset(f.id for f in self.findings if any(cause.id in one.causes for one in f.against))
            for cause in self.causes
        }

    @cached_property
    def pointed_to(self) -> Mapping[str, frozenset[str]]:
        """For each cause the findings that point to it."""
        return {cause.id: frozenset(f.id for f in self.findings if cause.id in f.points_to) for cause in self.causes}

    @cached_property
    def clashes(self) -> frozenset[frozenset[str]]:
        """Pairs of findings that cannot be made together, whichever of the two says so."""
        return frozenset(frozenset((finding.id, other)) for finding in self.findings for other in finding.excludes)

    def stand_together(self, findings: frozenset[str]) -> bool:
        """Whether these findings can be made in one case."""
        return not any(pair <= findings for pair in self.clashes)

    def evidence(self, cause: str, names: Iterable[str]) -> list[Evidence]:
        """What speaks of a cause: `shows`, `remedy`, or the findings against it; what is unknown is left."""
        (found,) = (one for one in self.causes if one.id == cause)
        known: dict[str, Evidence] = {"shows": found.shows, "remedy": found.remedy.why}
        known |= {f.id: one for f in self.findings for one in f.against if cause in one.causes}
        return [known[name] for name in names if name in known]

    def helped_by(self, cause: str) -> frozenset[str]:
        """The causes whose remedy would also help `cause`, its own among them."""
        return frozenset(c.id for c in self.causes if c.id == cause or cause in c.remedy.also_helps)
