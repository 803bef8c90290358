"""Small pictures as SVG: accessible, without scripts, their words escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from collapse_core.figures.look import BLUE, YELLOW, Look

__all__ = ["WIDE", "box", "circle", "marble", "path", "picture", "text"]

WIDE = 320.0  # units across; a phone shows about as many pixels


def picture(parts: Iterable[str], high: float, alt: str, *, wide: float = WIDE) -> str:
    """Return an SVG that fills the width it is given.

    Parameters
    ----------
    parts : iterable of str
        Its elements.
    high, wide : float
        In units.
    alt : str
        What is read out; plain text.
    """
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {wide:g} {high:g}" '
        f'aria-label="{escape(alt)}">{"".join(parts)}</svg>'
    )


def circle(x: float, y: float, radius: float, fill: str, edge: str, **more: object) -> str:
    """Return a filled circle with an edge."""
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}" stroke="{edge}"'
        f"{_entries(more)}/>"
    )


def box(x: float, y: float, wide: float, high: float, fill: str, edge: str, **more: object) -> str:
    """Return a filled rectangle with an edge; nothing has no height below 0."""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(wide, 0.0):.1f}" '
        f'height="{max(high, 0.0):.1f}" fill="{fill}" stroke="{edge}"{_entries(more)}/>'
    )


def path(points: Iterable[tuple[float, float]], edge: str, **more: object) -> str:
    """Return a line through points."""
    way = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    return f'<path d="M{way}" fill="{more.pop("fill", "none")}" stroke="{edge}"{_entries(more)}/>'


def text(x: float, y: float, words: str, size: float, look: Look, *, at: str = "middle") -> str:
    """Return words at a place, in the look's colour of words."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{at}" '
        f'font-family="sans-serif" fill="{look.text}">{escape(words)}</text>'
    )


def marble(x: float, y: float, radius: float, yellow: bool, look: Look) -> str:
    """Return a marble: a blue one has a ring, so that colour alone tells nothing."""
    plain = circle(x, y, radius, YELLOW if yellow else BLUE, look.text, stroke_width=1.5)
    if yellow:
        return plain
    ring = {"stroke_width": f"{max(radius / 7, 1):.1f}"}
    return plain + circle(x, y, 0.45 * radius, "none", "#FFFFFF", **ring)


def _entries(more: dict[str, object]) -> str:
    return "".join(f' {name.replace("_", "-")}="{value}"' for name, value in more.items())
