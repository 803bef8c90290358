"""Vanishing tails on one clock: the kinds by rank, how many are left, what a dashboard shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.guess_place import GuessPlace
from collapse_core.figures.look import LIGHT, SKY, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import Panel, Style
from collapse_core.figures.scene import Scene, share_axis, time_axis
from collapse_core.lessons.typed import in_a_chart
from collapse_core.topics.vanishing_tails.rank_groups import RankGroups, rank_groups
from collapse_core.topics.vanishing_tails.report import VanishingTailsReport
from collapse_core.topics.vanishing_tails.runs import TailRuns

__all__ = ["vanishing_tails_figure"]

Array = NDArray[np.float64]


def vanishing_tails_figure(
    runs: TailRuns,
    report: VanishingTailsReport,
    *,
    names: Sequence[str] = (),
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    log_axes: bool = False,
    guess: GuessPlace | None = None,
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
    words : mapping of str to str, optional
        Words of the figure, instead of those of the lesson.
    log_axes : bool
        Whether ranks and frequencies have logarithmic axes.
    guess : GuessPlace, optional
        Where the reader's guess is made.
    hidden : str, optional
        Words to show in place of the survivors, while they are still to be guessed.
    alt : str
        The picture in one sentence.
    """
    scene = Scene("vanishing_tails", look, words)
    _draw_ranks(scene, runs, names, log_axes)
    kinds, own = float(report.kinds), runs.survivors[runs.highlight]
    time, height = time_axis(runs.generations), _count_axis(kinds, log_axes)
    survivors = scene.panel(
        "survivors", "generation", x=time, y=height, leads=True, hover="%{y:.4g}", hidden=hidden
    )
    survivors.runs(runs.survivors)
    survivors.lines(highlighted=own)
    survivors.lines(median=report.median, mean=report.mean, at_curve=True)
    survivors.known(report.law.survivors, report.law.exact)
    survivors.guess(guess)
    survivors.hand(own, (0.8 if log_axes else 0.0, kinds))
    shares = share_axis(-0.02, 1.12)
    summaries = scene.panel(
        "dashboard", "generation", x=time, y=shares, hover="%{y:.1%}", hidden=hidden
    )
    _draw_summaries(summaries, report)
    if hidden is None:
        _show_stages(survivors, summaries, report)
    return scene.figure(alt)


def _draw_summaries(panel: Panel, report: VanishingTailsReport) -> None:
    look = panel.scene.look
    sky = SKY if look.background == LIGHT.background else look.muted
    styles: dict[str, Style] = {
        "accuracy": ("muted", 1.0, "dot"),
        "gini": ("real", 1.0, "solid"),
        "common": ("blue", 1.0, "dashdot"),
        "divergence": (sky, 1.0, "longdash"),
    }
    for key, style in styles.items():
        panel.line(key, report.dashboard[key], style=style, at_curve=True)
    panel.line("exact", report.law.gini, style=("text", 0.8, "dash"), at_curve=True)
    left = report.mean / report.kinds
    panel.line("survivors_share", left, style=("collapse", 1.5, "solid"), at_curve=True)
    panel.hand(left, tint="collapse")


def _draw_ranks(scene: Scene, runs: TailRuns, names: Sequence[str], log_axes: bool) -> None:
    """Draw how often each kind appears, and below it which are lost."""
    groups = rank_groups(runs.truth)
    rank, strip = _rank_axes(groups, names, log_axes)
    unseen, frequency = rank | {"visible": False}, _frequency_axis(groups, runs, log_axes)
    ranks = scene.panel("ranks", x=unseen, y=frequency, leads=True, width=1.2, up=(0.22, 1.0))
    _draw_models(ranks, runs, groups, names, log_axes)
    ends = {"range": [0, 1.02], "tickvals": [0.5], "ticktext": [scene.word("lost")]}
    below = "rank_log" if log_axes else "rank"
    strip_axis = ends | {"showgrid": False}
    lost = scene.panel("", below, x=strip, y=strip_axis, within=ranks, up=(0.0, 0.14))
    missing = [groups.share_missing(model, runs.truth) for model in runs.probabilities]
    lost.line(
        "lost",
        np.zeros(groups.count),
        groups.places(log_axes),
        style=("collapse", 0.6, "solid"),
        shape="hvh",
        fill=0.55,
        showlegend=False,
        hovertemplate="%{y:.0%}<extra>" + scene.word("lost") + "</extra>",
        changes=[
            {"y": [round(value, 2) if value % 1 else int(value) for value in shares.tolist()]}
            for shares in missing
        ],
    )


