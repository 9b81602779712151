"""Quantity models: a setting with numbers, what is asked of them, the formula, and the slips that people make.

Parameters take one of their values; what is derived follows from them; an assignment counts when every condition holds.
A number is asked for (`result`, with `slips` as the other options) or the best of some choices (`choices`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import product
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from tutor.errors import InputError
from tutor.read.item_models.evidence import Evidence, Id, ItemModelRecord, Phrase, Sentence, Strict
from tutor.read.item_models.expression import Values, formula, names_in, slots_in, work_out

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Formula = Annotated[str, Field(min_length=1)]


class QuantityScene(Strict):
    """How a stem opens, with `{names}` for its numbers."""

    text: Sentence
    values: Mapping[Name, tuple[float, ...]] = {}
    """Values that fit this setting better than those of the model."""


class Slip(Strict):
    """A way to go wrong that people do go."""

    id: Id
    result: Formula
    says: Sentence
    """What was done wrong, with the numbers: it applies to this case and needs no source."""
    why: Evidence | None = None
    """What speaks against it, where that is more than the arithmetic."""


class NumberAsk(Strict):
    """A number is asked for."""

    id: Id
    wordings: tuple[Sentence, ...] = Field(min_length=2)
    adds: tuple[Sentence, ...] = ()
    """What is stated only for this question, in several wordings."""
    when: Formula = "1"
    hardness: float = Field(default=0.5, ge=0, le=1)
    """How hard the question should be, from 0 to 1."""
    result: Formula
    decimals: int = Field(default=0, ge=0, le=4)
    unit: str = ""
    """Stands behind the number, with its space."""
    before: str = ""
    """Stands before the number."""
    between: tuple[float, float] = (0, 1e18)
    """What can be believed: a result outside is not shown."""
    working: Sentence
    """The computation, with `{names}`, and `{result}` for the number as shown."""
    why: Evidence
    slips: tuple[Slip, ...] = Field(min_length=4)


class Choice(Strict):
    """One of the things to choose from."""

    text: Phrase
    value: Formula
    working: Sentence


class ChoiceAsk(Strict):
    """The best of some choices is asked for."""

    id: Id
    wordings: tuple[Sentence, ...] = Field(min_length=2)
    adds: tuple[Sentence, ...] = ()
    when: Formula = "1"
    hardness: float = Field(default=0.55, ge=0, le=1)
    best: Literal["least", "most"]
    margin: float = Field(default=0.05, gt=0)
    """By what share the best must beat the second."""
    why: Evidence
    choices: tuple[Choice, ...] = Field(min_length=4)


class QuantityModel(ItemModelRecord):
    """One kind of computation."""

    kind: Literal["quantity"]
    scenes: tuple[QuantityScene, ...] = Field(min_length=4)
    parameters: Mapping[Name, tuple[float, ...]]
    derived: Mapping[Name, Formula] = {}
    """Formulas, each of which may use those before it."""
    conditions: tuple[Formula, ...] = ()
    asks: tuple[NumberAsk | ChoiceAsk, ...] = Field(min_length=1)

    @field_validator("parameters")
    @classmethod
    def _have_values(cls, parameters: Mapping[str, tuple[float, ...]]) -> Mapping[str, tuple[float, ...]]:
        if empty := [name for name, values in parameters.items() if not values]:
            raise ValueError(f"parameters without values: {', '.join(empty)}")
        return parameters

    @model_validator(mode="after")
    def _formulas_can_be_read(self) -> Self:
        for scene in self.scenes:
            if strange := set(scene.values) - set(self.parameters):
                raise ValueError(f"a scene gives values for {sorted(strange)}, which are no parameters")
        for text in self.formulas():
            try:
                formula(text)
            except InputError as error:
                raise ValueError(str(error)) from error
        return self

    def formulas(self) -> Iterator[str]:
        """Every formula of the model."""
        yield from (*self.derived.values(), *self.conditions)
        for ask in self.asks:
            yield ask.when
            if isinstance(ask, NumberAsk):
                yield from (ask.result, *(slip.result for slip in ask.slips))
            else:
                yield from (choice.value for choice in ask.choices)

    def parameters_of(self, ask: NumberAsk | ChoiceAsk, scene: QuantityScene) -> frozenset[str]:
        """The parameters on which a question in a scene depends: the others may be anything."""
        texts = (scene.text, *ask.wordings, *ask.adds)
        formulas = [ask.when]
        if isinstance(ask, NumberAsk):
            formulas += [ask.result, *(slip.result for slip in ask.slips)]
        else:
            formulas += [choice.value for choice in ask.choices]
        names = frozenset[str]().union(*map(slots_in, texts), *map(names_in, formulas))
        while later := [self.derived[name] for name in names if name in self.derived]:
            names = names.difference(self.derived).union(*map(names_in, later))
        return names.intersection(self.parameters)

    def grid(self, scene: QuantityScene) -> dict[str, tuple[float, ...]]:
        """What each parameter may be in a scene."""
        return {name: scene.values.get(name, values) for name, values in self.parameters.items()}

    def assignments(self, scene: QuantityScene, fixed: Mapping[str, float] | None = None) -> Iterator[dict[str, float]]:
        """Every choice of values in a scene, possible or not, in which these are fixed."""
        grid = self.grid(scene) | {name: (value,) for name, value in (fixed or {}).items()}
        for values in product(*grid.values()):
            yield dict(zip(grid, values, strict=True))

    def derive(self, given: Mapping[str, float]) -> Values | None:
        """All that follows from these parameters; None where a condition fails."""
        values = {name: Fraction(str(value)) for name, value in given.items()}
        for name, text in self.derived.items():
            values[name] = work_out(text, values)
        return values if all(work_out(text, values) for text in self.conditions) else None
