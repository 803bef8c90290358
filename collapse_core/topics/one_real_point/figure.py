"""One real point on one clock: how many are needed, where the runs are, and how they got there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.families import Bernoulli
from collapse_core.families.variance_functions import mean_coordinate, variance_function_of
from collapse_core.figures.curves import Panel, band, cursor, cursor_at, curve, faint_runs
from collapse_core.figures.log_axis import LogAxis, log_axis_for
from collapse_core.figures.look import LIGHT, YELLOW, Look, transparent
from collapse_core.figures.moving import Frame, MovingFigure
from collapse_core.figures.panels import add_panel, empty_layout, words_over
from collapse_core.law import Law
from collapse_core.policies import Replace
from collapse_core.topics.one_real_point.dose_panel import (
    CURVE_COUNTS,
    count_axis,
    dose_axis,
    dose_dots,
    dose_lines,
    dose_marks,
    place,
)
from collapse_core.topics.one_real_point.doses import (
    DoseQuestion,
    SampledDoses,
    dose_curves,
    measure,
    sampled_doses,
)
from collapse_core.topics.one_real_point.mean_bins import (
    MeanBins,
    chain_in_bins,
    limit_in_bins,
    mean_bins,
    runs_in_bins,
    statistic_in_bars,
)
from collapse_core.topics.one_real_point.report import expected_measure
from collapse_core.trajectory import Trajectory

__all__ = ["LABELS", "one_real_point_figure"]

Array = NDArray[np.float64]

DOSE, BARS, RUNS = Panel(1), Panel(2), Panel(3)
HIGHEST_DIVERSITY = 3.0

LABELS: Mapping[str, str] = {
    "dose": "Kept in the long run",
    "dose_drift": "Drift left in the long run",
    "count": "real points per generation, k",
    "fresh": "fresh points (exact)",
    "fixed": "same points (exact)",
    "prior": "prior (exact)",
    "dots": "sampled, ± 95 %",
    "dots_open": "sampled, caution",
    "guess": "your guess",
    "no_bound": "k = 0: no bound",
    "bars": "Where the runs are",
    "with": "with k = {count}",
    "without": "no real point",
    "chain": "exact chance",
    "limit": "limit law (approx.)",
    "here": "this run",
    "runs_title": "Diversity, share of the truth’s",
    "runs_title_drift": "The mean that is fitted",
    "generation": "generation",
    "runs": "runs",
    "highlighted": "run at percentile {percentile}",
    "mean": "mean of the runs",
    "median": "median of the runs",
    "exact": "exact mean",
    "band": "± 1 sd (exact)",
    "pure": "no real point (exact)",
    "gone": "0",
    "bernoulli": "share of blue",
    "gaussian": "variance inside the model",
    "normal_variance": "fitted variance",
    "other": "fitted mean",
}


@dataclass(frozen=True)
class _Course:
    """What the third panel shows: the runs, scaled, and the axis they are on."""

    runs: Array
    expected: Array | None
    pure: Array | None
    spread: Array | None
    pure_spread: Array | None
    log: LogAxis | None
    ends: tuple[float, float]

    def places(self, values: Array) -> Array:
        return values if self.log is None else self.log.places(values)


def one_real_point_figure(
    paths: Trajectory,
    law: Law,
    highlighted: int,
    *,
    pure: Trajectory | None = None,
    pure_law: Law | None = None,
    doses: SampledDoses | None = None,
    family: str = "other",
    look: Look = LIGHT,
    labels: Mapping[str, str] = LABELS,
    guess: float | None = None,
    hidden: str | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw how many real points are needed, where the runs are, and how they got there.

    Parameters
    ----------
    paths, law : Trajectory, Law
        Runs and law of a loop with `Anchors`.
    highlighted : int
        Number of the run that is followed.
    pure, pure_law : Trajectory, Law, optional
        The same without real points; made here if not given.
    doses : SampledDoses, optional
        Sampled dots for the first panel; made here if not given.
    family : str
        Name of the family, for the words under the bars.
    look : Look
        Colours and sizes.
    labels : mapping of str to str
        Words of the figure; see ``LABELS``.
    guess : float, optional
        A guess at what one fresh point keeps, drawn as a cross.
    hidden : str, optional
        Words in place of the first panel, and no averages, while the answer is to be guessed.
    alt : str
        The picture in one sentence.
    """
    alone = replace(paths.loop, policy=Replace())
    pure = pure or alone.simulate(paths.replicates, paths.seed)
    pure_law = pure_law or alone.exact(approximate=True)
    recipe = paths.loop.policy.recipe(paths.loop.sample_size)
    count = recipe.fresh + recipe.fixed
    words = {
        key: text.format(count=count, percentile=round(paths.percentile_of(highlighted)))
        for key, text in {**LABELS, **labels}.items()
    }
    course, bins = _course(paths, law, pure_law), mean_bins(paths.loop.family)
    curves = _curves(paths, CURVE_COUNTS)
    v2 = variance_function_of(paths.loop.family).v2
    y_dose = dose_axis(curves, linear=v2 < 0, percent=bool(v2))
    traces: list[dict[str, Any]] = []
    # Every panel needs a trace in the frames, or Plotly drops its other ones as the clock moves.
    still = {"x": [-9.0], "y": [1.0]}
    if hidden is None:
        kind = "fixed" if recipe.fixed else "fresh"
        if doses is None:
            known = (paths.loop.family, paths.loop.sample_size, kind == "fresh", paths.seed)
            doses = sampled_doses(DoseQuestion(*known))
        exact = float(_curves(paths, np.array([float(count)]))[kind][0])
        traces += _dose_traces(curves, doses, count, kind, exact, y_dose, look, words, guess)
    traces.append(cursor(DOSE, look.collapse, look) | still)
    first = len(traces)
    bars, changes = _bar_traces(paths, pure, law, bins, highlighted, count, look, words)
    traces += bars
    traces += _course_traces(course, highlighted, look, words, hidden is not None)
    traces.append(cursor(RUNS, look.blue, look))
    moving = (*range(first - 1, first + len(changes[0])), len(traces) - 1)
    followed = course.places(course.runs[highlighted])
    frames = [
        Frame(str(t), (still, *changes[t], cursor_at(t, followed[t], *course.ends)), moving)
        for t in range(paths.generations + 1)
    ]
    layout = _layout(paths.generations, bins, course, y_dose, look, words, family)
    if hidden is not None:
        layout["annotations"].append(words_over(DOSE, hidden, look))
    elif not np.isfinite(curves["fresh"][0]):
        layout["annotations"].append(_no_bound(words["no_bound"], look))
    return MovingFigure(traces, layout, frames, alt=alt)


