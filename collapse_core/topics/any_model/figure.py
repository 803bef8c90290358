"""Any model on one clock: what it makes over the real data, and how far that is from the truth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.data.planar import LIMITS
from collapse_core.figures.guess_place import GuessPlace
from collapse_core.figures.log_axis import LogAxis
from collapse_core.figures.look import LIGHT, YELLOW, Look, transparent
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import Panel
from collapse_core.figures.scene import Scene, share_axis, time_axis
from collapse_core.measures.samples import LEAST_LOG_LIKELIHOOD
from collapse_core.topics.any_model.question import AnyModel
from collapse_core.topics.any_model.report import measured
from collapse_core.topics.any_model.steps import MOST_DRAWN, Birth, ModelStep

__all__ = ["LEAST_SHOWN", "PLANE", "any_model_figure", "made_points", "real_points"]

Array = NDArray[np.float64]

NOWHERE = [99.0]  # outside all axes: a trace may not be empty in a frame
FRECHET = LogAxis(-4, 2)
# The square that all data fit into.
PLANE = {"range": list(LIMITS), "dtick": 2, "constrain": "domain", "showticklabels": False}
UP = PLANE | {"constraintoward": "top"}
UNSEEN = {"visible": False, "range": [0, 1]}
LEAST_SHOWN = LEAST_LOG_LIKELIHOOD - 0.3
BORN = {"born_real": "real", "born_last": "blue", "born_older": "muted"}


def any_model_figure(
    experiment: AnyModel,
    steps: Sequence[ModelStep],
    *,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    guess: GuessPlace | None = None,
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
    look, words, alt
        Colours and sizes; words instead of the lesson's; the picture in one sentence.
    guess : GuessPlace, optional
        Where the reader's guess is made.
    hidden : str, optional
        Words over the measures while the answer is to be guessed.
    """
    scene = Scene("any_model", look, words, margin={"b": 74})
    high: dict[str, Any] = {"leads": True, "width": 0.8, "up": (0.1, 1.0)}
    cloud = scene.panel("cloud", x=PLANE, y=UP, square=True, **high)
    real_points(cloud, experiment.source().reference[:MOST_DRAWN])
    for number, dash in enumerate(("dot", "solid")):
        moves = [_joined(step.lines[number]) for step in steps]
        style = ("text", 0.8, dash)
        named: dict[str, Any] = {"showlegend": dash == "solid", "connectgaps": False}
        cloud.line("lines", NOWHERE, NOWHERE, style=style, hover=None, changes=moves, **named)
    made_points(cloud, steps, MOST_DRAWN)
    strip = scene.panel(x=UNSEEN, y=UNSEEN, bare=True, within=cloud, up=(0.0, 0.05))
    _births(strip, [step.birth for step in steps])
    _measures(scene, experiment, steps, guess, hidden)
    return scene.figure(alt)


def _measures(
    scene: Scene,
    experiment: AnyModel,
    steps: Sequence[ModelStep],
    guess: GuessPlace | None,
    hidden: str | None,
) -> None:
    """Add the panels of the measures, with names but without curves while they are hidden."""
    time = {"nticks": 6} | time_axis(experiment.generations)
    likely = measured(steps, "log_likelihood")
    # Only data on a line or a point need more room above.
    ends = (LEAST_SHOWN, float(np.nanmax([0.0, *likely[:2]])) + 0.3)
    height = {"range": list(ends), "nticks": 7}
    shares = scene.panel(
        "shares", "generation", x=time, y=share_axis(0.0, 1.04), leads=True, hover="%{y:.0%}"
    )
    likelihood = scene.panel("likelihood", "generation", x=time, y=height, hover="%{y:.2f}")
    distance = scene.panel("distance", "generation", x=time, y=FRECHET)
    if hidden is not None:
        for panel, told in ((likelihood, "?"), (shares, hidden), (distance, "?")):
            panel.over(told, 0.86)

    def seen(name: str) -> Array:
        values = measured(steps, name)
        return values if hidden is None else np.full_like(values, np.nan)

    likelihood.line("likelihood", seen("log_likelihood"), style="model", showlegend=False)
    coverage = seen("held") / experiment.source().modes.count
    shares.line("coverage", coverage, style="model", at_curve=True)
    shares.guess(guess)
    shares.line("precision", seen("precision"), style=(YELLOW, 1.0, "dash"), at_curve=True)
    shares.line("recall", seen("recall"), style=("collapse", 1.0, "dot"), at_curve=True)
    distance.line("cumulative", seen("cumulative"), style=("collapse", 1.0, "solid"))
    distance.line("local", seen("local"), style=("muted", 1.0, "dash"))
    likelihood.hand(seen("log_likelihood"), ends)
    shares.hand(coverage, (0.0, 1.04))
    distance.hand(seen("cumulative"), tint="collapse")


def real_points(panel: Panel, rows: Array) -> None:
    """Add real points, faint; they never change."""
    x, y = np.round(rows, 2).astype(np.float32).T
    tint = transparent(panel.scene.look.real, 0.35)
    panel.points("real", x, y, "circle", 4.5, tint, hover=None)


def made_points(panel: Panel, steps: Sequence[ModelStep], most: int) -> None:
    """Add the points of a model, some of them, as they are at each step."""
    moves = [_places(step.cloud[:most]) for step in steps]
    edge = {"width": 1.4 * panel.scene.look.scale}
    made = ("made", NOWHERE, NOWHERE, "x-thin-open", 5.5, "blue")
    panel.points(*made, edge=edge, hover=None, changes=moves)


def _places(rows: Array) -> dict[str, list[Any]]:
    """Return the places of points, short enough for a frame."""
    x, y = np.round(rows, 2).T.tolist()
    return {"x": x, "y": y}


def _joined(lines: Sequence[Array]) -> dict[str, list[Any]]:
    """Return several lines as one, with a gap behind each."""
    joined: dict[str, list[Any]] = {"x": [], "y": []}
    for line in lines:
        for axis, places in _places(line).items():
            joined[axis] += [*places, None]
    return joined if lines else {"x": NOWHERE, "y": NOWHERE}


def _births(panel: Panel, births: Sequence[Birth]) -> None:
    """Add the bar of births, three thick lines end to end, and what colours and axes mean."""
    scene, parts = panel.scene, np.array(births)
    ends = np.hstack([np.zeros((len(parts), 1)), parts.cumsum(axis=1)])
    ends = np.round(ends / parts.sum(axis=1, keepdims=True), 4)
    title, meanings = scene.word("birth"), []
    for place, (name, tint) in enumerate(BORN.items()):
        stretches = ends[:, place : place + 2].tolist()
        moves = [{"x": [low, high] if high > low else NOWHERE * 2} for low, high in stretches]
        hover = f"{title}: {scene.word(name)}<extra></extra>"
        told: dict[str, Any] = {"hovertemplate": hover, "showlegend": False, "changes": moves}
        panel.line(name, [0.5, 0.5], NOWHERE * 2, style=(tint, 4.5, "solid"), **told)
        mark = f'<span style="color:{scene.colour(tint)}">■</span>'
        meanings.append(f"{mark} {scene.word(name)}")
    # The words of the plane's axes come last: between plane and bar a low panel has no room.
    text = f"{title}: {' · '.join(meanings)}<br>{scene.word('plane')}"
    panel.note(text, 11.5, x=0.5, y=0, yanchor="top", yshift=-4)
