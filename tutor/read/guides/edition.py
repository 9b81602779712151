"""An edition of a guide: its blueprint, its dates, where it was seen and what could not be established."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from tutor.read.guides.blueprint import Blueprint

Status = Literal["current", "former", "own"]
"""Whether candidates sit this edition now, sat it before, or added it as their own guide."""


@dataclass(frozen=True)
class GuideSource:
    """Where an edition was seen, and what that page establishes."""

    title: str
    url: str
    checked: date
    note: str


@dataclass(frozen=True)
class Edition:
    """A guide with its dates and with what is known about it."""

    id: str
    status: Status
    blueprint: Blueprint
    live_from: date | None = None
    live_until: date | None = None
    languages_note: str | None = None
    sources: tuple[GuideSource, ...] = ()
    uncertain: tuple[str, ...] = ()
    """What could not be established."""

    def summary(self) -> dict[str, Any]:
        """One line of `tutor guide list --json`."""
        dates = {"live_from": self.live_from, "live_until": self.live_until}
        return {
            "id": self.id,
            "title": self.blueprint.title,
            "edition": self.blueprint.edition,
            "status": self.status,
            **{name: day.isoformat() if day else None for name, day in dates.items()},
            "sections": len(self.blueprint.sections),
            "objectives": sum(bool(objective.title) for objective in self.blueprint.objectives),
            "considerations": sum(1 for _ in self.blueprint.considerations),
        }

    def as_json(self) -> dict[str, Any]:
        """The edition as `tutor guide show --json` prints it: its blueprint, and what is known about it."""
        return {
            "id": self.id,
            "status": self.status,
            "live_from": self.live_from.isoformat() if self.live_from else None,
            "live_until": self.live_until.isoformat() if self.live_until else None,
            **self.blueprint.as_json(),
            "languages_note": self.languages_note,
            "sources": [
                {"title": each.title, "url": each.url, "checked": each.checked.isoformat(), "note": each.note}
                for each in self.sources
            ],
            "uncertain": list(self.uncertain),
        }
