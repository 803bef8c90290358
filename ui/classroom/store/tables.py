"""The tables as SQLAlchemy names them. ``migrations/`` makes them; a test compares the two."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

__all__ = ["METADATA", "answers", "classes", "rounds", "seats"]

METADATA = MetaData()

classes = Table(
    "classes",
    METADATA,
    Column("id", BigInteger, primary_key=True),
    Column("code", String(12), nullable=False, unique=True),
    Column("token", String(64), nullable=False),
    Column("language", String(12), nullable=False),
    Column("opened", Double, nullable=False),
    Column("ends", Double, nullable=False),
    Column("joinable", Boolean, nullable=False),
    Column("version", BigInteger, nullable=False),
)

rounds = Table(
    "rounds",
    METADATA,
    Column("id", BigInteger, primary_key=True),
    Column("class_id", ForeignKey("classes.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("settings", Text, nullable=False),
    Column("state", String(8), nullable=False),
    Column("hidden", Boolean, nullable=False),
    Column("opened", Double, nullable=False),
)

seats = Table(
    "seats",
    METADATA,
    Column("id", BigInteger, primary_key=True),
    Column("class_id", ForeignKey("classes.id", ondelete="CASCADE"), nullable=False),
    Column("token", String(64), nullable=False),
    Column("name", Integer, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("joined", Double, nullable=False),
    Column("seen", Double, nullable=False),
)

answers = Table(
    "answers",
    METADATA,
    Column("id", BigInteger, primary_key=True),
    Column("round_id", ForeignKey("rounds.id", ondelete="CASCADE"), nullable=False),
    Column("seat_id", ForeignKey("seats.id", ondelete="CASCADE"), nullable=False),
    Column("chain", BigInteger, nullable=False),
    Column("step", Integer, nullable=False),
    Column("role", String(8), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("claimed", Double, nullable=False),
    Column("answered", Double),
    Column("value", Text),
)
