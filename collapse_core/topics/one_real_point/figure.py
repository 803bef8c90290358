"""One real point on one clock: how many are needed, where the runs are, and how they got there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.families import Bernoulli
from collapse_core.families.variance_functions import mean_coordinate, variance_function_of
from collapse_core.figures.guess_place import FIRST_LOOK, GuessPlace
from collapse_core.figures.log_axis import log_axis_for
from collapse_core.figures.look import LIGHT, YELLOW, Look, transparent
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import Panel
from collapse_core.figures.scene import Scene, share_axis, time_axis
from collapse_core.law import Law
from collapse_core.loop import ClosedLoop
from collapse_core.policies import Replace
from collapse_core.topics.one_real_point.dose_panel import (
    COUNTS,
    count_axis,
    dose_axis,
    dose_dots,
    dose_lines,
    dose_mark,
    place,
)
from collapse_core.topics.one_real_point.doses import (
    DoseQuestion,
    SampledDoses,
    dose_curves,
    kept_in_the_long_run,
    measure,
    sampled_doses,
)
from collapse_core.topics.one_real_point.mean_bins import (
    chain_in_bins,
    limit_in_bins,
    mean_bins,
    runs_in_bins,
    statistic_in_bars,
)
from collapse_core.topics.one_real_point.report import expected_measure
from collapse_core.trajectory import Trajectory

__all__ = ["one_real_point_figure"]

Array = NDArray[np.float64]

HIGHEST_DIVERSITY = 3.0


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
    words: Mapping[str, str] | None = None,
    guess: GuessPlace | None = None,
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
    pure, pure_law, doses : Trajectory, Law, SampledDoses, optional
        The same without real points, and sampled dots; made here if not given.
    family : str
        Name of the family, for the words under the bars.
    look, words, alt
        Colours and sizes, words instead of the lesson's, and the picture in one sentence.
    guess : GuessPlace, optional
        Where the reader's guess is made.
    hidden : str, optional
        Words in place of the first panel, and no averages, while the answer is to be guessed.
    """
    alone = ClosedLoop(**{**vars(paths.loop), "policy": Replace()})
    pure = pure or alone.simulate(paths.replicates, paths.seed)
    pure_law = pure_law or alone.exact(approximate=True)
    scene = Scene("one_real_point", look, words, count=_points(paths)[0])
    _draw_doses(scene, paths, doses, guess, hidden)
    draw = _draw_diversity if variance_function_of(paths.loop.family).v2 else _draw_drift
    draw(scene, paths, law, pure_law, highlighted, hidden is not None)
    _draw_bars(scene, paths, pure, law, highlighted, family)
    return scene.figure(alt)


def _points(paths: Trajectory) -> tuple[int, str]:
    """Return the number of real points, and which curve they are on."""
    recipe = paths.loop.policy.recipe(paths.loop.sample_size)
    return recipe.fresh + recipe.fixed, "fixed" if recipe.fixed else "fresh"


def _draw_doses(
    scene: Scene,
    paths: Trajectory,
    doses: SampledDoses | None,
    guess: GuessPlace | None,
    hidden: str | None,
) -> None:
    """Draw what each number of real points keeps in the long run."""
    loop, look, (count, kind) = paths.loop, scene.look, _points(paths)
    function = variance_function_of(loop.family)
    known = (function, mean_coordinate(loop.family), loop.sample_size)
    curves = dose_curves(*known, COUNTS)
    axis = dose_axis(curves, linear=function.v2 < 0, percent=bool(function.v2))
    across, title = count_axis(look.scale > 1), "dose" if function.v2 else "dose_drift"
    panel = scene.panel(
        title, "count", x=across, y=axis, leads=True, hover="%{y:.1%}", hidden=hidden
    )
    ends = (0.0, 1.03)
    if axis.get("type") == "log":
        ends = (10.0 ** axis["range"][0], 10.0 ** axis["range"][1])
    if hidden is None:
        fresh = kind == "fresh"
        question = DoseQuestion(loop.family, loop.sample_size, fresh, paths.seed)
        dots = (doses or sampled_doses(question)).within(*ends)
        dose_lines(panel, curves)
        dose_dots(panel, dots, place(dots.doses), "real" if fresh else YELLOW)
        if not np.isfinite(curves["fresh"][0]) and scene.tells("no_bound"):
            corner: dict[str, Any] = {"x": 0.98, "xanchor": "right", "y": 0.97, "yanchor": "top"}
            behind = transparent(look.background, 0.8)
            panel.note(scene.word("no_bound"), bgcolor=behind, **corner)
    panel.guess(guess, "blue")
    exact = float(kept_in_the_long_run(*known, count, kind == "fresh"))
    exact = exact if scene.tells(kind) else np.nan
    dose_mark(panel, count, exact, ends, paths.generations + 1)


