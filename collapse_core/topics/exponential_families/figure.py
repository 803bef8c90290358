"""One exponential family on one clock: its diversity, its mean parameter, and its model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.curves import (
    MOST_RUNS,
    Panel,
    band,
    cursor,
    cursor_at,
    curve,
    faint_runs,
)
from collapse_core.figures.log_axis import LogAxis, log_axis_for
from collapse_core.figures.look import LIGHT, Look, transparent
from collapse_core.figures.model_shape import ModelShape, model_shape
from collapse_core.figures.moving import Frame, MovingFigure
from collapse_core.figures.panels import add_panel, empty_layout
from collapse_core.law import Law
from collapse_core.measures.followed_run import relative_diversity
from collapse_core.topics.exponential_families.question import boundary_of
from collapse_core.topics.exponential_families.report import DiversityReport, report_diversity
from collapse_core.trajectory import Trajectory

__all__ = ["LABELS", "exponential_families_figure"]

Array = NDArray[np.float64]

DIVERSITY, MEAN, MODEL = Panel(1), Panel(2), Panel(3)

LABELS: Mapping[str, str] = {
    "diversity": "Diversity V, as a multiple of the truth's",
    "mean_parameter": "Mean parameter m",
    "model": "The model of this run",
    "generation": "generation",
    "point": "value of a point",
    "gone": "gone",
    "nearly_gone": "≈ gone",
    "runs": "runs",
    "followed": "highlighted run",
    "highlighted": "this run (percentile {percentile})",
    "mean": "mean of the runs",
    "median": "median of the runs",
    "exact": "exact mean",
    "compared": "exact mean before doubling, stretched",
    "truth": "the truth",
    "boundary": "boundary:",
    "no_boundary": "no boundary: it wanders",
    "boundary_inside": "boundary: variance 0 (left panel)",
}


def exponential_families_figure(
    paths: Trajectory,
    law: Law,
    highlighted: int,
    *,
    look: Look = LIGHT,
    labels: Mapping[str, str] = LABELS,
    compared: Law | None = None,
    hidden: str | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw runs of an exponential family with their exact averages over them.

    Parameters
    ----------
    paths : Trajectory
        Runs of one of the families of `ExponentialFamilies`.
    law : Law
        The law of the same loop; fields that are None are left out.
    highlighted : int
        Number of the run whose model is shown.
    look : Look
        Colours and sizes.
    labels : mapping of str to str
        Words of the figure; see ``LABELS``.
    compared : Law, optional
        A law whose average diversity is drawn under this one, its time axis stretched.
    hidden : str, optional
        Words to show in place of the average diversity, while it is still to be guessed.
    alt : str
        The picture in one sentence.
    """
    report = report_diversity(paths, law, highlighted)
    boundary = boundary_of(paths.loop.family)
    words = {
        key: text.format(percentile=round(report.percentile))
        for key, text in {**LABELS, **labels}.items()
    }
    words["boundary"] += f" {', '.join(boundary.points)}"
    diversity = relative_diversity(paths)
    seen = [report.typical, report.median, np.minimum(diversity[:MOST_RUNS], 1.0)]
    if hidden is None:
        seen += [report.average, report.typical if report.exact is None else report.exact]
    axis = log_axis_for(*seen)
    if any(map(axis.hides, seen)):
        words["gone"] = words["nearly_gone"]
    shape = model_shape(paths, highlighted)
    means = paths.mean if paths.mean.ndim == 2 else paths.mean[..., 0]
    low, high = _mean_range(paths, report.typical_mean, means)

    traces = _diversity_traces(diversity, report, axis, look, words, hidden is not None, compared)
    traces.append(cursor(DIVERSITY, look.blue, look))
    first = len(traces) - 1
    traces += _mean_traces(paths, law, means, report, look, words)
    traces.append(cursor(MEAN, look.blue, look))
    second = len(traces) - 1
    traces += _model_traces(shape, look, words)
    moving = (first, second, len(traces) - 1)
    heights = axis.places(report.typical)
    frames = [
        Frame(
            str(generation),
            (
                cursor_at(generation, float(heights[generation]), *axis.ends),
                cursor_at(generation, float(mean), low, high),
                model,
            ),
            moving,
        )
        for generation, (mean, model) in enumerate(
            zip(report.typical_mean.tolist(), shape.models, strict=True)
        )
    ]
    layout = _layout(paths.generations, axis, (low, high), shape, look, words)
    layout["annotations"].append(_boundary_words(paths, low, high, look, words))
    if hidden is not None:
        layout["annotations"].append(_centred(hidden, look))
    return MovingFigure(traces, layout, frames, alt=alt)


