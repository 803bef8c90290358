"""Generations on one clock: the cloud, its drift with what chance makes of it, and what is left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.guess_place import GuessPlace
from collapse_core.figures.log_axis import log_axis_for
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import Panel, rounded
from collapse_core.figures.scene import Scene, plane_axis, share_axis, time_axis
from collapse_core.topics.early_warning.watched import Watched

__all__ = ["early_warning_figure"]

Array = NDArray[np.float64]

STRIP = (0.8, 1.0)  # of the panel of the distances: where the alarm is guessed
KEPT = (
    ("tail_coverage", ("collapse", 1.1, "solid")),
    ("precision", ("blue", 1.0, "dash")),
    ("recall", ("real", 1.0, "dot")),
)


def early_warning_figure(
    found: Watched,
    *,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    guess: GuessPlace | None = None,
    hidden: str | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw generations, and what the monitor sees in them.

    Parameters
    ----------
    found : Watched
        The history, and what was found so far.
    look, words, alt
        Colours and sizes; words instead of the lesson's; the picture in one sentence.
    guess : GuessPlace, optional
        Where the reader's guess is made.
    hidden : str, optional
        Words over what the monitor sees while the answer is to be guessed.
    """
    scene = Scene("early_warning", look, words)
    _cloud(scene, found)
    _distances(scene, found, guess, hidden)
    _kept(scene, found, hidden)
    _width(scene, found, hidden)
    _rank(scene, found, hidden)
    if found.history.labels is not None:
        _entropy(scene, found, hidden)
    return scene.figure(alt)


def _cloud(scene: Scene, found: Watched) -> None:
    """Add the rows of the generation shown over the real ones, along two axes."""
    ticks = range(found.last + 1)
    made = [found.history.places(found.history.generations[t]) for t in ticks]
    real = [found.history.places(found.real(t)) for t in ticks]
    every = np.abs(np.concatenate([made[0], real[-1], made[-1]]))
    reach = 1.15 * max(float(np.quantile(every, 0.99)), 1e-9)
    axis = plane_axis(reach, scene.look)
    panel = scene.panel("cloud", x=axis, y=axis, square=True, leads=True)
    fresh = real if found.history.references else real[:1]
    _rows(panel, "real_rows", fresh, ("circle-open", 6, "real"), 0.55)
    _rows(panel, "made_rows", made, ("circle", 4.5, "blue"), 0.75)


def _rows(
    panel: Panel, key: str, clouds: Sequence[Array], style: tuple[str, float, str], opacity: float
) -> None:
    """Add rows that move with the clock, or stay where there is one cloud alone."""
    moves = [{"x": rounded(cloud[:, 0]), "y": rounded(cloud[:, 1])} for cloud in clouds]
    panel.points(
        key,
        moves[0]["x"],
        moves[0]["y"],
        *style,
        hover=None,
        opacity=opacity,
        changes=moves if len(moves) > 1 else None,
    )


def _time(found: Watched) -> dict[str, Any]:
    return time_axis(found.total) | {"range": [-0.3, found.total + 0.3]}


def _distances(scene: Scene, found: Watched, guess: GuessPlace | None, hidden: str | None) -> None:
    """Add the panel of local and cumulative drift; beside it where the alarm is guessed."""
    cumulative, local = (found.series(f"{n}.test.distance") for n in ("cumulative", "local"))
    limit, chance = (found.series(f"cumulative.test.{name}") for name in ("limit", "chance"))
    axis = log_axis_for(cumulative, local, limit, chance)
    panel = scene.panel(
        "distances", "generation", x=_time(found), y=axis, leads=True, zero="nothing",
        hidden=hidden, across=(0.0, STRIP[0] - 0.13) if guess else (0.0, 1.0),
    )  # fmt: skip
    # A single value is no line: it is seen as a dot.
    seen: dict[str, Any] = {"mode": "lines+markers"} if found.total == 1 else {}
    panel.line("cumulative", cumulative, style=("collapse", 1.3, "solid"), **seen)
    panel.line("local", local, style=("blue", 1.1, "dash"), **seen)
    panel.line("limit", limit, style=("text", 0.9, "dashdot"), at_curve=0.55, **seen)
    panel.line("chance", chance, style=("muted", 0.9, "dot"), at_curve=0.55, **seen)
    report = found.report
    first = report.jump if report.alarm is None else report.alarm
    if first is not None:
        height = panel.places(cumulative[[first]])
        name = "jump" if report.alarm is None else "alarm"
        panel.points(name, [first], height, "star-diamond", 15, "collapse",
                     edge={"width": 1.5, "color": scene.look.text})  # fmt: skip
    panel.hand(cumulative, tint="collapse")
    if guess is not None:
        _strip(scene, panel, found, guess, hidden)


