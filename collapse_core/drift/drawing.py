"""Small pictures in SVG, drawn here: no script and no library is needed to look at a report."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

__all__ = ["Curve", "chart"]

WIDTH, HEIGHT = 460, 230
LEFT, RIGHT, TOP, BOTTOM = 56, 14, 14, 42


@dataclass(frozen=True)
class Curve:
    """One curve of a picture.

    Parameters
    ----------
    name : str
        For the legend.
    values : sequence of float
        One for each generation; nan where there is none.
    style : str
        "seen", "chance", "limit" or "second": colour, dashes and markers together.
    """

    name: str
    values: Sequence[float]
    style: str


def chart(
    curves: Sequence[Curve],
    alt: str,
    axis: str,
    band: tuple[Sequence[float], Sequence[float], str] | None = None,
    mark: tuple[int, str] | None = None,
) -> str:
    """Return a picture with its legend, as HTML.

    Parameters
    ----------
    curves : sequence of Curve
        What is drawn over the generations.
    alt : str
        What the picture shows, in a sentence.
    axis : str
        What stands below the axis.
    band : tuple, optional
        Lower ends, upper ends, and the name of a band behind the curves.
    mark : tuple of int and str, optional
        A generation that is marked, and its word.
    """
    values = [list(curve.values) for curve in curves]
    if band:
        values += [list(band[0]), list(band[1])]
    known = [value for row in values for value in row if math.isfinite(value)]
    top = max([*known, 0.0]) * 1.06 or 1.0
    place = _Place(max(2, len(values[0])), top)
    parts = [_grid(place, axis)]
    if band:
        parts.append(_band(place, band[0], band[1]))
    if mark:
        parts.append(_mark(place, *mark))
    parts += [_curve(place, curve) for curve in curves]
    named = [(curve.style, curve.name) for curve in curves] + ([("band", band[2])] if band else [])
    return (
        f'<figure><svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(alt)}">'
        + "".join(parts)
        + "</svg><figcaption>"
        + "".join(_legend(style, name) for style, name in named)
        + "</figcaption></figure>"
    )


@dataclass(frozen=True)
class _Place:
    """Where a generation and a value stand in the picture."""

    count: int
    top: float

    def x(self, generation: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * generation / (self.count - 1)

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / self.top


def _grid(place: _Place, axis: str) -> str:
    step = _round_step(place.top / 4.0)
    heights = [number * step for number in range(int(place.top / step) + 1)]
    lines = [
        f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{place.y(height):.1f}" '
        f'y2="{place.y(height):.1f}"/><text x="{LEFT - 8}" y="{place.y(height) + 4:.1f}" '
        f'text-anchor="end">{height:.4g}</text>'
        for height in heights
    ]
    every = max(1, math.ceil(place.count / 11))
    lines += [
        f'<text x="{place.x(number):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">'
        f"{number}</text>"
        for number in range(0, place.count, every)
    ]
    middle = (LEFT + WIDTH - RIGHT) / 2
    lines.append(f'<text x="{middle:.0f}" y="{HEIGHT - 6}" text-anchor="middle">{axis}</text>')
    return "".join(lines)


def _curve(place: _Place, curve: Curve) -> str:
    points = [(n, value) for n, value in enumerate(curve.values) if math.isfinite(value)]
    way = " ".join(f"{place.x(n):.1f},{place.y(value):.1f}" for n, value in points)
    line = f'<polyline class="{curve.style}" points="{way}"/>'
    if curve.style not in ("seen", "second"):
        return line
    return line + "".join(_dot(place.x(n), place.y(value), curve.style) for n, value in points)


def _dot(x: float, y: float, style: str) -> str:
    if style == "seen":
        return f'<circle class="dot seen" cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>'
    return f'<rect class="dot second" x="{x - 3:.1f}" y="{y - 3:.1f}" width="6" height="6"/>'


def _band(place: _Place, low: Sequence[float], high: Sequence[float]) -> str:
    known = [n for n in range(len(low)) if math.isfinite(low[n]) and math.isfinite(high[n])]
    way = [(n, high[n]) for n in known] + [(n, low[n]) for n in reversed(known)]
    points = " ".join(f"{place.x(n):.1f},{place.y(value):.1f}" for n, value in way)
    return f'<polygon class="band" points="{points}"/>'


def _mark(place: _Place, generation: int, word: str) -> str:
    x = place.x(generation)
    right = generation > 0.8 * (place.count - 1)
    anchor, beside = ("end", x - 6) if right else ("start", x + 6)
    return (
        f'<line class="mark" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{HEIGHT - BOTTOM}"/>'
        f'<text class="mark" x="{beside:.1f}" y="{TOP + 10}" text-anchor="{anchor}">{word}</text>'
    )


def _legend(style: str, name: str) -> str:
    if style == "band":
        sign = '<rect class="band" x="2" y="2" width="28" height="10"/>'
    else:
        sign = f'<polyline class="{style}" points="1,7 31,7"/>'
        sign += _dot(16, 7, style) if style in ("seen", "second") else ""
    return f'<span><svg class="sign" viewBox="0 0 32 14">{sign}</svg>{escape(name)}</span>'


def _round_step(least: float) -> float:
    power = 10.0 ** math.floor(math.log10(least))
    return next(part * power for part in (1.0, 2.0, 2.5, 5.0, 10.0) if part * power >= least * 0.8)
