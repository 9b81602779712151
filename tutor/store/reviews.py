"""What reviewers see and did: flags, rulings, reservations, bonds, and the log of it all, which only grows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from tutor.review.binding import Bond
from tutor.review.chain import BEGINNING, Entry, seal
from tutor.review.flag import Flag
from tutor.review.ruling import RESERVED_FOR, Reservation, Ruling
from tutor.store.database import translated
from tutor.store.tables import attempts, audit, bonds, flags, reservations, rulings


class Reviews:
    """The tables of review. Threads and processes may share it; every change adds an entry to the log."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add_flag(self, flag: Flag) -> bool:
        """Keep a flag; False where the same person has flagged the same before."""
        with translated(self._engine), self._engine.begin() as connection:
            if _has(connection, flags, flag.id):
                return False
            values = {**asdict(flag), "shown": dict(flag.shown)}
            connection.execute(insert(flags).values({"id": flag.id, **values}))
            _log(connection, flag.at, flag.by, "flag", flag.target_id, {"id": flag.id, "cause": flag.cause})
        return True

    def withdraw_flag(self, flag: str, at: datetime, by: str) -> None:
        """Forget a flag that was raised by mistake; the log keeps that it was."""
        with translated(self._engine), self._engine.begin() as connection:
            connection.execute(delete(flags).where(flags.c.id == flag, flags.c.by == by))
            _log(connection, at, by, "withdraw", flag, {})

    def flags(self) -> list[Flag]:
        """All flags, oldest first."""
        return [
            Flag(row.target, row.target_id, row.cause, row.words, row.by, _with_zone(row.at), row.shown)
            for row in self._rows(flags)
        ]

    def add_ruling(self, ruling: Ruling, made: list[Bond]) -> bool:
        """Keep a ruling and what it binds; False where it is known already."""
        with translated(self._engine), self._engine.begin() as connection:
            if _has(connection, rulings, ruling.id):
                return False
            connection.execute(insert(rulings).values({**asdict(ruling), "is_taken_back": False}))
            for bond in made:
                connection.execute(insert(bonds).values({**asdict(bond), "ruling": ruling.id}))
            details = {"id": ruling.id, "verdict": ruling.verdict, "remedy": ruling.remedy, "words": ruling.words}
            _log(connection, ruling.at, ruling.by, "rule", ruling.case, details)
            connection.execute(delete(reservations).where(reservations.c.case == ruling.case))
        return True

    def rulings(self) -> list[Ruling]:
        """All rulings, oldest first, also those taken back."""
        return [
            Ruling(row.id, row.case, row.verdict, row.remedy, row.words, row.by, _with_zone(row.at))
            for row in self._rows(rulings)
        ]

    def taken_back(self) -> frozenset[str]:
        """The ids of rulings that were taken back."""
        return frozenset(row.id for row in self._rows(rulings) if row.is_taken_back)

    def take_back(self, ruling: str, by: str, at: datetime) -> None:
        """Let a ruling stand no longer, and loosen what it bound."""
        with translated(self._engine), self._engine.begin() as connection:
            connection.execute(rulings.update().where(rulings.c.id == ruling).values(is_taken_back=True))
            connection.execute(delete(bonds).where(bonds.c.ruling == ruling))
            _log(connection, at, by, "take back", ruling, {})

    def bonds(self) -> tuple[Bond, ...]:
        """Everything that standing rulings forbid."""
        return tuple(Bond(row.kind, row.value, row.case) for row in self._rows(bonds))

    def reserve(self, wanted: Reservation) -> Reservation:
        """Keep others away from a case; what somebody else already has stands, and is returned instead.

        Writing comes before looking, so that of several at the same moment one alone gets it.
        """
        mine_or_over = (reservations.c.by == wanted.by) | (reservations.c.at <= wanted.at - RESERVED_FOR)
        here = reservations.c.case == wanted.case
        with translated(self._engine), self._engine.begin() as connection:
            connection.execute(delete(reservations).where(here, mine_or_over))
            try:
                with connection.begin_nested():
                    connection.execute(insert(reservations).values(asdict(wanted)))
            except IntegrityError:  # somebody else has it
                held = connection.execute(select(reservations).where(here)).one()
                return Reservation(held.case, held.by, _with_zone(held.at))
        return wanted

    def reservations(self) -> dict[str, Reservation]:
        """Who is at which case."""
        with translated(self._engine), self._engine.connect() as connection:
            found = connection.execute(select(reservations)).all()
        return {row.case: Reservation(row.case, row.by, _with_zone(row.at)) for row in found}

    def note(self, at: datetime, by: str, deed: str, about: str, details: Mapping[str, Any]) -> None:
        """Add an entry to the log."""
        with translated(self._engine), self._engine.begin() as connection:
            _log(connection, at, by, deed, about, details)

    def log(self) -> list[Entry]:
        """Everything that was done, oldest first."""
        return [
            Entry(row.number, _with_zone(row.at), row.by, row.deed, row.about, row.details, row.before, row.hash)
            for row in self._rows(audit)
        ]

    def met(self) -> dict[str, int]:
        """How many learners met each item."""
        query = select(attempts.c.item_id, func.count(attempts.c.learner.distinct())).group_by(attempts.c.item_id)
        with translated(self._engine), self._engine.connect() as connection:
            return {row.item_id: row[1] for row in connection.execute(query)}

    def _rows(self, table: Table) -> list[Row[Any]]:
        with translated(self._engine), self._engine.connect() as connection:
            return list(connection.execute(select(table).order_by(table.c.number)))


def _has(connection: Connection, table: Table, key: str) -> bool:
    return connection.execute(select(table.c.id).where(table.c.id == key)).first() is not None


def _log(connection: Connection, at: datetime, by: str, deed: str, about: str, details: Mapping[str, Any]) -> None:
    last = connection.execute(select(audit).order_by(audit.c.number.desc()).limit(1)).first()
    number, before = (last.number + 1, last.hash) if last else (1, BEGINNING)
    at = at.astimezone(UTC)
    values = {"number": number, "at": at, "by": by, "deed": deed, "about": about, "details": dict(details)}
    sealed = seal(before, at, by, deed, about, details)
    connection.execute(insert(audit).values({**values, "before": before, "hash": sealed}))


def _with_zone(moment: datetime) -> datetime:
    """SQLite drops the zone; everything is stored in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