def _curves(paths: Trajectory, counts: Array) -> dict[str, Array]:
    family = paths.loop.family
    known = (variance_function_of(family), mean_coordinate(family), paths.loop.sample_size)
    return dose_curves(*known, counts)


def _course(paths: Trajectory, law: Law, pure_law: Law) -> _Course:
    """Return the third panel's curves: the diversity, or the mean where that cannot change."""
    family = paths.loop.family
    function = variance_function_of(family)
    if function.v2:
        values = measure(family, paths.mean)
        expected, pure = expected_measure(family, law), expected_measure(family, pure_law)
        if function.v2 > 0:
            axis = log_axis_for(np.array([0.003, 30.0]), expected)
            return _Course(values, expected, pure, None, None, axis, axis.ends)
        top = HIGHEST_DIVERSITY
        if isinstance(family, Bernoulli):
            top = min(top, 0.25 / float(family.variance(family.truth)))
        return _Course(values, expected, pure, None, None, None, (0.0, 1.04 * top))
    truth, scale = mean_coordinate(family), float(function(mean_coordinate(family))) ** 0.5
    assert law.variance is not None
    assert pure_law.variance is not None
    ends = (truth - 3.0 * scale, truth + 3.0 * scale)
    ends = (max(ends[0], -0.02 * scale), ends[1]) if family.lowest == 0 else ends
    spread, pure_spread = np.sqrt(law.variance), np.sqrt(pure_law.variance)
    return _Course(paths.mean, law.mean, None, spread, pure_spread, None, ends)