def _draw_bars(
    scene: Scene, paths: Trajectory, pure: Trajectory, law: Law, highlighted: int, family: str
) -> None:
    """Draw where the runs are, with and without real points, and the law over them."""
    truth, look = paths.loop.family, scene.look
    bins, means = mean_bins(truth), statistic_in_bars(truth, paths.mean)
    under = family if family in ("bernoulli", "gaussian", "normal_variance") else "other"
    across = bins.axis(scene.word("more"), scene.lesson.numbers)
    panel = scene.panel("bars", under, x=across, y=share_axis(0, 1.06), hover="%{y:.1%}")
    nothing, steps = np.zeros(bins.count), bins.outline()
    for key, held, tint, dash, fill in (
        ("without", statistic_in_bars(truth, pure.mean), "collapse", "dot", 0.18),
        ("with", means, "real", "solid", 0.30),
    ):
        panel.line(
            key,
            np.zeros(len(steps)),
            steps,
            style=(tint, 0.9, dash),
            shape="hv",
            reads=bins.value,
            fill=fill,
            showlegend=False,
            changes=[{"y": bins.heights(bars)} for bars in runs_in_bins(bins, held)],
        )
    followed = bins.middle[np.searchsorted(bins.edges, means[highlighted], side="left")]
    panel.points(
        "here",
        [0.0],
        [1.03],
        "triangle-down",
        11,
        "blue",
        reads=bins.value,
        showlegend=False,
        cliponaxis=False,
        hovertemplate=f"{scene.word('here')}<extra></extra>",
        changes=[{"x": [round(middle, 2)]} for middle in followed.tolist()],
    )
    level: dict[str, Any] = {"edge": {"width": 2.2 * look.scale, "color": look.text}}
    level |= {"showlegend": False, "reads": bins.value}
    told = [("┅", "collapse", "without"), ("━", "real", "with")]
    chain = chain_in_bins(bins, law)
    late = limit_in_bins(bins, truth, paths.loop.policy.recipe(2).fresh)
    if chain is not None:
        level["changes"] = [{"y": bars} for bars in chain.round(4).tolist()]
        panel.points("chain", bins.middle, nothing, "line-ew-open", 8, "text", **level)
        told.append(("–", "text", "chain"))
    elif late is not None:
        panel.points("limit", bins.middle, late, "line-ew-open", 8, "text", **level)
        told.append(("–", "text", "limit"))
    panel.corner(*told)


def _draw_diversity(
    scene: Scene, paths: Trajectory, law: Law, pure_law: Law, highlighted: int, hidden: bool
) -> None:
    """Draw the diversity of the runs on their way."""
    family = paths.loop.family
    values, expected = measure(family, paths.mean), expected_measure(family, law)
    top = HIGHEST_DIVERSITY
    if isinstance(family, Bernoulli):
        top = min(top, 0.25 / float(family.variance(family.truth)))
    ends = (0.0, 1.04 * top)
    height: Any = {"range": list(ends), "tickformat": ".0%", "nticks": 6}
    if variance_function_of(family).v2 > 0:
        height = log_axis_for(np.array([0.003, 30.0]), expected)
    time = time_axis(paths.generations)
    panel = scene.panel("runs_title", "generation", x=time, y=height, leads=True, hover="%{y:.1%}")
    _draw_runs(panel, values, highlighted, hidden)
    if not hidden:
        pure = expected_measure(family, pure_law)
        panel.line("pure", pure, style=("collapse", 1.0, "dashdot"), at_curve=0.8)
        panel.line("exact", expected, at_curve=0.5)
    panel.hand(values[highlighted], ends)


def _draw_drift(
    scene: Scene, paths: Trajectory, law: Law, pure_law: Law, highlighted: int, hidden: bool
) -> None:
    """Draw the means of the runs on their way, where the diversity cannot change."""
    family = paths.loop.family
    truth = mean_coordinate(family)
    scale = float(variance_function_of(family)(truth)) ** 0.5
    lowest = -0.02 * scale if family.lowest == 0 else -np.inf
    ends = (max(truth - 3.0 * scale, lowest), truth + 3.0 * scale)
    across, height = time_axis(paths.generations), {"range": list(ends)}
    panel = scene.panel("runs_title_drift", "generation", x=across, y=height, leads=True)
    if not hidden:
        low, high = _one_deviation(law)
        panel.band("band", low, high, showlegend=False)
        panel.name_curve("band", np.arange(high.size), high, "text", 0.25)
    _draw_runs(panel, paths.mean, highlighted, hidden)
    if not hidden:
        panel.line("exact", law.mean, at_curve=0.5)
        low, high = _one_deviation(pure_law)
        panel.line("pure", low, style=("collapse", 1.0, "dot"), showlegend=False)
        panel.line("pure", high, style=("collapse", 1.0, "dot"), at_curve=0.8)
    panel.hand(paths.mean[highlighted], ends)


def _one_deviation(law: Law) -> tuple[Array, Array]:
    assert law.mean is not None
    assert law.variance is not None
    return law.mean - np.sqrt(law.variance), law.mean + np.sqrt(law.variance)


def _draw_runs(panel: Panel, values: Array, highlighted: int, hidden: bool) -> None:
    seen = slice(FIRST_LOOK + 1 if hidden else None)
    panel.runs(values[:, seen])
    panel.lines(highlighted=values[highlighted, seen])
    if not hidden:
        middle, mean = np.median(values, axis=0), values.mean(axis=0)
        panel.lines(median=middle, mean=mean, at_curve=True)
