"""Deleted means deleted: what SQLite still holds of deleted rows is overwritten."""

from __future__ import annotations

from sqlalchemy import Engine

from ui.classroom.store.engines import in_memory

__all__ = ["cleaned"]


def cleaned(engine: Engine) -> bool:
    """Rewrite an SQLite file without deleted rows, and empty its write-ahead log.

    ``secure_delete`` overwrites the rows themselves; writing the file anew takes the copies that
    are left when a page of the file was split. PostgreSQL does this by itself, in its own time.

    Returns
    -------
    bool
        False where somebody was reading for so long that it has to be tried again.
    """
    if engine.dialect.name != "sqlite" or in_memory(engine.url):
        return True
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        cursor.close()
    except Exception as error:
        if "locked" in str(error) or "busy" in str(error):
            return False
        raise
    finally:
        connection.close()
    return not busy
