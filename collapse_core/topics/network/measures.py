"""What is measured in a network that listens to itself, as curves; another loop's over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from collapse_core.figures.guess_place import GuessPlace
from collapse_core.figures.log_axis import LogAxis
from collapse_core.figures.panel import Panel
from collapse_core.figures.scene import Scene, share_axis, time_axis
from collapse_core.topics.network.linear_report import exact_spread
from collapse_core.topics.network.question import ListeningNetwork
from collapse_core.topics.network.steps import NetworkStep, course

__all__ = ["MeasureCurves", "Other"]

FARTHEST_APART = 1.3  # of the start's distance: what is beyond is drawn there
MARKS = 14  # on a curve of the other loop


@dataclass(frozen=True, eq=False)
class Other:
    """Another loop, to be laid over the one that is asked for.

    Parameters
    ----------
    name : str
        Key of its name.
    steps : sequence of NetworkStep
        What is computed so far.
    """

    name: str
    steps: Sequence[NetworkStep]


@dataclass(frozen=True, eq=False)
class MeasureCurves:
    """Draws the measures over the passes, one panel for each kind.

    Parameters
    ----------
    scene : Scene
        Where.
    asked : ListeningNetwork
        The settings; the axes show all of their passes.
    steps : sequence of NetworkStep
        What is computed so far.
    other : Other, optional
        Its curves have the colours of the measures, dots and open diamonds.
    hidden : str, optional
        Words over the panels while the answer is to be guessed.
    """

    scene: Scene
    asked: ListeningNetwork
    steps: Sequence[NetworkStep]
    other: Other | None
    hidden: str | None

    def draw_different(self, name: str, guess: GuessPlace | None) -> None:
        """Add the panel of the images that still differ, with the place of the guess."""
        panel = self._panel("different", share_axis(0.0, 1.04), leads=True, hover="%{y:.1%}")
        different = course(self.steps, "different")
        key = "measured" if self.other is None else name
        panel.line(key, different, style="model", showlegend=self.other is not None)
        self._lay(panel, "different", "blue")
        panel.guess(guess)
        panel.hand(different, (0.0, 1.04))

    def draw_rest(self) -> None:
        """Add the other panels."""
        self._draw_shares()
        self._draw_dimensions()
        self._draw_spread()
        self._draw_drift()
        self._draw_jacobian()

    def _draw_shares(self) -> None:
        """Add the panel of the crowds' distance and of the meaning kept."""
        ends = (0.0, FARTHEST_APART + 0.04)
        panel = self._panel("shares", share_axis(*ends), hover="%{y:.0%}")
        kept = course(self.steps, "kept")
        apart = np.minimum(course(self.steps, "apart"), FARTHEST_APART)
        panel.line("kept", kept, style=("real", 1.1, "solid"), at_curve=self._at(0.7))
        panel.line("apart", apart, style=("collapse", 1.1, "dash"), at_curve=self._at(0.4))
        self._lay(panel, "kept", "real")
        self._lay(panel, "apart", "collapse", most=FARTHEST_APART)
        panel.hand(kept, ends, tint="real")

    def _draw_dimensions(self) -> None:
        """Add the panel of the effective and of the local dimension."""
        rank, top = course(self.steps, "rank"), 1.1 * self._most("rank", "local_dimension")
        panel = self._panel("dimensions", {"range": [0.0, top]}, hover="%{y:.1f}")
        panel.line("rank", rank, style="model", at_curve=self._at(0.7))
        local = course(self.steps, "local_dimension")
        style = ("collapse", 1.1, "dash")
        panel.line("local_dimension", local, style=style, at_curve=self._at(0.4))
        self._lay(panel, "rank", "blue")
        panel.hand(rank, (0.0, top))

    def _draw_spread(self) -> None:
        """Add the panel of the spread, with what is exact over it."""
        spread, exact = course(self.steps, "spread"), exact_spread(self.asked, self.steps)
        top = 1.1 * self._most("spread")
        axis = {"range": [0.0, top], "tickformat": ".0%"}
        panel = self._panel("spread", axis, hover="%{y:.1%}")
        panel.line("measured", spread, style="model")
        panel.line("exact", exact)
        self._lay(panel, "spread", "blue")
        panel.hand(spread, (0.0, top))

    def _draw_drift(self) -> None:
        """Add the panel of local and cumulative drift."""
        panel = self._panel("drift", LogAxis(-5, 2), zero="nothing")
        cumulative = course(self.steps, "cumulative")
        panel.line("cumulative", cumulative, style=("collapse", 1.1, "solid"))
        panel.line("local", course(self.steps, "local"), style=("muted", 1.1, "dash"))
        self._lay(panel, "cumulative", "collapse")
        self._lay(panel, "local", "muted")
        panel.hand(cumulative, tint="collapse")

    def _draw_jacobian(self) -> None:
        """Add the panel of what one pass stretches and squeezes."""
        most, least = course(self.steps, "stretched"), course(self.steps, "squeezed")
        top = 1.15 * float(np.nanmax([1.2, *most[np.isfinite(most)]]))
        panel = self._panel("jacobian", {"range": [0.0, top]}, hover="%{y:.2f}")
        panel.line("stretched", most, style=("collapse", 1.1, "solid"), at_curve=0.7)
        panel.line("squeezed", least, style=("blue", 1.1, "dash"), at_curve=0.7)
        ends = [0, self.asked.generations + 0.3]
        panel.line("one", [1.0, 1.0], ends, style=("muted", 0.8, "dot"), hover=None,
                   showlegend=False)  # fmt: skip
        panel.hand(most, (0.0, top), tint="collapse")

    def _panel(self, title: str, y: Mapping[str, Any] | LogAxis, **options: Any) -> Panel:
        """Add a panel over the passes."""
        passes = self.asked.generations
        time = time_axis(passes) | {"range": [-0.3, passes + 0.3]}
        return self.scene.panel(title, "pass", x=time, y=y, hidden=self.hidden, **options)

    def _at(self, share: float) -> float:
        """Return where a name stands at its curve: nowhere if the other loop needs the room."""
        return share if self.other is None else 0.0

    def _most(self, *measures: str) -> float:
        """Return the highest value of some measures in both loops, at least 1."""
        runs = [self.steps] if self.other is None else [self.steps, self.other.steps]
        return float(max(1.0, *(course(run, name).max() for run in runs for name in measures)))

    def _lay(self, panel: Panel, measure: str, tint: str, most: float = np.inf) -> None:
        """Add the other loop's curve of a measure."""
        if self.other is None:
            return
        scene, name = self.scene, self.other.name
        told = f"{scene.word(name)}, {scene.word(measure)}: {panel.hover}<extra></extra>"
        marker = {"symbol": "diamond-open", "size": 7 * scene.look.scale, "maxdisplayed": MARKS}
        panel.line(
            name,
            np.minimum(course(self.other.steps, measure), most),
            style=(tint, 0.9, "dot"),
            mode="lines+markers",
            marker=marker | {"color": scene.colour(tint)},
            hovertemplate=told,
        )
