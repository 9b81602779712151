"""Sequence models: the steps of a process and what each of them needs to have happened before.

The needs make a partial order. An order of steps is right when every step stands behind all that it needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Literal

from pydantic import Field

from tutor.read.item_models.evidence import Evidence, Id, ItemModelRecord, Phrase, Sentence, Strict


class Need(Evidence):
    """Why a step can only come after another."""

    step: Id
    otherwise: Sentence
    """What goes wrong, in this process, when the step is taken without that one."""


class Step(Strict):
    """One step of the process."""

    id: Id
    short: Phrase
    """In a chain of steps: imperative, two to six words, no full stop."""
    wordings: tuple[Sentence, ...] = Field(min_length=2)
    """As an option of its own: imperative, no full stop."""
    done: tuple[Sentence, ...] = Field(min_length=2)
    """Whole sentences that say it has been done."""
    needs: tuple[Need, ...] = ()


class Decoy(Strict):
    """Something that sounds like a step of the process and that no step of it needs."""

    id: Id
    wordings: tuple[Sentence, ...] = Field(min_length=2)
    why: Evidence
    """What speaks against it everywhere."""
    so: Sentence
    """What follows for this process."""


class SequenceAsks(Strict):
    """How the question is put, by what is asked."""

    order: tuple[Sentence, ...] = Field(min_length=2)
    next: tuple[Sentence, ...] = Field(min_length=2)
    missing: tuple[Sentence, ...] = Field(min_length=2)
    early: tuple[Sentence, ...] = Field(min_length=2)


class SequenceModel(ItemModelRecord):
    """One process."""

    kind: Literal["sequence"]
    scenes: tuple[Sentence, ...] = Field(min_length=4)
    """How a stem opens: who, with what, what happened; nothing that decides."""
    asks: SequenceAsks
    steps: tuple[Step, ...] = Field(min_length=6)
    decoys: tuple[Decoy, ...] = ()

    @cached_property
    def step(self) -> Mapping[str, Step]:
        """Every step by its id."""
        return {step.id: step for step in self.steps}

    @cached_property
    def before(self) -> Mapping[str, frozenset[str]]:
        """For each step all that must have happened before, directly needed or not; in a circle, itself too."""
        before = {step.id: {need.step for need in step.needs} for step in self.steps}
        for middle in before:
            for step in before:
                if middle in before[step]:
                    before[step] |= before[middle]
        return {step: frozenset(earlier) for step, earlier in before.items()}

    def broken(self, order: Sequence[str]) -> list[tuple[str, str]]:
        """Pairs of an order in which the first step needs the second and stands before it."""
        return [
            (step, later)
            for place, step in enumerate(order)
            for later in order[place + 1 :]
            if later in self.before[step]
        ]

    def need(self, step: str, earlier: str) -> Need | None:
        """Why `step` comes after `earlier`: its own need, or the first of those that lead there."""
        own = self.step[step].needs
        return next(
            (need for need in own if need.step == earlier),
            next((need for need in own if earlier in self.before[need.step]), None),
        )
