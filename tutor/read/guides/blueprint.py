"""What an exam guide says, as one record: sections with weights, objectives, considerations, facts and resources.

A blueprint states only what its guide states. What a guide leaves out is None or empty here, and null, absent or an
empty list in JSON. Numbers stay as written ("1", "1.0", "2a"); a guide without numbering has none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

Weight = float | tuple[float, float]
"""Percent of the exam: a number, or the two ends of a range."""
WeightBasis = Literal["published", "reported", "estimate"]
Certainty = Literal["official", "reported", "uncertain"]
DeliveryKind = Literal["online-proctored", "onsite-proctored"]


@dataclass(frozen=True)
class Consideration:
    """One thing that an objective asks candidates to know or do."""

    text: str
    """As the guide has it, examples included."""
    products: tuple[str, ...] = ()
    """The products, tools and formats that it names."""
    examples: tuple[str, ...] = ()
    """Everything that it gives as an example, in brackets or as a list below it."""
    id: str = ""
    """`4.2.3` in the editions of our corpus."""
    certainty: Certainty | None = None
    continues: tuple[str, ...] = ()
    """Ids in the edition before that this one carries on."""

    def as_json(self) -> dict[str, Any]:
        """The consideration as the command line prints it."""
        fields: dict[str, Any] = {
            "text": self.text,
            "products": list(self.products),
            "examples": list(self.examples),
        }
        if self.id:
            fields |= {"id": self.id, "certainty": self.certainty, "continues": list(self.continues)}
        return fields


@dataclass(frozen=True)
class Objective:
    """A numbered or named part of a section. An outline without objectives has one unnamed objective per section."""

    number: str | None
    title: str | None
    considerations: tuple[Consideration, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The objective as the command line prints it."""
        considerations = [consideration.as_json() for consideration in self.considerations]
        return {"number": self.number, "title": self.title, "considerations": considerations}


@dataclass(frozen=True)
class Section:
    """A section or domain of the exam."""

    number: str | None
    title: str
    weight_percent: Weight | None = None
    objectives: tuple[Objective, ...] = ()
    weight_basis: WeightBasis | None = None
    weight_note: str = ""

    @property
    def considerations(self) -> Iterator[Consideration]:
        """The considerations of all its objectives."""
        return (each for objective in self.objectives for each in objective.considerations)

    def as_json(self) -> dict[str, Any]:
        """The section as the command line prints it."""
        weight = self.weight_percent
        fields: dict[str, Any] = {
            "number": self.number,
            "title": self.title,
            "weight_percent": [plain(end) for end in weight] if isinstance(weight, tuple) else plain(weight),
            "objectives": [objective.as_json() for objective in self.objectives],
        }
        if self.weight_basis:
            fields |= {"weight_basis": self.weight_basis, "weight_note": self.weight_note or None}
        return fields


@dataclass(frozen=True)
class Delivery:
    """One way to take the exam."""

    text: str
    url: str | None = None
    kind: DeliveryKind | None = None


@dataclass(frozen=True)
class Fee:
    """What the exam costs."""

    amount: float
    currency: str
    note: str | None = None
    """What the guide adds, such as "plus tax where applicable"."""


@dataclass(frozen=True)
class Facts:
    """What the guide says about sitting the exam; None or empty where it says nothing."""

    exam_code: str | None = None
    length_minutes: int | None = None
    fee: Fee | None = None
    questions: tuple[int, int] | None = None
    questions_unscored: int | None = None
    formats: tuple[str, ...] = ()
    delivery: tuple[Delivery, ...] = ()
    languages: tuple[str, ...] = ()
    prerequisites: str | None = None
    experience: str | None = None
    experience_years: float | None = None
    experience_google_cloud_years: float | None = None
    passing_score: str | None = None
    validity_years: float | None = None
    renewal_days_before_expiry: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Only the facts that are there; a fee in dollars also as `fee_usd`."""
        stated = {name: value for name, value in asdict(self).items() if value not in (None, ())}
        fields: dict[str, Any] = {
            name: list(value) if isinstance(value, tuple) else value for name, value in stated.items()
        }
        for name in ("experience_years", "experience_google_cloud_years", "validity_years"):
            if name in fields:
                fields[name] = plain(fields[name])
        if self.fee:
            fields["fee"] = {**fields["fee"], "amount": plain(self.fee.amount)}
            if self.fee.currency == "USD":
                fields["fee_usd"] = plain(self.fee.amount)
        return fields


@dataclass(frozen=True)
class Resource:
    """Something that the guide recommends for preparing; without an address where it gives none."""

    title: str
    url: str | None = None


@dataclass(frozen=True)
class Blueprint:
    """An exam guide, read."""

    title: str | None
    edition: str | None = None
    facts: Facts = field(default_factory=Facts)
    abilities: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    resources: tuple[Resource, ...] = ()
    out_of_scope: tuple[str, ...] = ()
    """What the guide says the exam does not assess."""
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def objectives(self) -> Iterator[Objective]:
        """All objectives, in order."""
        return (objective for section in self.sections for objective in section.objectives)

    @property
    def considerations(self) -> Iterator[Consideration]:
        """All considerations, in order."""
        return (each for section in self.sections for each in section.considerations)

    def as_json(self) -> dict[str, Any]:
        """The blueprint in the shape that `tutor guide read --json` promises."""
        return {
            "title": self.title,
            "edition": self.edition,
            "facts": self.facts.as_json(),
            "abilities": list(self.abilities),
            "sections": [section.as_json() for section in self.sections],
            "resources": [asdict(resource) for resource in self.resources],
            "out_of_scope": list(self.out_of_scope),
            "notes": list(self.notes),
            "warnings": list(self.warnings),
        }


def plain(number: float | None) -> float | None:
    """20.0 as 20: people and JSON write whole numbers whole."""
    return int(number) if number is not None and number == int(number) else number
