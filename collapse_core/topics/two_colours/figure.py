"""Two colours on one clock: the jar, the share of blue, and the chance that blue is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.curves import (
    Panel,
    band,
    cursor,
    cursor_at,
    curve,
    faint_runs,
)
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import Frame, MovingFigure
from collapse_core.figures.panels import add_panel, empty_layout, words_above, words_over
from collapse_core.law import Law
from collapse_core.measures.monte_carlo import wilson_interval
from collapse_core.topics.two_colours.jar_panel import (
    blue_marbles,
    blue_places,
    jar_layout,
    yellow_marbles,
)
from collapse_core.trajectory import Trajectory

__all__ = ["LABELS", "two_colours_figure"]

Array = NDArray[np.float64]

JAR, SHARE, LOST = Panel(1), Panel(2), Panel(3)

LABELS: Mapping[str, str] = {
    "jar": "This run's jar: 100 marbles",
    "share": "Share of {rare}",
    "lost": "Chance that {rare} is lost",
    "absent": "Chance that {rare} is absent",
    "generation": "generation",
    "band": "exact 10 to 90 % band",
    "band_approximation": "10 to 90 % band (approximation)",
    "runs": "runs",
    "highlighted": "this run (percentile {percentile})",
    "mean": "mean of the runs",
    "median": "median of the runs",
    "exact": "exact",
    "approximation": "approximation",
    "simulated": "share of runs, with 95 % interval",
    "compared": "before doubling, stretched",
    "guess": "your guess",
}


def two_colours_figure(
    paths: Trajectory,
    law: Law,
    highlighted: int,
    *,
    look: Look = LIGHT,
    names: tuple[str, str] = ("yellow", "blue"),
    labels: Mapping[str, str] = LABELS,
    compared: Law | None = None,
    guess: tuple[int, float] | None = None,
    hidden: str | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw runs of two colours with their exact law over them.

    Parameters
    ----------
    paths : Trajectory
        Runs of a Bernoulli family.
    law : Law
        The law of the same loop; fields that are None are left out.
    highlighted : int
        Number of the run whose jar is shown.
    look : Look
        Colours and sizes.
    names : tuple of str
        The common colour and the rare one.
    labels : mapping of str to str
        Words of the figure; see ``LABELS``.
    compared : Law, optional
        A law to draw under this one, with its time axis stretched to the same length.
    guess : tuple of int and float, optional
        A generation and a guessed chance of loss, drawn as a cross.
    hidden : str, optional
        Words to show in place of the chance of loss, while it is still to be guessed.
    alt : str
        The picture in one sentence.
    """
    words = {
        key: text.format(
            common=names[0],
            rare=names[1],
            percentile=round(paths.percentile_of(highlighted)),
        )
        for key, text in {**LABELS, **labels}.items()
    }
    size = 15.0 if look.narrow else 16.5 * min(look.scale, 1.15)
    traces = [
        yellow_marbles(JAR, names[0], look, size),
        blue_marbles(JAR, names[1], look, size),
    ]
    traces += _share_traces(paths, law, highlighted, look, words)
    share_cursor = len(traces)
    traces.append(cursor(SHARE, look.blue, look))
    if hidden is None:
        traces += _lost_traces(paths, law, look, words, compared, guess)
    lost_cursor = len(traces)
    traces.append(cursor(LOST, look.collapse, look))
    lost = law.lost if law.lost is not None else paths.lost.mean(axis=0)
    if hidden is not None:
        lost = np.full(paths.generations + 1, np.nan)
    moving = (1, share_cursor, lost_cursor)
    frames = [
        Frame(
            str(generation),
            (
                blue_places(share),
                cursor_at(generation, share, 0.0, 1.0),
                cursor_at(generation, lost[generation], 0.0, 1.0),
            ),
            moving,
        )
        for generation, share in enumerate(paths.mean[highlighted].tolist())
    ]
    comes_back = paths.loop.policy.recipe(2).fresh > 0
    layout = _layout(paths.generations, look, words, "absent" if comes_back else "lost")
    if hidden is not None:
        layout["annotations"].append(words_over(LOST, hidden, look))
    return MovingFigure(traces, layout, frames, alt=alt)


