"""A panel of a figure drawn small, as SVG: its lines, marks and images, without words.

What draws a picture in a browser is large; a map of many pages needs them light. The numbers are
those of the figure itself: lines are thinned, and of many runs the first are drawn.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.small_image import small_image
from collapse_core.figures.small_place import SmallPlace, places_of

__all__ = ["HEIGHT", "WIDTH", "in_look", "small_picture"]

WIDTH, HEIGHT = 240, 135
MOST_LINES, MOST_POINTS, MOST_STEPS, MOST_MARKS = 12, 40, 250, 120
_DASHES: Mapping[str, str] = {"dash": "5 3", "dot": "1.5 3", "dashdot": "6 3 1.5 3"}
_COLOURS = ("text", "muted", "blue", "collapse", "real", "background")


def small_picture(moving: MovingFigure, tick: int, panel: int = 0) -> str:
    """Return one panel of a figure at one tick as a small SVG.

    Parameters
    ----------
    moving : MovingFigure
        A figure whose panels the player arranges, drawn in ``LIGHT``.
    tick : int
        Index of the frame; values beyond the ends are moved to the nearest end.
    panel : int
        Number of the panel, from 0.

    Raises
    ------
    IndexError
        If the figure has no such panel.
    """
    parts = moving.panels[panel]["parts"]
    traces, layout = moving.standing(tick)
    drawn = "".join(
        place.window("".join([*_images(layout, place), *_traces(traces, place)]))
        for place in places_of(layout, parts, WIDTH, HEIGHT)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}">{drawn}</svg>'
    )


def in_look(picture: str, look: Look) -> str:
    """Return a small picture in the colours of another look."""
    colours = {getattr(LIGHT, name).lower(): getattr(look, name) for name in _COLOURS}
    return re.sub("#[0-9a-f]{6}", lambda found: colours.get(found[0], found[0]), picture)


def _traces(traces: list[dict[str, Any]], place: SmallPlace) -> Iterator[str]:
    for trace in traces:
        seen = trace.get("visible", True) is True and trace.get("meta") != "guess"
        if not seen or trace.get("xaxis", "x") != place.x or trace.get("y") is None:
            continue
        mode, points = str(trace.get("mode", "lines+markers")), place.points(trace)
        if "lines" in mode:
            yield from _lines(trace, points, place)
        if "markers" in mode:
            yield from _marks(trace, points)


def _lines(
    trace: Mapping[str, Any], points: NDArray[np.float64], place: SmallPlace
) -> Iterator[str]:
    line = trace.get("line", {})
    dash = _DASHES.get(line.get("dash", ""), "")
    look = _painted("stroke", line.get("color", LIGHT.text))
    look += f' stroke-width="{0.35 + 0.6 * line.get("width", 2.0):.2g}"'
    look += f' stroke-dasharray="{dash}"' if dash else ""
    filled = trace.get("fill") in ("toself", "tozeroy")
    steps = line.get("shape") == "hvh"
    found = _segments(points, MOST_STEPS if steps else MOST_POINTS)
    for segment in found[: None if filled else MOST_LINES]:
        path = _steps(segment) if steps else _path(segment)
        if filled:
            tint = trace.get("fillcolor") or line.get("color", LIGHT.text)
            area = path + ("Z" if trace["fill"] == "toself" else place.to_ground(segment))
            yield f'<path d="{area}" {_painted("fill", tint)}/>'
        yield f'<path d="{path}" fill="none" {look}/>'


def _marks(trace: Mapping[str, Any], points: NDArray[np.float64]) -> Iterator[str]:
    marker = trace.get("marker", {})
    size, colour = marker.get("size", 6.0), marker.get("color", LIGHT.text)
    opacity = float(trace.get("opacity", 1.0)) * float(marker.get("opacity", 1.0))
    sizes = np.broadcast_to(np.asarray(size, dtype=np.float64), (len(points),))
    kept = np.isfinite(points).all(axis=1) & (sizes > 0.0)
    if opacity == 0.0 or not isinstance(colour, str):
        return
    hollow = str(marker.get("symbol", "")).endswith("open")
    look = _painted("stroke", colour) + ' fill="none"' if hollow else _painted("fill", colour)
    spots = [
        _spot(str(marker.get("symbol", "circle")), x, y, 0.4 * radius)
        for (x, y), radius in zip(points[kept][:MOST_MARKS], sizes[kept][:MOST_MARKS], strict=True)
    ]
    yield f'<g {look} opacity="{opacity:.2g}">{"".join(spots)}</g>'


def _spot(symbol: str, x: float, y: float, radius: float) -> str:
    if symbol.startswith("line-ns"):
        return f'<path d="M{x:.1f} {y - 3:.1f}v6"/>'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{max(radius, 1.1):.2g}"/>'


def _images(layout: Mapping[str, Any], place: SmallPlace) -> Iterator[str]:
    for image in layout.get("images", ()):
        if image.get("xref") == place.x:
            left, top, width, height = place.box(image)
            source = small_image(str(image["source"]), round(2 * width))
            yield (
                f'<image href="{source}" x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" '
                f'height="{height:.1f}" preserveAspectRatio="none"/>'
            )


def _segments(points: NDArray[np.float64], most: int) -> list[NDArray[np.float64]]:
    """Return the stretches of a line between its gaps, each thinned."""
    gaps = np.flatnonzero(~np.isfinite(points).all(axis=1))
    found = [part[np.isfinite(part).all(axis=1)] for part in np.split(points, gaps)]
    return [_thinned(part, min(len(part), most)) for part in found if len(part) > 1]


def _thinned(part: NDArray[np.float64], most: int) -> NDArray[np.float64]:
    kept = np.unique(np.linspace(0, len(part) - 1, most).round().astype(int))
    return np.asarray(part[kept], dtype=np.float64)


def _path(segment: NDArray[np.float64]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in segment)


def _steps(segment: NDArray[np.float64]) -> str:
    """Return a line that changes its height half way between two points."""
    x, y = segment.T
    halves = ((x[1:] + x[:-1]) / 2).tolist()
    rises = "".join(f"H{at:.1f}V{high:.1f}" for at, high in zip(halves, y[1:], strict=True))
    return f"M{x[0]:.1f} {y[0]:.1f}{rises}H{x[-1]:.1f}"


def _painted(what: str, colour: str) -> str:
    """Return a colour as attributes, its opacity apart, so that `in_look` finds it."""
    if colour.startswith("rgba"):
        *rgb, opacity = re.findall(r"[\d.]+", colour)
        hexed = "".join(f"{int(part):02x}" for part in rgb)
        return f'{what}="#{hexed}" {what}-opacity="{float(opacity):.2g}"'
    return f'{what}="{colour.lower()}"'
