"""Two colours: a jar of yellow and blue marbles.

The statistic of a marble is 1 if it is blue and 0 if it is yellow; the mean parameter is the share
of blue. Its variance function is V(p) = p (1 - p) (Morris 1982). Refitting is the Wright-Fisher
model of genetic drift with a population of n (Ewens 2004, ch. 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from collapse_core.families.base import Array, Family
from collapse_core.families.point_pool import LARGEST_HYPERGEOMETRIC
from collapse_core.params import Param
from collapse_core.theory.quadratic_variance import QuadraticVariance

__all__ = ["Bernoulli"]


@dataclass(frozen=True)
class Bernoulli(Family):
    """Points of two colours.

    Parameters
    ----------
    share : float
        Share of blue in the truth, 0 to 1.

    Raises
    ------
    ValueError
        If the share is not a number from 0 to 1.
    """

    share: float

    params: ClassVar[tuple[Param, ...]] = (
        Param(
            name="share",
            symbol="p_0",
            low=0.0,
            high=1.0,
            default=0.1,
            step=0.01,
            description="Share of the real data that is blue. The rarer, the sooner it is lost.",
        ),
    )
    boundary_name: ClassVar[str] = "bernoulli"
    in_order: ClassVar[bool] = True
    silent_at_lowest: ClassVar[bool] = True
    lowest: ClassVar[float] = 0.0
    highest: ClassVar[float] = 1.0

    @property
    def truth(self) -> Array:
        """Share of blue in the truth, shape ()."""
        return np.asarray(self.share, dtype=np.float64)

    @property
    def variance_function(self) -> QuadraticVariance:
        """V(p) = p - p^2."""
        return QuadraticVariance(0.0, 1.0, -1.0)

    def variance(self, mean: Array) -> Array:
        """Return p (1 - p), 0 for a jar of one colour (Morris 1982)."""
        return np.asarray(mean * (1.0 - mean))

    def draw_average(self, mean: Array, sample_size: int, rng: np.random.Generator) -> Array:
        """Draw shares of blue among ``sample_size`` marbles: one binomial number per replicate."""
        if mean.strides == (0,):  # one model for all replicates: the same numbers, sooner
            return rng.binomial(sample_size, mean[0], size=mean.shape) / sample_size
        return rng.binomial(sample_size, mean) / sample_size

    def sharpen(self, mean: Array, temperature: float) -> Array:
        """Return p^(1/T) / (p^(1/T) + (1 - p)^(1/T)): below 1 it favours the common colour."""
        blue = mean ** (1.0 / temperature)
        return blue / (blue + (1.0 - mean) ** (1.0 / temperature))

    def subsample(
        self,
        pooled: Array,
        pool_size: int,
        sample_size: int,
        replacement: bool,
        rng: np.random.Generator,
    ) -> Array:
        """Draw the share of blue in a sample of the pool; the pool's own share determines it.

        Raises
        ------
        ValueError
            If a pool of 10**9 marbles or more is sampled without replacement.
        """
        if replacement:
            return self.draw_average(pooled, sample_size, rng)
        if pool_size >= LARGEST_HYPERGEOMETRIC:
            raise ValueError(
                f"a pool of {pool_size:,} points is too large to sample without replacement: "
                "choose fewer points, fewer generations, or replacement=True."
            )
        blue = np.rint(pooled * pool_size).astype(np.int64)
        return rng.hypergeometric(blue, pool_size - blue, sample_size) / sample_size
