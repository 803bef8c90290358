"""A scene: panels on one clock. Say what each panel shows; places, frames and legend follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from collapse_core.figures.log_axis import LogAxis
from collapse_core.figures.look import Look
from collapse_core.figures.moving import Frame, MovingFigure
from collapse_core.figures.panel import Changes, Drawing, Panel
from collapse_core.lessons.lesson import read_lesson

__all__ = ["HALVES", "Scene", "Sheet", "grid", "row", "share_axis", "time_axis"]

Place = tuple[float, ...]

HALVES = {"entrywidth": 0.48, "entrywidthmode": "fraction"}  # a legend in two columns


@dataclass(frozen=True)
class Sheet:
    """The layout of a scene, on a wide screen or on a phone.

    Parameters
    ----------
    height : float
        In pixels, as are the margins.
    places : sequence of tuple of float
        The place of each panel: left, right, lower and upper end, each from 0 to 1. Of two
        numbers a phone takes the lower and upper end, a wide screen the left and right one.
    left, bottom, top, right : float
        Margins; the right one has no words and does not grow with them.
    legend : mapping
        More entries of the legend, in Plotly's schema.
    """

    height: float
    places: Sequence[Place]
    left: float = 46
    bottom: float = 64
    top: float = 26
    right: float = 10
    legend: Mapping[str, Any] = field(default_factory=dict)

    def domains(self, number: int, narrow: bool) -> tuple[list[float], list[float]]:
        """Return the place of a panel across and up."""
        ends = list(self.places[number])
        if len(ends) == 2:
            ends = [0.0, 1.0, *ends] if narrow else [*ends, 0.0, 1.0]
        return ends[:2], ends[2:]

    def layout(self, look: Look) -> dict[str, Any]:
        """Return a layout without panels, with its legend along the lower edge."""
        scale, font = look.scale, 12 * look.scale
        margins = {"l": self.left * scale, "t": self.top * scale, "b": self.bottom * scale}
        return {
            "height": round(self.height * (1 + (scale - 1) * (0.0 if look.narrow else 0.5))),
            "margin": {**margins, "r": self.right},
            "font": {"size": font, "color": look.text},
            "plot_bgcolor": "rgba(0,0,0,0)",
            "paper_bgcolor": "rgba(0,0,0,0)",
            "hovermode": "x",
            "hoverlabel": {
                "bgcolor": look.background,
                "bordercolor": look.faint(0.35),
                "font": {"size": font, "color": look.text},
                "align": "left",
            },
            "dragmode": False,
            "legend": {
                "orientation": "h",
                "x": 0,
                "xanchor": "left",
                "xref": "container",
                "y": 0,
                "yref": "container",
                "yanchor": "bottom",
                "font": {"size": font * 0.95, "color": look.text},
                "itemclick": False,
                "itemdoubleclick": False,
                **self.legend,
            },
            "annotations": [],
        }


def grid(count: int, widths: Sequence[float], gap: float, gutter: float) -> list[Place]:
    """Return the places of panels in rows, as many to a row as there are widths."""
    columns, rows = len(widths), -(-count // len(widths))
    shares = np.asarray(widths) / np.sum(widths) * (1.0 - gap * (columns - 1))
    lefts = [0.0, *np.cumsum(shares + gap).tolist()]
    tall = (1.0 - gutter * (rows - 1)) / rows
    places: list[Place] = []
    for down, column in (divmod(number, columns) for number in range(count)):
        left, top = lefts[column], 1.0 - down * (tall + gutter)
        right = min(left + float(shares[column]), 1.0)
        places.append((left, right, max(top - tall, 0.0), top))
    return places


def row(*widths: float) -> tuple[Sheet, Sheet]:
    """Return sheets for panels side by side, and one below another on a phone."""
    count = len(widths)
    stacked = grid(count, [1.0], 0.0, 0.25 / count)
    return Sheet(325, grid(count, widths, 0.07, 0.0)), Sheet(290 * count, stacked, bottom=130)


def time_axis(generations: int) -> dict[str, Any]:
    """Return the axis of the generations, with a tick for each where they are few."""
    return {"range": [0, generations]} | ({"dtick": 1} if generations <= 10 else {})


def share_axis(low: float = -0.015, high: float = 1.015) -> dict[str, Any]:
    """Return an axis of shares, in percent."""
    return {"range": [low, high], "tickformat": ".0%", "dtick": 0.25}


def _axis(look: Look) -> dict[str, Any]:
    """Return what all axes are that are not bare."""
    return {
        "fixedrange": True,
        "zeroline": False,
        "automargin": False,
        "tickfont": {"color": look.muted, "size": 12 * look.scale * 0.95},
        "gridcolor": look.faint(0.12),
        # Unseen ticks keep the numbers off the axes.
        "ticks": "outside",
        "ticklen": 6,
        "tickcolor": "rgba(0,0,0,0)",
    }


class Scene(Drawing):
    """Panels that share a clock.

    Parameters
    ----------
    topic : str
        Whose lesson has the words.
    look : Look
        Colours and sizes.
    sheets : pair of Sheet
        The layouts for a wide screen and for a phone.
    words : mapping of str to str, optional
        The words of the figure, instead of the lesson's. None may be missing.
    table : str
        The lesson's table of them.
    **gaps : object
        What their gaps are filled with.
    """

    def __init__(
        self,
        topic: str,
        look: Look,
        sheets: tuple[Sheet, Sheet],
        words: Mapping[str, Any] | None = None,
        *,
        table: str = "figure",
        **gaps: object,
    ) -> None:
        lesson = read_lesson(topic)
        if words is not None:
            lesson = replace(lesson, tables={table: words})
        self.sheet, self.panels = sheets[look.narrow], list[Panel]()
        super().__init__(look, lesson, table, gaps, self.sheet.layout(look))

    def panel(
        self,
        title: str = "",
        below: str = "",
        *,
        x: Mapping[str, Any],
        y: Mapping[str, Any] | LogAxis,
        zero: str = "gone",
        bare: bool = False,
        square: bool = False,
        **options: Any,
    ) -> Panel:
        """Add the next panel and return it, to draw on.

        Parameters
        ----------
        title, below : str
            Keys of the words above it and under its horizontal axis; empty for none.
        x, y : mapping or LogAxis
            Its axes in Plotly's schema. A `LogAxis` also places what is drawn.
        zero : str
            Key of the words at the floor of a `LogAxis`.
        bare : bool
            Whether the axes have nothing but what x and y say.
        square : bool
            Whether one unit is as long across as up.
        **options
            The fields of `Panel`: ``hover``, ``hidden``, ``named``.
        """
        look, log = self.look, y if isinstance(y, LogAxis) else None
        made = Panel(self, len(self.panels) + 1, log, **options)
        across, up = self.sheet.domains(len(self.panels), look.narrow)
        self.panels.append(made)
        common: dict[str, Any] = {"fixedrange": True} if bare else _axis(look)
        vertical = dict(y.layout(self.word(zero)) if isinstance(y, LogAxis) else y)
        vertical |= {"scaleanchor": made.x} if square else {}
        for axis, domain, anchor, entries in (
            (made.x, across, made.y, x),
            (made.y, up, made.x, vertical),
        ):
            named = f"{axis[0]}axis{axis[1:]}"
            across_only = {"showgrid": False} if entries is x and not bare else {}
            self.layout[named] = (
                common | across_only | {"domain": domain, "anchor": anchor, **entries}
            )
        if title:
            corner = {"x": across[0], "y": up[1], "xref": "paper", "yref": "paper"}
            bold = f"<b>{self.word(title)}</b>"
            made.note(bold, 12.6, "", xanchor="left", yanchor="bottom", **corner)
        if below:  # a note: Plotly puts an axis title over the tick labels when the type is large
            shift = -3 if x.get("showticklabels") is False else -23
            made.note(self.word(below), x=0.5, y=0, yanchor="top", yshift=shift)
        if made.hidden is not None:
            made.over(made.hidden, 0.86)
        return made

    def figure(self, alt: str = "", *, clock_name: str = "", layouts: Changes = ()) -> MovingFigure:
        """Return the figure, with a frame for each tick; ``layouts`` change with it too."""
        moved, ticks = tuple(self.changes), zip(*self.changes.values(), strict=True)
        frames = [
            Frame(str(tick), change, moved, layouts[tick] if layouts else {})
            for tick, change in enumerate(ticks)
        ]
        clock_name = clock_name or read_lesson("shell").text("clock", "generation")
        colours = {"text": self.look.text, "background": self.look.background}
        return MovingFigure(
            self.traces, self.layout, frames, clock_name, alt, colours, guess=self.asked
        )
