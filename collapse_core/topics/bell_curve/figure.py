"""The bell curve on one clock: its density, the logarithm of its variance, its distances."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.curves import Panel, cursor, cursor_at, curve, faint_runs
from collapse_core.figures.log_axis import LogAxis, log_axis_for
from collapse_core.figures.look import LIGHT, Look, transparent
from collapse_core.figures.model_shape import ModelShape, model_shape
from collapse_core.figures.moving import Frame, MovingFigure
from collapse_core.figures.panels import add_panel, empty_layout, words_over
from collapse_core.topics.bell_curve.report import BellCurveReport
from collapse_core.topics.bell_curve.training_points import TrainingPoints, training_points
from collapse_core.trajectory import Trajectory

__all__ = ["LABELS", "bell_curve_figure", "bell_outline", "rug"]

Array = NDArray[np.float64]

BELL, LOGARITHM, DISTANCE = Panel(1), Panel(2), Panel(3)
LOWEST_LOGARITHM = -745.0  # of the smallest number above 0

LABELS: Mapping[str, str] = {
    "bell": "The bell curve of this run",
    "logarithm": "ln σ², the log of the variance",
    "distance": "Distance W₂² (log scale)",
    "value": "value of a point",
    "generation": "generation",
    "truth": "the truth",
    "points": "its training points",
    "real_points": "real points among them",
    "highlighted": "this run (percentile {percentile})",
    "runs": "runs",
    "mean_log": "mean of ln σ²",
    "median": "ln of the median",
    "log_mean": "ln of the mean",
    "exact_log": "exact E ln σ² (≈ median)",
    "exact_mean": "exact ln E σ²",
    "to_truth": "to the truth",
    "to_previous": "to the generation before",
    "exact_risk": "exact, to the truth",
    "exact_local": "exact, to the generation before",
    "nothing": "σ² = 0",
    "zero": "0",
}


def bell_curve_figure(
    paths: Trajectory,
    report: BellCurveReport,
    *,
    look: Look = LIGHT,
    labels: Mapping[str, str] = LABELS,
    hidden: str | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw runs of a fitted bell curve with what is known exactly over them.

    Parameters
    ----------
    paths : Trajectory
        Runs of a `Gaussian` whose truth is N(0, 1).
    report : BellCurveReport
        What `report_bell_curve` says of them.
    look : Look
        Colours and sizes.
    labels : mapping of str to str
        Words of the figure; see ``LABELS``.
    hidden : str, optional
        Words to show in place of all runs but one, while something is still to be guessed.
    alt : str
        The picture in one sentence.
    """
    words = {
        key: text.format(percentile=round(report.percentile))
        for key, text in {**LABELS, **labels}.items()
    }
    shape = model_shape(paths, report.highlighted)
    points = training_points(paths, report.highlighted)
    traces = _bell_traces(shape, points, look, words)
    low, high = _logarithm_range(report, hidden is not None)
    traces += _logarithm_traces(report, (low, high), look, words, hidden is not None)
    traces.append(cursor(LOGARITHM, look.blue, look))
    first = len(traces) - 1
    seen = [report.typical_distance] if hidden is not None else _distances(report)
    axis = log_axis_for(*(values[1:] for values in seen))
    traces += _distance_traces(report, axis, look, words, hidden is not None)
    traces.append(cursor(DISTANCE, look.blue, look))
    layout = _layout(report, shape, (low, high), axis, look, words)
    if hidden is not None:
        layout["annotations"].append(words_over(LOGARITHM, hidden, look, y=0.92))
    else:
        layout["annotations"] += _names_on_curves(report, axis, look, words)
    frames = _frames(report, shape, points, (low, high), axis, (first, len(traces) - 1))
    return MovingFigure(traces, layout, frames, alt=alt)


def bell_outline(
    panel: Panel, place: Mapping[str, Any], name: str, colour: str, look: Look, *, dashed: bool
) -> dict[str, Any]:
    """Return a filled outline of a density: dashed and light for the truth."""
    return {
        "type": "scatter",
        "mode": "lines",
        **place,
        "name": name,
        "fill": "tozeroy",
        "fillcolor": transparent(colour, 0.18 if dashed else 0.33),
        "line": {"width": 2 * look.scale, "color": colour, "dash": "dash" if dashed else "solid"},
        "hoverinfo": "skip",
        **panel.axes,
    }


