"""Messages on a reader's own data: whole sentences per case, in the language of who reads them.

Their words are in ``messages.toml``. A complaint is said when it is read, so that one that was
raised in a thread, or for several readers at once, is told to each in the language of the visit.
"""

from __future__ import annotations

from typing import Any

from collapse_core.lessons.lesson import read_lesson

__all__ = ["Message", "RefusedError", "message"]


def message(table: str, name: str, /, **facts: Any) -> str:
    """Return a message in the language of the moment.

    Parameters
    ----------
    table, name : str
        Where it is in ``messages.toml``.
    **facts
        What its gaps are filled with.
    """
    return read_lesson("messages").plainly(table, name, facts)


class Message:
    """A message that is said whenever it is written; its parameters are those of `message`."""

    def __init__(self, table: str, name: str, /, **facts: Any) -> None:
        self.table, self.name, self.facts = table, name, facts

    def __str__(self) -> str:
        return message(self.table, self.name, **self.facts)


class RefusedError(ValueError):
    """What a reader gave and nobody can use; its parameters are those of `message`."""

    def __init__(self, table: str, name: str, /, **facts: Any) -> None:
        super().__init__(table, name)
        self.table, self.name, self.facts = table, name, facts

    def __str__(self) -> str:
        return message(self.table, self.name, **self.facts)

    def __reduce__(self) -> tuple[Any, ...]:
        return _refused, (self.table, self.name, self.facts)


def _refused(table: str, name: str, facts: dict[str, Any]) -> RefusedError:
    """Return a refusal from what a copy of it in another process holds."""
    return RefusedError(table, name, **facts)
