"""Finished cells in a file that only grows, so that a sweep that was stopped goes on.

A line is a cell: its key, what it was, and its rows. A line that was cut off when the power went is
passed over, and its cell is computed again.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from collapse_core.sweeps.work import COLUMNS, Rows

__all__ = ["Journal", "journal_beside"]


def journal_beside(output: str | Path) -> Path:
    """Return where the finished cells of an output are: ``sweep.csv`` has ``sweep.cells.jsonl``."""
    return Path(output).with_suffix(".cells.jsonl")


class Journal:
    """The finished cells of a sweep, by key.

    Parameters
    ----------
    path : Path, optional
        Where they are; without it they are kept in memory alone.

    Raises
    ------
    OSError
        If the file cannot be read or written.
    """

    def __init__(self, path: Path | None) -> None:
        self.path, self._found = path, dict[str, Rows]()
        if path is None or not path.exists():
            return
        text = path.read_bytes()
        for line in text.split(b"\n"):
            self._read(line)
        if text and not text.endswith(b"\n"):
            self._append("\n")

    def __contains__(self, key: str) -> bool:
        return key in self._found

    def rows(self, key: str) -> Rows:
        """Return the rows of a finished cell."""
        return self._found[key]

    def add(self, key: str, place: dict[str, Any], rows: Rows) -> None:
        """Keep the rows of a cell that has finished; ``place`` tells people which one it is."""
        self._found[key] = rows
        line = json.dumps({"cell": key, "settings": place, "rows": rows})
        self._append(f"{line}\n")

    def _append(self, text: str) -> None:
        if self.path is None:
            return
        # Whole and at once: whoever is killed afterwards has written it.
        with self.path.open("ab", buffering=0) as file:
            file.write(text.encode())

    def _read(self, line: bytes) -> None:
        try:
            told = json.loads(line)
            key, rows = told["cell"], told["rows"]
            whole = isinstance(key, str) and all(len(row) == len(COLUMNS) for row in rows)
        except (ValueError, KeyError, TypeError):
            return
        if whole:
            self._found[key] = rows
