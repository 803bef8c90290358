"""A scene: panels on one clock. Say what each panel shows; places, frames and legend follow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from html import unescape
from typing import Any

from collapse_core.figures.arrangement import WHOLE, NamedPanel, Part, Place, Span, in_a_row
from collapse_core.figures.curve_names import placed_names
from collapse_core.figures.drawing import Changes, Drawing
from collapse_core.figures.log_axis import LogAxis
from collapse_core.figures.look import Look, transparent
from collapse_core.figures.moving import Frame, MovingFigure
from collapse_core.figures.panel import Panel
from collapse_core.figures.percent_axis import in_percent
from collapse_core.lessons.lesson import read_lesson
from collapse_core.lessons.untold import untold_now

__all__ = ["MARGIN", "Scene", "plane_axis", "share_axis", "time_axis"]

MARGIN = {"l": 46, "t": 26, "b": 64, "r": 10}


def time_axis(generations: int) -> dict[str, Any]:
    """Return the axis of the generations, with a tick for each where they are few."""
    return {"range": [0, generations]} | ({"dtick": 1} if generations <= 10 else {})


def share_axis(low: float = -0.015, high: float = 1.015) -> dict[str, Any]:
    """Return an axis of shares, in percent."""
    return {"range": [low, high], "tickformat": ".0%", "dtick": 0.25}


def plane_axis(reach: float, look: Look) -> dict[str, Any]:
    """Return both axes of a plane of points, from ``-reach`` to ``reach``: a frame, no numbers."""
    return {
        "range": [-reach, reach],
        "showticklabels": False,
        "showgrid": False,
        "constrain": "domain",
        "showline": True,
        "mirror": True,
        "linecolor": look.faint(0.25),
    }


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


def _plain_layout(look: Look, height: float, margin: Mapping[str, float]) -> dict[str, Any]:
    """Return a layout without panels, with its legend along the lower edge."""
    scale, font = look.scale, 12 * look.scale
    sides = MARGIN | dict(margin)
    return {
        "height": round(height * (1 + (scale - 1) * 0.5)),
        # The right margin has no words, and does not grow with them.
        "margin": {side: sides[side] * (1.0 if side == "r" else scale) for side in MARGIN},
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
        },
        "annotations": [],
    }


class Scene(Drawing):
    """Panels that share a clock. The player arranges them: at most two, or the one that is chosen.

    Parameters
    ----------
    topic : str
        Whose lesson has the words.
    look : Look
        Colours and sizes.
    words : mapping of str to str, optional
        The words of the figure, instead of the lesson's. None may be missing.
    table : str
        The lesson's table of them.
    height : float
        In pixels, as are the margins.
    margin : mapping
        Margins other than the usual ones, by Plotly's ``l``, ``t``, ``b`` and ``r``.
    places : sequence of tuple of float
        Fixed places of the panels, for a figure that keeps its layout at every width: the left,
        right, lower and upper end of each, from 0 to 1.
    **gaps : object
        What the gaps in the words are filled with.
    """

    def __init__(
        self,
        topic: str,
        look: Look,
        words: Mapping[str, Any] | None = None,
        *,
        table: str = "figure",
        height: float = 325,
        margin: Mapping[str, float] | None = None,
        places: Sequence[Place] = (),
        **gaps: object,
    ) -> None:
        lesson = read_lesson(topic).without(untold_now())
        if words is not None:
            lesson = replace(lesson, tables={table: words})
        self.panels, self.named, self.fixed = list[Panel](), list[NamedPanel](), list(places)
        layout = _plain_layout(look, height, margin or {})
        layout["separators"] = lesson.numbers.separators
        super().__init__(look, lesson, table, gaps, layout)

    def panel(
        self,
        title: str = "",
        below: str = "",
        *,
        x: Mapping[str, Any],
        y: Mapping[str, Any] | LogAxis,
        leads: bool = False,
        width: float = 1.0,
        button: str = "",
        within: Panel | None = None,
        across: Span = WHOLE,
        up: Span = WHOLE,
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
        leads : bool
            Whether it is seen at first. At most two lead where panels are of different kinds.
        width : float
            Its width beside others; 1 is usual.
        button : str
            Key of the words on its button, if they are not those of the title.
        within : Panel, optional
            An earlier panel whose place it shares: both are shown and hidden together.
        across, up : tuple of float
            Where in that place it is, from 0 to 1.
        zero : str
            Key of the words at the floor of a `LogAxis`.
        bare : bool
            Whether the axes have nothing but what x and y say.
        square : bool
            Whether one unit is as long across as up.
        **options
            The fields of `Panel`: ``hover``, ``hidden``.
        """
        log = y if isinstance(y, LogAxis) else None
        words, under = (self.word(key) if key else "" for key in (title or button, below))
        made = Panel(self, len(self.panels) + 1, log, title=words, below=under, **options)
        self.panels.append(made)
        if within is None:
            named = self.word(button or title) if button or title else ""
            self.named.append(NamedPanel(unescape(named), leads, width))
        home = self.named[-1] if within is None else self._home_of(within)
        home.parts.append(Part(made.x, made.y, across, up))
        self._lay_axes(made, x, y, "" if log is None else self.word(zero), bare, square)
        self._head(made, title, below, x)
        if made.hidden is not None:
            self.unseen(made.axes)
            made.over(made.hidden, 0.86)
        return made

    def _head(self, panel: Panel, title: str, below: str, x: Mapping[str, Any]) -> None:
        """Write the words above a panel and under its axis."""
        if title:
            bold = f"<b>{self.word(title)}</b>"
            size = 11.3 if self.fixed else 12.6  # small ones of a grid have little room
            panel.note(bold, size, "", x=0, y=1, xanchor="left", yanchor="bottom")
        if below:  # a note: Plotly puts an axis title over the tick labels when the type is large
            shift = -3 if x.get("showticklabels") is False else -23
            panel.note(self.word(below), x=0.5, y=0, yanchor="top", yshift=shift)

    def _home_of(self, panel: Panel) -> NamedPanel:
        """Return the named panel that a pair of axes is part of."""
        return next(named for named in self.named if panel.x in (part.x for part in named.parts))

    def _lay_axes(
        self,
        panel: Panel,
        x: Mapping[str, Any],
        y: Mapping[str, Any] | LogAxis,
        zero: str,
        bare: bool,
        square: bool,
    ) -> None:
        """Put both axes of a panel into the layout; their places come last."""
        common: dict[str, Any] = {"fixedrange": True} if bare else _axis(self.look)
        across = common if bare else common | {"showgrid": False}
        upwards = y.layout(zero, self.lesson.numbers) if isinstance(y, LogAxis) else y
        anchored = {"scaleanchor": panel.x} if square else {}
        x, upwards = in_percent(x, self.lesson.numbers), in_percent(upwards, self.lesson.numbers)
        self.layout[panel.axis_name("x")] = across | {"anchor": panel.y, **x}
        self.layout[panel.axis_name("y")] = common | {"anchor": panel.x, **upwards, **anchored}

    def _arrange(self) -> None:
        """Give every axis its place: that in the grid, or in one row of all panels."""
        if self.fixed:
            domains = dict[str, list[float]]()
            for panel, place in zip(self.panels, self.fixed, strict=True):
                domains |= {panel.x: list(place[:2]), panel.y: list(place[2:])}
        else:
            domains = in_a_row(self.named)
        for axis, domain in domains.items():
            self.layout[f"{axis[0]}axis{axis[1:]}"]["domain"] = domain

    def _name_curves(self) -> None:
        """Write the names that stand at curves, once all of them are known."""
        pale = transparent(self.look.background, 0.75)
        for panel in self.panels:
            places = placed_names(panel.curve_names, panel.both_axes())
            for name, place in zip(panel.curve_names, places, strict=True):
                on = {"xref": panel.x, "yref": panel.y, "bgcolor": pale, "borderpad": 0}
                panel.note(name.text, 11, name.tint, **place, **on)
            panel.curve_names.clear()

    def figure(self, alt: str = "", *, clock_name: str = "", layouts: Changes = ()) -> MovingFigure:
        """Return the figure, with a frame for each tick; ``layouts`` change with it too."""
        self._arrange()
        self._name_curves()
        moved, ticks = tuple(self.changes), zip(*self.changes.values(), strict=True)
        frames = [
            Frame(str(tick), change, moved, layouts[tick] if layouts else {})
            for tick, change in enumerate(ticks)
        ]
        clock_name = clock_name or read_lesson("shell").text("clock", "generation")
        colours = {"text": self.look.text, "background": self.look.background}
        panels = [] if self.fixed else [named.to_dict() for named in self.named]
        return MovingFigure(
            self.traces,
            self.layout,
            frames,
            clock_name,
            alt,
            colours,
            panels,
            self.twins,
            self.asked,
            self.curves(),
            self.standing(),
        )
