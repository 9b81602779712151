"""The item bank: items with their checks, versions and statistics, the attempts at them, and what was rejected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal

from sqlalchemy import Engine, func, insert, select, update

from tutor.store.database import translated
from tutor.store.tables import attempts, item_versions, items, rejections

State = Literal["draft", "in review", "approved", "retired"]


@dataclass(frozen=True)
class BankedItem:
    """An item as it lies in the bank."""

    id: str
    version: int
    state: State
    kind: str
    objective: str
    consideration: str
    model: str
    seed: str
    engine: str
    prompt_hash: str
    corpus_hash: str
    item: Mapping[str, Any]
    checks: Mapping[str, Any]
    rating: float
    """Observed difficulty on the scale of learners' skill (Elo); starts at what the structure predicts."""
    answers: int
    right: int
    made_at: datetime


@dataclass(frozen=True)
class Attempt:
    """A learner's answer to an item."""

    item_id: str
    learner: str
    chosen: tuple[str, ...]
    is_right: bool
    seconds: float
    at: datetime


class Bank:
    """The bank's tables. Threads and processes may share it."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, item: BankedItem) -> None:
        """Put an item into the bank; one that is there already stays as it is."""
        values = {name: getattr(item, name) for name in BankedItem.__dataclass_fields__}
        with translated(self._engine), self._engine.begin() as connection:
            if connection.execute(select(items.c.id).where(items.c.id == item.id)).first() is None:
                connection.execute(insert(items).values(values))

    def find(self, item_id: str) -> BankedItem | None:
        """One item."""
        with translated(self._engine), self._engine.connect() as connection:
            row = connection.execute(select(items).where(items.c.id == item_id)).first()
        return _item(row) if row else None

    def all(self, *states: State, most: int | None = None) -> list[BankedItem]:
        """The items in these states, or in any; newest first, and no more than `most`."""
        query = select(items).order_by(items.c.made_at.desc(), items.c.id).limit(most)
        if states:
            query = query.where(items.c.state.in_(states))
        with translated(self._engine), self._engine.connect() as connection:
            return [_item(row) for row in connection.execute(query)]

    def set_state(self, item_id: str, state: State) -> None:
        """Move an item to another state."""
        with translated(self._engine), self._engine.begin() as connection:
            connection.execute(update(items).where(items.c.id == item_id).values(state=state))

    def revise(
        self,
        item_id: str,
        item: Mapping[str, Any],
        checks: Mapping[str, Any],
        why: str,
        at: datetime,
        corpus_hash: str | None = None,
    ) -> None:
        """Put a new version of an item in the place of the old one, which is kept."""
        with translated(self._engine), self._engine.begin() as connection:
            old = connection.execute(select(items).where(items.c.id == item_id)).one()
            kept = {"item_id": item_id, "version": old.version, "item": old.item, "checks": old.checks}
            connection.execute(insert(item_versions).values({**kept, "why": why, "at": at}))
            changed = {"item": dict(item), "checks": dict(checks), "version": old.version + 1}
            changed |= {"corpus_hash": corpus_hash or old.corpus_hash}
            connection.execute(update(items).where(items.c.id == item_id).values(changed))

    def versions(self, item_id: str) -> list[Mapping[str, Any]]:
        """The earlier versions of an item, oldest first."""
        query = select(item_versions).where(item_versions.c.item_id == item_id).order_by(item_versions.c.id)
        with translated(self._engine), self._engine.connect() as connection:
            return [dict(row._mapping) for row in connection.execute(query)]

    def attempt(self, made: Attempt, rating: float) -> None:
        """Keep an attempt and what it says of the item."""
        values = {**made.__dict__, "chosen": list(made.chosen)}
        counted = {"answers": items.c.answers + 1, "right": items.c.right + int(made.is_right), "rating": rating}
        with translated(self._engine), self._engine.begin() as connection:
            connection.execute(insert(attempts).values(values))
            connection.execute(update(items).where(items.c.id == made.item_id).values(counted))

    def attempts(self, item_id: str | None = None, learner: str | None = None) -> list[Attempt]:
        """Attempts at an item, or by a learner, or all; oldest first."""
        query = select(attempts).order_by(attempts.c.id)
        if item_id:
            query = query.where(attempts.c.item_id == item_id)
        if learner:
            query = query.where(attempts.c.learner == learner)
        with translated(self._engine), self._engine.connect() as connection:
            return [
                Attempt(row.item_id, row.learner, tuple(row.chosen), row.is_right, row.seconds, _with_zone(row.at))
                for row in connection.execute(query)
            ]

    def reject(self, item: Mapping[str, Any], faults: Sequence[Mapping[str, str]], engine: str, at: datetime) -> None:
        """Keep what failed the checks, with its reasons."""
        values = {"model": item["model"], "seed": item["seed"], "engine": engine, "item": dict(item)}
        with translated(self._engine), self._engine.begin() as connection:
            connection.execute(insert(rejections).values({**values, "faults": list(faults), "at": at}))

    def rejections(self, newest: int = 200) -> list[Mapping[str, Any]]:
        """What failed lately, newest first."""
        query = select(rejections).order_by(rejections.c.id.desc()).limit(newest)
        with translated(self._engine), self._engine.connect() as connection:
            return [dict(row._mapping) for row in connection.execute(query)]

    def count(self) -> dict[str, int]:
        """How many items are in each state, and how many were rejected."""
        query = select(items.c.state, func.count()).group_by(items.c.state)
        with translated(self._engine), self._engine.connect() as connection:
            found = {row.state: row[1] for row in connection.execute(query)}
            return found | {"rejected": connection.execute(select(func.count(rejections.c.id))).scalar_one()}


def _item(row: Any) -> BankedItem:
    values = dict(row._mapping)
    return BankedItem(**{**values, "made_at": _with_zone(values["made_at"])})


def _with_zone(moment: datetime) -> datetime:
    """SQLite drops the zone; everything is stored in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
