"""All answers of a round as small pictures: a row for each chain, from the truth to the last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from collapse_core.classroom.figures.progress import Progress
from collapse_core.figures.look import Look
from ui.classroom.drawn.shown import model_shape
from ui.classroom.drawn.svg import WIDE, picture, text

__all__ = ["strips"]

CELL, GAP, LEFT, TOP = 150.0, 10.0, 92.0, 34.0
MOST_CHAINS = 12  # of more than these the first are drawn


def strips(
    progress: Progress,
    look: Look,
    *,
    alt: str,
    names: Mapping[str, str],
    rows: Sequence[str],
    columns: Sequence[str],
) -> str:
    """Return an SVG of the answers of each chain.

    Parameters
    ----------
    progress : Progress
        The answers so far; a simulated learner's stands in a dashed frame.
    look : Look
        Colours.
    alt : str
        What is read out.
    names : mapping
        Of the kinds, in the language of the reader.
    rows, columns : sequence of str
        What stands beside each chain, and above the truth and each step.
    """
    shapes = [
        [model_shape(progress.game, model, look, names) for model in (progress.game.truth, *models)]
        for models in progress.models[:MOST_CHAINS]
    ]
    scale = CELL / WIDE
    tall = max(high for row in shapes for _, high in row) * scale
    parts = [
        text(LEFT + (step + 0.5) * (CELL + GAP), TOP - 12, name, 17, look)
        for step, name in enumerate(columns)
    ]
    for number, row in enumerate(shapes):
        down = TOP + number * (tall + GAP)
        parts.append(text(0, down + tall / 2 + 6, rows[number], 17, look, at="start"))
        for step, (drawn, high) in enumerate(row):
            x, y = LEFT + step * (CELL + GAP), down + (tall - high * scale) / 2
            inner = "".join(drawn)
            place = f'transform="translate({x:.1f} {y:.1f}) scale({scale:.4f})"'
            parts.append(f"<g {place}>{inner}</g>")
            if progress.simulated[number, step]:
                parts.append(
                    f'<rect x="{x - 3:.1f}" y="{down - 3:.1f}" width="{CELL + 6:.1f}" '
                    f'height="{tall + 6:.1f}" fill="none" stroke="{look.muted}" '
                    'stroke-dasharray="4 4" rx="4"/>'
                )
    wide = LEFT + (progress.length + 1) * (CELL + GAP)
    high = TOP + len(shapes) * (tall + GAP)
    return picture(parts, high, alt, wide=wide)
