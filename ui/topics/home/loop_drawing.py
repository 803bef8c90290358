"""The closed loop as a drawing, in the theme's colours."""

from __future__ import annotations

from html import escape

from collapse_core.figures.look import Look
from collapse_core.lessons.lesson import Lesson

__all__ = ["loop_drawing"]

# Two rows of boxes: in the column beside the picture, 280 pixels wide, its words can be read.
_BOX = (
    '<g><rect x="{x}" y="{y}" width="176" height="52" rx="12" fill="{fill}" fill-opacity="0.16" '
    'stroke="{fill}" stroke-width="2.5"/><text x="{middle}" y="{baseline}" text-anchor="middle" '
    'font-size="16" font-weight="600" fill="{ink}">{words}</text></g>'
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
            x=x, y=y, middle=x + 88, baseline=y + 32, fill=fill, words=words[name], ink=look.text
        )
        for name, x, y, fill in (
            ("truth", 4, 8, "#009E73"),
            ("fit", 240, 8, "#0072B2"),
            ("sample", 240, 176, "#E6A700"),
            ("mix", 4, 176, "#0072B2"),
        )
    )
    arrows = "".join(
        _ARROW.format(path=path, dash=dash, ink=look.text)
        for path, dash in (
            ("M 182 34 L 234 34", ""),
            ("M 376 62 L 376 170", ""),
            ("M 238 202 L 186 202", ""),
            ("M 166 174 C 190 120 260 130 290 66", ""),
            ("M 34 62 L 34 170", ' stroke-dasharray="7 6"'),
        )
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 236" width="420" height="236" '
        'font-family="sans-serif">'
        '<defs><marker id="tip" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="7" '
        'markerHeight="7" orient="auto-start-reverse"><path d="M0 0L10 5L0 10z" '
        f'fill="{look.text}"/></marker></defs>'
        f"{arrows}{boxes}"
        f'<text x="48" y="108" font-size="15" fill="{look.text}">{words["anchor"]}</text></svg>'
    )
