"""What the tutor remembers: one class for each kind of thing, and what calls to language models took."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import func, insert, select

from tutor.engines.spending import ModelCall, Spent
from tutor.store.bank import Bank
from tutor.store.conversations import Conversations
from tutor.store.database import open_database, translated
from tutor.store.reviews import Reviews
from tutor.store.tables import model_calls


class Store:
    """What is kept at a database URL. Threads and processes may share it."""

    def __init__(self, url: str) -> None:
        self._engine = open_database(url)

    @property
    def conversations(self) -> Conversations:
        """What was said, and where."""
        return Conversations(self._engine)

    @property
    def bank(self) -> Bank:
        """Practice items and the attempts at them."""
        return Bank(self._engine)

    @property
    def reviews(self) -> Reviews:
        """Flags, rulings and what they bind."""
        return Reviews(self._engine)

    def add_model_call(self, call: ModelCall, at: datetime) -> None:
        """Keep what a call to a language model took."""
        with translated(self._engine), self._engine.begin() as connection:
            connection.execute(insert(model_calls).values({**asdict(call), "at": at}))

    def spent(self, since: datetime | None = None) -> Spent:
        """What calls to language models took, of all time or since a moment."""
        columns = model_calls.c
        query = select(
            func.count(columns.id),
            func.coalesce(func.sum(columns.tokens_in), 0),
            func.coalesce(func.sum(columns.tokens_out), 0),
            func.coalesce(func.sum(columns.cost_micro_usd), 0.0),
            func.count(columns.id) - func.count(columns.cost_micro_usd),
        )
        if since:
            query = query.where(columns.at >= since)
        with translated(self._engine), self._engine.connect() as connection:
            return Spent(*connection.execute(query).one())

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()
