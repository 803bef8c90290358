"""Digits and photographs on one clock: how they look, and what they still mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.curves import Panel, cursor, cursor_at
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import Frame, MovingFigure
from collapse_core.figures.panels import add_panel, empty_layout, words_over
from collapse_core.topics.digits_photographs.grid import (
    grid_axes,
    grid_picture,
    grid_shape,
    picture_on,
    place_holder,
)
from collapse_core.topics.digits_photographs.image_pair import IMAGE_SETS
from collapse_core.topics.digits_photographs.question import PairStep, course
from collapse_core.topics.digits_photographs.steps import GRID_IMAGES

__all__ = ["LABELS", "digits_photographs_figure", "set_line", "set_styles"]

Array = NDArray[np.float64]

GRIDS = {"digits": Panel(1), "photographs": Panel(2)}
KEPT, ERROR, ENTROPY = Panel(3), Panel(4), Panel(5)
COLUMNS = 6

LABELS: Mapping[str, str] = {
    "digits": "digits",
    "photographs": "photographs",
    "digits_title": "Digits",
    "photographs_title": "Patches of photographs",
    "kept": "Meaning kept",
    "error": "Distance moved",
    "entropy": "Label entropy, bits",
    "chance": "chance",
    "exact": "exact",
    "generation": "generation",
    "clock": "Generation",
}


def digits_photographs_figure(
    steps: Sequence[PairStep],
    generations: int,
    *,
    look: Look = LIGHT,
    labels: Mapping[str, str] = LABELS,
    hidden: str | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw both sets of images and what is measured in them.

    Parameters
    ----------
    steps : sequence
        The steps of `DigitsPhotographs` that are there so far, at least one.
    generations : int
        How many there will be; the axes show them all.
    look : Look
        Colours and sizes.
    labels : mapping of str to str
        Words of the figure; see ``LABELS``.
    hidden : str, optional
        Words in place of the measures, while the answer is to be guessed.
    alt : str
        The picture in one sentence.
    """
    words = {**LABELS, **labels}
    shape = grid_shape(GRID_IMAGES, COLUMNS)
    traces = [place_holder(GRIDS[name], words[name]) for name in IMAGE_SETS]
    tops = {KEPT: 1.06, ERROR: _top(steps), ENTROPY: 4.8}
    if hidden is None:
        traces += _kept_traces(steps, generations, look, words)
        traces += _pair(ERROR, steps, "error", generations, look, words)
        traces += _exact_traces(steps, look, words)
        traces += _pair(ENTROPY, steps, "entropy", generations, look, words)
    hands = range(len(traces), len(traces) + len(tops))
    traces += [cursor(panel, look.muted, look) for panel in tops]
    frames = [
        Frame(
            str(tick),
            tuple(cursor_at(tick, np.nan, 0.0, top) for top in tops.values()),
            tuple(hands),
            {
                "images": [
                    picture_on(GRIDS[name], grid_picture(step[name].greys, COLUMNS), *shape)
                    for name in IMAGE_SETS
                ]
            },
        )
        for tick, step in enumerate(steps)
    ]
    layout = _layout(shape, tops, generations, look, words)
    if hidden is not None:
        layout["annotations"].append(words_over(KEPT, hidden, look))
    return MovingFigure(traces, layout, frames, clock_name=words["clock"], alt=alt)


def set_styles(look: Look) -> dict[str, dict[str, Any]]:
    """Return how each set is drawn: colour, dash and marker differ."""
    return {
        "digits": {"color": look.blue, "dash": "solid", "symbol": "circle"},
        "photographs": {"color": look.collapse, "dash": "dash", "symbol": "square"},
    }


def set_line(
    panel: Panel,
    name: str,
    x: Array,
    y: Array,
    look: Look,
    *,
    label: str,
    place: str,
    at: int,
    hover: str = "%{y:.2f}",
    markers: bool = True,
) -> dict[str, Any]:
    """Return the line of one set, with its name beside one of its points.

    Parameters
    ----------
    panel : Panel
        Where.
    name : str
        One of ``IMAGE_SETS``.
    x, y : ndarray
        The line.
    look : Look
        Colours and sizes.
    label, place : str
        What stands beside a point, and on which side, in Plotly's words.
    at : int
        Which point.
    hover : str
        How a value is written.
    markers : bool
        Whether every point has a marker.
    """
    style = set_styles(look)[name]
    texts = [label if number == at else "" for number in range(len(x))]
    return {
        "type": "scatter",
        "mode": "lines+markers+text" if markers else "lines+text",
        "x": np.asarray(x, dtype=np.float32),
        "y": np.asarray(y, dtype=np.float32),
        "text": texts,
        "textposition": place,
        "textfont": {"color": style["color"], "size": 12 * look.scale},
        "line": {"color": style["color"], "dash": style["dash"], "width": 2.2 * look.scale},
        "marker": {"symbol": style["symbol"], "size": 5 * look.scale, "color": style["color"]},
        "name": label or name,
        "cliponaxis": False,
        "showlegend": False,
        "hovertemplate": f"{label or name}: {hover}<extra></extra>",
        **panel.axes,
    }


