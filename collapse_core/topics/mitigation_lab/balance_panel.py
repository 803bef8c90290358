"""What each remedy keeps against what it costs, and the frontier of what nothing beats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from collapse_core.figures.panel import Panel, rounded
from collapse_core.figures.scene import Scene
from collapse_core.topics.mitigation_lab.report import LabReport
from collapse_core.topics.mitigation_lab.signs import signs_of

__all__ = ["apart", "draw_balance"]

ROOM = 1.5  # of the largest price: names stand to the right of their symbols
NEAR = 0.4  # of the width: so near, names would lie over each other
BESIDE = 0.035  # of the width, from a symbol to its name
LIFT = 0.03  # of the height: over the steps of the frontier
LINE = 0.075  # of the height: what a name needs


def draw_balance(
    scene: Scene, report: LabReport, height: Mapping[str, Any], hidden: str | None
) -> None:
    """Add the panel, which moves with the clock.

    Parameters
    ----------
    scene : Scene
        What it is added to.
    report : LabReport
        The remedies.
    height : mapping
        The vertical axis, in Plotly's schema.
    hidden : str, optional
        Words over it while its answer is to be guessed.
    """
    prices = {course.name: report.paid(course) for course in report.everyone}
    widest = ROOM * max(1.0, *[float(curve[-1]) for curve in prices.values()])
    panel = scene.panel(
        f"balance_{report.measure}", f"price_{report.experiment.price}",
        x={"range": [-0.04 * widest, widest], "nticks": 4}, y={**height},
        leads=True, hidden=hidden,
    )  # fmt: skip
    top = float(height["range"][1])
    kept = {c.name: np.minimum(c.average(report.measure), top) for c in report.everyone}
    _frontier(panel, report, prices, kept, widest)
    ticks = range(report.experiment.last + 1)
    for name, sign in signs_of(report).items():
        moves = [{"x": [float(prices[name][t])], "y": rounded([kept[name][t]])} for t in ticks]
        told = f"{scene.word(name)}: %{{y:.3f}}, %{{x:,.0f}}<extra></extra>"
        panel.points(
            name, moves[0]["x"], moves[0]["y"], sign.symbol, 11, sign.tint, changes=moves,
            hovertemplate=told, showlegend=False, cliponaxis=False,
        )  # fmt: skip
    _names(panel, scene, report, prices, kept, widest, height["range"])


def _frontier(
    panel: Panel,
    report: LabReport,
    prices: Mapping[str, Any],
    kept: Mapping[str, Any],
    widest: float,
) -> None:
    """Draw the steps of what nothing beats."""
    moves = []
    for t in range(report.experiment.last + 1):
        names = [course.name for course in report.unbeaten(t)]
        x = [float(prices[name][t]) for name in names]
        y = [float(kept[name][t]) for name in names]
        moves.append({"x": [*x, widest], "y": rounded([*y, y[-1]])})
    panel.line("frontier", moves[0]["y"], moves[0]["x"], style=("text", 0.8, "dashdot"),
               shape="hv", hover=None, changes=moves)  # fmt: skip


def _names(
    panel: Panel,
    scene: Scene,
    report: LabReport,
    prices: Mapping[str, Any],
    kept: Mapping[str, Any],
    widest: float,
    ends: Sequence[float],
) -> None:
    """Write the names beside the symbols, none over another."""
    names = [course.name for course in report.everyone]
    lift, moves = LIFT * (ends[1] - ends[0]), []
    for t in range(report.experiment.last + 1):
        x = [float(prices[name][t]) for name in names]
        y = [float(kept[name][t]) for name in names]
        beside = [place + BESIDE * widest for place in x]
        moves.append({"x": beside, "y": apart(x, [h + lift for h in y], widest, ends)})
    look = scene.look
    panel.add(
        {
            "mode": "text",
            "text": [scene.word(name) for name in names],
            "textposition": "middle right",
            "textfont": {"size": 11 * look.scale, "color": look.text},
            "hoverinfo": "skip",
            "showlegend": False,
            "cliponaxis": False,
            **moves[0],
        },
        moves,
    )


def apart(
    x: Sequence[float], y: Sequence[float], widest: float, ends: Sequence[float]
) -> list[float]:
    """Return heights of names near those of their symbols, and a line apart where they are near.

    Parameters
    ----------
    x, y : sequence of float
        The symbols.
    widest : float
        Of the horizontal axis.
    ends : sequence of float
        Of the vertical one.
    """
    line = LINE * (ends[1] - ends[0])

    def near(one: int, other: int) -> bool:
        return abs(x[one] - x[other]) < NEAR * widest

    falling: dict[int, float] = {}
    for one in sorted(range(len(y)), key=lambda place: -y[place]):
        above = [taken - line for other, taken in falling.items() if near(one, other)]
        falling[one] = min([y[one], ends[1] - 0.5 * line, *above])
    # Those that would stand below the floor go up again.
    rising: dict[int, float] = {}
    for one in sorted(falling, key=falling.__getitem__):
        below = [taken + line for other, taken in rising.items() if near(one, other)]
        rising[one] = max([falling[one], ends[0] + 0.5 * line, *below])
    return rounded([rising[place] for place in range(len(y))])