def _draw_models(
    ranks: Panel, runs: TailRuns, groups: RankGroups, names: Sequence[str], log_axes: bool
) -> None:
    scene, places = ranks.scene, groups.places(log_axes)
    truth = groups.average(runs.truth)
    ranks.line(
        "truth",
        np.where(truth > 0.0, truth, np.nan) if log_axes else truth,
        places,
        style=("real", 0.8, "dash"),
        shape="linear" if log_axes else "hvh",
        fill=0.0 if log_axes else 0.16,
        text=[*map(in_a_chart, groups.called(names))],
        hovertemplate="%{text}: %{y:.3g}<extra>" + scene.word("truth") + "</extra>",
    )
    ranks.line(
        "model",
        truth,
        places,
        shape="hvh",
        fill=0.0 if log_axes else 0.28,
        mode="markers" if log_axes else "lines",
        marker={"color": scene.look.blue, "size": 5.5 * scene.look.scale, "symbol": "circle"},
        hovertemplate="%{y:.3g}<extra>" + scene.word("model") + "</extra>",
        changes=[{"y": _heights(groups.average(model), log_axes)} for model in runs.probabilities],
    )


def _heights(values: Array, log_axes: bool) -> list[float | None]:
    nothing = None if log_axes else 0
    return [float(f"{value:.3g}") if value > 0.0 else nothing for value in values.tolist()]


def _rank_axes(
    groups: RankGroups, names: Sequence[str], log_axes: bool
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the axis of the ranks without and with words; both have the same range."""
    if log_axes:
        last = float(np.log10(max(2, groups.kinds))) + 0.03
        axis: dict[str, Any] = {"type": "log", "range": [-0.05, last]}
        return axis, {**axis, "dtick": 1}
    axis = {"range": [0.5, groups.count + 0.5]}
    called = groups.called(names)
    if names and groups.count == groups.kinds <= 40 and max(map(len, called)) <= 2:
        places = groups.places(False).tolist()
        return axis, {**axis, "tickvals": places, "ticktext": list(map(in_a_chart, called))}
    places, ranks = groups.marks()
    return axis, {**axis, "tickvals": places, "ticktext": ranks}


def _frequency_axis(groups: RankGroups, runs: TailRuns, log_axes: bool) -> dict[str, Any]:
    averages = np.array([*map(groups.average, runs.probabilities)])
    highest = float(averages.max())
    if not log_axes:
        return {"range": [0, 1.06 * highest], "tickformat": "~p", "nticks": 6}
    smallest = float(averages[averages > 0.0].min())
    low = max(-12.0, np.floor(np.log10(smallest) + 1e-9) - 0.2)
    ends = [low, float(np.log10(highest)) + 0.2]
    return {"type": "log", "range": ends, "dtick": 1, "exponentformat": "power"}


def _count_axis(kinds: float, log_axes: bool) -> dict[str, Any]:
    if log_axes:
        return {"type": "log", "range": [-0.1, float(np.log10(1.15 * kinds))], "dtick": 1}
    return {"range": [-0.02 * kinds, 1.04 * kinds]}


def _show_stages(survivors: Panel, summaries: Panel, report: VanishingTailsReport) -> None:
    """Shade the stages of collapse: of a curve that wavers, each from its first to its last."""
    for name, bands, tint, opacity in (
        ("early", report.early, "muted", 0.12),
        ("late", report.late, "collapse", 0.16),
    ):
        if bands:
            first, last = bands[0][0], bands[-1][1]
            late = first > 0.5 * (report.mean.size - 1)
            x, side = (last, "right") if late else (first, "left")
            for panel in (survivors, summaries):
                panel.shade(first, last, tint, opacity)
                text = panel.scene.word(name)
                panel.note(text, 11, x=x, xref=panel.x, xanchor=side, y=1, yanchor="top")
