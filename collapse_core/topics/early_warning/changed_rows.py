"""Which rows changed most: real ones that nothing is near to any more, and made ones like none."""

from __future__ import annotations

from typing import Literal, NamedTuple

from collapse_core.checks import check_whole_number
from collapse_core.drift import most_changed
from collapse_core.topics.early_warning.watched import Watched

__all__ = ["ChangedRow", "changed_rows"]

MOST_LOOKED_AT = 2000
VALUES = 3


class ChangedRow(NamedTuple):
    """A row that changed.

    Parameters
    ----------
    kind : str
        "lost", a real row that nothing is near to any more, or "strange", a made row like no real
        one.
    row : int
        Its place, from 1.
    label : str
        What it is called; empty without labels.
    times : float
        How far the nearest row of the other kind is, in distances between real neighbours.
    values : tuple of float
        Its first values.
    """

    kind: Literal["lost", "strange"]
    row: int
    label: str
    times: float
    values: tuple[float, ...]


def changed_rows(found: Watched, t: int, most: int = 6) -> list[ChangedRow]:
    """Return the rows that a generation has changed most: the lost ones, then the strange ones.

    At most 2,000 rows of each are looked at, the first ones.

    Parameters
    ----------
    found : Watched
        The history.
    t : int
        The generation.
    most : int
        How many rows of each kind, 1 to 1,000.
    """
    t = check_whole_number("t", t, 0, found.total)
    most = check_whole_number("most", most, 1, 1000)
    history = found.history
    real, made = found.real(t)[:MOST_LOOKED_AT], history.generations[t][:MOST_LOOKED_AT]
    changed = most_changed(real, made, most)
    known = history.labels
    sides = (
        ("lost", real, None if known is None or history.references else known[0]),
        ("strange", made, None if known is None else known[t]),
    )
    rows: list[ChangedRow] = []
    for (kind, values, labels), places, times in zip(
        sides, (changed.lost, changed.strange), (changed.lost_by, changed.strange_by), strict=True
    ):
        rows += [
            ChangedRow(
                "lost" if kind == "lost" else "strange",
                int(place) + 1,
                "" if labels is None else str(labels[place]),
                float(far),
                tuple(float(value) for value in values[place, :VALUES]),
            )
            for place, far in zip(places, times, strict=True)
        ]
    return rows
