"""A history to be watched: which loop made it, how large it is, and what it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from collapse_core.topics.experiment import (
    Experiment,
    generations,
    number,
    sample_size,
    seed,
    share,
)

__all__ = ["HistoryChoice", "WatchedHistory"]

HistoryChoice = Literal["gaussian", "digits", "kernel", "stationary", "moving_world"]


@dataclass(frozen=True)
class WatchedHistory(Experiment):
    """Generations of rows that a monitor looks at.

    Parameters
    ----------
    history : str
        What made them. "gaussian": a Gaussian in five dimensions, retrained on its own rows.
        "digits": a linear autoencoder of handwritten digits, retrained, seen through eight fixed
        features. "kernel": a kernel density in the plane, retrained. "stationary": fresh rows of a
        world that stays as it is. "moving_world": fresh rows of a world that moves.
    reference : bool
        Whether each generation is compared with fresh real rows of its own time, and not with
        generation 0.
    sample_size, generations, anchors, false_alarm, seed
        See ``WatchedHistory.params``.

    Raises
    ------
    ValueError
        If a value is out of range; the message names it.
    """

    history: HistoryChoice = "gaussian"
    sample_size: int = sample_size(200, "Rows of each generation.", least=50, most=1000)
    generations: int = generations(16, 24)
    anchors: int = number(
        0, 0, 500, "Fresh real rows that each model is trained on besides.", symbol="k", step=1
    )
    reference: bool = False
    false_alarm: float = share(
        0.05, 0.01, 0.2, "Chance of an alarm in the whole series where nothing happens.", step=0.01
    )
    seed: int = seed()

    @property
    def is_trained(self) -> bool:
        """Whether a model is trained at all, and not the world itself watched."""
        return self.history not in ("stationary", "moving_world")
