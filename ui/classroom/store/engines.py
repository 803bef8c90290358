"""Engines as a class needs them: SQLite that many threads share, and PostgreSQL by psycopg 3."""

from __future__ import annotations

import sqlite3
import time
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

__all__ = ["WRITES", "engine_at", "in_memory", "prepared"]

WRITES = "class_writes"
"""Execution option of a transaction that will write: SQLite then takes its lock at the start."""

BUSY_SECONDS = 15
UNSURE_AFTER = 5.0  # seconds that a connection was left alone
_LEFT = "class_left_at"
PRAGMAS = (
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
    "PRAGMA synchronous = NORMAL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten
    "PRAGMA temp_store = MEMORY",  # no copy of a row in a temporary file
)


def in_memory(url: URL) -> bool:
    """Return whether an SQLite address has no file."""
    name = url.database or ""
    return name in ("", ":memory:") or name.startswith("file::memory:") or "mode=memory" in name


def engine_at(address: str | URL) -> Engine:
    """Make an engine for an address such as ``sqlite:///class.db`` or ``postgresql://...``.

    A database in memory has one connection that its threads take in turns.

    Raises
    ------
    ValueError
        If the address is of neither database.
    """
    url = (
        make_url(address)
        if not str(address).startswith("postgres:")
        else make_url(str(address).replace("postgres:", "postgresql:", 1))
    )
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    kind = url.get_backend_name()
    if kind == "postgresql":
        engine = create_engine(url, pool_size=10, max_overflow=20)
        event.listen(engine, "checkin", _left)
        event.listen(engine, "checkout", _taken)
        return engine
    if kind != "sqlite":
        raise ValueError(
            f"The address of the class's database names {kind!r}: it must be SQLite or "
            "PostgreSQL, as in 'sqlite:///class.db' or 'postgresql://user@host/name'."
        )
    pool: dict[str, Any] = (
        {"pool_size": 1, "max_overflow": 0}
        if in_memory(url)
        else {
            "pool_size": 5,
            "max_overflow": 25,
        }
    )
    engine = create_engine(
        url, poolclass=QueuePool, connect_args={"check_same_thread": False}, **pool
    )
    event.listen(engine, "connect", _settle)
    event.listen(engine, "begin", _begin)
    return engine


def prepared(engine: Engine) -> Engine:
    """Return an engine that somebody else made as a class needs it: SQLite is opened anew."""
    if engine.dialect.name == "sqlite" and not event.contains(engine, "begin", _begin):
        return engine_at(engine.url)
    return engine


def _settle(connection: Any, _record: Any) -> None:
    """Set what SQLite keeps per connection; transactions are begun by `_begin` alone."""
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(pragma).close()
    until = time.monotonic() + BUSY_SECONDS
    # A file is made to have a write-ahead log once. For that SQLite does not wait for others.
    while connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete":
        try:
            connection.execute("PRAGMA journal_mode = WAL").close()
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(0.02)


def _begin(connection: Connection) -> None:
    """Begin what will write; each reading statement is a transaction of its own."""
    if connection.get_execution_options().get(WRITES, False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _left(_connection: Any, record: ConnectionPoolEntry) -> None:
    record.info[_LEFT] = time.monotonic()


def _taken(connection: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
    """Ask whether the server is still there if nobody has for some seconds."""
    if time.monotonic() - record.info.get(_LEFT, time.monotonic()) < UNSURE_AFTER:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except Exception as error:
        raise DisconnectionError from error  # the pool then tries another
