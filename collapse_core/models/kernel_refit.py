"""A kernel density estimate in the loop: resample the points, blur each a little, repeat.

A Gaussian that is refitted to its own samples keeps two numbers; a kernel estimate keeps every
point, so it could follow any shape. Drawing from it means to pick one of the n points and to add
noise of standard deviation h. The picking loses spread, ``1 - 1/n`` of it is kept, and the noise
adds ``h^2``; the loop ends where both agree, at ``h^2 (n - 1)``. Not a point but a blur.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import (
    check_generations,
    check_memory,
    check_number,
    check_whole_number,
    fits_memory,
)
from collapse_core.horizon import furthest
from collapse_core.streams import generator

__all__ = ["MOST_POINTS", "KernelRefit", "KernelRuns"]

Array = NDArray[np.float64]

MOST_POINTS = 2000


@dataclass(frozen=True, eq=False)
class KernelRuns:
    """What sampled runs say. Index 0 along the axis of generations is the truth.

    Parameters
    ----------
    model : KernelRefit
        What was run, perhaps further than is kept here; see `until`.
    seed : int
        With which seed.
    variance : ndarray, shape (replicates, generations + 1)
        Variance of the points of each generation (divisor n); 1 for the truth.
    mean : ndarray, shape (replicates, generations + 1)
        Their average; 0 for the truth.
    """

    model: KernelRefit
    seed: int
    variance: Array
    mean: Array
    _points: dict[int, Array] = field(default_factory=dict, repr=False)

    @property
    def replicates(self) -> int:
        """Number of runs."""
        return len(self.variance)

    @property
    def generations(self) -> int:
        """Number of fits; arrays have one entry more."""
        return int(self.variance.shape[1]) - 1

    def until(self, generations: int) -> KernelRuns:
        """Return the first generations of the runs, as views: those of a shorter run, bit for bit.

        Parameters
        ----------
        generations : int
            1 to ``self.generations``.

        Raises
        ------
        ValueError
            If the runs do not go so far.
        """
        first = slice(check_whole_number("generations", generations, 1, self.generations) + 1)
        return replace(self, variance=self.variance[:, first], mean=self.mean[:, first])

    def points_of(self, run: int) -> Array:
        """Return the points of one run, shape (generations, sample_size), from generation 1 on.

        They are drawn again, unless this run was the last one asked for.
        """
        points = self._points.get(run)
        if points is None:
            points = self.model.points_of(run, self.replicates, self.seed)
            self._points.clear()
            self._points[run] = points
        return points[: self.generations]


@dataclass(frozen=True)
class KernelRefit:
    """A model that resamples the points of the last generation and adds normal noise.

    The truth is N(0, 1). Generation 0 is the truth, whose kernel model is the truth blurred by h;
    the points of generation 1 are drawn from that.

    Parameters
    ----------
    sample_size : int
        Points per generation, 1 to 2000.
    bandwidth : float
        Standard deviation h of the noise, 0 to 10; 0 is a bootstrap, which collapses.
    generations : int
        Number of generations, at least 1.
    """

    sample_size: int
    bandwidth: float
    generations: int

    def __post_init__(self) -> None:
        size = check_whole_number("sample_size", self.sample_size, 1, MOST_POINTS)
        object.__setattr__(self, "sample_size", size)
        object.__setattr__(self, "bandwidth", check_number("bandwidth", self.bandwidth, 0.0, 10.0))
        generations = check_generations(self.generations, 1)
        object.__setattr__(self, "generations", generations)

    def horizon(self, replicates: int) -> KernelRefit:
        """Return the model over a rounded-up number of generations.

        ``model.horizon(r).simulate(r, seed).until(model.generations)`` has the runs of
        ``model.simulate(r, seed)``.
        """
        replicates = check_whole_number("replicates", replicates, 1)
        longest = furthest(
            self.generations, lambda generations: fits_memory(2 * generations * replicates)
        )
        return replace(self, generations=longest)

    def iterate(self, replicates: int, seed: int) -> Iterator[Array]:
        """Yield the points of generation 1, 2, ..., each of shape (replicates, sample_size)."""
        replicates = check_whole_number("replicates", replicates, 1)
        check_memory("replicates", replicates, replicates * self.sample_size)
        rng = generator(seed, 0, "kernel")
        shape = (replicates, self.sample_size)
        points = rng.standard_normal(shape)
        rows = np.arange(replicates)[:, None]
        for generation in range(self.generations):
            if generation:
                points = points[rows, rng.integers(self.sample_size, size=shape)]
            # Added outside the branch, for the truth is blurred as every later model is.
            points = points + self.bandwidth * rng.standard_normal(shape)
            yield points

    def simulate(self, replicates: int, seed: int) -> KernelRuns:
        """Run the loop and keep the mean and the variance of every generation.

        Parameters
        ----------
        replicates : int
            Independent runs, at least 1.
        seed : int
            0 to 2**32 - 1. Same seed and same number of runs, same points.
        """
        replicates = check_whole_number("replicates", replicates, 1)
        check_memory("replicates", replicates, replicates * self.sample_size)
        check_memory("generations", self.generations, 2 * self.generations * replicates)
        means, variances = [np.zeros(replicates)], [np.ones(replicates)]
        for points in self.iterate(replicates, seed):
            means.append(points.mean(axis=1))
            variances.append(points.var(axis=1))
        return KernelRuns(self, seed, np.column_stack(variances), np.column_stack(means))

    def points_of(self, run: int, replicates: int, seed: int) -> Array:
        """Return the points of one run, shape (generations, sample_size), from generation 1 on.

        Parameters
        ----------
        run : int
            Number of the run, below ``replicates``.
        replicates, seed : int
            As in `simulate`.
        """
        replicates = check_whole_number("replicates", replicates, 1)
        check_memory("replicates", replicates, replicates * self.sample_size)
        run = check_whole_number("run", run, 0, replicates - 1)
        return np.stack([points[run] for points in self.iterate(replicates, seed)])
