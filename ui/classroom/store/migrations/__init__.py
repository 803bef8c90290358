"""The tables, as numbered SQL files beside this one, and how a database is brought up to date.

A database says how many of the files it has seen: SQLite in ``PRAGMA user_version``, PostgreSQL in
the comment of the table ``classes``. A file that has been shipped is never changed: what is to be
different goes into the next one.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, text

__all__ = ["files", "migrate", "version"]

HERE = Path(__file__).parent
KEYS = {
    "sqlite": "INTEGER PRIMARY KEY AUTOINCREMENT",
    "postgresql": "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
}
LOCK = 735_018  # any number, the same in every replica


def files() -> list[Path]:
    """Return the migrations in their order."""
    return sorted(HERE.glob("[0-9]*.sql"))


def version(connection: Connection) -> int:
    """Return how many migrations a database has seen."""
    if connection.dialect.name == "sqlite":
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
    said = connection.execute(
        text("SELECT obj_description(to_regclass('classes'), 'pg_class')")
    ).scalar()
    return int(said.removeprefix("schema ")) if said else 0


def migrate(connection: Connection) -> None:
    """Run the migrations that a database has not seen, in the transaction of the connection.

    Two processes that start at once wait for each other.

    Raises
    ------
    ValueError
        If the database was made by a later version of this program.
    """
    here = connection.dialect.name
    if here == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    seen, known = version(connection), files()
    if seen > len(known):
        raise ValueError(
            f"The database of the class has schema {seen}, this program knows {len(known)}: "
            "use the newer program, or another database."
        )
    for path in known[seen:]:
        written = path.read_text(encoding="utf-8").replace("{key}", KEYS[here])
        lines = [line.partition("--")[0] for line in written.splitlines()]
        for statement in "\n".join(lines).split(";"):
            if statement.strip():
                connection.exec_driver_sql(statement)
    if seen < len(known):
        connection.exec_driver_sql(
            f"PRAGMA user_version = {len(known)}"
            if here == "sqlite"
            else f"COMMENT ON TABLE classes IS 'schema {len(known)}'"
        )