def _diversity_traces(
    diversity: Array,
    report: DiversityReport,
    axis: LogAxis,
    look: Look,
    words: Mapping[str, str],
    hidden: bool,
    compared: Law | None,
) -> list[dict[str, Any]]:
    ticks = np.arange(diversity.shape[1], dtype=np.float64)
    width, ends = 2.0 * look.scale, np.array([0.0, ticks[-1]])
    floor = np.full(2, axis.floor)
    traces = [
        curve(
            DIVERSITY,
            ends,
            floor,
            words["gone"],
            look.collapse,
            width=width * 0.8,
            hover=" ",
            shown=False,
        ),
        faint_runs(DIVERSITY, axis.places(diversity[:MOST_RUNS]), words["runs"], look),
    ]
    drawn = [
        (report.typical, "highlighted", look.blue, width * 1.4, "solid"),
        (report.median, "median", look.muted, width * 1.2, "dot"),
    ]
    if not hidden:
        if compared is not None and compared.diversity is not None:
            stretched = np.linspace(0.0, ticks[-1], compared.generations + 1)
            values = axis.places(compared.diversity / compared.diversity[0])
            traces.append(
                curve(
                    DIVERSITY,
                    stretched,
                    values,
                    words["compared"],
                    look.real,
                    width=width * 2.6,
                    dash="dot",
                )
            )
        drawn.append((report.average, "mean", look.muted, width, "solid"))
        if report.exact is not None:
            drawn.append((report.exact, "exact", look.text, width * 1.1, "dash"))
    for values, key, colour, line_width, dash in drawn:
        places = axis.places(values)
        traces.append(
            curve(DIVERSITY, ticks, places, words[key], colour, width=line_width, dash=dash)
        )
    return traces


def _mean_traces(
    paths: Trajectory,
    law: Law,
    means: Array,
    report: DiversityReport,
    look: Look,
    words: Mapping[str, str],
) -> list[dict[str, Any]]:
    ticks = np.arange(paths.generations + 1.0)
    width = 2.0 * look.scale
    seen = np.minimum(means[:MOST_RUNS], 1e30)
    exact = None if law.mean is None else law.mean if law.mean.ndim == 1 else law.mean[:, 0]
    traces = []
    with np.errstate(invalid="ignore"):
        low, high = (report.mean + side * 2 * report.mean_error for side in (-1, 1))
    if np.isfinite(low).all() and np.isfinite(high).all():
        traces.append(band(MEAN, ticks, low, high, words["mean"], look.muted, 0.2))
        traces[-1]["showlegend"] = False
    traces.append(faint_runs(MEAN, seen, words["runs"], look) | {"showlegend": False})
    drawn = [
        (report.typical_mean, "highlighted", look.blue, width * 1.4, "solid"),
        (report.middle_mean, "median", look.muted, width * 1.2, "dot"),
        (report.mean, "mean", look.muted, width, "solid"),
        (exact, "exact", look.text, width * 1.1, "dash"),
    ]
    for values, key, colour, line_width, dash in drawn:
        if values is not None:
            places = np.minimum(values, 1e30)
            traces.append(
                curve(
                    MEAN,
                    ticks,
                    places,
                    words[key],
                    colour,
                    width=line_width,
                    dash=dash,
                    shown=False,
                )
            )
    ends = np.array([0.0, float(paths.generations)])
    for place in _boundary_places(paths):
        traces.append(
            curve(
                MEAN,
                ends,
                np.full(2, place),
                words["boundary"],
                look.collapse,
                width=width,
                hover=" ",
                shown=False,
            )
        )
    return traces


