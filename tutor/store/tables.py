"""The tables, as the newest migration leaves them."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, DateTime, Float, ForeignKey, Integer, MetaData, String, Table, Text, false

REVISION = "0005"
"""The migration that these tables belong to."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("title", String(200), nullable=False),
    Column("started_at", DateTime(timezone=True), nullable=False),
    Column("engine", String(200), nullable=False, server_default=""),
    Column("is_guided", Boolean, nullable=False, server_default=false()),
    Column("touched_at", DateTime(timezone=True), nullable=True),
    Column("deleted_at", DateTime(timezone=True), nullable=True),
)

turns = Table(
    "turns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "conversation_id",
        Integer,
        ForeignKey("conversations.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    Column("question", Text, nullable=False),
    Column("answer", JSON, nullable=False),
    Column("asked_at", DateTime(timezone=True), nullable=False),
)

model_calls = Table(
    "model_calls",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("engine", String(40), nullable=False),
    Column("model", String(200), nullable=False),
    Column("prompt_hash", String(64), nullable=False),
    Column("tokens_in", Integer, nullable=False),
    Column("tokens_out", Integer, nullable=False),
    Column("estimated", Boolean, nullable=False),
    Column("cost_micro_usd", Float, nullable=True),
    Column("seconds", Float, nullable=False),
    Column("outcome", String(20), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, index=True),
)

items = Table(
    "items",
    metadata,
    Column("id", String(120), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("state", String(20), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("objective", String(10), nullable=False),
    Column("consideration", String(12), nullable=False),
    Column("model", String(100), nullable=False, index=True),
    Column("seed", String(100), nullable=False),
    Column("engine", String(40), nullable=False),
    Column("prompt_hash", String(64), nullable=False),
    Column("corpus_hash", String(64), nullable=False),
    Column("item", JSON, nullable=False),
    Column("checks", JSON, nullable=False),
    Column("rating", Float, nullable=False),
    Column("answers", Integer, nullable=False),
    Column("right", Integer, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
)

item_versions = Table(
    "item_versions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", String(120), ForeignKey("items.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("version", Integer, nullable=False),
    Column("item", JSON, nullable=False),
    Column("checks", JSON, nullable=False),
    Column("why", Text, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("item_id", String(120), ForeignKey("items.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("learner", String(80), nullable=False),
    Column("chosen", JSON, nullable=False),
    Column("is_right", Boolean, nullable=False),
    Column("seconds", Float, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, index=True),
)

rejections = Table(
    "rejections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("model", String(100), nullable=False),
    Column("seed", String(100), nullable=False),
    Column("engine", String(40), nullable=False),
    Column("item", JSON, nullable=False),
    Column("faults", JSON, nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, index=True),
)

flags = Table(
    "flags",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String(40), nullable=False, unique=True, index=True),
    Column("target", String(20), nullable=False),
    Column("target_id", String(200), nullable=False),
    Column("cause", String(20), nullable=False),
    Column("words", Text, nullable=False),
    Column("by", String(80), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("shown", JSON, nullable=False),
)

rulings = Table(
    "rulings",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", String(40), nullable=False, unique=True, index=True),
    Column("case", String(300), nullable=False, index=True),
    Column("verdict", String(20), nullable=False),
    Column("remedy", String(20), nullable=False),
    Column("words", Text, nullable=False),
    Column("by", String(80), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("is_taken_back", Boolean, nullable=False),
)

bonds = Table(
    "bonds",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("ruling", String(40), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("value", Text, nullable=False),
    Column("case", String(300), nullable=False),
)

reservations = Table(
    "reservations",
    metadata,
    Column("case", String(300), primary_key=True),
    Column("by", String(80), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("by", String(80), nullable=False),
    Column("deed", String(20), nullable=False),
    Column("about", String(300), nullable=False),
    Column("details", JSON, nullable=False),
    Column("before", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
