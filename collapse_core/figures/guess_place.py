"""Where a reader's guess is made in a picture: one point, or the points of a curve."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from collapse_core.figures.look import Look
from collapse_core.lessons.lesson import read_lesson

__all__ = ["FIRST_LOOK", "GuessPlace", "guess_trace", "guessed_curve", "guessed_share"]

# How many generations are seen before a guess.
FIRST_LOOK = 5

HUNDREDTH = 0.01
LARGEST_LOGARITHM = 700.0  # of a float, as what it is the logarithm of
# Where a curve is moved, as shares of the generations; fewer places where they are few.
STOPS = (0.1, 0.3, 0.6, 1.0)


@dataclass(frozen=True, kw_only=True)
class GuessPlace:
    """What the reader moves, and between which ends.

    Parameters
    ----------
    at : sequence of float
        Where on the horizontal axis the points are; they are moved up and down.
    start : sequence of float
        Where they are at first. It must not be the answer.
    low, high : float
        The ends, in values of the vertical axis.
    step : float
        Of an arrow key; on a "log" axis a share of a power of ten.
    labels : sequence of str
        What each point means, for its field and for those who cannot see it.
    names : sequence of str
        The same in a word or two, where there are several.
    begins : tuple of float, optional
        Where the curve begins; points without a curve have none.
    scale : str
        "" for a plain axis; "log" for one of powers; "ln" where the axis shows logarithms, which
        fields show as what they are the logarithms of.
    factor, digits : float, int
        By what a value is multiplied to be shown, and with how many decimals.
    unit : str
        Stands behind it.
    """

    at: Sequence[float]
    start: Sequence[float]
    low: float
    high: float
    step: float
    labels: Sequence[str]
    names: Sequence[str] = ()
    begins: tuple[float, float] | None = None
    scale: str = ""
    factor: float = 1.0
    digits: int = 0
    unit: str = ""

    def usable(self, values: Sequence[float]) -> bool:
        """Return whether these are values for all of its points, which can be told in words."""
        most = LARGEST_LOGARITHM if self.scale == "ln" else math.inf
        fit = all(math.isfinite(value) and abs(value) <= most for value in values)
        return fit and len(values) == len(self.at)

    def inside(self, values: Sequence[float]) -> tuple[float, ...]:
        """Return the values with the ends in place of what is beyond them, as a link can have."""
        return tuple(min(max(value, self.low), self.high) for value in values)

    def along(self, values: Sequence[float]) -> list[float]:
        """Return how far along the scale each value is, from 0 to 1; the ends stand for beyond."""
        low, high = self._length(self.low), self._length(self.high)
        return [min(max((self._length(v) - low) / (high - low), 0.0), 1.0) for v in values]

    def _length(self, value: float) -> float:
        if self.scale != "log":
            return value
        return math.log10(value) if value > 0.0 else -math.inf

    def spoken(self, values: Sequence[float]) -> str:
        """Return a guess in words: "35 %", or each value behind its name."""
        said = [self.seen(value) for value in values]
        if len(said) < 2 or not self.names:
            return ", ".join(said)
        return ", ".join(f"{name} {value}" for name, value in zip(self.names, said, strict=True))

    def seen(self, value: float) -> str:
        """Return one value as it is read off the scale, with its unit."""
        return f"{self._seen(value)}{self.unit}"

    def _seen(self, value: float) -> str:
        numbers = read_lesson("shell").numbers
        if self.scale:
            shown = math.exp(value) if self.scale == "ln" else value * self.factor
            return numbers.plain(shown, ".2g")
        return numbers.plain(value * self.factor, f".{self.digits}f")

    def packed(self, x: str, y: str) -> dict[str, Any]:
        """Return what the player needs, on axes called so in Plotly's schema."""
        begins = None if self.begins is None else list(self.begins)
        lists = {name: list(getattr(self, name)) for name in ("at", "start", "labels", "names")}
        plain = ("low", "high", "step", "scale", "factor", "digits", "unit")
        return {"x": x, "y": y, "begins": begins} | lists | {n: getattr(self, n) for n in plain}


def guess_trace(place: GuessPlace, look: Look, colour: str, *, right: bool) -> dict[str, Any]:
    """Return the trace that the player moves to a guess: a cross, or crosses on a dotted curve.

    A single one has its name beside it, on the right or on the left; several are in the legend.
    """
    curve, alone = place.begins is not None, len(place.at) == 1
    name = read_lesson("shell").text("predict", "yours")
    starts = [] if place.begins is None else [place.begins[0]]
    edge = {"width": 1, "color": look.background}
    return {
        "type": "scatter",
        "mode": "lines+markers" if curve else "markers+text",
        "x": [*starts, *place.at],
        "y": [None] * (len(starts) + len(place.at)),
        "name": name,
        "marker": {"symbol": "x", "size": 12 * look.scale, "line": edge, "color": colour},
        "line": {"width": 2.0 * look.scale, "color": colour, "dash": "dot"},
        "text": [name] if alone else None,
        "textposition": f"middle {'right' if right else 'left'}",
        "textfont": {"size": 11 * look.scale, "color": look.words(colour)},
        "cliponaxis": False,
        "showlegend": not alone,
        "visible": False,
        "meta": "guess",
        "hovertemplate": f"{name}: %{{y:.3g}}<extra></extra>",
    }


def guessed_share(at: float, label: str, start: float = 0.5) -> GuessPlace:
    """Return one point that stands for a share, in percent."""
    return GuessPlace(
        at=[at],
        start=[start],
        low=0.0,
        high=1.0,
        step=HUNDREDTH,
        labels=[label],
        factor=100.0,
        unit=read_lesson("shell").numbers.percent_sign,
    )


def guessed_curve(last: int, top: float, label: str) -> GuessPlace:
    """Return a curve of counts that begins at the top and is drawn over the generations.

    Parameters
    ----------
    last : int
        The last generation.
    top : float
        Where the curve begins, at generation 0.
    label : str
        What the curve counts; "{generation}" in it is filled in for each point.
    """
    stops = sorted({max(1, round(last * share)) for share in STOPS})
    return GuessPlace(
        at=stops,
        start=[top] * len(stops),
        low=0.0,
        high=top,
        step=max(top * HUNDREDTH, 1.0),
        labels=[label.replace("{generation}", str(stop)) for stop in stops],
        names=[f"{stop}:" for stop in stops],
        begins=(0.0, top),
    )
