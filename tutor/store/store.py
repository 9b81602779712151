"""What the tutor remembers, as methods; rows become records here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, func, insert, select

from tutor.engines.spending import ModelCall, Spent
from tutor.store.bank import Bank
from tutor.store.database import open_database, translated
from tutor.store.reviews import Reviews
from tutor.store.tables import conversations, model_calls, turns

LONGEST_TITLE = 80


@dataclass(frozen=True)
class Conversation:
    """A conversation by its title."""

    id: int
    title: str
    started_at: datetime


@dataclass(frozen=True)
class Turn:
    """A question and the answer it got."""

    question: str
    answer: Mapping[str, Any]
    asked_at: datetime


class Store:
    """Conversations at a database URL. Threads and processes may share it."""

    def __init__(self, url: str) -> None:
        self._engine = open_database(url)

    @property
    def bank(self) -> Bank:
        """Practice items and the attempts at them."""
        return Bank(self._engine)

    @property
    def reviews(self) -> Reviews:
        """Flags, rulings and what they bind."""
        return Reviews(self._engine)

    def start_conversation(self, title: str, at: datetime) -> int:
        """Begin a conversation and return its id."""
        values = {"title": " ".join(title.split())[:LONGEST_TITLE] or "Untitled", "started_at": at}
        with translated(self._engine), self._engine.begin() as connection:
            key = connection.execute(insert(conversations).values(values)).inserted_primary_key
        assert key is not None
        return int(key[0])

    def add_turn(self, conversation: int, question: str, answer: Mapping[str, Any], at: datetime) -> None:
        """Keep a question and its answer."""
        values = {
            "conversation_id": conversation,
            "question": question,
            "answer": dict(answer),
            "asked_at": at,
        }
        with translated(self._engine), self._engine.begin() as connection:
            connection.execute(insert(turns).values(values))

    def conversations(self) -> list[Conversation]:
        """All conversations, newest first."""
        query = select(conversations).order_by(conversations.c.id.desc())
        with translated(self._engine), self._engine.connect() as connection:
            return [Conversation(row.id, row.title, _with_zone(row.started_at)) for row in connection.execute(query)]

    def turns(self, conversation: int) -> list[Turn]:
        """The turns of a conversation, in order."""
        query = select(turns).where(turns.c.conversation_id == conversation).order_by(turns.c.id)
        with translated(self._engine), self._engine.connect() as connection:
            return [Turn(row.question, row.answer, _with_zone(row.asked_at)) for row in connection.execute(query)]

    def delete_conversation(self, conversation: int) -> None:
        """Forget a conversation and its turns."""
        with translated(self._engine), self._engine.begin() as connection:
            connection.execute(delete(conversations).where(conversations.c.id == conversation))

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


def _with_zone(moment: datetime) -> datetime:
    """SQLite drops the zone; everything is stored in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
