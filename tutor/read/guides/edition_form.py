"""The form of a file in `corpus/guides`: its fields in, an `Edition` out, or `ValidationError` where it breaks it."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from tutor.read.guides.blueprint import (
    Blueprint,
    Certainty,
    Consideration,
    Delivery,
    DeliveryKind,
    Facts,
    Fee,
    Objective,
    Section,
    WeightBasis,
)
from tutor.read.guides.edition import Edition, GuideSource


def as_edition(fields: Any) -> Edition:
    """Check the fields of a file and make an edition of them."""
    return _edition(_EditionFile.model_validate(fields))


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _Source(_Strict):
    title: str = Field(min_length=3)
    url: str = Field(pattern=r"^https?://\S+$")
    checked: date
    note: str = Field(min_length=3)


class _Delivery(_Strict):
    kind: DeliveryKind
    text: str
    url: str | None = None


class _Facts(_Strict):
    length_minutes: int | None = Field(default=None, gt=0)
    fee_usd: float | None = Field(default=None, gt=0)
    questions: list[int] = Field(default=[], max_length=2)
    formats: list[str] = []
    delivery: list[_Delivery] = []
    languages: list[str] = []
    prerequisites: str | None = None
    experience: str | None = None
    experience_years: float | None = None
    experience_google_cloud_years: float | None = None
    validity_years: float | None = None
    renewal_days_before_expiry: int | None = None


class _Consideration(_Strict):
    id: str = Field(pattern=r"^\d+\.\d+\.\d+$")
    text: str = Field(min_length=3)
    products: list[str]
    certainty: Certainty
    continues: list[str]


class _Objective(_Strict):
    number: str = Field(pattern=r"^\d+\.\d+$")
    title: str = Field(min_length=3)
    considerations: list[_Consideration] = Field(min_length=1)


class _Section(_Strict):
    number: str = Field(pattern=r"^\d+$")
    title: str = Field(min_length=3)
    weight_percent: float = Field(gt=0, le=100)
    weight_basis: WeightBasis
    weight_note: str = ""
    objectives: list[_Objective] = Field(min_length=1)


class _EditionFile(_Strict):
    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    title: str
    edition: str
    status: Literal["current", "former"]
    live_from: date | None
    live_until: date | None
    languages_note: str | None
    sources: list[_Source] = Field(min_length=1)
    uncertain: list[str]
    facts: _Facts
    abilities: list[str]
    sections: list[_Section] = Field(min_length=1)


def _edition(file: _EditionFile) -> Edition:
    facts = file.facts
    blueprint = Blueprint(
        title=file.title,
        edition=file.edition,
        facts=Facts(
            length_minutes=facts.length_minutes,
            fee=Fee(facts.fee_usd, "USD") if facts.fee_usd else None,
            questions=(facts.questions[0], facts.questions[-1]) if facts.questions else None,
            formats=tuple(facts.formats),
            delivery=tuple(Delivery(each.text, each.url, each.kind) for each in facts.delivery),
            languages=tuple(facts.languages),
            prerequisites=facts.prerequisites,
            experience=facts.experience,
            experience_years=facts.experience_years,
            experience_google_cloud_years=facts.experience_google_cloud_years,
            validity_years=facts.validity_years,
            renewal_days_before_expiry=facts.renewal_days_before_expiry,
        ),
        abilities=tuple(file.abilities),
        sections=tuple(map(_section, file.sections)),
    )
    return Edition(
        file.id,
        file.status,
        blueprint,
        file.live_from,
        file.live_until,
        file.languages_note,
        tuple(GuideSource(each.title, each.url, each.checked, each.note) for each in file.sources),
        tuple(file.uncertain),
    )


def _section(section: _Section) -> Section:
    objectives = tuple(
        Objective(
            objective.number,
            objective.title,
            tuple(
                Consideration(
                    each.text,
                    tuple(each.products),
                    id=each.id,
                    certainty=each.certainty,
                    continues=tuple(each.continues),
                )
                for each in objective.considerations
            ),
        )
        for objective in section.objectives
    )
    return Section(
        section.number,
        section.title,
        section.weight_percent,
        objectives,
        section.weight_basis,
        section.weight_note,
    )