def _share_traces(
    paths: Trajectory, law: Law, highlighted: int, look: Look, words: Mapping[str, str]
) -> list[dict[str, Any]]:
    ticks = np.arange(paths.generations + 1.0)
    percent = "%{y:.1%}"
    traces = []
    low, high = law.quantile(0.1), law.quantile(0.9)
    if low is not None and high is not None:
        name = words["band" if law.is_exact("distribution") else "band_approximation"]
        traces.append(band(SHARE, ticks, low, high, name, look.text))
    traces.append(faint_runs(SHARE, paths.mean, words["runs"], look))
    width = 2.0 * look.scale
    mean, median = paths.mean.mean(axis=0), paths.quantiles(0.5)
    drawn = [
        (paths.mean[highlighted], "highlighted", look.blue, width * 1.4, "solid"),
        (median, "median", look.muted, width, "dot"),
        (mean, "mean", look.muted, width, "solid"),
    ]
    for values, key, colour, line_width, dash in drawn:
        line = curve(
            SHARE, ticks, values, words[key], colour, width=line_width, dash=dash, hover=percent
        )
        traces.append(line)
    if law.mean is not None:
        exact = "exact" if law.is_exact("mean") else "approximation"
        dash = "dash" if law.is_exact("mean") else "dashdot"
        traces.append(
            curve(
                SHARE,
                ticks,
                law.mean,
                words[exact],
                look.text,
                width=width,
                dash=dash,
                hover=percent,
            )
        )
    return traces


def _lost_traces(
    paths: Trajectory,
    law: Law,
    look: Look,
    words: Mapping[str, str],
    compared: Law | None,
    guess: tuple[int, float] | None,
) -> list[dict[str, Any]]:
    ticks = np.arange(paths.generations + 1.0)
    width = 2.0 * look.scale
    counts = paths.lost.sum(axis=0)
    low, high = wilson_interval(counts, paths.replicates)
    interval = band(LOST, ticks, low, high, words["simulated"], look.collapse, 0.2)
    traces = [interval | {"showlegend": False}]
    shares = counts / paths.replicates
    traces.append(
        curve(LOST, ticks, shares, words["simulated"], look.collapse, width=width, hover="%{y:.3f}")
    )
    if law.lost is not None:
        name = words["exact" if law.is_exact("lost") else "approximation"]
        # One entry in the legend for both panels, unless only one of the two is exact.
        shown = law.mean is None or law.is_exact("mean") != law.is_exact("lost")
        traces.append(
            curve(
                LOST,
                ticks,
                law.lost,
                name,
                look.text,
                width=width,
                dash="dash" if law.is_exact("lost") else "dashdot",
                hover="%{y:.3f}",
                shown=shown,
            )
        )
    if compared is not None and compared.lost is not None:
        stretched = np.linspace(0.0, paths.generations, compared.generations + 1)
        traces.append(
            curve(
                LOST,
                stretched,
                compared.lost,
                words["compared"],
                look.blue,
                width=width * 2.2,
                dash="dot",
                hover="%{y:.3f}",
            )
        )
    if guess is not None:
        traces.append(_guess(guess, words["guess"], look))
    return traces


def _guess(guess: tuple[int, float], name: str, look: Look) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [guess[0]],
        "y": [guess[1]],
        "name": name,
        "marker": {
            "symbol": "x",
            "size": 12 * look.scale,
            "color": look.real,
            "line": {"width": 1, "color": look.background},
        },
        "hovertemplate": f"{name}: %{{y:.3f}}<extra></extra>",
        **LOST.axes,
    }


def _layout(
    generations: int, look: Look, words: Mapping[str, str], lost_title: str
) -> dict[str, Any]:
    whole = [0.0, 1.0]
    if look.narrow:
        places = tuple((whole, rows) for rows in ([0.76, 1.0], [0.40, 0.68], [0.05, 0.31]))
        layout = empty_layout(look, 860, left=46, bottom=110)
    else:
        places = tuple((across, whole) for across in ([0.0, 0.22], [0.28, 0.62], [0.68, 1.0]))
        layout = empty_layout(look, 325, left=4)
    layout["annotations"].append(words_above(words["jar"], *places[0], look))
    layout |= jar_layout(JAR, *places[0])
    x = {"range": [0, generations], **({"dtick": 1} if generations <= 10 else {})}
    y = {"range": [-0.015, 1.015], "tickformat": ".0%", "dtick": 0.25}
    for panel, place, title in ((SHARE, places[1], "share"), (LOST, places[2], lost_title)):
        add_panel(
            layout,
            panel,
            place,
            look,
            title=words[title],
            below=words["generation"],
            x=x,
            y=y,
        )
    return layout
