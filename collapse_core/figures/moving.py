"""A figure with a clock: panels that share one generation cursor.

The traces and the layout are plain dictionaries in Plotly's own schema. Building them through
``graph_objects`` would validate every frame and take a hundred times longer; a test validates them
once instead.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from collapse_core.extras import extra

if TYPE_CHECKING:
    import plotly.graph_objects as go

__all__ = ["Frame", "MovingFigure"]

MILLISECONDS_PER_FRAME = 60


@dataclass(frozen=True)
class Frame:
    """What changes at one tick of the clock.

    Parameters
    ----------
    name : str
        What the clock shows, for example the generation.
    data : sequence of dict
        New values for some traces.
    traces : sequence of int
        Which ones.
    layout : dict
        New values for the layout, such as its images.
    """

    name: str
    data: Sequence[dict[str, Any]]
    traces: Sequence[int]
    layout: Mapping[str, Any] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """Return the frame in Plotly's schema."""
        frame = {"name": self.name, "data": list(self.data), "traces": list(self.traces)}
        return frame | ({"layout": dict(self.layout)} if self.layout else {})


@dataclass(frozen=True)
class MovingFigure:
    """Traces, a layout, and one frame per tick of the clock.

    Parameters
    ----------
    traces : list of dict
        All traces, in Plotly's schema.
    layout : dict
        Axes, legends, size.
    frames : list of Frame
        What changes; the first is the clock's start.
    clock_name : str
        What the clock counts.
    alt : str
        What the picture shows, in one sentence.
    """

    traces: list[dict[str, Any]]
    layout: dict[str, Any]
    frames: list[Frame]
    clock_name: str = "Generation"
    alt: str = ""
    meta: dict[str, Any] = field(default_factory=dict)

    @property
    def redraws(self) -> bool:
        """Whether each tick needs the whole figure drawn anew: Plotly moves only lines and bars."""
        moved = {index for frame in self.frames for index in frame.traces}
        return not {self.traces[index]["type"] for index in moved} <= {"scatter", "bar"}

    @property
    def _redraws_all(self) -> bool:
        """Whether Plotly's own play button has to: it leaves a layout alone otherwise."""
        return self.redraws or any(frame.layout for frame in self.frames)

    def at(self, tick: int) -> go.Figure:
        """Return the figure as it stands at one tick, without controls.

        Parameters
        ----------
        tick : int
            Index of the frame; values beyond the ends are moved to the nearest end.
        """
        changed = self.frames[self._inside(tick)].layout if self.frames else {}
        return self._figure(self._traces_at(tick), self.layout | dict(changed))

    def playable(self, tick: int = 0) -> go.Figure:
        """Return the figure with Plotly's own play button and slider, for notebooks and files."""
        tick = self._inside(tick)
        layout = copy.deepcopy(self.layout)
        if self.frames:
            layout |= self.frames[tick].layout
        layout["updatemenus"] = [_play_and_pause(self._redraws_all)]
        layout["sliders"] = [self._slider(tick)]
        margin = layout.setdefault("margin", {})
        room = 110
        margin["b"] = margin.get("b", 60) + room
        layout["height"] = layout.get("height", 450) + room
        frames = [frame.to_dict() for frame in self.frames]
        return self._figure(self._traces_at(tick), layout, frames)

    def html(self, title: str, tick: int = 0) -> str:
        """Return a page that plays offline: Plotly is inside it.

        Parameters
        ----------
        title : str
            Title of the page, as plain text.
        tick : int
            Index of the frame shown first.
        """
        from html import escape

        body = self.playable(tick).to_html(
            include_plotlyjs=True, full_html=False, auto_play=False, validate=False
        )
        return (
            '<!doctype html><html lang="en"><head><meta charset="utf-8">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"<title>{escape(title)}</title></head>"
            f'<body style="font-family:sans-serif;margin:1rem"><h1>{escape(title)}</h1>'
            f"{body}<p>{escape(self.alt)}</p></body></html>"
        )

    def _traces_at(self, tick: int) -> list[dict[str, Any]]:
        traces = [dict(trace) for trace in self.traces]
        if self.frames:
            frame = self.frames[self._inside(tick)]
            for index, change in zip(frame.traces, frame.data, strict=True):
                traces[index] |= change
        return traces

    def _inside(self, tick: int) -> int:
        return max(0, min(tick, len(self.frames) - 1))

    def _figure(
        self,
        traces: list[dict[str, Any]],
        layout: dict[str, Any],
        frames: list[dict[str, Any]] | None = None,
    ) -> go.Figure:
        with extra("figures"):
            import plotly.graph_objects as go

        return go.Figure(data=traces, layout=layout, frames=frames or [], _validate=False)

    def _slider(self, tick: int) -> dict[str, Any]:
        instant = {"mode": "immediate", "frame": {"duration": 0, "redraw": self._redraws_all}}
        steps = [
            {
                "label": frame.name,
                "method": "animate",
                "args": [[frame.name], {**instant, "transition": {"duration": 0}}],
            }
            for frame in self.frames
        ]
        return {
            "active": tick,
            "currentvalue": {"prefix": f"{self.clock_name} ", "xanchor": "left"},
            "steps": steps,
            "x": 0.12,
            "len": 0.88,
            "y": 0,
            "yanchor": "top",
            "pad": {"t": 90, "b": 10},
        }


def _play_and_pause(redraw: bool) -> dict[str, Any]:
    playing = {
        "frame": {"duration": MILLISECONDS_PER_FRAME, "redraw": redraw},
        "transition": {"duration": 0},
        "fromcurrent": True,
    }
    stopped = {"mode": "immediate", "frame": {"duration": 0, "redraw": False}}
    return {
        "type": "buttons",
        "direction": "left",
        "showactive": False,
        "x": 0,
        "xanchor": "left",
        "y": 0,
        "yanchor": "top",
        "pad": {"t": 100, "r": 10},
        "buttons": [
            {"label": "▶", "method": "animate", "args": [None, playing]},
            {"label": "❚❚", "method": "animate", "args": [[None], stopped]},
        ],
    }
