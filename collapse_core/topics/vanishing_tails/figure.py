"""Vanishing tails on one clock: the kinds by rank, how many are left, what a dashboard shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.curves import Panel, cursor, cursor_at, curve, faint_runs
from collapse_core.figures.look import LIGHT, SKY, Look, transparent
from collapse_core.figures.moving import Frame, MovingFigure
from collapse_core.figures.panels import add_panel, empty_layout, words_over
from collapse_core.topics.vanishing_tails.rank_groups import RankGroups, rank_groups
from collapse_core.topics.vanishing_tails.report import DASHBOARD, VanishingTailsReport
from collapse_core.topics.vanishing_tails.runs import TailRuns

__all__ = ["LABELS", "vanishing_tails_figure"]

Array = NDArray[np.float64]

RANKS, SURVIVORS, SUMMARIES, LOST = Panel(1), Panel(2), Panel(3), Panel(4)
LONGEST_NAME = 30

LABELS: Mapping[str, str] = {
    "ranks": "How often each kind appears",
    "survivors": "Kinds that are left",
    "dashboard": "What a dashboard would show",
    "rank": "kinds, the most common first",
    "rank_log": "kinds, the most common first (log axes)",
    "lost": "lost",
    "generation": "generation",
    "truth": "the truth",
    "model": "the model now",
    "runs": "runs",
    "highlighted": "this run",
    "mean": "mean of the runs",
    "median": "median of the runs",
    "exact": "exact",
    "approximation": "approximation",
    "guess": "your guess",
    "accuracy": "accuracy",
    "gini": "Gini diversity",
    "common": "common items",
    "divergence": "1 − KL ÷ entropy",
    "survivors_share": "kinds left",
    "early": "early collapse",
    "late": "late collapse",
}


@dataclass(frozen=True)
class _Picture:
    """What the parts of the figure share."""

    runs: TailRuns
    report: VanishingTailsReport
    groups: RankGroups
    look: Look
    words: Mapping[str, str]
    log_axes: bool

    @property
    def ticks(self) -> Array:
        return np.arange(self.runs.generations + 1.0)

    @property
    def width(self) -> float:
        return 2.0 * self.look.scale


def vanishing_tails_figure(
    runs: TailRuns,
    report: VanishingTailsReport,
    *,
    names: Sequence[str] = (),
    look: Look = LIGHT,
    labels: Mapping[str, str] = LABELS,
    log_axes: bool = False,
    guess: tuple[int, float] | None = None,
    hidden: str | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw what happens to the tail of K categories.

    Parameters
    ----------
    runs : TailRuns
        Sampled runs; the highlighted one is drawn kind by kind.
    report : VanishingTailsReport
        The numbers over all runs, with the law.
    names : sequence of str
        One per category, in the order of the truth; plain text, escaped here. Empty for ranks.
    look : Look
        Colours and sizes.
    labels : mapping of str to str
        Words of the figure; see ``LABELS``.
    log_axes : bool
        Whether ranks and frequencies have logarithmic axes.
    guess : tuple of int and float, optional
        A generation and a guessed share of the kinds, drawn as a cross.
    hidden : str, optional
        Words to show in place of the survivors, while they are still to be guessed.
    alt : str
        The picture in one sentence.
    """
    words = {**LABELS, **labels}
    picture = _Picture(runs, report, rank_groups(runs.truth), look, words, log_axes)
    traces = [_truth(picture, names), _model(picture), _lost(picture)]
    if hidden is None:
        traces += _survivors(picture, guess)
    survivors_cursor = len(traces)
    traces.append(cursor(SURVIVORS, look.blue, look))
    if hidden is None:
        traces += _summaries(picture)
    summaries_cursor = len(traces)
    traces.append(cursor(SUMMARIES, look.collapse, look))
    frames = _frames(picture, (1, 2, survivors_cursor, summaries_cursor), hidden is not None)
    layout = _layout(picture, names)
    if hidden is None:
        _add_stages(layout, picture)
    else:
        layout["annotations"] += [
            words_over(panel, hidden, look) for panel in (SURVIVORS, SUMMARIES)
        ]
    return MovingFigure(traces, layout, frames, alt=alt)


