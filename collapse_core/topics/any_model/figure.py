"""Any model on one clock: what it makes over the real data, and how far that is from the truth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.data.planar import LIMITS, PlanarSource
from collapse_core.figures.curves import Panel, cursor, cursor_at, curve
from collapse_core.figures.log_axis import LogAxis
from collapse_core.figures.look import LIGHT, YELLOW, Look, transparent
from collapse_core.figures.moving import Frame, MovingFigure
from collapse_core.figures.panels import add_panel, empty_layout, words_over
from collapse_core.measures.samples import LEAST_LOG_LIKELIHOOD
from collapse_core.topics.any_model.question import AnyModel
from collapse_core.topics.any_model.report import measured
from collapse_core.topics.any_model.steps import MOST_DRAWN, Birth, ModelStep

__all__ = ["LABELS", "any_model_figure", "dots", "dots_at", "plane_axes", "real_dots"]

Array = NDArray[np.float64]

CLOUD, BIRTH, LIKELIHOOD, SHARES, DISTANCE = (Panel(number) for number in range(1, 6))
FAR_OUT = 99.0  # outside all axes: a trace may not be empty in a frame
FRECHET = LogAxis(-4, 2)

LABELS: Mapping[str, str] = {
    "cloud": "What the model makes",
    "plane": "first coordinate; upwards: the second",
    "real": "real points",
    "made": "made by the model",
    "lines": "holds 50 % and 90 % of what it makes",
    "birth": "trained on",
    "born_real": "real",
    "born_last": "last model",
    "born_older": "older",
    "likelihood": "Log-likelihood of real points",
    "truth": "under the truth",
    "shares": "Precision and recall",
    "coverage": "coverage",
    "precision": "precision",
    "recall": "recall",
    "distance": "Fréchet distance",
    "local": "to the last generation",
    "cumulative": "to the truth",
    "generation": "generation",
    "gone": "0",
}


def any_model_figure(
    experiment: AnyModel,
    steps: Sequence[ModelStep],
    *,
    look: Look = LIGHT,
    labels: Mapping[str, str] = LABELS,
    hidden: str | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw what a model makes, generation by generation.

    Parameters
    ----------
    experiment : AnyModel
        What was asked; the axes show all of its generations.
    steps : sequence of ModelStep
        What is computed so far, the truth first.
    look, labels, alt
        Colours and sizes; words, see ``LABELS``; the picture in one sentence.
    hidden : str, optional
        Words over the measures while the answer is to be guessed.
    """
    words = {**LABELS, **labels}
    modes = experiment.source().modes.count
    traces = [
        real_dots(CLOUD, experiment.source(), words["real"], look),
        *_lines(look, words),
        dots(CLOUD, words["made"], look),
        *_birth_bar(look, words),
    ]
    still = 1
    courses = _courses(steps, modes)
    traces += _curves(courses, look, words, hidden is not None)
    hands = [len(traces) + place for place in range(3)]
    colours = (look.blue, look.blue, look.collapse)
    for panel, colour in zip((LIKELIHOOD, SHARES, DISTANCE), colours, strict=True):
        traces.append(cursor(panel, colour, look))
    moving = (*range(still, still + 6), *hands)
    frames = [
        Frame(str(step.number), (*_picture(step), *_hands(courses, place)), moving)
        for place, step in enumerate(steps)
    ]
    if hidden is not None:
        frames = [_without_dots(frame) for frame in frames]
    layout = _layout(experiment.generations, courses, look, words)
    if hidden is not None:
        layout["annotations"] += [
            words_over(panel, hidden if panel == SHARES else "?", look)
            for panel in (LIKELIHOOD, SHARES, DISTANCE)
        ]
    return MovingFigure(traces, layout, frames, alt=alt)


def real_dots(panel: Panel, source: PlanarSource, name: str, look: Look) -> dict[str, Any]:
    """Return real points, faint, as one trace that never changes."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": np.round(source.reference[:MOST_DRAWN, 0], 2).astype(np.float32),
        "y": np.round(source.reference[:MOST_DRAWN, 1], 2).astype(np.float32),
        "marker": {
            "size": 4.5 * look.scale,
            "color": transparent(look.real, 0.35),
            "symbol": "circle",
        },
        "name": name,
        "hoverinfo": "skip",
        **panel.axes,
    }


def dots(panel: Panel, name: str, look: Look, *, shown: bool = True) -> dict[str, Any]:
    """Return the points of a model, to be placed by `dots_at`."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [FAR_OUT],
        "y": [FAR_OUT],
        "marker": {
            "size": 5.5 * look.scale,
            "color": look.blue,
            "symbol": "x-thin-open",
            "line": {"width": 1.4 * look.scale},
        },
        "name": name,
        "showlegend": shown,
        "hoverinfo": "skip",
        **panel.axes,
    }


