"""The teacher's table: one row for each answer, with names of two words and without tokens."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from ui.classroom.names import seat_name
from ui.classroom.store import Class

__all__ = ["answers_as_csv"]

# As the store exports them; a spreadsheet reads JSON in a cell as text.
COLUMNS = (
    "round",
    "kind",
    "page_or_game",
    "settings",
    "name",
    "learner",
    "chain",
    "step",
    "role",
    "attempt",
    "begun_after",
    "answered_after",
    "value",
)


def answers_as_csv(of: Class, rows: Iterable[Mapping[str, Any]]) -> str:
    """Return the answers of a class as a table in text.

    Parameters
    ----------
    of : Class
        In its language are the names.
    rows : iterable of mapping
        As `ClassStore.export` returns them.
    """
    written = io.StringIO()
    table = csv.DictWriter(written, COLUMNS, extrasaction="ignore", lineterminator="\n")
    table.writeheader()
    for row in rows:
        table.writerow({**row, **_read_out(of, row)})
    return written.getvalue()


def _read_out(of: Class, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands in the table in other words than in the store."""
    settings = row["settings"]
    guess = settings.get("kind") == "guess"
    if guess:
        shown = settings.get("link", "")
    else:
        left_out = {"kind", "game"}
        shown = json.dumps({n: v for n, v in settings.items() if n not in left_out})
    value = row["value"]
    plain = isinstance(value, list) and all(isinstance(one, int | float) for one in value)
    # A guess belongs to a seat, which its name says; the chain of one is no more than that.
    return {
        "kind": settings.get("kind"),
        "page_or_game": settings.get("page" if guess else "game"),
        "settings": shown,
        "name": seat_name(of, row["name"]),
        "chain": "" if guess else row["chain"],
        "value": " ".join(map(str, value)) if plain else json.dumps(value, ensure_ascii=False),
    }
