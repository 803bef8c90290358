"""The chains of a round on the wall, and the exact law of learners who copy perfectly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.classroom.chain_law import ChainLaw
from collapse_core.classroom.figures.progress import Progress
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import Panel
from collapse_core.figures.scene import Scene, share_axis, time_axis

__all__ = ["SIGNS", "chains_figure"]

Array = NDArray[np.float64]

# Chains differ by sign, in Plotly's words; a simulated learner's is open.
SIGNS = ("circle", "square", "diamond", "triangle-up", "triangle-down", "cross", "star", "hexagon")
TINTS = ("blue", "collapse", "real", "violet", "olive", "muted")
MOST_NAMED = 12  # more numbers at the ends of chains would cover each other
NEAR = 0.05  # of the axis: chains that end nearer than this share one label
MOST_TOGETHER = 3  # numbers in one label; the table and hovering name the rest


def chains_figure(
    progress: Progress,
    law: ChainLaw | None,
    *,
    departed: ChainLaw | None = None,
    before: Progress | None = None,
    before_law: ChainLaw | None = None,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw how far each chain has come, how much variety is left, and how many are fixed.

    Parameters
    ----------
    progress : Progress
        The answers so far.
    law : ChainLaw, optional
        Of ideal copiers under the settings of the round.
    departed : ChainLaw, optional
        Of learners who depart from the ideal as this class does.
    before, before_law : Progress, ChainLaw, optional
        Another round of the same game, to be set beside it.
    look, words, alt
        Colours and sizes; words instead of the lesson's; the picture in one sentence.
    """
    scene = Scene("telephone", look, words, height=400)
    time = time_axis(progress.length) | {"range": [-0.15, progress.length + 0.35]}
    _each_chain(scene, progress, time)
    top = _top(progress, law, before)
    diversity = scene.panel(
        "diversity", "step", x=time, y=share_axis(-0.02, top), leads=True, hover="%{y:.0%}"
    )
    if law is not None:
        band = "band_simulated" if "band" in law.simulated else "band"
        diversity.band(band, np.array(law.low), np.array(law.high))
        diversity.line("exact", law.mean)
    if departed is not None:
        known = "departed_simulated" if "mean" in departed.simulated else "departed"
        diversity.line(known, departed.mean, style=("collapse", 1.0, "dot"))
    _averages(diversity, progress, before, before_law)
    fixed = scene.panel("fixed", "step", x=time, y=share_axis(-0.02, 1.03), hover="%{y:.0%}")
    if law is not None:
        fixed.line("approximation" if "fixed" in law.simulated else "exact", law.fixed)
    if before_law is not None:
        fixed.line("law_before", before_law.fixed, style=("violet", 1.0, "dashdot"))
    fixed.line("class", progress.mean_fixed(), style=("blue", 1.4, "solid"), mode="lines+markers")
    if before is not None:
        fixed.line("before", before.mean_fixed(), style=("violet", 1.4, "dot"),
                   mode="lines+markers")  # fmt: skip
    return scene.figure(alt)


def _each_chain(scene: Scene, progress: Progress, time: dict[str, Any]) -> None:
    """Add a curve for each chain: of a jar its share of yellow, else what is left of diversity."""
    jar = progress.game.key == "jar"
    values = progress.features if jar else progress.diversity
    top = 1.03 if jar else max(1.1, _highest(values) * 1.05)
    panel = scene.panel(
        "chains_jar" if jar else "chains", "step", x=time, y=share_axis(-0.03, top), leads=True,
        width=1.2, hover="%{y:.0%}",
    )  # fmt: skip
    if jar:
        panel.line("truth", np.full(progress.length + 1, values[0, 0]))
    names = _names(values[:MOST_NAMED], NEAR * top)
    for number, row in enumerate(values):
        _one_chain(panel, progress, number, row, names.get(number, ""))


def _names(values: Array, near: float) -> dict[int, str]:
    """Return what stands at the ends of chains: those that end in one place are named in one.

    The last of them has the label, as it is drawn farthest to the right.
    """
    ends = []
    for number, row in enumerate(values):
        seen = np.flatnonzero(np.isfinite(row))
        if seen.size:
            ends.append((int(seen[-1]), float(row[seen[-1]]), number))
    together: list[list[tuple[int, float, int]]] = []
    for end in sorted(ends):
        step, value, _ = end
        if together and together[-1][0][0] == step and value - together[-1][0][1] < near:
            together[-1].append(end)
        else:
            together.append([end])
    numbers = [sorted(number for *_, number in group) for group in together]
    return {group[-1]: _label(group) for group in numbers}


def _label(group: Sequence[int]) -> str:
    named = ", ".join(str(number + 1) for number in group[:MOST_TOGETHER])
    return named if len(group) <= MOST_TOGETHER else f"{named} …"


def _one_chain(panel: Panel, progress: Progress, number: int, row: Array, name: str) -> None:
    look = panel.scene.look
    seen = np.flatnonzero(np.isfinite(row))
    sign = SIGNS[number % len(SIGNS)]
    colour = panel.scene.colour(TINTS[number % len(TINTS)])
    signs = [f"{sign}-open" if made else sign for made in progress.simulated[number, seen]]
    names = [""] * (seen.size - 1) + [name]
    hover = f"{panel.scene.word('one_chain', chain=number + 1)}: %{{y:.0%}}<extra></extra>"
    # Chains that stand at the same place are moved aside by a hair, never up or down.
    shift = 0.024 * (number - (len(progress.models) - 1) / 2) if len(progress.models) <= 12 else 0.0
    panel.add(
        {
            "mode": "lines+markers+text",
            "x": seen.astype(np.float32) + np.float32(shift),
            "y": row[seen].astype(np.float32),
            "text": names,
            "textposition": "middle right",
            "textfont": {"size": 13 * look.scale, "color": colour},
            "line": {"color": colour, "width": 1.8 * look.scale},
            "marker": {"symbol": signs, "size": 9 * look.scale, "color": colour},
            "name": "",
            "showlegend": False,
            "hovertemplate": hover,
            "cliponaxis": False,
        }
    )


def _averages(
    panel: Panel, progress: Progress, before: Progress | None, law: ChainLaw | None
) -> None:
    """Add the class's average diversity with its standard error, and another round's."""
    if law is not None:
        panel.line("law_before", law.mean, style=("violet", 1.0, "dashdot"))
    rounds = [("class", progress, "blue", "circle", "solid")]
    rounds += [] if before is None else [("before", before, "violet", "square", "dot")]
    for key, shown, tint, sign, dash in rounds:
        error = np.nan_to_num(shown.error())
        bars = {"type": "data", "array": error.astype(np.float32), "width": 5,
                "color": panel.scene.colour(tint)}  # fmt: skip
        panel.line(
            key,
            shown.mean_diversity(),
            style=(tint, 1.3, dash),
            mode="lines+markers",
            error_y=bars,
            marker={"symbol": sign, "size": 9 * panel.scene.look.scale},
        )


def _top(progress: Progress, law: ChainLaw | None, before: Progress | None) -> float:
    """Return the upper end of the panel of diversity, at least somewhat above the truth's."""
    tops = [1.1, _highest(progress.mean_diversity()) * 1.1]
    tops += [] if law is None else [min(max(law.high), 3.0) * 1.05]
    tops += [] if before is None else [_highest(before.mean_diversity()) * 1.1]
    return max(tops)


def _highest(values: Array) -> float:
    seen = values[np.isfinite(values)]
    return float(seen.max()) if seen.size else 1.0