# ---------------------------------------------------------------------------- kinds by their rank


def _truth(picture: _Picture, names: Sequence[str]) -> dict[str, Any]:
    groups, look = picture.groups, picture.look
    shares = groups.average(picture.runs.truth)
    called = [_shown(text) for text in groups.called(names)]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": groups.places(picture.log_axes).astype(np.float32),
        "y": np.where(shares > 0.0, shares, np.nan).astype(np.float32)
        if picture.log_axes
        else shares.astype(np.float32),
        "line": {
            "shape": "linear" if picture.log_axes else "hvh",
            "color": look.real,
            "width": 1.6 * look.scale,
            "dash": "dash",
        },
        "fill": "none" if picture.log_axes else "tozeroy",
        "fillcolor": transparent(look.real, 0.16),
        "name": picture.words["truth"],
        "text": called,
        "hovertemplate": "%{text}: %{y:.3g}<extra>" + picture.words["truth"] + "</extra>",
        **RANKS.axes,
    }


def _model(picture: _Picture) -> dict[str, Any]:
    look = picture.look
    lines = {"shape": "hvh", "color": look.blue, "width": 2.0 * look.scale}
    return {
        "type": "scatter",
        "mode": "markers" if picture.log_axes else "lines",
        "x": picture.groups.places(picture.log_axes).astype(np.float32),
        "y": _heights(picture, picture.runs.truth),
        "line": lines,
        "marker": {"color": look.blue, "size": 5.5 * look.scale, "symbol": "circle"},
        "fill": "none" if picture.log_axes else "tozeroy",
        "fillcolor": transparent(look.blue, 0.28),
        "name": picture.words["model"],
        "hovertemplate": "%{y:.3g}<extra>" + picture.words["model"] + "</extra>",
        **RANKS.axes,
    }


def _lost(picture: _Picture) -> dict[str, Any]:
    look = picture.look
    return {
        "type": "scatter",
        "mode": "lines",
        "x": picture.groups.places(picture.log_axes).astype(np.float32),
        "y": [0.0] * picture.groups.count,
        "line": {"shape": "hvh", "color": look.collapse, "width": 1.2 * look.scale},
        "fill": "tozeroy",
        "fillcolor": transparent(look.collapse, 0.55),
        "name": picture.words["lost"],
        "hovertemplate": "%{y:.0%}<extra>" + picture.words["lost"] + "</extra>",
        **LOST.axes,
    }


def _heights(picture: _Picture, model: Array) -> list[float | None]:
    values = picture.groups.average(model).tolist()
    if picture.log_axes:
        return [float(f"{value:.3g}") if value > 0.0 else None for value in values]
    return [float(f"{value:.3g}") if value > 0.0 else 0 for value in values]


# ----------------------------------------------------------------------------- curves over time


def _survivors(picture: _Picture, guess: tuple[int, float] | None) -> list[dict[str, Any]]:
    runs, report, look, words = picture.runs, picture.report, picture.look, picture.words
    ticks, width = picture.ticks, picture.width
    whole = "%{y:.4g}"
    traces = [faint_runs(SURVIVORS, runs.survivors.astype(np.float64), words["runs"], look)]
    drawn = [
        (runs.survivors[runs.highlight], "highlighted", look.blue, width * 1.4, "solid"),
        (report.median, "median", look.muted, width, "dot"),
        (report.mean, "mean", look.muted, width, "solid"),
    ]
    for values, key, colour, line_width, dash in drawn:
        traces.append(
            curve(
                SURVIVORS, ticks, values, words[key], colour, width=line_width, dash=dash,
                hover=whole,
            )
        )  # fmt: skip
    if report.expected is not None:
        key = "exact" if report.expected_exact else "approximation"
        dash = "dash" if report.expected_exact else "dashdot"
        traces.append(
            curve(
                SURVIVORS, ticks, report.expected, words[key], look.text, width=width, dash=dash,
                hover=whole,
            )
        )  # fmt: skip
    if guess is not None:
        traces.append(_guess(picture, guess))
    return traces