def _dose_traces(
    curves: Mapping[str, Array],
    doses: SampledDoses,
    count: int,
    kind: str,
    exact: float,
    axis: Mapping[str, Any],
    look: Look,
    words: Mapping[str, str],
    guess: float | None,
) -> list[dict[str, Any]]:
    ends = (10.0 ** axis["range"][0], 10.0 ** axis["range"][1])
    low, high = ends if axis.get("type") == "log" else (0.0, 1.03)
    traces = dose_lines(DOSE, curves, look, words)
    seen = doses.value <= high
    value = np.where(seen, np.maximum(doses.value, low), np.nan)
    traces += dose_dots(
        DOSE,
        place(doses.doses),
        value,
        np.maximum(doses.low, low),
        np.minimum(doses.high, high),
        doses.settled & doses.trusted,
        (words["dots"], words["dots_open"]),
        look.real if kind == "fresh" else YELLOW,
        look,
    )
    marked = None if guess is None else (words["guess"], guess)
    return traces + dose_marks(DOSE, count, exact, (low, high), look, marked)


def _bar_traces(
    paths: Trajectory,
    pure: Trajectory,
    law: Law,
    bins: MeanBins,
    highlighted: int,
    count: int,
    look: Look,
    words: Mapping[str, str],
) -> tuple[list[dict[str, Any]], list[tuple[dict[str, Any], ...]]]:
    """Return the traces of the second panel and their changes, generation by generation."""
    family = paths.loop.family
    means = statistic_in_bars(family, paths.mean)
    held = runs_in_bins(bins, means)
    lone = runs_in_bins(bins, statistic_in_bars(family, pure.mean))
    traces = [
        _outline(bins, words["without"], look.collapse, 0.18, "dot", look),
        _outline(bins, words["with"], look.real, 0.30, "solid", look),
    ]
    changes: list[list[dict[str, Any]]] = [
        [{"y": bins.heights(lone[t])}, {"y": bins.heights(held[t])}]
        for t in range(paths.generations + 1)
    ]
    traces.append(_here(words["here"], look))
    followed = np.searchsorted(bins.edges, means[highlighted], side="left")
    for t, change in enumerate(changes):
        change.append({"x": [round(float(bins.middle[followed[t]]), 2)]})
    chain = chain_in_bins(bins, law)
    if chain is not None:
        traces.append(_levels(bins, words["chain"], look))
        for t, change in enumerate(changes):
            change.append({"y": [round(value, 4) for value in chain[t].tolist()]})
    elif paths.loop.policy.recipe(2).fresh:
        late = limit_in_bins(bins, family, count)
        if late is not None:
            traces.append(_levels(bins, words["limit"], look) | {"y": late.astype(np.float32)})
    return traces, [tuple(change) for change in changes]


def _outline(
    bins: MeanBins, name: str, colour: str, opacity: float, dash: str, look: Look
) -> dict[str, Any]:
    steps = bins.outline()
    return {
        "type": "scatter",
        "mode": "lines",
        "x": steps,
        "y": [0.0] * len(steps),
        "line": {"shape": "hv", "width": 1.8 * look.scale, "color": colour, "dash": dash},
        "fill": "tozeroy",
        "fillcolor": transparent(colour, opacity),
        "name": name,
        "hovertemplate": f"{name}: %{{y:.1%}}<extra></extra>",
        **BARS.axes,
    }