def dots_at(rows: Array, most: int = MOST_DRAWN) -> dict[str, Any]:
    """Return the places of points, short enough for a frame."""
    rounded = np.round(rows[:most], 2)
    return {"x": rounded[:, 0].tolist(), "y": rounded[:, 1].tolist()}


def plane_axes() -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the axes of the square that all data fit into."""
    axis = {"range": list(LIMITS), "dtick": 2, "constrain": "domain", "showticklabels": False}
    return axis, axis


def _lines(look: Look, words: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the lines that hold 90 % (dotted) and 50 % of what a model makes."""
    common = {
        "type": "scatter",
        "mode": "lines",
        "x": [FAR_OUT],
        "y": [FAR_OUT],
        "hoverinfo": "skip",
        "connectgaps": False,
        **CLOUD.axes,
    }
    wide = {"width": 1.6 * look.scale, "color": look.text}
    return [
        common | {"name": words["lines"], "showlegend": False, "line": wide | {"dash": "dot"}},
        common | {"name": words["lines"], "line": wide},
    ]


def _birth_bar(look: Look, words: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the bar of births: three thick lines end to end."""
    colours = (look.real, look.blue, look.muted)
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": [FAR_OUT, FAR_OUT],
            "y": [0.5, 0.5],
            "line": {"width": 9 * look.scale, "color": colour},
            "name": words[f"born_{kind}"],
            "showlegend": False,
            "hovertemplate": f"{words['birth']}: {words[f'born_{kind}']}<extra></extra>",
            **BIRTH.axes,
        }
        for kind, colour in zip(("real", "last", "older"), colours, strict=True)
    ]


def _picture(step: ModelStep) -> tuple[dict[str, Any], ...]:
    """Return what the cloud's panel shows at a step."""
    return (*(_line_at(line) for line in step.lines), dots_at(step.cloud), *_births_at(step.birth))


def _line_at(lines: Sequence[Array]) -> dict[str, Any]:
    x: list[float | None] = []
    y: list[float | None] = []
    for line in lines:
        rounded = np.round(line, 2)
        x += [*rounded[:, 0].tolist(), None]
        y += [*rounded[:, 1].tolist(), None]
    return {"x": x or [FAR_OUT], "y": y or [FAR_OUT]}


def _births_at(birth: Birth) -> list[dict[str, Any]]:
    ends = np.cumsum([0, birth.real, birth.last, birth.older]) / birth.total
    return [
        {"x": [round(low, 4), round(high, 4)] if high > low else [FAR_OUT, FAR_OUT]}
        for low, high in zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)
    ]


def _courses(steps: Sequence[ModelStep], modes: int) -> dict[str, Array]:
    names = ("log_likelihood", "held", "precision", "recall", "local", "cumulative")
    courses = {name: measured(steps, name) for name in names}
    return courses | {"coverage": courses["held"] / modes}


def _curves(
    courses: Mapping[str, Array], look: Look, words: Mapping[str, str], hidden: bool
) -> list[dict[str, Any]]:
    ticks = np.arange(courses["held"].size, dtype=np.float64)
    width = 2.0 * look.scale
    drawn: list[tuple[Panel, str, Array, str, str, str]] = [
        (LIKELIHOOD, "likelihood", courses["log_likelihood"], look.blue, "solid", "%{y:.2f}"),
        (SHARES, "coverage", courses["coverage"], look.blue, "solid", "%{y:.0%}"),
        (SHARES, "precision", courses["precision"], YELLOW, "dash", "%{y:.0%}"),
        (SHARES, "recall", courses["recall"], look.collapse, "dot", "%{y:.0%}"),
        (DISTANCE, "cumulative", FRECHET.places(courses["cumulative"]), look.collapse, "solid",
         "%{y:.3g}"),
        (DISTANCE, "local", FRECHET.places(courses["local"]), look.muted, "dash", "%{y:.3g}"),
    ]  # fmt: skip
    traces = []
    for panel, key, values, colour, dash, hover in drawn:
        seen = np.full_like(values, np.nan) if hidden else values
        line = curve(panel, ticks, seen, words[key], colour, width=width, dash=dash, hover=hover)
        traces.append(line | {"showlegend": key != "likelihood"})
    return traces