def _strip(
    scene: Scene, beside: Panel, found: Watched, guess: GuessPlace, hidden: str | None
) -> None:
    """Add the strip of generations in which the alarm is guessed, and where it was."""
    last = found.total
    step = 1 if last <= 8 else 2 if last <= 14 else 4
    ticks = [*range(0, last, step), last + 1]
    texts = [*map(str, ticks[:-1]), scene.word("never")]
    if ticks[-2] > last - step // 2 - 1 and len(ticks) > 2:
        ticks, texts = [*ticks[:-2], ticks[-1]], [*texts[:-2], texts[-1]]
    strip = scene.panel(
        "strip", x={"range": [0.0, 2.0], "visible": False},
        y={"range": [-0.6, last + 1.8], "tickvals": ticks, "ticktext": texts},
        within=beside, across=STRIP, hidden=hidden and " ",
    )  # fmt: skip
    alarm = found.report.alarm
    if found.last == found.total:
        at = last + 1 if alarm is None else alarm
        strip.points(
            "answer", [guess.at[0]], [at], "star-diamond", 18, "collapse", showlegend=False
        )
    strip.guess(guess)


def _kept(scene: Scene, found: Watched, hidden: str | None) -> None:
    """Add the panel of what neighbours say."""
    panel = scene.panel(
        "kept", "generation", x=_time(found), y=share_axis(0.0, 1.04), hover="%{y:.0%}",
        hidden=hidden,
    )  # fmt: skip
    low, high = (_chance(found, "tail_coverage", part) for part in ("low", "high"))
    panel.band("tail_chance", *_whole(low, high), tint="collapse", opacity=0.12)
    for name, style in KEPT:
        panel.line(name, found.series(f"nearby.{name}"), style=style)
    panel.hand(found.series("nearby.tail_coverage"), (0.0, 1.04), tint="collapse")


def _chance(found: Watched, name: str, part: str) -> Array:
    steps = found.report.steps
    return np.array(
        [np.nan if s.nearby is None else getattr(s.nearby.chance[name], part) for s in steps]
    )


def _whole(low: Array, high: Array) -> tuple[Array, Array]:
    """Return the ends of a band without a gap at its beginning."""
    if len(low) > 1 and np.isnan(low[0]):
        low, high = (np.concatenate([each[1:2], each[1:]]) for each in (low, high))
    return low, high


def _width(scene: Scene, found: Watched, hidden: str | None) -> None:
    """Add the panel of the width."""
    widths = found.widths()
    top = 1.12 * max(1.15, float(np.nanmax(np.minimum(widths, 1e6))))
    panel = scene.panel(
        "width", "generation", x=_time(found), y={"range": [0.0, top]}, hover="%{y:.2f}",
        hidden=hidden,
    )  # fmt: skip
    panel.line("width_line", widths, style=("blue", 1.3, "solid"), showlegend=False)
    panel.line("same", [1.0, 1.0], [0, found.total], style=("muted", 0.9, "dot"), hover=None)
    panel.hand(widths, (0.0, top))


def _rank(scene: Scene, found: Watched, hidden: str | None) -> None:
    """Add the panel of the effective rank."""
    _with_chance(scene, found, ("rank", "effective_rank", "rank_chance"), 1.0, hidden)


def _entropy(scene: Scene, found: Watched, hidden: str | None) -> None:
    """Add the panel of the labels' entropy."""
    _with_chance(scene, found, ("entropy", "entropy", "entropy_chance"), 0.5, hidden)


def _with_chance(
    scene: Scene, found: Watched, names: tuple[str, str, str], least: float, hidden: str | None
) -> None:
    """Add the panel of a measure over the band in which chance leaves it.

    ``names`` are the key of its words, and the attributes of the measure and of its chance;
    ``least`` is the smallest value that the axis shows.
    """
    key, measure, chance = names
    values = found.series(measure)
    low, high = (found.series(f"{chance}.{part}") for part in ("low", "high"))
    top = 1.12 * max(least, float(np.nanmax([*values, *high])))
    panel = scene.panel(
        key, "generation", x=_time(found), y={"range": [0.0, top]}, hover="%{y:.2f}",
        hidden=hidden,
    )  # fmt: skip
    panel.band("rank_chance", *_whole(low, high), tint="muted")
    panel.line(f"{key}_line", values, style=("blue", 1.3, "solid"), showlegend=False)
    panel.hand(values, (0.0, top))