def _levels(bins: MeanBins, name: str, look: Look) -> dict[str, Any]:
    """Return short lines over the bars, for the law."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": bins.middle.tolist(),
        "y": [0.0] * bins.count,
        "marker": {
            "symbol": "line-ew-open",
            "size": 8 * look.scale,
            "color": look.text,
            "line": {"width": 2.2 * look.scale, "color": look.text},
        },
        "name": name,
        "hovertemplate": f"{name}: %{{y:.1%}}<extra></extra>",
        **BARS.axes,
    }


def _here(name: str, look: Look) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [0.0],
        "y": [1.03],
        "marker": {"symbol": "triangle-down", "size": 11 * look.scale, "color": look.blue},
        "name": name,
        "showlegend": False,
        "cliponaxis": False,
        "hovertemplate": f"{name}<extra></extra>",
        **BARS.axes,
    }


def _course_traces(
    course: _Course, highlighted: int, look: Look, words: Mapping[str, str], hidden: bool
) -> list[dict[str, Any]]:
    ticks = np.arange(course.runs.shape[1], dtype=np.float64)
    width = 2.0 * look.scale
    traces = []
    if course.spread is not None and course.expected is not None:
        low, high = course.expected - course.spread, course.expected + course.spread
        traces.append(band(RUNS, ticks, low, high, words["band"], look.text))
    faint = faint_runs(RUNS, course.places(course.runs), words["runs"], look)
    traces.append(faint | {"showlegend": False})
    drawn = [(course.runs[highlighted], "highlighted", look.blue, width * 1.4, "solid")]
    if not hidden:
        drawn += [
            (np.median(course.runs, axis=0), "median", look.muted, width, "dot"),
            (course.runs.mean(axis=0), "mean", look.muted, width, "solid"),
        ]
        if course.pure is not None:
            drawn.append((course.pure, "pure", look.collapse, width, "dashdot"))
        if course.expected is not None:
            drawn.append((course.expected, "exact", look.text, width, "dash"))
    hover = "%{y:.1%}" if course.spread is None else "%{y:.3g}"
    for values, key, colour, line_width, dash in drawn:
        places = course.places(values)
        style = {"width": line_width, "dash": dash, "hover": hover}
        traces.append(curve(RUNS, ticks, places, words[key], colour, **style))  # type: ignore[arg-type]
    if course.pure_spread is not None and course.expected is not None and not hidden:
        for side in (-1.0, 1.0):
            edge = course.expected + side * course.pure_spread
            line = curve(RUNS, ticks, edge, words["pure"], look.collapse, width=width, dash="dot")
            traces.append(line | {"showlegend": side > 0})
    return traces


def _layout(
    generations: int,
    bins: MeanBins,
    course: _Course,
    y_dose: Mapping[str, Any],
    look: Look,
    words: Mapping[str, str],
    family: str,
) -> dict[str, Any]:
    layout = empty_layout(
        look, 1010 if look.narrow else 335, bottom=170 if look.narrow else 76, left=46
    )
    if look.narrow:
        places = [([0.0, 1.0], up) for up in ([0.73, 1.0], [0.38, 0.64], [0.02, 0.29])]
    else:
        places = [(across, [0.0, 1.0]) for across in ([0.0, 0.29], [0.355, 0.64], [0.70, 1.0])]
    drift = course.spread is not None
    kept, followed = ("dose_drift", "runs_title_drift") if drift else ("dose", "runs_title")
    share = {"range": [0, 1.06], "tickformat": ".0%", "dtick": 0.25}
    vertical: dict[str, Any] = {"range": list(course.ends)}
    if course.log is not None:
        vertical = dict(course.log.layout(words["gone"]))
    elif not drift:
        vertical |= {"tickformat": ".0%", "nticks": 6}
    across = {"range": [0, generations], **({"dtick": 1} if generations <= 10 else {})}
    under = words.get(family, words["other"])
    add_panel(layout, DOSE, places[0], look, title=words[kept], below=words["count"],
              x=count_axis(look.scale > 1), y=y_dose)  # fmt: skip
    add_panel(layout, BARS, places[1], look, title=words["bars"], below=under, x=bins.axis(),
              y=share)  # fmt: skip
    add_panel(layout, RUNS, places[2], look, title=words[followed], below=words["generation"],
              x=across, y=vertical)  # fmt: skip
    return layout


def _no_bound(text: str, look: Look) -> dict[str, Any]:
    font = {"size": 12 * look.scale, "color": look.muted}
    note = words_over(DOSE, text, look, y=0.97)
    return note | {"x": 0.98, "xanchor": "right", "yanchor": "top", "font": font}
