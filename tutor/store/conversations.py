"""Conversations and their turns in the database. Threads and processes may share it.

A deleted conversation is hidden at once and can be put back; it is gone for good once another is deleted a day later.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Row, Text, cast, delete, func, insert, or_, select, update

from tutor.store.database import translated
from tutor.store.tables import conversations, turns

LONGEST_TITLE = 80
UNDO_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Conversation:
    """A conversation by its title, with what was chosen for it."""

    id: int
    title: str
    started_at: datetime
    touched_at: datetime
    engine: str = ""
    """Who drafts in it; empty for the one that the settings choose."""
    is_guided: bool = False


@dataclass(frozen=True)
class Turn:
    """A question and the answer it got."""

    question: str
    answer: Mapping[str, Any]
    asked_at: datetime


class Conversations:
    """What was said, and where."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def start(self, title: str, at: datetime, engine: str = "", *, is_guided: bool = False) -> int:
        """Begin a conversation and return its id."""
        values = {
            "title": titled(title),
            "started_at": at,
            "touched_at": at,
            "engine": engine,
            "is_guided": is_guided,
        }
        with translated(self._engine), self._engine.begin() as connection:
            key = connection.execute(insert(conversations).values(values)).inserted_primary_key
        assert key is not None
        return int(key[0])

    def add_turn(self, conversation: int, question: str, answer: Mapping[str, Any], at: datetime) -> None:
        """Keep a question and its answer."""
        question = question.replace("\x00", "")  # PostgreSQL takes none
        values = {"conversation_id": conversation, "question": question, "answer": dict(answer), "asked_at": at}
        with translated(self._engine), self._engine.begin() as connection:
            connection.execute(insert(turns).values(values))
            connection.execute(_one(conversation).values(touched_at=at))

    def find(self, conversation: int) -> Conversation | None:
        """The conversation with this id, unless it was deleted."""
        query = select(conversations).where(conversations.c.id == conversation, conversations.c.deleted_at.is_(None))
        with translated(self._engine), self._engine.connect() as connection:
            row = connection.execute(query).first()
        return _conversation(row) if row else None

    def all(self, words: str = "") -> list[Conversation]:
        """Conversations, the one last spoken in first; only those with these words in title, question or answer."""
        query = select(conversations).where(conversations.c.deleted_at.is_(None))
        if wanted := " ".join(words.replace("\x00", "").split()):
            in_json = json.dumps(wanted)[1:-1]
            said = select(turns.c.conversation_id).where(
                or_(
                    turns.c.question.icontains(wanted, autoescape=True),
                    cast(turns.c.answer, Text).icontains(in_json, autoescape=True),
                )
            )
            query = query.where(
                or_(conversations.c.title.icontains(wanted, autoescape=True), conversations.c.id.in_(said))
            )
        query = query.order_by(conversations.c.touched_at.desc(), conversations.c.id.desc())
        with translated(self._engine), self._engine.connect() as connection:
            return [_conversation(row) for row in connection.execute(query)]

    def turns(self, conversation: int, last: int | None = None) -> list[Turn]:
        """The turns of a conversation, in order; only the `last` so many where a number is given."""
        query = (
            select(turns)
            .join(conversations)
            .where(turns.c.conversation_id == conversation, conversations.c.deleted_at.is_(None))
            .order_by(turns.c.id.desc())
        )
        with translated(self._engine), self._engine.connect() as connection:
            rows = connection.execute(query.limit(last) if last else query).all()
        return [Turn(row.question, row.answer, _with_zone(row.asked_at)) for row in reversed(rows)]

    def count_turns(self) -> int:
        """How many questions were asked, in all conversations that were not deleted."""
        query = select(func.count(turns.c.id)).join(conversations).where(conversations.c.deleted_at.is_(None))
        with translated(self._engine), self._engine.connect() as connection:
            return int(connection.execute(query).scalar_one())

    def rename(self, conversation: int, title: str) -> None:
        """Give a conversation another title."""
        self._change(conversation, title=titled(title))

    def choose(self, conversation: int, *, engine: str, is_guided: bool) -> None:
        """Keep who drafts in a conversation, and whether it is guided."""
        self._change(conversation, engine=engine, is_guided=is_guided)

    def delete(self, conversation: int, at: datetime) -> None:
        """Hide a conversation, until `put_back`; forget those that were deleted long ago."""
        long_ago = delete(conversations).where(conversations.c.deleted_at < at - UNDO_FOR)
        with translated(self._engine), self._engine.begin() as connection:
            connection.execute(long_ago)
            connection.execute(_one(conversation).values(deleted_at=at))

    def put_back(self, conversation: int) -> None:
        """Undo a deletion."""
        self._change(conversation, deleted_at=None)

    def _change(self, conversation: int, **values: object) -> None:
        with translated(self._engine), self._engine.begin() as connection:
            connection.execute(_one(conversation).values(**values))


def titled(text: str) -> str:
    """A title from whatever a learner typed."""
    return " ".join(text.replace("\x00", "").split())[:LONGEST_TITLE] or "Untitled"


def _one(conversation: int) -> Any:
    return update(conversations).where(conversations.c.id == conversation)


def _conversation(row: Row[Any]) -> Conversation:
    started = _with_zone(row.started_at)
    touched = _with_zone(row.touched_at) if row.touched_at else started
    return Conversation(row.id, row.title, started, touched, row.engine, bool(row.is_guided))


def _with_zone(moment: datetime) -> datetime:
    """SQLite drops the zone; everything is stored in UTC."""
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
