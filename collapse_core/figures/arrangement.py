"""Where the panels of a scene are: named ones that the player arranges, or a fixed grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

__all__ = ["WHOLE", "NamedPanel", "Part", "Place", "Span", "grid", "in_a_row"]

Span = tuple[float, float]
Place = tuple[float, float, float, float]

WHOLE: Span = (0.0, 1.0)
GAP = 0.06  # room for the numbers of an axis, where a figure is 1,000 pixels wide


@dataclass(frozen=True)
class Part:
    """A pair of axes, and its place inside the panel that it belongs to.

    Parameters
    ----------
    x, y : str
        Plotly's names of the axes.
    across, up : tuple of float
        Both ends of its place, from 0 to 1.
    """

    x: str
    y: str
    across: Span = WHOLE
    up: Span = WHOLE


@dataclass(frozen=True)
class NamedPanel:
    """What a reader can choose to see: one pair of axes, or several that stay together.

    Parameters
    ----------
    name : str
        Stands on its button.
    leads : bool
        Whether it is shown unless the reader chooses another; where panels are of different kinds,
        two of a figure.
    width : float
        Its width beside others; 1 is usual.
    parts : list of Part
        Its axes.
    """

    name: str
    leads: bool
    width: float
    parts: list[Part] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Return it as the player reads it."""
        parts = [
            {"x": part.x, "y": part.y, "across": [*part.across], "up": [*part.up]}
            for part in self.parts
        ]
        return {"name": self.name, "leads": self.leads, "width": self.width, "parts": parts}


def in_a_row(panels: Sequence[NamedPanel]) -> dict[str, list[float]]:
    """Return the domain of every axis, with all panels side by side."""
    domains, left = dict[str, list[float]](), 0.0
    unit = (1.0 - GAP * (len(panels) - 1)) / sum(panel.width for panel in panels)
    for panel in panels:
        wide = unit * panel.width
        for part in panel.parts:
            domains[part.x] = [min(left + wide * end, 1.0) for end in part.across]
            domains[part.y] = list(part.up)
        left += wide + GAP
    return domains


def grid(count: int, columns: int, gap: float, gutter: float) -> list[Place]:
    """Return the places of panels in rows: the left, right, lower and upper end of each.

    Parameters
    ----------
    count, columns : int
        How many there are, and how many in a row.
    gap, gutter : float
        Shares of the figure between two columns, and between two rows.
    """
    rows = -(-count // columns)
    wide, tall = (1.0 - gap * (columns - 1)) / columns, (1.0 - gutter * (rows - 1)) / rows
    places: list[Place] = []
    for down, column in (divmod(number, columns) for number in range(count)):
        left, top = column * (wide + gap), 1.0 - down * (tall + gutter)
        ends = np.clip([left, left + wide, top - tall, top], 0.0, 1.0).tolist()
        places.append((ends[0], ends[1], ends[2], ends[3]))
    return places