def rug(
    panel: Panel, count: int, height: float, name: str, colour: str, look: Look
) -> dict[str, Any]:
    """Return short strokes under a density, one per point; frames say where they stand."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [None] * max(count, 1),
        "y": [height] * max(count, 1),
        "name": name,
        "showlegend": count > 0,
        "hoverinfo": "skip",
        "marker": {
            "symbol": "line-ns-open",
            "size": 9 * look.scale,
            "color": colour,
            "line": {"width": 1.2 * look.scale, "color": colour},
        },
        **panel.axes,
    }


def rug_places(points: Array, height: float) -> dict[str, list[float] | list[None]]:
    """Return where the strokes of a rug stand; all of them away where there are no points."""
    if not points.size or not np.isfinite(points).all():
        return {"x": [None] * max(points.size, 1), "y": [height] * max(points.size, 1)}
    return {
        "x": [float(f"{value:.4g}") for value in points.tolist()],
        "y": [height] * points.size,
    }


def _frames(
    report: BellCurveReport,
    shape: ModelShape,
    points: TrainingPoints,
    ends: tuple[float, float],
    axis: LogAxis,
    cursors: tuple[int, int],
) -> list[Frame]:
    own = _logarithm_places(np.log(np.maximum(report.typical, 5e-324)), ends[0])
    far = axis.places(report.typical_distance)
    nothing = np.full(points.synthetic.shape[1], np.nan)
    no_real = np.full(points.real.shape[1], np.nan)
    upper, lower = _rug_heights(shape)
    frames = []
    for generation, model in enumerate(shape.models):
        drawn = points.synthetic[generation - 1] if generation else nothing
        real = points.real[generation - 1] if generation else no_real
        change = (
            {"x": model["x"], "y": model["y"]},
            rug_places(drawn, upper),
            rug_places(real, lower),
            cursor_at(generation, float(own[generation]), *ends),
            cursor_at(generation, float(far[generation]) if generation else np.nan, *axis.ends),
        )
        frames.append(Frame(str(generation), change, (1, 2, 3, *cursors)))
    return frames


def _rug_heights(shape: ModelShape) -> tuple[float, float]:
    # Few digits: every point of every frame carries its height.
    return float(f"{-0.035 * shape.top:.1g}"), float(f"{-0.085 * shape.top:.1g}")


def _bell_traces(
    shape: ModelShape, points: TrainingPoints, look: Look, words: Mapping[str, str]
) -> list[dict[str, Any]]:
    upper, lower = _rug_heights(shape)
    model = bell_outline(BELL, shape.models[0], words["bell"], look.blue, look, dashed=False)
    drawn, real = points.synthetic.shape[1], points.real.shape[1]
    return [
        bell_outline(BELL, shape.truth, words["truth"], look.real, look, dashed=True),
        model | {"showlegend": False},
        rug(BELL, drawn, upper, words["points"], look.blue, look),
        rug(BELL, real, lower, words["real_points"], look.real, look),
    ]


def _logarithm_places(values: Array, floor: float) -> Array:
    """Return logarithms as they are drawn: those of 0 on the floor."""
    return np.asarray(np.clip(np.nan_to_num(values, nan=floor, neginf=floor), floor, 1e30))


def _logarithms(report: BellCurveReport) -> dict[str, Array]:
    with np.errstate(divide="ignore"):
        curves = {
            "mean_log": report.mean_log,
            "median": np.log(report.median),
            "log_mean": np.log(report.average),
        }
        if report.exact is not None:
            curves["exact_log"] = report.exact.log_variance
        if report.expected is not None:
            curves["exact_mean"] = np.log(report.expected)
    return curves


def _logarithm_range(report: BellCurveReport, hidden: bool) -> tuple[float, float]:
    """Return a range for ln s2 that shows all curves and most runs."""
    with np.errstate(divide="ignore"):
        seen = [np.log(report.typical)]
    if not hidden:
        last = report.log_variances[:, -1]
        seen += [*_logarithms(report).values(), np.sort(last)[[last.size // 20, -last.size // 20]]]
    values = np.concatenate(seen)
    values = values[np.isfinite(values)]
    low = max(float(values.min()), LOWEST_LOGARITHM) if values.size else 0.0
    high = float(values.max()) if values.size else 0.0
    gone = any(np.isneginf(curve).any() for curve in seen)
    room = max(high - low, 0.01)
    # Room below for the place of 0, where a run has reached it.
    # and room above for the words that stand in for what is hidden.
    above = 0.5 if hidden else 0.06
    return low - (0.15 * room if gone else 0.06 * room), high + above * room


def _logarithm_traces(
    report: BellCurveReport,
    ends: tuple[float, float],
    look: Look,
    words: Mapping[str, str],
    hidden: bool,
) -> list[dict[str, Any]]:
    ticks = np.arange(report.typical.size, dtype=np.float64)
    width, floor = 2.0 * look.scale, ends[0]
    with np.errstate(divide="ignore"):
        typical = np.log(report.typical)
    traces = []
    if not hidden:
        faint = _logarithm_places(report.log_variances[:40], floor)
        traces.append(faint_runs(LOGARITHM, faint, words["runs"], look))
    drawn = [("highlighted", typical, look.blue, width * 1.4, "solid")]
    style = {
        "log_mean": (look.collapse, width, "solid"),
        "exact_mean": (look.text, width, "dashdot"),
        "mean_log": (look.muted, width, "solid"),
        "median": (look.muted, width * 1.2, "dot"),
        "exact_log": (look.text, width * 1.1, "dash"),
    }
    if not hidden:
        known = _logarithms(report)
        drawn += [(key, known[key], *style[key]) for key in style if key in known]
    for key, values, colour, line_width, dash in drawn:
        places = _logarithm_places(values, floor)
        traces.append(
            curve(LOGARITHM, ticks, places, words[key], colour, width=line_width, dash=dash)
        )
    return traces


def _distances(report: BellCurveReport) -> list[Array]:
    """Return the curves of the panel of distances, each by the generation it belongs to."""
    curves = [report.typical_distance, report.distance, _previous(report.step)]
    if report.exact is not None:
        curves += [report.exact.risk, _previous(report.exact.local)]
    return curves


def _previous(to_next: Array) -> Array:
    """Return distances to the generation before, from distances to the next one."""
    return np.concatenate([[np.nan], to_next[:-1]])


def _distance_traces(
    report: BellCurveReport, axis: LogAxis, look: Look, words: Mapping[str, str], hidden: bool
) -> list[dict[str, Any]]:
    ticks = np.arange(1.0, report.typical.size)
    width = 2.0 * look.scale
    drawn = [("highlighted", report.typical_distance, look.blue, width * 1.2, "solid")]
    if not hidden:
        drawn += [
            ("to_truth", report.distance, look.muted, width, "solid"),
            ("to_previous", _previous(report.step), look.collapse, width, "solid"),
        ]
    if not hidden and report.exact is not None:
        drawn += [
            ("exact_risk", report.exact.risk, look.text, width * 1.1, "dash"),
            ("exact_local", _previous(report.exact.local), look.text, width * 1.1, "dash"),
        ]
    return [
        curve(
            DISTANCE,
            ticks,
            axis.places(values[1:]),
            words[key],
            colour,
            width=line_width,
            dash=dash,
            shown=False,
        )
        for key, values, colour, line_width, dash in drawn
    ]


def _layout(
    report: BellCurveReport,
    shape: ModelShape,
    ends: tuple[float, float],
    axis: LogAxis,
    look: Look,
    words: Mapping[str, str],
) -> dict[str, Any]:
    if look.narrow:
        layout = empty_layout(look, 980, bottom=190)
        columns = ([0.0, 1.0],) * 3
        rows = ([0.74, 1.0], [0.38, 0.66], [0.04, 0.30])
    else:
        layout = empty_layout(look, 335, left=12, bottom=82)
        columns = ([0.0, 0.29], [0.345, 0.665], [0.735, 1.0])
        rows = ([0.0, 1.0],) * 3
    time: dict[str, Any] = {"range": [0, report.typical.size - 1]}
    if report.typical.size <= 11:
        time["dtick"] = 1
    add_panel(
        layout,
        BELL,
        (columns[0], rows[0]),
        look,
        title=words["bell"],
        below=words["value"],
        x={"range": list(shape.x), "nticks": 7},
        y={"range": [-0.13 * shape.top, shape.top], "showticklabels": False, "nticks": 4},
    )
    add_panel(
        layout,
        LOGARITHM,
        (columns[1], rows[1]),
        look,
        title=words["logarithm"],
        below=words["generation"],
        x=time,
        y={"range": list(ends), "nticks": 6},
    )
    add_panel(
        layout,
        DISTANCE,
        (columns[2], rows[2]),
        look,
        title=words["distance"],
        below=words["generation"],
        x=time,
        y=axis.layout(words["zero"]),
    )
    return layout


def _names_on_curves(
    report: BellCurveReport, axis: LogAxis, look: Look, words: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return the names of the two distances, below and above the ends of their curves."""
    last = report.typical.size - 1
    low, high = np.log10(axis.ends).tolist()
    named = (
        ("to_truth", report.distance, look.text, 14),
        ("to_previous", _previous(report.step), look.collapse, -14),
    )

    def inside(height: float, shift: int) -> int:
        """Return the shift, turned round where it would leave the panel."""
        place = (height - low) / (high - low)
        return -shift if (place > 0.93 and shift > 0) or (place < 0.1 and shift < 0) else shift

    return [
        {
            "text": words[key],
            "showarrow": False,
            "x": last,
            "y": float(np.log10(axis.places(values)[last])),
            "xref": f"x{DISTANCE.suffix}",
            "yref": f"y{DISTANCE.suffix}",
            "xanchor": "right",
            "yshift": look.scale * inside(float(np.log10(axis.places(values)[last])), shift),
            "bgcolor": transparent(look.background, 0.7),
            "font": {"size": 11 * look.scale, "color": colour},
        }
        for key, values, colour, shift in named
        if np.isfinite(values[last])
    ]
