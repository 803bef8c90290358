"""A figure with a clock: panels that share one generation cursor.

The traces and the layout are plain dictionaries in Plotly's own schema. Building them through
``graph_objects`` would validate every frame and take a hundred times longer; a test validates them
once instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from collapse_core.extras import extra
from collapse_core.figures.curves import Curve, Standing
from collapse_core.figures.player.picture import Picture
from collapse_core.figures.player.stand_alone import Playable

if TYPE_CHECKING:
    import plotly.graph_objects as go

__all__ = ["Frame", "MovingFigure"]


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
    meta : dict
        The ``text`` and ``background`` colours of its look.
    panels : list of dict
        What the player arranges: for each panel its ``name``, whether it ``leads``, its ``width``
        and its ``parts``, pairs of axes. Empty for a figure that keeps its own layout.
    twins : list of int
        Traces without an entry in the legend only because one before has the same name.
    guess : dict, optional
        Where the reader's guess is made: a `GuessPlace`, packed.
    curves : list of Curve
        What is drawn over the clock, in numbers.
    stands : list of Standing
        What is drawn in panels with other axes, in numbers.
    """

    traces: list[dict[str, Any]]
    layout: dict[str, Any]
    frames: list[Frame]
    clock_name: str = "Generation"
    alt: str = ""
    meta: dict[str, Any] = field(default_factory=dict)
    panels: list[dict[str, Any]] = field(default_factory=list)
    twins: list[int] = field(default_factory=list)
    guess: Mapping[str, Any] | None = None
    curves: list[Curve] = field(default_factory=list)
    stands: list[Standing] = field(default_factory=list)

    @property
    def redraws(self) -> bool:
        """Whether each tick needs the whole figure drawn anew: Plotly moves only lines and bars."""
        moved = {index for frame in self.frames for index in frame.traces}
        return not {self.traces[index]["type"] for index in moved} <= {"scatter", "bar"}

    def at(self, tick: int) -> go.Figure:
        """Return the figure as it stands at one tick, without controls.

        Parameters
        ----------
        tick : int
            Index of the frame; values beyond the ends are moved to the nearest end.
        """
        return self._figure(*self.standing(tick))

    def standing(self, tick: int) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """Return traces and layout as they stand at one tick, in Plotly's schema."""
        changed = self.frames[self._inside(tick)].layout if self.frames else {}
        return self._traces_at(tick), self.layout | dict(changed)

    def first(self, last: int) -> MovingFigure:
        """Return the figure with a clock that ends early."""
        return replace(self, frames=self.frames[: last + 1])

    def picture(self, captions: Sequence[str] = (), **more: Any) -> Picture:
        """Return what the player takes: the figure, its captions, and more fields of `Picture`."""
        return Picture(self, captions, **more)

    def playable(
        self,
        tick: int = 0,
        captions: Sequence[str] = (),
        table: Mapping[str, Any] | None = None,
        **more: Any,
    ) -> Playable:
        """Return the figure with its clock, for notebooks and files.

        Parameters
        ----------
        tick : int
            Index of the frame shown first; values beyond the ends are moved to the nearest end.
        captions : sequence of str
            One sentence per frame.
        table : mapping, optional
            Columns of equal length by their heading, to stand below it.
        **more
            Further fields of `Picture`.
        """
        return Playable(self.picture(captions, **more), self._inside(tick), table or {})

    def _traces_at(self, tick: int) -> list[dict[str, Any]]:
        traces = [dict(trace) for trace in self.traces]
        if self.frames:
            frame = self.frames[self._inside(tick)]
            for index, change in zip(frame.traces, frame.data, strict=True):
                traces[index] |= change
        return traces

    def _inside(self, tick: int) -> int:
        return max(0, min(tick, len(self.frames) - 1))

    def _figure(self, traces: list[dict[str, Any]], layout: dict[str, Any]) -> go.Figure:
        with extra("figures"):
            import plotly.graph_objects as go

        return go.Figure(data=traces, layout=layout, _validate=False)