def _guess(picture: _Picture, guess: tuple[int, float]) -> dict[str, Any]:
    look, name = picture.look, picture.words["guess"]
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [guess[0]],
        "y": [guess[1] * picture.report.kinds],
        "name": name,
        "marker": {
            "symbol": "x",
            "size": 12 * look.scale,
            "color": look.real,
            "line": {"width": 1, "color": look.background},
        },
        "hovertemplate": f"{name}: %{{y:.0f}}<extra></extra>",
        **SURVIVORS.axes,
    }


def _summaries(picture: _Picture) -> list[dict[str, Any]]:
    report, look, words = picture.report, picture.look, picture.words
    colours = {
        "accuracy": (look.muted, "dot"),
        "gini": (look.real, "solid"),
        "common": (look.blue, "dashdot"),
        "divergence": (SKY if look.background == LIGHT.background else look.muted, "longdash"),
    }
    traces = [
        curve(
            SUMMARIES, picture.ticks, report.dashboard[key], words[key], colours[key][0],
            width=picture.width, dash=colours[key][1], hover="%{y:.1%}",
        )
        for key in DASHBOARD
    ]  # fmt: skip
    if report.expected_gini is not None:
        traces.append(
            curve(
                SUMMARIES, picture.ticks, report.expected_gini, words["exact"], look.text,
                width=0.8 * picture.width, dash="dash", hover="%{y:.1%}", shown=False,
            )
        )  # fmt: skip
    traces.append(
        curve(
            SUMMARIES, picture.ticks, report.mean / report.kinds, words["survivors_share"],
            look.collapse, width=picture.width * 1.5, hover="%{y:.1%}",
        )
    )  # fmt: skip
    return traces


def _frames(picture: _Picture, moving: tuple[int, ...], hidden: bool) -> list[Frame]:
    runs, report = picture.runs, picture.report
    own = runs.survivors[runs.highlight]
    frames = []
    for generation, model in enumerate(runs.probabilities):
        missing = picture.groups.share_missing(model, runs.truth)
        height = np.nan if hidden else float(own[generation])
        share = np.nan if hidden else float(report.mean[generation] / report.kinds)
        changes = (
            {"y": _heights(picture, model)},
            {"y": [round(value, 2) if value % 1 else int(value) for value in missing.tolist()]},
            cursor_at(generation, height, 0.8 if picture.log_axes else 0.0, float(report.kinds)),
            cursor_at(generation, share, 0.0, 1.0),
        )
        frames.append(Frame(str(generation), changes, moving))
    return frames


# ------------------------------------------------------------------------------------ the layout


def _layout(picture: _Picture, names: Sequence[str]) -> dict[str, Any]:
    look, words = picture.look, picture.words
    narrow = look.narrow
    layout = empty_layout(
        look, 980 if narrow else 335, left=52 if narrow else 44, bottom=170 if narrow else 86
    )
    if narrow:
        layout["legend"] |= {"entrywidth": 0.48, "entrywidthmode": "fraction"}
        columns = ([0.0, 1.0], [0.0, 1.0], [0.0, 1.0])
        rows = ([0.78, 1.0], [0.39, 0.61], [0.05, 0.28])
    else:
        columns = ([0.0, 0.33], [0.385, 0.66], [0.715, 1.0])
        rows = ([0.2, 1.0], [0.0, 1.0], [0.0, 1.0])
    strip = [rows[0][0] - (0.045 if narrow else 0.17), rows[0][0] - (0.008 if narrow else 0.03)]
    time = _time_axis(picture)
    ranks, lost = _rank_axes(picture, names)
    add_panel(
        layout, RANKS, (columns[0], rows[0]), look, title=words["ranks"],
        x=ranks | {"visible": False}, y=_frequency_axis(picture),
    )  # fmt: skip
    add_panel(
        layout, LOST, (columns[0], strip), look, title="",
        below=words["rank_log" if picture.log_axes else "rank"], x=lost,
        y={"range": [0, 1.02], "tickvals": [0.5], "ticktext": [words["lost"]], "showgrid": False},
    )  # fmt: skip
    add_panel(
        layout, SURVIVORS, (columns[1], rows[1]), look, title=words["survivors"],
        below=words["generation"], x=time, y=_survivors_axis(picture),
    )  # fmt: skip
    add_panel(
        layout, SUMMARIES, (columns[2], rows[2]), look, title=words["dashboard"],
        below=words["generation"], x=time,
        y={"range": [-0.02, 1.12], "tickformat": ".0%", "dtick": 0.25},
    )  # fmt: skip
    return layout


