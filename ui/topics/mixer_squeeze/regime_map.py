"""A map over both sliders; a press on it sets them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from collapse_core.figures.look import Look
from collapse_core.figures.percent_axis import in_percent
from collapse_core.figures.scene import share_axis
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.mixer_squeeze.question import MixerSqueeze
from collapse_core.topics.mixer_squeeze.regime_map import MapPoint
from ui.page import Page
from ui.topics.mixer_squeeze.runs import points_of_the_map

__all__ = ["draw_map"]

LOOKS = {
    "resonance": ("blue", "square"),
    "wanders": ("collapse", "x"),
    "stuck": ("muted", "line-ew-open"),
    "cycles": ("real", "circle-open"),
}


def draw_map(page: Page[MixerSqueeze], experiment: MixerSqueeze) -> None:
    """Draw the map, unless the reader is still to guess.

    Parameters
    ----------
    page : Page
        The opened page.
    experiment : MixerSqueeze
        Where the reader is.
    """
    if page.embedded:
        return
    lesson = page.lesson
    expander = st.expander(
        lesson.text("map", "heading"), icon=":material/map:", key="regime_map", on_change="rerun"
    )
    if not expander.open:
        return
    with expander:
        if page.waiting:
            st.caption(lesson.text("map", "waiting"))
            return
        picture, words = st.columns([3, 2])
        key = f"{page.key}_map"

        def press() -> None:
            points = st.session_state[key].selection.points
            if points:
                mixing, contraction = points[0]["x"], points[0]["y"]
                page.link.change({"mixing": mixing, "contraction": contraction})

        with picture:
            st.plotly_chart(
                _map(points_of_the_map(experiment.turn), experiment, page.look, lesson),
                theme=None,
                key=key,
                on_select=press,
                selection_mode="points",
                config={"displayModeBar": False},
            )
        with words:
            st.markdown(lesson.text("map", "text"))
            counts = points_of_the_map(experiment.turn)
            shares = {
                name: sum(point.regime == name for point in counts) / len(counts) for name in LOOKS
            }
            st.markdown(lesson.say("map", "shares", shares))


def _map(
    points: list[MapPoint], experiment: MixerSqueeze, look: Look, lesson: Lesson
) -> dict[str, Any]:
    """Return the map as a figure in Plotly's schema."""
    traces = [
        _places([point for point in points if point.regime == name], name, look, lesson)
        for name in LOOKS
    ]
    shares = in_percent(share_axis(-0.04, 1.04), lesson.numbers)
    axis = shares | {"fixedrange": True, "gridcolor": look.faint(0.12), "zeroline": False}
    layout = {
        "height": 400,
        "margin": {"l": 60, "r": 10, "t": 10, "b": 50},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"color": look.text, "size": 13},
        "xaxis": axis | {"title": {"text": lesson.text("map", "mixing")}},
        "yaxis": axis | {"title": {"text": lesson.text("map", "contraction")}},
        "separators": lesson.numbers.separators,
        "legend": {"orientation": "h", "y": -0.2},
        "dragmode": False,
        "clickmode": "event+select",
    }
    return {"data": [*traces, _here(experiment, look, lesson)], "layout": layout}


def _places(here: list[MapPoint], name: str, look: Look, lesson: Lesson) -> dict[str, Any]:
    """Return the places at which a loop ends alike; those that forget fast are dark."""
    tint, symbol = LOOKS[name]
    colour, said = getattr(look, tint), lesson.text("regimes", name)
    resonates = name == "resonance"
    depth = [1.0 - 0.5 ** (1.0 / max(point.halving, 0.1)) for point in here]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": said,
        "x": [point.mixing for point in here],
        "y": [point.contraction for point in here],
        "text": [said] * len(here),
        "hovertemplate": "%{text}<extra></extra>",
        "marker": {
            "symbol": symbol,
            "size": 15,
            "color": colour,
            "opacity": [0.2 + 0.8 * share**0.5 for share in depth] if resonates else 1.0,
            "line": {"color": colour, "width": 0 if resonates else 2},
        },
    }


def _here(experiment: MixerSqueeze, look: Look, lesson: Lesson) -> dict[str, Any]:
    """Return the ring around where the sliders are."""
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": lesson.text("map", "here"),
        "x": [experiment.mixing],
        "y": [experiment.contraction],
        "text": [lesson.text("map", "here")],
        "textposition": "bottom center" if experiment.contraction > 0.5 else "top center",
        "textfont": {"color": look.text, "size": 13},
        "hoverinfo": "skip",
        "showlegend": False,
        "marker": {
            "symbol": "circle-open",
            "size": 20,
            "color": look.text,
            "line": {"width": 3},
        },
    }
