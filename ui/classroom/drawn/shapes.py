"""What the games show: marbles, dots, cards, columns and tunes, as parts of small pictures."""

from __future__ import annotations

import math
from collections.abc import Sequence

from collapse_core.figures.look import BLUE, YELLOW, Look
from ui.classroom.drawn.svg import WIDE, box, circle, marble, path, text

__all__ = [
    "Shape",
    "cards",
    "cloud",
    "columns",
    "disc",
    "hill",
    "jar",
    "marbles",
    "row_of_dots",
    "tune",
]

Shape = tuple[list[str], float]
EDGE = 14.0


def marbles(yellow: Sequence[bool], look: Look) -> Shape:
    """Return marbles, at most five in a row, and the height of the picture."""
    count = len(yellow)
    across = min(count, 5) if count <= 20 else 8
    step = WIDE / max(across, 4)
    left = (WIDE - step * across) / 2
    places = [divmod(number, across) for number in range(count)]
    parts = [
        marble(left + (column + 0.5) * step, (row + 0.5) * step, 0.42 * step, kind, look)
        for (row, column), kind in zip(places, yellow, strict=True)
    ]
    return parts, step * (places[-1][0] + 1)


def row_of_dots(values: Sequence[float], ends: tuple[float, float], look: Look) -> Shape:
    """Return dots on a line between two ends; equal ones stand on each other."""
    parts, high = _ruler(ends, look), list[tuple[float, int]]()
    for value in sorted(values):
        x = _across(value, ends)
        level = 1 + max((up for at, up in high if abs(at - x) < 12), default=-1)
        high.append((x, level))
        parts.append(circle(x, 82 - 14 * level, 7, BLUE, look.background))
    return parts, 120.0


def cloud(points: Sequence[Sequence[float]], ends: tuple[float, float], look: Look) -> Shape:
    """Return dots in a square between the same ends both ways."""
    parts = _square(look)
    for x, y in points:
        right, down = WIDE * _share(x, ends), WIDE * (1.0 - _share(y, ends))
        parts.append(circle(right, down, 8, BLUE, look.background))
    return parts, WIDE


def disc(place: Sequence[float], spread: float, ends: tuple[float, float], look: Look) -> Shape:
    """Return a round normal law in the same square: discs of one and of two spreads."""
    right, down = WIDE * _share(place[0], ends), WIDE * (1.0 - _share(place[1], ends))
    unit, parts = WIDE / (ends[1] - ends[0]), _square(look)
    for times, opacity in ((2, 0.12), (1, 0.3)):
        radius = max(times * spread * unit, 2.0)
        parts.append(circle(right, down, radius, BLUE, BLUE, fill_opacity=opacity))
    return [*parts, circle(right, down, 4, look.text, look.text)], WIDE


def cards(words: Sequence[str], look: Look) -> Shape:
    """Return words on cards, two in a row."""
    parts, wide, high = list[str](), WIDE / 2, 44.0
    for number, word in enumerate(words):
        row, column = divmod(number, 2)
        parts.append(box(column * wide + 4, row * high + 3, wide - 8, high - 6, "none", look.muted,
                         rx=8))  # fmt: skip
        size = min(20.0, 1.7 * (wide - 20) / max(len(word), 1))
        parts.append(text((column + 0.5) * wide, row * high + 28, word, size, look))
    return parts, high * math.ceil(len(words) / 2)


def columns(heights: Sequence[float], names: Sequence[str], look: Look) -> Shape:
    """Return a column for each kind, with its name below it and its value above it."""
    top, wide = max(*heights, 1e-9), WIDE / len(heights)
    parts = [path(((0, 122), (WIDE, 122)), look.text)]
    for number, (height, name) in enumerate(zip(heights, names, strict=True)):
        tall = 100 * height / top
        if height > 0:
            parts.append(box(number * wide + 8, 122 - tall, wide - 16, tall, BLUE, look.text))
        parts.append(text((number + 0.5) * wide, 140, name, 15, look))
        shown = f"{height:.0f}" if top > 1 else ""
        if shown:
            parts.append(text((number + 0.5) * wide, 116 - tall, shown, 15, look))
    return parts, 148.0


def tune(heights: Sequence[float], highest: int, look: Look) -> Shape:
    """Return the heights of a melody as notes on lines, joined in their order."""
    wide, step = WIDE / len(heights), 136.0 / highest
    parts = [
        path(((0, 148 - step * level), (WIDE, 148 - step * level)), look.faint(0.2))
        for level in range(1, highest + 1)
    ]
    places = [((at + 0.5) * wide, 148 - step * height) for at, height in enumerate(heights)]
    parts.append(path(places, BLUE, stroke_width=2))
    parts += [circle(x, y, min(9.0, wide / 3), BLUE, look.background) for x, y in places]
    return parts, 152.0


def jar(share: float, look: Look, high: float = 60.0) -> Shape:
    """Return a jar by its shares: yellow from the left, blue with a line across from the right."""
    cut = WIDE * share
    parts = [box(0, 0, cut, high, YELLOW, "none"), box(cut, 0, WIDE - cut, high, BLUE, "none")]
    if share < 1.0:
        parts.append(path(((cut, high / 2), (WIDE, high / 2)), "#FFFFFF", stroke_width=3))
    return [*parts, box(1, 1, WIDE - 2, high - 2, "none", look.text, stroke_width=2)], high


def hill(place: float, spread: float, ends: tuple[float, float], look: Look) -> Shape:
    """Return a bell curve over a line between two ends, all of the same height."""
    unit = (WIDE - 2 * EDGE) / (ends[1] - ends[0])
    middle, wide = _across(place, ends), max(spread * unit, 1.0)
    steps = [WIDE * step / 160 for step in range(161)]
    way = [(x, 90 - 76 * math.exp(-0.5 * ((x - middle) / wide) ** 2)) for x in steps]
    look_of = {"fill": BLUE, "fill_opacity": 0.3, "stroke_width": 3}
    return [path(way, BLUE, **look_of), *_ruler(ends, look)], 120.0


def _square(look: Look) -> list[str]:
    half = WIDE / 2
    cross = (((half, 1.0), (half, WIDE - 1)), ((1.0, half), (WIDE - 1, half)))
    frame = box(1, 1, WIDE - 2, WIDE - 2, "none", look.muted)
    return [frame, *(path(way, look.faint(0.25)) for way in cross)]


def _ruler(ends: tuple[float, float], look: Look) -> list[str]:
    parts = [path(((0, 91), (WIDE, 91)), look.text, stroke_width=2)]
    for fifth in range(6):
        value = ends[0] + fifth * (ends[1] - ends[0]) / 5
        x = _across(value, ends)
        parts.append(path(((x, 91), (x, 97)), look.text))
        parts.append(text(x, 114, f"{value:g}".replace("-", "−"), 14, look))
    return parts


def _share(value: float, ends: tuple[float, float]) -> float:
    return min(max((value - ends[0]) / (ends[1] - ends[0]), 0.0), 1.0)


def _across(value: float, ends: tuple[float, float]) -> float:
    return EDGE + (WIDE - 2 * EDGE) * _share(value, ends)
