"""All guesses of a class in the panel where they were made: counts at a point, a bundle of curves.

The picture is that of the page that asks. What the class guessed is laid over it, so that sampled
runs and exact values stand on the same axes as soon as the picture has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np

from collapse_core.checks import check_whole_number
from collapse_core.classroom.calibration import histogram
from collapse_core.figures.guess_place import GuessPlace
from collapse_core.figures.look import Look, transparent
from collapse_core.figures.moving import MovingFigure

__all__ = ["BINS", "counted", "with_answer", "with_guesses"]

Guesses: TypeAlias = Sequence[Sequence[float]]

BINS = 20  # of the scale of a question
LONGEST = 0.3  # of the panel's width, that the fullest bin takes
BETWEEN = 0.85  # of the way to the next point, where there are several


def counted(place: GuessPlace, guesses: Guesses, point: int, bins: int = BINS) -> tuple[int, ...]:
    """Return how many guesses are in each bin of the scale.

    Parameters
    ----------
    place : GuessPlace
        Where the guesses were made.
    guesses : sequence of sequence of float
        One value for each point of the place.
    point : int
        Of which point, from 0.
    bins : int
        Equally long parts of the scale, as the axis shows it: 1 to 100.

    Returns
    -------
    tuple of int
        From the lower end to the upper one; what is beyond an end counts there.

    Raises
    ------
    ValueError
        If there is no guess, no such point, or no such number of bins.
    """
    check_whole_number("point", point, 0, len(place.at) - 1)
    return histogram([place.along(guess)[point] for guess in guesses], bins=bins).counts


def with_guesses(
    moving: MovingFigure, place: GuessPlace, guesses: Guesses, look: Look, name: str
) -> MovingFigure:
    """Return the picture of a page with the guesses of a class in it.

    Parameters
    ----------
    moving : MovingFigure
        The picture; it has the place.
    place : GuessPlace
        Where the guesses were made.
    guesses : sequence of sequence of float
        One value for each point of the place; none leaves the picture as it is.
    look : Look
        Colours and sizes.
    name : str
        Of the guesses, for the legend.

    Raises
    ------
    ValueError
        If the picture has no place for a guess.
    """
    axes = _axes(moving)
    if not guesses:
        return moving
    drawn = _bundle(place, guesses, look) if place.begins else [_counts(moving, place, guesses)]
    edge = {"color": look.violet, "width": 1.2 * look.scale}
    common = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "line": edge, "name": name}
    more = [common | axes | {"showlegend": number == 0} | t for number, t in enumerate(drawn)]
    if not place.begins:
        more[0]["fillcolor"] = transparent(look.violet, 0.35)
    return replace(moving, traces=[*moving.traces, *more])


def with_answer(
    moving: MovingFigure, place: GuessPlace, truth: Sequence[float], look: Look, name: str
) -> MovingFigure:
    """Return the picture of a page with a mark at each point of the answer.

    Parameters
    ----------
    moving : MovingFigure
        The picture; it has the place.
    place : GuessPlace
        Where guesses are made.
    truth : sequence of float
        The answer, one value for each point; one beyond the scale is marked at its end.
    look : Look
        Colours and sizes.
    name : str
        Of the mark, for the legend.

    Raises
    ------
    ValueError
        If the picture has no place for a guess.
    """
    axes = _axes(moving)
    edge = {"width": 1.5 * look.scale, "color": look.background}
    mark = {
        "type": "scatter",
        "mode": "markers",
        "x": list(place.at),
        "y": list(place.inside(truth)),
        **axes,
        "marker": {"symbol": "star", "size": 17 * look.scale, "color": look.text, "line": edge},
        "cliponaxis": False,
        "hoverinfo": "skip",
        "name": name,
    }
    return replace(moving, traces=[*moving.traces, mark])


def _axes(moving: MovingFigure) -> dict[str, str]:
    """Return the axes of the panel in which a picture takes a guess."""
    if moving.guess is None:
        raise ValueError("moving has no place for a guess: draw it with asks=True.")
    return {"xaxis": moving.guess["x"], "yaxis": moving.guess["y"]}


def _bundle(place: GuessPlace, guesses: Guesses, look: Look) -> list[dict[str, Any]]:
    """Return a thin line for each guess, and a thick one through the middle guesses."""
    assert place.begins is not None
    x: list[float | None] = []
    y: list[float | None] = []
    for guess in guesses:
        x += [place.begins[0], *place.at, None]
        y += [place.begins[1], *place.inside(guess), None]
    middle = np.median([place.inside(guess) for guess in guesses], axis=0)
    thin = {"color": transparent(look.violet, 0.45), "width": 1.0 * look.scale}
    thick = {"color": look.violet, "width": 3.0 * look.scale, "dash": "dot"}
    through = {"x": [place.begins[0], *place.at], "y": [place.begins[1], *middle.tolist()]}
    return [{"x": x, "y": y, "line": thin}, {**through, "line": thick}]


def _counts(moving: MovingFigure, place: GuessPlace, guesses: Guesses) -> dict[str, Any]:
    """Return a bar for each bin in use, standing on its side at the point it counts for."""
    edges = [_value(place, share) for share in np.linspace(0.0, 1.0, BINS + 1)]
    x: list[float | None] = []
    y: list[float | None] = []
    all_counts = [counted(place, guesses, point) for point in range(len(place.at))]
    fullest = max(map(max, all_counts))
    for point, counts in enumerate(all_counts):
        at, longest = place.at[point], _reach(moving, place, point)
        for low, high, count in zip(edges, edges[1:], counts, strict=False):
            if count:
                tip = at + longest * count / fullest
                x += [at, tip, tip, at, at, None]
                y += [low, low, high, high, low, None]
    return {"x": x, "y": y, "fill": "toself"}


def _reach(moving: MovingFigure, place: GuessPlace, point: int) -> float:
    """Return how far the longest bar of a point reaches: to the left where it is negative."""
    assert moving.guess is not None
    ends = moving.layout[f"xaxis{str(moving.guess['x'])[1:]}"]["range"]
    left, right = float(min(ends)), float(max(ends))
    at, longest = list(place.at), LONGEST * (right - left)
    if len(at) > 2:
        longest = min(longest, BETWEEN * min(b - a for a, b in pairwise(at)))
        return -min(longest, at[point] - left)
    to_left = at[point] - left >= right - at[point] if len(at) == 1 else point == 0
    return -min(longest, at[point] - left) if to_left else min(longest, right - at[point])


def _value(place: GuessPlace, share: float) -> float:
    """Return the value that stands so far along the scale: the way back of `GuessPlace.along`."""
    if place.scale == "log":
        low, high = np.log10(place.low), np.log10(place.high)
        return float(10.0 ** (low + share * (high - low)))
    return place.low + share * (place.high - place.low)
