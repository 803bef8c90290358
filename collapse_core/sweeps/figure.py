"""The picture of a sweep: lines or a heat map of what was sampled, and the exact law over it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_choice
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import Panel
from collapse_core.figures.player.stand_alone import Playable
from collapse_core.figures.scene import Scene
from collapse_core.sweeps.sentences import SweepSentences
from collapse_core.sweeps.table import Sweep, read_sweep
from collapse_core.sweeps.view import view_of

if TYPE_CHECKING:
    import plotly.graph_objects as go

__all__ = ["sweep_figure", "sweep_page", "sweep_picture"]

Array = NDArray[np.float64]
Kind = Literal["", "lines", "heat"]
# Pale where little is left, blue where much is: dark lines and words can be read on all of it.
SCALE = ((0.0, "#FBEFD5"), (0.5, "#B9D9E8"), (1.0, "#4FA3D1"))
INK = "#111111"
MOST_LINES = 4  # with the law five names in the legend
TINTS = ("blue", "collapse", "real", "violet")
SYMBOLS = ("circle", "square", "diamond", "triangle-up")
SHARE_LEVELS = (0.1, 0.25, 0.5, 0.75, 0.9, 0.95)
MOST_MARKS = 9
WIDE = 50.0  # times from the first to the last number, from which an axis has powers of ten
ERRORS = 2.0


def sweep_figure(found: Sweep | str | Path, measure: str = "", **more: Any) -> go.Figure:
    """Return the picture of a sweep as a figure of Plotly.

    Parameters
    ----------
    found : Sweep, str or Path
        A sweep, or the file that holds it.
    measure : str
        What is shown: one of ``found.measures``; ``"diversity_left"`` if it is not given.
    **more
        As for `sweep_picture`.

    Returns
    -------
    plotly.graph_objects.Figure
        Its ``layout.meta["alt"]`` says what it shows.
    """
    moving = sweep_picture(found, measure, **more)
    figure = moving.at(0)
    figure.layout.meta = {"alt": moving.alt}
    return figure


def sweep_picture(
    found: Sweep | str | Path,
    measure: str = "",
    *,
    kind: Kind = "",
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    **seen: Any,
) -> MovingFigure:
    """Draw a sweep: lines over one setting, or a heat map over two; the exact law over both.

    Parameters
    ----------
    found : Sweep, str or Path
        A sweep, or the file that holds it.
    measure : str
        As for `sweep_figure`.
    kind : {"", "lines", "heat"}
        How; lines where at most four of them are needed, if it is not given.
    look, words
        Colours and sizes, and words instead of the lesson's.
    **seen
        ``across``, ``along``, ``at`` and ``where`` of `view_of`: the settings along both axes, the
        generation, and the values of what else was varied.

    Raises
    ------
    ValueError
        If a name or a value is not in the sweep, or lines would be too many to be told apart.
    """
    found = found if isinstance(found, Sweep) else read_sweep(found)
    spoken = SweepSentences(found, view_of(found, measure, **seen))
    return _drawn(spoken, kind, look, words)


def _drawn(
    spoken: SweepSentences, kind: Kind, look: Look, words: Mapping[str, str] | None
) -> MovingFigure:
    view = spoken.view
    few = len(view.y) <= MOST_LINES
    chosen = check_choice("kind", kind or ("lines" if few else "heat"), ("lines", "heat"))
    if chosen == "lines" and not few:
        raise ValueError(
            f"kind='lines' would draw {len(view.y)} lines, and at most {MOST_LINES} can be told "
            f"apart: draw a heat map, or choose along= and where= so that there are fewer."
        )
    return (_lines if chosen == "lines" or not view.along else _heat)(spoken, look, words)


def sweep_page(found: Sweep, measure: str = "", **more: Any) -> str:
    """Return a page with the picture, what it shows in a sentence, and its table; it opens offline.

    Parameters
    ----------
    found : Sweep
        A sweep.
    measure, **more
        As for `sweep_picture`.
    """
    more = dict(more)
    kind, look, words = more.pop("kind", ""), more.pop("look", LIGHT), more.pop("words", None)
    spoken = SweepSentences(found, view_of(found, measure, **more))
    picture = _drawn(spoken, kind, look, words).picture(
        title=spoken.page_title(),
        about=[spoken.alt(), *spoken.about()],
        filename=f"sweep-{found.topic.replace('_', '-')}",
        name="sweep",
    )
    return Playable(picture, table=spoken.columns()).html()


def _scene(
    spoken: SweepSentences, look: Look, words: Mapping[str, str] | None, **margin: float
) -> Scene:
    view = spoken.view
    gaps = {"title": spoken.title(), "across": spoken.setting(view.across)}
    gaps |= {"along": spoken.setting(view.along) if view.along else ""}
    sides = {"b": 86.0, **margin}
    return Scene("sweep", look, words, height=430, margin=sides, places=(), **gaps)


def _lines(spoken: SweepSentences, look: Look, words: Mapping[str, str] | None) -> MovingFigure:
    view = spoken.view
    scene = _scene(spoken, look, words, l=56)
    x, axis = _across(spoken)
    panel = scene.panel("title", "across", x=axis, y=_upwards(spoken), leads=True)
    for number in range(len(view.average)):
        name = scene.word("sampled")
        if view.along:
            name = f"{spoken.setting(view.along)}: {spoken.value(view.along, view.y[number])}"
        _line(panel, spoken, number, x, name)
    known, style = view.known
    for row in known:
        if np.isfinite(row).any():
            panel.line(style, row, x, hover="%{text}", text=list(map(spoken.number, row)))
    return scene.figure(spoken.alt())


def _line(panel: Panel, spoken: SweepSentences, number: int, x: Array, name: str) -> None:
    """Draw the averages of the runs with two standard errors each way."""
    view, look = spoken.view, panel.scene.look
    colour = panel.scene.colour(TINTS[number])
    average, error = view.average[number], view.error[number]
    trace = {
        "mode": "markers",
        "x": x.tolist(),
        "y": _numbers(average),
        "error_y": {
            "type": "data",
            "array": _numbers(ERRORS * np.nan_to_num(error)),
            "color": colour,
            "thickness": 1.3 * look.scale,
            "width": 3,
        },
        "name": name,
        "marker": {"symbol": SYMBOLS[number], "size": 8 * look.scale, "color": colour},
        "text": _told(spoken, number),
        "hovertemplate": "%{text}<extra></extra>",
        "cliponaxis": False,
    }
    panel.add(trace)


def _heat(spoken: SweepSentences, look: Look, words: Mapping[str, str] | None) -> MovingFigure:
    """Draw equal tiles, one for each cell, whatever the steps between the values are."""
    view = spoken.view
    scene = _scene(spoken, look, words, l=84)
    scene.layout |= {"hovermode": "closest"}
    axes = (_tiles(spoken, view.across, view.x), _tiles(spoken, view.along, view.y))
    upwards = axes[1] | {"title": {"text": scene.word("along"), "standoff": 6}}
    panel = scene.panel("title", "across", x=axes[0], y=upwards, leads=True)
    places = {"x": list(range(len(view.x))), "y": list(range(len(view.y)))}
    low, high = _ends(view.average, view.known[0])
    if spoken.is_share and 0.75 < high < 1.1:  # what is above 100 % by chance is as blue
        high = 1.0
    marks = np.linspace(low, high, 5)
    panel.add(
        {
            "type": "heatmap",
            **places,
            "z": [_numbers(row) for row in view.average],
            "text": [_told(spoken, number) for number in range(len(view.y))],
            "zmin": low,
            "zmax": high,
            "colorscale": [list(stop) for stop in SCALE],
            "hoverongaps": False,
            "xgap": 1,
            "ygap": 1,
            "colorbar": {
                "tickvals": marks.tolist(),
                "ticktext": list(map(spoken.number, marks)),
                "thickness": 14 * look.scale,
                "outlinewidth": 0,
                "tickfont": {"color": look.muted, "size": 11 * look.scale},
            },
            "hovertemplate": "%{text}<extra></extra>",
            "showlegend": False,
        }
    )
    _draw_law(panel, spoken, places)
    return scene.figure(spoken.alt())


def _draw_law(panel: Panel, spoken: SweepSentences, places: Mapping[str, Any]) -> None:
    """Draw lines along which the law has one value, each with that value."""
    known, style = spoken.view.known
    if not panel.scene.tells(style) or not np.isfinite(known).any() or min(known.shape) < 2:
        return
    low, high = float(np.nanmin(known)), float(np.nanmax(known))
    levels = SHARE_LEVELS if spoken.is_share else np.linspace(low, high, 7)[1:-1]
    scale = panel.scene.look.scale
    for level in levels:
        if low < level < high:
            panel.add(
                {
                    "type": "contour",
                    **places,
                    "z": [_numbers(row) for row in known],
                    "contours": {
                        "coloring": "none",
                        "start": float(level),
                        "end": float(level),
                        "size": 1.0,
                        "showlabels": True,
                        "labelfont": {"size": 11 * scale, "color": INK},
                        "labelformat": ".0%" if spoken.is_share else ".3g",
                    },
                    "line": {
                        "color": INK,
                        "width": 1.6 * scale,
                        "dash": "dash" if style == "exact" else "dashdot",
                    },
                    "name": panel.scene.word(f"{style}_levels"),
                    "showscale": False,
                    "showlegend": True,
                    "hoverinfo": "skip",
                }
            )


def _told(spoken: SweepSentences, number: int) -> list[str]:
    """Return what is told of each cell of a row on hovering."""
    view, lesson = spoken.view, spoken.lesson
    (known, name), told = view.known, []
    for i in range(len(view.x)):
        if not np.isfinite(view.average[number, i]):
            told.append("")
            continue
        facts = {"average": spoken.number(view.average[number, i]), "place": ""}
        facts["error"] = lesson.numbers.short(
            view.error[number, i] * (100 if spoken.is_share else 1)
        )
        facts["place"] = spoken.cell(i, number)
        text = lesson.say("hover", "share" if spoken.is_share else "number", facts)
        if np.isfinite(known[number, i]):
            text += "<br>" + lesson.say("hover", name, value=spoken.number(known[number, i]))
        told.append(text)
    return told


def _across(spoken: SweepSentences) -> tuple[Array, dict[str, Any]]:
    """Return where the values of the horizontal axis are, and the axis."""
    view = spoken.view
    if any(isinstance(value, str | bool) for value in view.x):
        return np.arange(len(view.x), dtype=np.float64), _tiles(spoken, view.across, view.x)
    x = np.array(view.x, dtype=np.float64)
    low, high = float(x.min()), float(x.max())
    axis = dict[str, Any]()
    if low > 0.0 and high / low >= WIDE:
        low, high = float(np.log10(low)), float(np.log10(high))
        axis["type"] = "log"
    room = 0.03 * (high - low) or 1.0
    axis["range"] = [low - room, high + room]
    if len(x) > MOST_MARKS:
        return x, axis | {"nticks": MOST_MARKS}
    words = [spoken.value(view.across, value) for value in view.x]
    return x, axis | {"tickvals": list(view.x), "ticktext": words}


def _tiles(spoken: SweepSentences, name: str, values: tuple[Any, ...]) -> dict[str, Any]:
    """Return an axis of equal tiles, with at most nine of them named."""
    step = -(-len(values) // MOST_MARKS)
    shown = list(range(0, len(values), step))
    return {
        "range": [-0.5, len(values) - 0.5],
        "tickvals": shown,
        "ticktext": [spoken.value(name, values[i]) for i in shown],
        "showgrid": False,
        "ticks": "",
    }


def _upwards(spoken: SweepSentences) -> dict[str, Any]:
    view = spoken.view
    reach = ERRORS * np.nan_to_num(view.error)
    low, high = _ends(view.average - reach, view.average + reach, view.known[0])
    room = 0.04 * (high - low)
    axis: dict[str, Any] = {"range": [low - room, high + room]}
    return axis | ({"tickformat": ".0%"} if spoken.is_share else {})


def _ends(*curves: Array) -> tuple[float, float]:
    """Return the lowest and the highest value, and 0 instead of the lowest where it is near."""
    values = np.concatenate([curve.ravel() for curve in curves])
    values = values[np.isfinite(values)]
    low, high = (float(values.min()), float(values.max())) if values.size else (0.0, 1.0)
    low = 0.0 if 0.0 < low < 0.5 * high else low
    return low, high if high > low else low + 1.0


def _numbers(values: Array) -> list[float | None]:
    """Return numbers for Plotly, with few digits and a gap where there is none."""
    return [float(f"{value:.5g}") if np.isfinite(value) else None for value in values.tolist()]