def _pair(
    panel: Panel,
    steps: Sequence[PairStep],
    measure: str,
    generations: int,
    look: Look,
    words: Mapping[str, str],
) -> list[dict[str, Any]]:
    """Return the lines of both sets; the higher one has its name above it."""
    ticks = np.arange(len(steps), dtype=np.float64)
    values = {name: course(steps, name, measure) for name in IMAGE_SETS}
    at = (len(steps) - 1) // 2 if len(steps) > 0.6 * generations else len(steps) - 1
    highest = max(IMAGE_SETS, key=lambda name: values[name][at])
    falls = values[highest][-1] < values[highest][0]
    if at in (0, len(steps) - 1):
        places = ("top right", "bottom right")
    else:
        places = ("top right", "bottom left") if falls else ("top left", "bottom right")
    return [
        set_line(
            panel,
            name,
            ticks,
            values[name],
            look,
            label=words[name],
            place=places[name != highest],
            at=at,
            hover="%{y:.1%}" if measure == "kept" else "%{y:.2f}",
        )
        for name in IMAGE_SETS
    ]


def _kept_traces(
    steps: Sequence[PairStep], generations: int, look: Look, words: Mapping[str, str]
) -> list[dict[str, Any]]:
    chance = float(np.mean([course(steps, name, "chance") for name in IMAGE_SETS]))
    line = {
        "type": "scatter",
        "mode": "lines+text",
        "x": [0, generations],
        "y": [chance, chance],
        "text": [words["chance"], ""],
        "textposition": "bottom right",
        "textfont": {"color": look.muted, "size": 11 * look.scale},
        "line": {"color": look.muted, "dash": "dot", "width": 1.5 * look.scale},
        "showlegend": False,
        "name": words["chance"],
        "hoverinfo": "skip",
        **KEPT.axes,
    }
    return [line, *_pair(KEPT, steps, "kept", generations, look, words)]


def _exact_traces(
    steps: Sequence[PairStep], look: Look, words: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return the exact expectations as ticks over the lines, where they are known."""
    traces = []
    for name in IMAGE_SETS:
        expected = course(steps, name, "expected_error")
        if np.isnan(expected[-1]):
            continue
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": np.arange(len(steps), dtype=np.float32),
                "y": expected.astype(np.float32),
                "marker": {
                    "symbol": "line-ew-open",
                    "size": 9 * look.scale,
                    "color": look.text,
                    "line": {"width": 2 * look.scale, "color": look.text},
                },
                "showlegend": False,
                "name": words["exact"],
                "hovertemplate": f"{words['exact']}: %{{y:.2f}}<extra></extra>",
                **ERROR.axes,
            }
        )
    return traces if len(steps) > 1 else []


def _top(steps: Sequence[PairStep]) -> float:
    highest = max(float(course(steps, name, "error").max()) for name in IMAGE_SETS)
    return 1.1 * max(1.0, highest)


def _layout(
    shape: tuple[int, int],
    tops: Mapping[Panel, float],
    generations: int,
    look: Look,
    words: Mapping[str, str],
) -> dict[str, Any]:
    narrow = look.narrow
    layout = empty_layout(look, 790 if narrow else 325, left=8 if not narrow else 40, bottom=46)
    if narrow:
        places = {
            GRIDS["digits"]: ([0.0, 0.47], [0.77, 1.0]),
            GRIDS["photographs"]: ([0.53, 1.0], [0.77, 1.0]),
            KEPT: ([0.0, 1.0], [0.43, 0.71]),
            ERROR: ([0.0, 0.44], [0.0, 0.31]),
            ENTROPY: ([0.56, 1.0], [0.0, 0.31]),
        }
    else:
        places = {
            GRIDS["digits"]: ([0.0, 0.245], [0.0, 1.0]),
            GRIDS["photographs"]: ([0.262, 0.507], [0.0, 1.0]),
            KEPT: ([0.565, 0.77], [0.0, 1.0]),
            ERROR: ([0.82, 1.0], [0.63, 1.0]),
            ENTROPY: ([0.82, 1.0], [0.0, 0.37]),
        }
    for name in IMAGE_SETS:
        x, y = grid_axes(GRIDS[name], *shape)
        title = words[f"{name}_title"]
        add_panel(layout, GRIDS[name], places[GRIDS[name]], look, title=title, x=x, y=y)
    time = {"range": [-0.3, generations + 0.3], "nticks": 6}
    vertical: dict[Panel, dict[str, Any]] = {
        KEPT: {"range": [-0.02, tops[KEPT]], "tickformat": ".0%", "dtick": 0.25},
        ERROR: {"range": [-0.02 * tops[ERROR], tops[ERROR]], "nticks": 4},
        ENTROPY: {"range": [-0.05, tops[ENTROPY]], "dtick": 2},
    }
    for panel, title in ((KEPT, "kept"), (ERROR, "error"), (ENTROPY, "entropy")):
        add_panel(
            layout, panel, places[panel], look, title=words[title],
            below=words["generation"], x=time, y=vertical[panel],
        )  # fmt: skip
    return layout
