"""The bell curve in several dimensions on one clock: its ellipse, its eigenvalues, its rank."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.curves import Panel, cursor, cursor_at, curve, faint_runs
from collapse_core.figures.look import LIGHT, Look, transparent
from collapse_core.figures.moving import Frame, MovingFigure
from collapse_core.figures.panels import add_panel, empty_layout
from collapse_core.topics.bell_curve.spectrum import SpectrumReport

__all__ = ["LABELS", "bell_spectrum_figure"]

Array = NDArray[np.float64]

ELLIPSE, EIGENVALUES, RANK = Panel(1), Panel(2), Panel(3)
REACH, WIDEST = 2.0, 6.0
STEPS = 41
MOST_POINTS = 100
LOWEST_POWER = -600.0

LABELS: Mapping[str, str] = {
    "ellipse": "The ellipse of this run",
    "eigenvalues": "Eigenvalues of the covariance (log scale)",
    "rank": "Effective rank",
    "axes": "along its two longest axes",
    "coordinates": "first coordinate; upwards: the second",
    "generation": "generation",
    "truth": "the truth",
    "model": "this run (percentile {percentile})",
    "mean_log": "mean of the logs over {followed} runs",
    "lyapunov": "Lyapunov lines (exact slopes)",
    "runs": "runs",
    "median": "median of the runs",
    "mean": "mean of the runs",
    "annealed": "exact ratio of averages",
    "rule": "rule of thumb (approximation)",
}


def bell_spectrum_figure(
    report: SpectrumReport,
    *,
    look: Look = LIGHT,
    labels: Mapping[str, str] = LABELS,
    alt: str = "",
) -> MovingFigure:
    """Draw how a covariance loses its dimensions.

    Parameters
    ----------
    report : SpectrumReport
        What `report_spectrum` says.
    look : Look
        Colours and sizes.
    labels : mapping of str to str
        Words of the figure; see ``LABELS``.
    alt : str
        The picture in one sentence.
    """
    words = {
        key: text.format(percentile=round(report.percentile), followed=report.followed)
        for key, text in {**LABELS, **labels}.items()
    }
    own = report.log_eigenvalues[report.highlighted] / np.log(10.0)
    ends = _power_range(report, own)
    traces = _ellipse_traces(look, words)
    traces += _eigenvalue_traces(report, own, look, words)
    traces.append(cursor(EIGENVALUES, look.blue, look))
    first = len(traces) - 1
    traces += _rank_traces(report, look, words)
    traces.append(cursor(RANK, look.blue, look))
    moving = (1, first, len(traces) - 1)
    top = report.dimension * 1.06
    frames = [
        Frame(
            str(generation),
            (
                _ellipse(values[:2], float(report.turn[generation])),
                cursor_at(generation, float(values[0]) if values[0] > ends[0] else np.nan, *ends),
                cursor_at(generation, float(rank), 0.0, top),
            ),
            moving,
        )
        for generation, (values, rank) in enumerate(
            zip(own, report.rank[report.highlighted], strict=True)
        )
    ]
    return MovingFigure(traces, _layout(report, own, ends, top, look, words), frames, alt=alt)


def _ellipse(powers: Array, turn: float) -> dict[str, list[float]]:
    """Return the line two standard deviations around the centre; a needle keeps its length."""
    angles = np.linspace(0.0, 2.0 * np.pi, STEPS)
    with np.errstate(over="ignore", under="ignore"):
        long, short = REACH * np.minimum(10.0 ** (powers / 2.0), 1e6)
    across, up = long * np.cos(angles), short * np.sin(angles)
    x = across * np.cos(turn) - up * np.sin(turn)
    y = across * np.sin(turn) + up * np.cos(turn)
    return {"x": np.round(x, 3).tolist(), "y": np.round(y, 3).tolist()}


def _ellipse_traces(look: Look, words: Mapping[str, str]) -> list[dict[str, Any]]:
    circle = _ellipse(np.zeros(2), 0.0)
    common = {"type": "scatter", "mode": "lines", "fill": "toself", "hoverinfo": "skip"}
    return [
        {
            **common,
            **circle,
            "name": words["truth"],
            "fillcolor": transparent(look.real, 0.15),
            "line": {"width": 2 * look.scale, "color": look.real, "dash": "dash"},
            **ELLIPSE.axes,
        },
        {
            **common,
            **circle,
            "name": words["model"],
            "fillcolor": transparent(look.blue, 0.3),
            "line": {"width": 2.5 * look.scale, "color": look.blue},
            **ELLIPSE.axes,
        },
    ]


def _staircase(lines: Array) -> tuple[Array, Array]:
    """Return lines of shape (generations + 1, dimension) as one trace with gaps, thinned."""
    last = len(lines) - 1
    ticks = np.unique(np.append(np.arange(0, last + 1, max(1, -(-last // MOST_POINTS))), last))
    x = np.tile(np.append(ticks.astype(np.float64), np.nan), lines.shape[1])
    chosen = np.where(np.isfinite(lines[ticks]), lines[ticks], np.nan)
    gap = np.full((1, lines.shape[1]), np.nan)
    return x, np.concatenate([chosen, gap]).T.ravel()


def _eigenvalue_traces(
    report: SpectrumReport, own: Array, look: Look, words: Mapping[str, str]
) -> list[dict[str, Any]]:
    width = 2.0 * look.scale
    mean = report.mean_log_eigenvalues / np.log(10.0)
    hover = "10^%{y:.1f}"
    traces = [
        curve(
            EIGENVALUES,
            *_staircase(own),
            words["model"],
            transparent(look.blue, 0.75),
            width=width * 0.7,
            hover=hover,
            shown=False,
        ),
        curve(
            EIGENVALUES, *_staircase(mean), words["mean_log"], look.muted, width=width, hover=hover
        ),
    ]
    if report.exact.exponents is not None:
        last = len(own) - 1
        slopes = report.exact.exponents[np.isfinite(report.exact.exponents)] / np.log(10.0)
        x = np.tile([0.0, last, np.nan], slopes.size)
        y = np.column_stack([0 * slopes, last * slopes, 0 * slopes + np.nan]).ravel()
        traces.append(
            curve(
                EIGENVALUES,
                x,
                y,
                words["lyapunov"],
                look.text,
                width=width * 0.8,
                dash="dash",
                hover=hover,
            )
        )
    return traces


def _rank_traces(
    report: SpectrumReport, look: Look, words: Mapping[str, str]
) -> list[dict[str, Any]]:
    ticks = np.arange(report.rank.shape[1], dtype=np.float64)
    width, exact = 2.0 * look.scale, report.exact
    traces = [faint_runs(RANK, report.rank, words["runs"], look)]
    drawn = [
        ("model", report.rank[report.highlighted], look.blue, width * 1.4, "solid"),
        ("median", report.median_rank, look.muted, width * 1.2, "dot"),
        ("mean", report.mean_rank, look.muted, width, "longdash"),
        ("annealed", exact.annealed, look.text, width * 1.1, "dash"),
        ("rule", exact.rule, look.collapse, width, "dashdot"),
    ]
    for key, values, colour, line_width, dash in drawn:
        if values is not None:
            line = curve(RANK, ticks, values, words[key], colour, width=line_width, dash=dash)
            traces.append(line | {"showlegend": key != "model"})
    return traces


def _power_range(report: SpectrumReport, own: Array) -> tuple[float, float]:
    """Return the powers of ten that the panel of eigenvalues shows."""
    seen = [own, report.mean_log_eigenvalues / np.log(10.0)]
    if report.exact.exponents is not None:
        seen.append((len(own) - 1) * report.exact.exponents / np.log(10.0))
    values = np.concatenate([np.ravel(part) for part in seen])
    values = values[np.isfinite(values)]
    low = max(float(values.min()), LOWEST_POWER) if values.size else -1.0
    high = float(values.max()) if values.size else 0.0
    room = max(high - low, 0.5)
    return low - 0.06 * room, high + 0.06 * room


def _powers_of_ten(ends: tuple[float, float]) -> dict[str, Any]:
    low, high = ends
    if high - low <= 2.5:
        numbers = [digit * 10.0**power for power in range(-4, 5) for digit in (1, 2, 5)]
        shown = [number for number in numbers if low <= np.log10(number) <= high]
        ticks = np.log10(shown)
        texts = [f"{number:g}" for number in shown]
    else:
        steps = (1, 2, 5, 10, 20, 50, 100, 200, 500)
        step = next(step for step in steps if (high - low) / step <= 7)
        ticks = step * np.arange(np.ceil(low / step), np.floor(high / step) + 1)
        texts = ["1" if tick == 0 else f"10<sup>{tick:.0f}</sup>" for tick in ticks]
    return {"range": [low, high], "tickvals": ticks.tolist(), "ticktext": texts}


def _layout(
    report: SpectrumReport,
    own: Array,
    ends: tuple[float, float],
    top: float,
    look: Look,
    words: Mapping[str, str],
) -> dict[str, Any]:
    if look.narrow:
        layout = empty_layout(look, 980, bottom=190)
        columns = ([0.0, 1.0],) * 3
        rows = ([0.72, 1.0], [0.36, 0.64], [0.04, 0.28])
    else:
        layout = empty_layout(look, 335, left=30, bottom=82)
        columns = ([0.0, 0.23], [0.30, 0.645], [0.70, 1.0])
        rows = ([0.0, 1.0],) * 3
    with np.errstate(over="ignore"):
        longest = REACH * float(10.0 ** (min(own[:, 0].max(), 4.0) / 2.0))
    reach = 1.08 * min(max(longest, REACH), WIDEST)
    square = {"range": [-reach, reach], "constrain": "domain", "nticks": 6}
    add_panel(
        layout,
        ELLIPSE,
        (columns[0], rows[0]),
        look,
        title=words["ellipse"],
        below=words["coordinates" if report.dimension == 2 else "axes"],
        x=square | {"constraintoward": "left"},
        y=square | {"scaleanchor": "x", "constraintoward": "bottom"},
    )
    time = {"range": [0, report.rank.shape[1] - 1]}
    for panel, place, key, vertical in (
        (EIGENVALUES, 1, "eigenvalues", _powers_of_ten(ends)),
        (RANK, 2, "rank", {"range": [0, top], "nticks": 6}),
    ):
        add_panel(
            layout,
            panel,
            (columns[place], rows[place]),
            look,
            title=words[key],
            below=words["generation"],
            x=time,
            y=vertical,
        )
    return layout