def _hands(courses: Mapping[str, Array], place: int) -> tuple[dict[str, Any], ...]:
    return (
        cursor_at(place, float(courses["log_likelihood"][place]), *_likelihood_ends(courses)),
        cursor_at(place, float(courses["coverage"][place]), 0.0, 1.04),
        cursor_at(place, float(FRECHET.places(courses["cumulative"])[place]), *FRECHET.ends),
    )


def _without_dots(frame: Frame) -> Frame:
    """Return a frame whose hands stand without a dot: the dot would tell the answer."""
    data = list(frame.data)
    for place in range(len(data) - 3, len(data)):
        data[place] = data[place] | {"y": [*data[place]["y"][:3], None]}
    return Frame(frame.name, data, frame.traces)


def _likelihood_ends(courses: Mapping[str, Array]) -> tuple[float, float]:
    """Return the ends of the axis; only data on a line or a point need more room above."""
    best = float(np.nanmax([0.0, *courses["log_likelihood"][:2]]))
    return LEAST_LOG_LIKELIHOOD - 0.3, best + 0.3


def _layout(
    generations: int, courses: Mapping[str, Array], look: Look, words: Mapping[str, str]
) -> dict[str, Any]:
    layout = empty_layout(
        look, 1240 if look.narrow else 322, bottom=150 if look.narrow else 74, left=46
    )
    if look.narrow:
        ups = ([0.74, 1.0], [0.685, 0.70], [0.48, 0.62], [0.25, 0.40], [0.02, 0.17])
        places = [([0.0, 1.0], up) for up in ups]
    else:
        across = ([0.0, 0.23], [0.0, 0.23], [0.285, 0.495], [0.555, 0.755], [0.81, 1.0])
        ups = ([0.2, 1.0], [0.0, 0.05], *([0.0, 1.0],) * 3)
        places = list(zip(across, ups, strict=True))
    time = {"range": [0, generations], **({"dtick": 1} if generations <= 10 else {"nticks": 6})}
    plane_x, plane_y = plane_axes()
    add_panel(
        layout, CLOUD, places[0], look, title=words["cloud"], below=words["plane"], x=plane_x,
        y=plane_y | {"scaleanchor": "x"},
    )  # fmt: skip
    layout["annotations"][-1]["yshift"] = -3 * look.scale  # there are no tick labels
    share = {"range": [0.0, 1.04], "tickformat": ".0%", "dtick": 0.25}
    vertical = (
        (LIKELIHOOD, "likelihood", {"range": list(_likelihood_ends(courses)), "nticks": 7}),
        (SHARES, "shares", share),
        (DISTANCE, "distance", dict(FRECHET.layout(words["gone"]))),
    )
    for (panel, key, axis), place in zip(vertical, places[2:], strict=True):
        add_panel(layout, panel, place, look, title=words[key], below=words["generation"],
                  x=time, y=axis)  # fmt: skip
    _add_birth_panel(layout, places[1], look, words)
    return layout


def _add_birth_panel(
    layout: dict[str, Any],
    place: tuple[Sequence[float], Sequence[float]],
    look: Look,
    words: Mapping[str, str],
) -> None:
    unseen = {"visible": False, "fixedrange": True}
    suffix = BIRTH.suffix
    layout[f"xaxis{suffix}"] = unseen | {
        "domain": place[0],
        "anchor": f"y{suffix}",
        "range": [0, 1],
    }
    layout[f"yaxis{suffix}"] = unseen | {
        "domain": place[1],
        "anchor": f"x{suffix}",
        "range": [0, 1],
    }
    colours = {"real": look.real, "last": look.blue, "older": look.muted}
    kinds = " · ".join(
        f'<span style="color:{colour}">■</span> {words[f"born_{kind}"]}'
        for kind, colour in colours.items()
    )
    layout["annotations"].append(
        {
            "text": f"{words['birth']}: {kinds}",
            "showarrow": False,
            "x": 0.5,
            "y": 0,
            "xref": f"x{suffix} domain",
            "yref": f"y{suffix} domain",
            "yanchor": "top",
            "yshift": -4 * look.scale,
            "font": {"size": 11.5 * look.scale, "color": look.muted},
        }
    )