def _model_traces(shape: ModelShape, look: Look, words: Mapping[str, str]) -> list[dict[str, Any]]:
    def outline(place: dict[str, Any], name: str, colour: str, fill: float) -> dict[str, Any]:
        return {
            "type": "scatter",
            "mode": "lines",
            **place,
            "name": name,
            "fill": "tozeroy",
            "fillcolor": transparent(colour, fill),
            "line": {"width": 2 * look.scale, "color": colour},
            "hoverinfo": "skip",
            **MODEL.axes,
        }

    model = outline({**shape.truth, **shape.models[0]}, words["model"], look.blue, 0.35)
    truth = outline(shape.truth, words["truth"], look.real, 0.22)
    truth["line"] = truth["line"] | {"dash": "dash"}
    return [truth, model | {"showlegend": False}]


def _boundary_places(paths: Trajectory) -> list[float]:
    family = paths.loop.family
    if paths.mean.ndim > 2:
        return []
    return [end for end in (family.lowest, family.highest) if np.isfinite(end)]


def _mean_range(paths: Trajectory, typical: Array, means: Array) -> tuple[float, float]:
    """Return a range that shows the truth, the boundary, the highlighted run and most others."""
    truth = float(means[0, 0])
    places = _boundary_places(paths)
    last = np.minimum(means[:, -1], 1e30)
    low, high = np.quantile(last, [0.03, 0.97], method="nearest").tolist()
    seen = np.minimum(np.concatenate([[low, high, truth], typical]), 1e30)
    if not places:
        reach = max(float(np.abs(seen - truth).max()), 1e-9)
        return truth - 1.15 * reach, truth + 1.15 * reach
    bottom = places[0]
    top = float(seen.max())
    top = places[1] if len(places) == 2 and top > 0.6 * places[1] else max(top, 1.6 * truth)
    return bottom - 0.1 * (top - bottom), top + 0.12 * (top - bottom)


def _boundary_words(
    paths: Trajectory, low: float, high: float, look: Look, words: Mapping[str, str]
) -> dict[str, Any]:
    """Return the boundary's name, at the foot of the panel of means."""
    if _boundary_places(paths):
        name = "boundary"
    else:
        name = "boundary_inside" if paths.mean.ndim > 2 else "no_boundary"
    return {
        "text": words[name],
        "showarrow": False,
        "x": 0.98,
        "y": 0.005,
        "xref": f"x{MEAN.suffix} domain",
        "yref": f"y{MEAN.suffix} domain",
        "xanchor": "right",
        "yanchor": "bottom",
        "font": {"size": 11 * look.scale, "color": look.collapse},
    }


def _layout(
    generations: int,
    axis: LogAxis,
    mean_range: tuple[float, float],
    shape: ModelShape,
    look: Look,
    words: Mapping[str, str],
) -> dict[str, Any]:
    whole = [0.0, 1.0]
    if look.narrow:
        places = tuple(([0.02, 1.0], rows) for rows in ([0.70, 1.0], [0.36, 0.60], [0.05, 0.26]))
        layout = empty_layout(look, 900, left=44, bottom=100)
    else:
        places = tuple((across, whole) for across in ([0.01, 0.41], [0.47, 0.73], [0.80, 1.0]))
        layout = empty_layout(look, 325, left=44)
    few = shape.bars and shape.x[1] - shape.x[0] < 8
    time = {"range": [0, generations]}
    value = {"range": list(shape.x), **({"dtick": 1} if few else {"nticks": 6})}
    unit = {"tickformat": ".0%"} if shape.bars else {"showticklabels": False}
    drawn: tuple[tuple[Panel, str, str, Mapping[str, Any], Mapping[str, Any]], ...] = (
        (DIVERSITY, "diversity", "generation", time, axis.layout(words["gone"])),
        (MEAN, "mean_parameter", "generation", time, {"range": list(mean_range), "nticks": 6}),
        (MODEL, "model", "point", value, {"range": [0, shape.top], "nticks": 5, **unit}),
    )
    for (panel, title, below, x, y), place in zip(drawn, places, strict=True):
        add_panel(layout, panel, place, look, title=words[title], below=words[below], x=x, y=y)
    return layout


def _centred(text: str, look: Look) -> dict[str, Any]:
    return {
        "text": text,
        "showarrow": False,
        "x": 0.5,
        "y": 0.93,
        "xref": "x domain",
        "yref": "y domain",
        "yanchor": "top",
        "bgcolor": transparent(look.background, 0.8),
        "font": {"size": 14 * look.scale, "color": look.muted},
    }
