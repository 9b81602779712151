"""Reading models: a short snippet of SQL, Python or YAML with one place that matters, and what may stand there.

Each variant of the place has its own documented behaviour. Variants that behave alike name each other, so that no two
of them are shown together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from tutor.read.item_models.evidence import Evidence, Id, ItemModelRecord, Phrase, Sentence, Strict

PLACE = "{line}"
"""Where the variants stand in a snippet."""
NAME = re.compile(r"<([a-z]\w*)>")
"""What each scene names its own way."""


class Variant(Strict):
    """What may stand at the place that matters."""

    id: Id
    line: str
    """The code; empty for leaving the parameter out. Several lines are indented like the place."""
    told: Phrase | None = None
    """How it is named where it is an option: by its code, unless this says otherwise."""
    behaves: tuple[Sentence, ...] = Field(min_length=2)
    """What it does, as an option: no full stop."""
    wished: tuple[Sentence, ...] = Field(min_length=2)
    """Whole sentences: the need that this variant meets and the others do not."""
    otherwise: tuple[Phrase, ...] = Field(min_length=2)
    """Clauses without a full stop: how the need stays unmet where another variant stands in its place."""
    why: Evidence
    like: tuple[Id, ...] = ()
    """Variants that this snippet makes behave alike."""


class ReadingAsks(Strict):
    """How the question is put: what the snippet does, and what should stand in it."""

    behaviour: tuple[Sentence, ...] = Field(min_length=2)
    line: tuple[Sentence, ...] = Field(min_length=2)
    change: tuple[Sentence, ...] = ()
    """Only where the variants exclude each other: nobody replaces an option by one that serves another end."""


class ReadingScene(Strict):
    """How a stem opens, and the names that make the snippet this team's."""

    text: Sentence
    names: Mapping[str, str] = {}
    """What stands for each `<name>` of the snippets and the lines."""


class ReadingModel(ItemModelRecord):
    """One parameter that matters."""

    kind: Literal["reading"]
    language: Literal["sql", "python", "yaml", "bash", "json"]
    snippets: tuple[Annotated[str, Field(min_length=20)], ...] = Field(min_length=1)
    """The code around the place, in one or more forms."""
    scenes: tuple[ReadingScene, ...] = Field(min_length=4)
    asks: ReadingAsks
    variants: tuple[Variant, ...] = Field(min_length=4)

    @model_validator(mode="after")
    def _names_what_it_shows(self) -> Self:
        code = "\n".join([*self.snippets, *(variant.line for variant in self.variants)])
        named = set(NAME.findall(code))
        if any(PLACE not in snippet for snippet in self.snippets):
            raise ValueError(f"every snippet needs {PLACE} where its variants stand")
        for scene in self.scenes:
            if set(scene.names) != named:
                raise ValueError(f"the scene {scene.text[:40]!r} must name exactly {sorted(named)}")
        return self

    def alike(self, one: str, other: str) -> bool:
        """Whether two variants behave alike here, whichever of the two says so."""
        return one == other or other in self.variant[one].like or one in self.variant[other].like

    @cached_property
    def variant(self) -> Mapping[str, Variant]:
        """Every variant by its id."""
        return {variant.id: variant for variant in self.variants}
