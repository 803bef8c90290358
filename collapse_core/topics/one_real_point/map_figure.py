"""A map of what real points keep, over their number and that of the synthetic ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import Panel
from collapse_core.figures.scene import Scene
from collapse_core.topics.one_real_point.dose_panel import count_axis, place
from collapse_core.topics.one_real_point.doses import kept_in_the_long_run
from collapse_core.topics.one_real_point.question import OneRealPoint
from collapse_core.topics.one_real_point.view_facts import needed_points

__all__ = ["real_point_map_figure"]

Array = NDArray[np.float64]

SIZES = np.unique(np.round(np.geomspace(2, 10**6, 64)))
COUNTS = np.array([*range(13), 14, 16, 18, *range(20, 40, 3), *range(40, 101, 5)], dtype=np.float64)
ALONG = np.array([0.3, 0.6, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 100.0])  # a line of one share
# The scale of colours where V is below the truth's, cannot change (powers of ten of its scatter),
# and is above (powers of ten).
ENDS = {-1: (0.0, 1.0), 0: (-2.3, 1.0), 1: (0.0, 2.0)}
SHARES = (0.01, 0.1, 0.5)


def real_point_map_figure(
    experiment: OneRealPoint,
    *,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw what is kept over k and n, with lines of equal share and of equal result.

    Parameters
    ----------
    experiment : OneRealPoint
        Where the reader is.
    look, words, alt
        Colours and sizes, words instead of the lesson's, and the picture in one sentence.
    """
    function, truth, sample_size, count = experiment.known
    edges = {"l": 60, "b": 66}
    scene = Scene("one_real_point", look, words, table="map", height=430, margin=edges)
    scene.layout |= {"showlegend": False, "hovermode": "closest"}
    plain: dict[str, Any] = {"showgrid": False, "ticks": ""}
    panel = scene.panel(
        "title" if function.v2 else "title_drift",
        "below",
        x={"type": "log", "range": [np.log10(2.0), 6.0], "dtick": 1} | plain,
        y=count_axis() | {"title": {"text": scene.word("left")}} | plain,
        leads=True,
    )
    sizes = (SIZES[None, :], COUNTS[:, None])
    _draw_heat(panel, kept_in_the_long_run(function, truth, *sizes, experiment.fresh), function.v2)
    for number, share in enumerate(SHARES):
        at = -3 - number  # at different heights, for names have no room side by side on a phone
        across = ALONG * (1.0 - share) / share
        seen = across >= 2.0
        name = scene.word("share", share=share)
        _named_line(panel, name, across[seen], ALONG[seen], (at, "middle right"), "dot")
    for fraction, needed in needed_points(function) if experiment.fresh else ():
        name = scene.word("need", fraction=fraction, count=needed)
        across = np.array([300.0, 3e4, 1e6])
        _named_line(panel, name, across, np.full(3, needed), (2, "top left"), "solid")
    _draw_here(panel, sample_size, count)
    return scene.figure(alt)


def _draw_heat(panel: Panel, values: Array, v2: float) -> None:
    look, (low, high) = panel.scene.look, ENDS[int(np.sign(v2))]
    ticks: Sequence[float] = range(int(low), int(high) + 1) if v2 >= 0 else (0, 0.25, 0.5, 0.75, 1)
    with np.errstate(divide="ignore"):
        shown = values if v2 < 0 else np.log10(np.minimum(values, 1e4))
    lesson = panel.scene.lesson
    numbers, endless = lesson.numbers, lesson.text("family_table", "no_bound")
    plain = numbers.plain
    told = [tick if v2 < 0 else 10.0**tick for tick in ticks]
    heat = {
        "type": "heatmap",
        "x": SIZES.tolist(),
        "y": place(COUNTS).round(4).tolist(),
        "z": np.round(np.nan_to_num(shown, posinf=9.0), 3).tolist(),
        "text": [[plain(v, ".3g") if np.isfinite(v) else endless for v in row] for row in values],
        "zmin": low,
        "zmax": high,
        "colorscale": "Cividis",
        "reversescale": v2 >= 0,
        "colorbar": {
            "tickvals": list(ticks),
            "ticktext": [numbers.on_an_axis(value) if v2 else plain(value, "g") for value in told],
            "thickness": 14 * look.scale,
            "tickfont": {"color": look.muted, "size": 11 * look.scale},
        },
        "hovertemplate": "n = %{x:,}<br>%{text}<extra></extra>",
    }
    panel.add(heat)


def _named_line(
    panel: Panel, name: str, sizes: Array, counts: Array, at: tuple[int, str], dash: str
) -> None:
    """Draw a line with its name at one of its points, on one side of it."""
    scale, text = panel.scene.look.scale, [""] * sizes.size
    colour, width = ("#111111", 1.6) if dash == "solid" else ("#222222", 1.4)
    text[at[0]] = name
    line = {
        "mode": "lines+text",
        "x": sizes.tolist(),
        "y": place(counts).tolist(),
        "line": {"color": colour, "width": width * scale, "dash": dash},
        "text": text,
        "textposition": at[1],
        "textfont": {"color": colour, "size": 12 * scale},
        "hoverinfo": "skip",
        "name": name,
    }
    panel.add(line)


def _draw_here(panel: Panel, sample_size: int, count: int) -> None:
    height, tint = float(place(count)), "#D55E00"
    ring: dict[str, Any] = {"edge": {"width": 3 * panel.scene.look.scale, "color": tint}}
    where = ([sample_size], [height], "circle-open-dot", 15, tint)
    panel.points("here", *where, hover=None, name="", cliponaxis=False, **ring)
    panel.note(
        panel.scene.word("here"),
        12,
        "#111111",
        x=float(np.log10(sample_size)),
        y=height,
        xref=panel.x,
        yref=panel.y,
        xanchor="left" if sample_size < 1e4 else "right",
        yanchor="bottom" if count < 50 else "top",
        yshift=8 if count < 50 else -8,
        bgcolor="rgba(255,255,255,0.85)",
    )
