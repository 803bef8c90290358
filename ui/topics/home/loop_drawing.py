"""The closed loop as a drawing, in the theme's colours."""

from __future__ import annotations

from html import escape

from collapse_core.figures.look import Look
from collapse_core.lessons.lesson import Lesson

__all__ = ["loop_drawing"]

_BOX = (
    '<g><rect x="{x}" y="{y}" width="168" height="58" rx="12" fill="{fill}" fill-opacity="0.16" '
    'stroke="{fill}" stroke-width="2.5"/><text x="{middle}" y="{baseline}" text-anchor="middle" '
    'font-size="17" font-weight="600" fill="{ink}">{words}</text></g>'
)
_ARROW = (
    '<path d="{path}" fill="none" stroke="{ink}" stroke-opacity="0.75" stroke-width="2.5" '
    'marker-end="url(#tip)"{dash}/>'
)


def loop_drawing(lesson: Lesson, look: Look) -> str:
    """Return the loop as SVG, with the lesson's words in it.

    Parameters
    ----------
    lesson : Lesson
        Has a table ``[loop]`` with truth, fit, sample, mix and anchor.
    look : Look
        Colour of lines and words.
    """
    words = {name: escape(str(text)) for name, text in lesson.words("loop").items()}
    boxes = "".join(
        _BOX.format(
            x=x, y=y, middle=x + 84, baseline=y + 35, fill=fill, words=words[name], ink=look.text
        )
        for name, x, y, fill in (
            ("truth", 6, 96, "#009E73"),
            ("fit", 270, 12, "#0072B2"),
            ("sample", 452, 96, "#E6A700"),
            ("mix", 270, 180, "#0072B2"),
        )
    )
    arrows = "".join(
        _ARROW.format(path=path, dash=dash, ink=look.text)
        for path, dash in (
            ("M 120 92 C 150 50 200 40 262 40", ""),
            ("M 440 40 C 500 40 530 60 536 90", ""),
            ("M 536 156 C 530 190 500 210 444 210", ""),
            ("M 354 178 L 354 76", ""),
            ("M 120 158 C 150 200 200 212 262 212", ' stroke-dasharray="7 6"'),
        )
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 630 252" width="630" height="252" '
        'font-family="sans-serif">'
        '<defs><marker id="tip" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="7" '
        'markerHeight="7" orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" '
        f'fill="{look.text}"/></marker></defs>'
        f"{arrows}{boxes}"
        f'<text x="92" y="206" font-size="15" fill="{look.text}" text-anchor="middle">'
        f'<tspan x="86" dy="6">{words["anchor"]}</tspan></text></svg>'
    )
