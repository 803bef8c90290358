"""A cloud that crumples in one of eight ways, generation by generation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from collapse_core.geometry import crumple_steps, sheet
from collapse_core.topics.experiment import Experiment, generations, number, sample_size, seed

__all__ = ["CrumpledCloud", "PatternChoice"]

PatternChoice = Literal[
    "coherent_expansion",
    "wrinkled_expansion",
    "streaked_expansion",
    "tangled_expansion",
    "scattering_contraction",
    "rounding_contraction",
    "oblate_contraction",
    "coherent_contraction",
]


@dataclass(frozen=True)
class CrumpledCloud(Experiment):
    """A wavy sheet that changes by one of the eight patterns.

    Parameters
    ----------
    pattern : str
        Which one.
    sample_size, dimension, generations, neighbours, seed
        See ``CrumpledCloud.params``.

    Raises
    ------
    ValueError
        If a value is out of range; the message names it.
    """

    pattern: PatternChoice = "oblate_contraction"
    sample_size: int = sample_size(800, "Points of the cloud.", least=100, most=2000)
    dimension: int = number(3, 3, 50, "Dimensions of the space around the sheet.", symbol="D")
    generations: int = generations(10, 20)
    neighbours: int = number(15, 5, 40, "Neighbours that the local dimension looks at.", symbol="k")
    seed: int = seed()

    def clouds(self) -> NDArray[np.float64]:
        """Return the cloud in every generation, shape (generations + 1, points, dimension)."""
        start = sheet(self.sample_size, self.dimension, self.seed)
        amounts = np.linspace(0.0, 1.0, self.generations + 1).tolist()
        return crumple_steps(self.pattern, start, amounts, self.seed)