def _survivors_axis(picture: _Picture) -> dict[str, Any]:
    kinds = float(picture.report.kinds)
    if picture.log_axes:
        return {"type": "log", "range": [-0.1, float(np.log10(1.15 * kinds))], "dtick": 1}
    return {"range": [-0.02 * kinds, 1.04 * kinds]}


def _time_axis(picture: _Picture) -> dict[str, Any]:
    generations = picture.runs.generations
    return {"range": [0, generations], **({"dtick": 1} if generations <= 10 else {})}


def _rank_axes(picture: _Picture, names: Sequence[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the axis of the ranks without and with words; both have the same range."""
    groups = picture.groups
    if picture.log_axes:
        last = float(np.log10(max(2, groups.kinds))) + 0.03
        axis: dict[str, Any] = {"type": "log", "range": [-0.05, last]}
        return axis, {**axis, "dtick": 1}
    axis = {"range": [0.5, groups.count + 0.5]}
    called = groups.called(names)
    if names and groups.count == groups.kinds <= 40 and max(map(len, called)) <= 2:
        places = groups.places(False).tolist()
        return axis, {**axis, "tickvals": places, "ticktext": list(map(_shown, called))}
    places, ranks = groups.marks()
    return axis, {**axis, "tickvals": places, "ticktext": ranks}


def _frequency_axis(picture: _Picture) -> dict[str, Any]:
    runs = picture.runs
    averages = np.array([*map(picture.groups.average, runs.probabilities)])
    highest = float(averages.max())
    if not picture.log_axes:
        return {"range": [0, 1.06 * highest], "tickformat": "~p", "nticks": 6}
    smallest = float(averages[averages > 0.0].min())
    low = max(-12.0, np.floor(np.log10(smallest) + 1e-9) - 0.2)
    ends = [low, float(np.log10(highest)) + 0.2]
    return {"type": "log", "range": ends, "dtick": 1, "exponentformat": "power"}


def _add_stages(layout: dict[str, Any], picture: _Picture) -> None:
    shapes = layout.setdefault("shapes", [])
    for name, first, last, colour, opacity in _known_stages(picture):
        for panel in (SURVIVORS, SUMMARIES):
            shapes.append(
                {
                    "type": "rect",
                    "layer": "below",
                    "xref": f"x{panel.suffix}",
                    "yref": f"y{panel.suffix} domain",
                    "x0": first,
                    "x1": last,
                    "y0": 0,
                    "y1": 1,
                    "fillcolor": transparent(colour, opacity),
                    "line": {"width": 0},
                }
            )
        layout["annotations"].append(_stage_name(picture, name, first, last))


def _known_stages(picture: _Picture) -> list[tuple[str, int, int, str, float]]:
    """Return the bands to draw: of a curve that wavers, each stage from its first to its last."""
    report, look = picture.report, picture.look
    stages = []
    for name, bands, colour, opacity in (
        ("early", report.early, look.muted, 0.12),
        ("late", report.late, look.collapse, 0.16),
    ):
        if bands:
            stages.append((name, bands[0][0], bands[-1][1], colour, opacity))
    return stages


def _stage_name(picture: _Picture, name: str, first: int, last: int) -> dict[str, Any]:
    return {
        "text": picture.words[name],
        "showarrow": False,
        "x": last if first > 0.5 * picture.runs.generations else first,
        "xanchor": "right" if first > 0.5 * picture.runs.generations else "left",
        "y": 1,
        "xref": f"x{SUMMARIES.suffix}",
        "yref": f"y{SUMMARIES.suffix} domain",
        "yanchor": "top",
        "font": {"size": 11 * picture.look.scale, "color": picture.look.muted},
    }


def _shown(text: str) -> str:
    """Return text that Plotly shows as it is: no markup, no placeholders, not too long."""
    short = text if len(text) <= LONGEST_NAME else text[: LONGEST_NAME - 1] + "…"
    return escape(short, quote=False).replace("%{", "%\u200b{").replace("$", "\u200b$")
