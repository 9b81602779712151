"""Decision models: a file in `corpus/decisions` in, a `DecisionModel` out.

A decision model holds one decision that an engineer takes: the options, the circumstances that a scenario can state,
and what each circumstance says of each option, with the passage that says so. From it items are drawn in which exactly
the keyed options survive. `docs/writing-models.md` shows how one is written. A faulty file raises `InputError`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from tutor.errors import InputError
from tutor.read.item_models.loading import load_fields
from tutor.read.item_models.situation import Situation

FactKind = Literal["data", "task", "team", "latency", "cost", "compliance", "scale", "time", "operations", "quality"]
Verdict = Literal["violates", "fits"]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Sentence = Annotated[str, Field(min_length=12)]
Place = Annotated[str, Field(pattern=r"^[a-z0-9-]+#[a-z0-9.-]+$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Option(_Strict):
    """An approach that one could take."""

    id: Id
    name: str = Field(min_length=3)
    """What it is called in an explanation: a noun phrase."""
    wordings: tuple[Sentence, ...] = Field(min_length=2)
    """The action as an exam option puts it: imperative, no full stop, alike in form and length over the options."""


class Fact(_Strict):
    """A circumstance that a scenario can state."""

    id: Id
    kind: FactKind
    wordings: tuple[Sentence, ...] = Field(min_length=3)
    """Whole sentences that fit behind any scene of the model."""
    name: str = Field(default="", max_length=70)
    """What it is called in an explanation: a noun phrase behind "because of", true of every wording."""
    excludes: tuple[Id, ...] = ()
    """Facts that cannot stand beside it."""


class Ruling(_Strict):
    """What a fact says of an option, and why."""

    fact: Id
    option: Id
    says: Verdict
    because: Sentence
    passage: Place


class Preference(_Strict):
    """An attribute by which surviving options are ordered when the ask names it."""

    id: Id
    wordings: tuple[Annotated[str, Field(min_length=6)], ...] = Field(min_length=2)
    """How the ask puts it: `with the least operational effort`."""
    order: tuple[tuple[Id, ...], ...] = Field(min_length=2)
    """Options from best to worst; equal ones together."""
    because: Sentence
    passage: Place


class Scene(_Strict):
    """How a scenario opens: who, with what, to what end."""

    text: Sentence
    states: tuple[Id, ...] = ()
    """Facts that the opening itself already states."""


class DecisionModel(_Strict):
    """One decision, whole."""

    id: Id
    title: str = Field(min_length=8)
    treats: tuple[Annotated[str, Field(pattern=r"^\d{4}(-\d\d)?/\d+\.\d+\.\d+$")], ...] = Field(min_length=1)
    asks: tuple[Sentence, ...] = Field(min_length=2)
    scenes: tuple[Scene, ...] = Field(min_length=3)
    options: tuple[Option, ...] = Field(min_length=5)
    facts: tuple[Fact, ...] = Field(min_length=8)
    rulings: tuple[Ruling, ...] = Field(min_length=12)
    preferences: tuple[Preference, ...] = ()
    situations: tuple[Situation, ...] = ()
    """Cases that are told whole; those composed of scenes and facts come where these have been met."""

    @cached_property
    def violated(self) -> Mapping[str, frozenset[str]]:
        """For each option the facts that rule it out."""
        return {option.id: self._facts_that(option.id, "violates") for option in self.options}

    @cached_property
    def fitted(self) -> Mapping[str, frozenset[str]]:
        """For each option the facts that point to it."""
        return {option.id: self._facts_that(option.id, "fits") for option in self.options}

    @cached_property
    def clashes(self) -> frozenset[frozenset[str]]:
        """Pairs of facts that cannot stand together, whichever of the two says so."""
        return frozenset(frozenset((fact.id, other)) for fact in self.facts for other in fact.excludes)

    def stand_together(self, facts: frozenset[str] | set[str]) -> bool:
        """Whether these facts can describe one case."""
        return not any(pair <= facts for pair in self.clashes)

    def survivors(self, facts: frozenset[str] | set[str]) -> frozenset[str]:
        """The options that none of these facts rules out."""
        return frozenset(option for option, against in self.violated.items() if not against & facts)

    def ruling(self, fact: str, option: str) -> Ruling | None:
        """What a fact says of an option; None where it is neutral."""
        return next((one for one in self.rulings if (one.fact, one.option) == (fact, option)), None)

    def given(self, option: str, names: Collection[str]) -> list[Ruling | Preference]:
        """What these facts say of an option, and what these preferences say, in this order; what is unknown is left."""
        rulings = [found for name in names if (found := self.ruling(name, option))]
        return [*rulings, *(one for one in self.preferences if one.id in names)]

    def _facts_that(self, option: str, says: Verdict) -> frozenset[str]:
        return frozenset(ruling.fact for ruling in self.rulings if (ruling.option, ruling.says) == (option, says))


def read_models(folder: Path) -> Iterator[DecisionModel]:
    """Read every decision model below `folder`, in the order of their paths."""
    seen: dict[str, Path] = {}
    for path in sorted(folder.rglob("*.yaml")):
        model = read_model(path.read_text(encoding="utf-8"), name=path.stem)
        if model.id in seen:
            raise InputError(f"{path} and {seen[model.id]} have the same id {model.id!r}. Rename one of them.")
        seen[model.id] = path
        yield model


def read_model(text: str, *, name: str) -> DecisionModel:
    """Read one decision model; `name` is the file's name without its ending."""
    try:
        model = DecisionModel.model_validate(load_fields(text))
    except yaml.YAMLError as error:
        raise InputError(f"{name}: not YAML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InputError(f"{name}: {where or 'whole'}: {first['msg']}") from error
    if model.id != name:
        raise InputError(f"{name}: its id is {model.id!r}. File name and id must be the same.")
    return model
