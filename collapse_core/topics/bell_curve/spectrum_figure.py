"""The bell curve in several dimensions on one clock: its ellipse, its eigenvalues, its rank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.look import LIGHT, Look, transparent
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import Panel, Style
from collapse_core.figures.scene import Scene, time_axis
from collapse_core.lessons.numbers import Numbers
from collapse_core.topics.bell_curve.spectrum import SpectrumReport

__all__ = ["bell_spectrum_figure"]

Array = NDArray[np.float64]

REACH, WIDEST = 2.0, 6.0
STEPS = 41
MOST_POINTS = 100
LOWEST_POWER = -600.0
TEN = np.log(10.0)


def bell_spectrum_figure(
    report: SpectrumReport,
    *,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw how a covariance loses its dimensions.

    Parameters
    ----------
    report : SpectrumReport
        What `report_spectrum` says.
    look : Look
        Colours and sizes.
    words : mapping of str to str, optional
        Words of the figure, instead of those of the lesson.
    alt : str
        The picture in one sentence.
    """
    scene = Scene("bell_curve", look, words, followed=report.followed)
    own, exact = report.log_eigenvalues[report.highlighted] / TEN, report.exact
    _draw_ellipse(scene, report, own)
    _draw_eigenvalues(scene, report, own)
    top, time = report.dimension * 1.06, time_axis(len(own) - 1)
    height = {"range": [0, top], "nticks": 6}
    rank = scene.panel("rank", "generation", x=time, y=height, leads=True)
    rank.runs(report.rank)
    followed = report.rank[report.highlighted]
    rank.lines(highlighted=followed)
    rank.lines(median=report.median_rank, mean=report.mean_rank, at_curve=True)
    rank.line("annealed", exact.annealed, style="exact")
    rank.line("rule", exact.rule, style=("collapse", 1.0, "dashdot"), at_curve=0.4)
    rank.hand(followed, (0.0, top))
    return scene.figure(alt)


def _draw_ellipse(scene: Scene, report: SpectrumReport, own: Array) -> None:
    """Draw the line two standard deviations around the centre, over the truth's circle."""
    with np.errstate(over="ignore"):
        longest = REACH * float(10.0 ** (min(own[:, 0].max(), 4.0) / 2.0))
    reach = 1.08 * min(max(longest, REACH), WIDEST)
    side = {"range": [-reach, reach], "constrain": "domain", "nticks": 6}
    panel = scene.panel(
        "ellipse",
        "coordinates" if report.dimension == 2 else "axes",
        x=side | {"constraintoward": "left"},
        y=side | {"constraintoward": "top"},
        leads=True,
        width=0.6,
        square=True,
    )
    circle = _ellipse(np.zeros(2), 0.0)
    shapes = [*map(_ellipse, own[:, :2], report.turn.tolist())]
    panel.line("truth", circle["y"], circle["x"], fill=0.15, hover=None)
    panel.line(
        "highlighted",
        circle["y"],
        circle["x"],
        style="model",
        fill=0.3,
        hover=None,
        changes=shapes,
    )


def _ellipse(powers: Array, turn: float) -> dict[str, list[float]]:
    """Return the line two standard deviations around the centre; a needle keeps its length."""
    angles = np.linspace(0.0, 2.0 * np.pi, STEPS)
    with np.errstate(over="ignore", under="ignore"):
        long, short = REACH * np.minimum(10.0 ** (powers / 2.0), 1e6)
    across, up = long * np.cos(angles), short * np.sin(angles)
    x = across * np.cos(turn) - up * np.sin(turn)
    y = across * np.sin(turn) + up * np.cos(turn)
    return {"x": np.round(x, 3).tolist(), "y": np.round(y, 3).tolist()}


def _draw_eigenvalues(scene: Scene, report: SpectrumReport, own: Array) -> None:
    mean, exponents, last = report.mean_log_eigenvalues / TEN, report.exact.exponents, len(own) - 1
    slopes = np.empty(0) if exponents is None else exponents / TEN
    low, high = ends = _range_of(own, mean, last * slopes)
    panel = scene.panel(
        "eigenvalues",
        "generation",
        x=time_axis(last),
        y={"range": [low, high], **_powers_of_ten(low, high, scene.lesson.numbers)},
        hover="10^%{y:.1f}",
    )
    _draw_staircase(panel, "highlighted", own, (transparent(scene.look.blue, 0.75), 0.7, "solid"))
    _draw_staircase(panel, "mean_of_logs", mean, "mean")
    if exponents is not None:
        lines = np.array([[0.0], [last]]) * slopes[np.isfinite(slopes)]
        _draw_staircase(panel, "lyapunov", lines, ("text", 0.8, "dash"), np.array([0, last]))
    panel.hand(np.where(own[:, 0] > low, own[:, 0], np.nan), ends)


def _draw_staircase(
    panel: Panel, key: str, lines: Array, style: str | Style, ticks: Array | None = None
) -> None:
    """Add lines of shape (generations + 1, dimension) as one trace with gaps, thinned."""
    full = np.arange(len(lines)) if ticks is None else np.arange(ticks[-1] + 1)
    rows = lines if ticks is None else full[:, None] * (lines[-1] / max(ticks[-1], 1))
    for number, row in enumerate(rows.T, start=1):
        axis = panel.scene.word("axis", number=number)
        with np.errstate(over="ignore", under="ignore"):
            panel.keep(f"{panel.scene.word(key)}, {axis}", full, 10.0**row)
    if ticks is None:
        last = len(lines) - 1
        ticks = np.unique(np.append(np.arange(0, last + 1, max(1, -(-last // MOST_POINTS))), last))
        lines = np.where(np.isfinite(lines[ticks]), lines[ticks], np.nan)
    gap = np.full((1, lines.shape[1]), np.nan)
    x = np.tile(np.append(ticks.astype(np.float64), np.nan), lines.shape[1])
    panel.line(key, np.concatenate([lines, gap]).T.ravel(), x, style=style)


def _range_of(*powers: Array) -> tuple[float, float]:
    """Return the powers of ten that the panel of eigenvalues shows."""
    values = np.concatenate([np.ravel(part) for part in powers])
    values = values[np.isfinite(values)]
    low = max(float(values.min()), LOWEST_POWER) if values.size else -1.0
    high = float(values.max()) if values.size else 0.0
    room = max(high - low, 0.5)
    return low - 0.06 * room, high + 0.06 * room


def _powers_of_ten(low: float, high: float, written: Numbers) -> dict[str, Any]:
    if high - low <= 2.5:
        numbers = [digit * 10.0**power for power in range(-4, 5) for digit in (1, 2, 5)]
        shown = [number for number in numbers if low <= np.log10(number) <= high]
        return {
            "tickvals": np.log10(shown).tolist(),
            "ticktext": [written.plain(n, "g") for n in shown],
        }
    steps = (1, 2, 5, 10, 20, 50, 100, 200, 500)
    step = next(step for step in steps if (high - low) / step <= 7)
    ticks = step * np.arange(np.ceil(low / step), np.floor(high / step) + 1)
    texts = ["1" if tick == 0 else f"10<sup>{tick:.0f}</sup>" for tick in ticks]
    return {"tickvals": ticks.tolist(), "ticktext": texts}
