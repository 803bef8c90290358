"""A panel of a scene, and what can be drawn on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.figures.axes import Axes
from collapse_core.figures.curve_names import CurveName, name_of_curve, share_of_axis
from collapse_core.figures.curves import Curve, Reads, Standing
from collapse_core.figures.drawing import Changes
from collapse_core.figures.guess_place import GuessPlace, guess_trace
from collapse_core.figures.log_axis import LogAxis
from collapse_core.figures.look import transparent
from collapse_core.law import Law
from collapse_core.lessons.lesson import read_lesson

__all__ = ["STYLES", "Panel", "rounded"]

Array = NDArray[np.float64]
Style = tuple[str, float, str]

# What a curve says about itself, on every page: a colour of `Look`, a width, a dash.
STYLES: Mapping[str, Style] = {
    "highlighted": ("blue", 1.4, "solid"),
    "mean": ("muted", 1.0, "solid"),
    "median": ("muted", 1.0, "dot"),
    "exact": ("text", 1.0, "dash"),
    "approximation": ("text", 1.0, "dashdot"),
    "simulated": ("collapse", 1.0, "solid"),
    "truth": ("real", 1.0, "dash"),
    "model": ("blue", 1.0, "solid"),
    "compared": ("blue", 2.2, "dot"),
}
MOST_RUNS = 40
MOST_POINTS_PER_RUN = 120


@dataclass(frozen=True, eq=False)
class Panel(Axes):
    """A pair of axes of a scene, to draw on; of what is None, or left untold, nothing is drawn.

    Parameters
    ----------
    scene : Drawing
        What it is part of.
    number : int
        Its number, from 1.
    log : LogAxis, optional
        Where values are placed.
    hover : str
        How a value is written.
    hidden : str, optional
        Words over it while its answer is to be guessed: no curve and no dot is drawn then.
    title, below : str
        Words above it and under its axis, which also stand above columns of its numbers.
    """

    log: LogAxis | None = None
    hover: str = "%{y:.3g}"
    hidden: str | None = None
    title: str = ""
    below: str = ""
    curve_names: list[CurveName] = field(default_factory=list)

    def add(self, trace: dict[str, Any], changes: Changes | None = None) -> None:
        """Add any trace of Plotly, a "scatter" if it does not say, and its change at each tick."""
        if self.hidden is None:
            self.scene.add({"type": "scatter"} | trace | self.axes, changes)

    def line(
        self,
        key: str,
        y: ArrayLike | None,
        x: ArrayLike | None = None,
        *,
        style: str | Style = "",
        fill: float = 0.0,
        shape: str = "",
        hover: str | None = "",
        at_curve: bool | float = False,
        told: str = "",
        reads: Reads | None = None,
        changes: Changes | None = None,
        **entries: Any,
    ) -> None:
        """Add a curve.

        Parameters
        ----------
        key : str
            Of its name, and of its style in ``STYLES`` unless ``style`` is another key of that
            table, or a colour, a width and a dash.
        y, x : array_like
            Its points; x counts from 0 if not given.
        fill, shape
            Opacity of the area under it; how points are joined, in Plotly's words.
        hover : str, optional
            How a value is written, if not as in the rest of the panel; None for no hover.
        at_curve : bool or float
            Whether its name stands at its right end instead of in the legend, or at which share
            of the panel; both axes then need a "range". Short words fit a phone.
        told : str
            Key of the words told on hovering, if the name is one that several curves share.
        reads : callable, optional
            From ``x`` to what the axis says there, where that is not the same.
        changes, **entries
            What changes in it at each tick; more of the trace, in Plotly's schema.
        """
        if y is None or not self.scene.tells(key):
            return
        tint, width, dash = STYLES[style or key] if isinstance(style, str) else style
        colour, name, places = self.scene.colour(tint), self.scene.word(key), self.places(y)
        line = {"color": colour, "width": 2.0 * self.scene.look.scale * width, "dash": dash}
        right = np.asarray(np.arange(places.size) if x is None else x, dtype=np.float32)
        trace: dict[str, Any] = {
            "mode": "lines",
            "x": right,
            "y": places.astype(np.float32),
            "name": name,
            "showlegend": not at_curve,
            "line": line | ({"shape": shape} if shape else {}),
        }
        if fill:
            trace |= {"fill": "tozeroy", "fillcolor": transparent(colour, fill)}
        full = self.scene.word(told or key)
        self.add(trace | self._told(full, hover) | entries, changes)
        self._stand(full, right, y, changes, reads, course=changes is None)
        if at_curve:
            self.name_curve(key, right, places, tint, at_curve)

    def name_curve(
        self, key: str, x: ArrayLike, y: ArrayLike, tint: str, across: bool | float = True
    ) -> None:
        """Write a name at a curve that is drawn here, in its colour, on a pale ground.

        Parameters
        ----------
        key : str
            Of the name.
        x, y : array_like
            The curve, as it is drawn.
        tint : str
            Its colour.
        across : bool or float
            At which share of the panel; True for the right end.
        """
        if not self.scene.tells(key):
            return
        name, axes = self.scene.word(key), self.both_axes()
        found = name_of_curve(name, tint, x, y, axes, float(across))
        if found is not None and self.hidden is None:
            self.curve_names.append(found)

    def lines(self, *, at_curve: bool | float = False, **curves: ArrayLike | None) -> None:
        """Add curves by the keys of their names and styles."""
        for key, values in curves.items():
            self.line(key, values, at_curve=at_curve)

    def law(self, law: Law, name: str, **more: Any) -> None:
        """Add a field of a law, called and drawn as what it is: exact or an approximation."""
        self.known(getattr(law, name), law.is_exact(name), **more)

    def known(self, values: Array | None, exact: bool, **more: Any) -> None:
        """Add what is known without sampling, exactly or approximately."""
        self.line("exact" if exact else "approximation", values, **more)

    def band(
        self,
        key: str,
        low: Array | None,
        high: Array | None,
        tint: str = "text",
        opacity: float = 0.14,
        of: str = "",
        **entries: Any,
    ) -> None:
        """Add the area between two curves, as one closed outline; ``of`` says whose it is."""
        if low is None or high is None or not self.scene.tells(key):
            return
        colour, ticks = self.scene.colour(tint), np.arange(len(low))
        outline = {
            "mode": "lines",
            "x": np.concatenate([ticks, ticks[::-1]]).astype(np.float32),
            "y": self.places(np.concatenate([high, low[::-1]])).astype(np.float32),
            "fill": "toself",
            "fillcolor": transparent(colour, opacity),
            "line": {"width": 0.7, "color": transparent(colour, 0.35), "dash": "dot"},
            "name": self.scene.word(key),
            "hoverinfo": "skip",
        }
        self.add(outline | entries)
        for end, values in (("lower_end", low), ("upper_end", high)):
            named = ", ".join(words for words in (of, self.scene.word(key)) if words)
            name = read_lesson("shell").say("sections", end, name=named)
            self.keep(name, ticks, values)

    def runs(self, runs: ArrayLike, **entries: Any) -> None:
        """Add some of the runs, shape (replicates, generations + 1), faint, as one trace.

        The first stand for all: they are as random as any. Long ones are thinned, their last
        point always kept.
        """
        look, places = self.scene.look, self.places(runs)[:MOST_RUNS]
        last = places.shape[1] - 1
        ticks = np.unique(
            np.append(np.arange(0, last, max(1, -(-last // MOST_POINTS_PER_RUN))), last)
        )
        gap = np.full((len(places), 1), np.nan)
        trace = {
            "mode": "lines",
            "x": np.tile(np.append(ticks, np.nan), len(places)).astype(np.float32),
            "y": np.hstack([places[:, ticks], gap]).astype(np.float32).ravel(),
            "name": self.scene.word("runs"),
            "line": {"width": 1 * look.scale, "color": look.faint(0.22)},
            "hoverinfo": "skip",
            "showlegend": False,  # the run that is followed has an entry
        }
        self.add(trace | entries)

    def points(
        self,
        key: str,
        x: ArrayLike,
        y: ArrayLike,
        symbol: str,
        size: float,
        tint: str,
        *,
        edge: Mapping[str, Any] | None = None,
        hover: str | None = "",
        reads: Reads | None = None,
        changes: Changes | None = None,
        **entries: Any,
    ) -> None:
        """Add points, each a symbol of Plotly's with an ``edge``; ``reads`` as for a line."""
        if not self.scene.tells(key):
            return
        name, scale = self.scene.word(key), self.scene.look.scale
        marker = {"symbol": symbol, "size": size * scale, "color": self.scene.colour(tint)}
        marker |= {"line": edge} if edge else {}
        trace = {"mode": "markers", "x": x, "y": y, "name": name, "marker": marker}
        self.add(trace | self._told(name, hover) | entries, changes)
        self._stand(name, x, y, changes, reads)

    def guess(self, place: GuessPlace | None, tint: str = "real") -> None:
        """Let the reader's guess be made here; the player draws it where it was made."""
        if place is not None:
            early = float(share_of_axis(self.both_axes()[0], place.at[0])) < 0.5
            look, colour = self.scene.look, self.scene.colour(tint)
            self.scene.add(guess_trace(place, look, colour, right=early) | self.axes)
            self.scene.asked = place.packed(self.x, self.y)

    def hand(
        self, values: ArrayLike, ends: tuple[float, float] = (0.0, 1.0), tint: str = "blue"
    ) -> None:
        """Add the clock's hand: a line between two heights, and a dot on these values."""
        self.scene.clocked.add(self.x)
        look, colour = self.scene.look, self.scene.colour(tint)
        low, high = ends if self.log is None else self.log.ends
        trace = {
            "type": "scatter",
            "mode": "lines+markers",
            "x": [],
            "y": [],
            "line": {"width": 1.5 * look.scale, "color": look.faint(0.55)},
            "marker": {
                "size": [0, 0, 0, 11 * look.scale],
                "color": colour,
                "opacity": 1,
                "line": {"width": 0},
            },
            "cliponaxis": False,
            "hoverinfo": "skip",
            "showlegend": False,
            **self.axes,
        }
        moves = []
        for tick, dot in enumerate(self.places(values).tolist()):
            seen = self.hidden is None and not np.isnan(dot)
            y = [low, high, None, float(f"{dot:.5g}") if seen else None]
            moves.append({"x": [tick, tick, None, tick], "y": y})
        self.scene.add(trace, moves)

    def places(self, values: ArrayLike) -> Array:
        """Return values as they are drawn."""
        values = np.asarray(values, dtype=np.float64)
        return values if self.log is None else self.log.places(values)

    def keep(self, name: str, x: ArrayLike, y: ArrayLike) -> None:
        """Keep the numbers of what is drawn over the clock, for a table."""
        if self.hidden is None:
            across, up = (np.asarray(values, dtype=np.float64) for values in (x, y))
            self.scene.courses.append((self.x, Curve(self.title, name, across, up)))

    def _stand(
        self,
        name: str,
        x: ArrayLike,
        y: ArrayLike,
        changes: Changes | None,
        reads: Reads | None,
        course: bool = False,
    ) -> None:
        """Keep what is drawn where the horizontal axis may be another than the clock's."""
        if course:
            self.keep(name, x, y)
        if self.hidden is None:
            across, up = (np.asarray(values, dtype=np.float64) for values in (x, y))
            floor = -np.inf if self.log is None else self.log.floor
            drawn = Standing(self.title, self.below, name, across, up, changes or (), floor, reads)
            self.scene.stood.append((self.x, drawn))

    def _told(self, name: str, hover: str | None) -> dict[str, str]:
        if hover is None:
            return {"hoverinfo": "skip"}
        return {"hovertemplate": f"{name}: {hover or self.hover}<extra></extra>"}


def rounded(values: ArrayLike, digits: int = 3) -> list[float]:
    """Return numbers with a few significant digits, to keep the page small."""
    return [float(f"{value:.{digits}g}") for value in np.asarray(values).tolist()]
