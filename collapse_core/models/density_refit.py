"""The tail of a density: a histogram or a kernel estimate, refitted to its own samples.

A density has a tail as categories have: what lies beyond a far quantile of the truth, or a small
second hump. A *histogram* with fixed bins is a categorical model, so its tail mass beyond the edge
of a bin is the share of two colours: its average stays where it is, and it is lost in ever more
runs. A *kernel estimate* draws a point of its training set and moves it by a normal step, so each
generation widens what it copies: the average tail mass grows, as that of the truth blurred by all
the steps so far does; the typical run still loses what no point of its ancestors stood for.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import (
    check_generations,
    check_memory,
    check_number,
    check_whole_number,
    fits_memory,
)
from collapse_core.families.bernoulli import Bernoulli
from collapse_core.families.categorical import MOST_CATEGORIES, Categorical
from collapse_core.horizon import furthest
from collapse_core.law import Law
from collapse_core.loop import ClosedLoop
from collapse_core.models.density_truth import DensityTruth
from collapse_core.policies import Replace
from collapse_core.streams import block_count, generator

__all__ = ["HistogramTail", "KernelTail", "TailMass"]

Array = NDArray[np.float64]

KERNEL_BLOCK = 20  # runs that share a random stream
MOST_POINTS = 20_000_000  # points of all runs of one generation
MOST_GRID_POINTS = 2000
LARGEST_EXACT_SAMPLE = 2000  # points per generation, for the chance that a histogram's tail is gone


@dataclass(frozen=True, eq=False)
class TailMass:
    """Probability of the tail in sampled runs. Index 0 of the generations is the truth.

    Parameters
    ----------
    cut : float
        Where the tail begins.
    mass : ndarray, shape (replicates, generations + 1)
        P(X > cut) under each model, 0 to 1.
    expected : ndarray, shape (generations + 1,)
        Its exact average over all runs; NaN where it is not known.
    densities : ndarray, shape (generations + 1, points)
        The density of the first run's model at each place of ``grid``; row 0 is the truth's.
    grid : ndarray, shape (points,)
        Places.
    chance_lost : ndarray, shape (generations + 1,), or None
        The exact chance that the tail is gone, where it is known.
    """

    cut: float
    mass: Array
    expected: Array
    densities: Array
    grid: Array
    chance_lost: Array | None = None

    def until(self, generations: int) -> TailMass:
        """Return the first generations, as views: those of a run over so many, bit for bit.

        Parameters
        ----------
        generations : int
            1 or more, and no more than there are.

        Raises
        ------
        ValueError
            If the runs do not go so far.
        """
        most = self.expected.size - 1
        first = slice(check_whole_number("generations", generations, 1, most) + 1)
        known = self.chance_lost
        return replace(
            self,
            mass=self.mass[:, first],
            expected=self.expected[first],
            densities=self.densities[first],
            chance_lost=None if known is None else known[first],
        )

    @property
    def lost(self) -> Array:
        """Share of runs whose model has no tail left (below 1e-12), shape (generations + 1,)."""
        return np.asarray((self.mass < 1e-12).mean(axis=0))


@dataclass(frozen=True)
class HistogramTail:
    """A histogram with fixed bins, refitted to its own samples.

    Parameters
    ----------
    truth : DensityTruth
        The density at the start.
    bins : int
        Bins of equal width from the low end of the truth's view to ``cut``, 1 to 5000; as many
        bins of the same width as fit follow up to the end of the view, and what lies outside the
        view on either side belongs to the outermost bins.
    tail_level : float
        The tail begins at this quantile of the truth, 0.5 to 0.9999.
    sample_size : int
        Points per generation.
    generations : int
        Number of fits.
    """

    truth: DensityTruth
    bins: int = 40
    tail_level: float = 0.97
    sample_size: int = 500
    generations: int = 50

    def __post_init__(self) -> None:
        object.__setattr__(self, "bins", check_whole_number("bins", self.bins, 1, 5000))
        object.__setattr__(self, "tail_level", _checked_level(self.tail_level))
        self.loop()

    @property
    def cut(self) -> float:
        """Where the tail begins: an edge between two bins."""
        return self.truth.quantile(self.tail_level)

    @property
    def edges(self) -> Array:
        """Edges of the bins, increasing, ``edges[bins]`` being the cut."""
        low, high = self.truth.view
        width = (self.cut - low) / self.bins
        beyond = max(1, math.ceil((high - self.cut) / width - 1e-9))
        beyond = min(beyond, MOST_CATEGORIES - self.bins)
        edges = low + width * np.arange(self.bins + beyond + 1)
        edges[self.bins] = self.cut
        return np.asarray(edges, dtype=np.float64)

    def loop(self) -> ClosedLoop:
        """Return the closed loop: a histogram is a model of categories."""
        beyond = self.truth.exceedance(self.edges)
        beyond[0], beyond[-1] = 1.0, 0.0
        shares = np.maximum(-np.diff(beyond), 0.0)
        family = Categorical(tuple((shares / shares.sum()).tolist()))
        return ClosedLoop(family, Replace(), self.sample_size, self.generations)

    def tail_law(self, approximate: bool = False) -> Law:
        """Return the law of the tail mass: that of two colours, the tail against the rest.

        ``mean`` is constant; ``lost`` is the chance that the tail is gone. Exact, by lumping.
        """
        return self._tail_loop().exact(approximate)

    def _tail_loop(self) -> ClosedLoop:
        share = float(self.loop().family.truth[self.bins :].sum())
        tail = Bernoulli(min(share, 1.0))
        return ClosedLoop(tail, Replace(), self.sample_size, self.generations)

    def horizon(self, replicates: int) -> HistogramTail:
        """Return the model over a rounded-up number of generations.

        ``model.horizon(r).run(r, seed).until(model.generations)`` is ``model.run(r, seed)``.
        """
        runs, law = self.loop().horizon_of_runs(replicates), self._tail_loop().horizon_of_law()
        return replace(self, generations=min(runs.generations, law.generations))

    def run(self, replicates: int, seed: int) -> TailMass:
        """Run it and return the tail mass of every run and generation."""
        edges = self.edges
        masses, first = [], []
        for state in self.loop().iterate(replicates, seed):
            masses.append(state[:replicates, self.bins :].sum(axis=1))
            first.append(state[0] / np.diff(edges))
        mass = np.stack(masses, axis=1)
        expected = np.full(self.generations + 1, mass[0, 0])
        middles = (edges[:-1] + edges[1:]) / 2.0
        exact = self.sample_size <= LARGEST_EXACT_SAMPLE
        chance = self.tail_law().lost if exact else None
        return TailMass(self.cut, mass, expected, np.stack(first), middles, chance)


@dataclass(frozen=True)
class KernelTail:
    """A kernel density estimate, refitted to its own samples.

    Parameters
    ----------
    truth : DensityTruth
        The density at the start.
    bandwidth : float or "silverman"
        Standard deviation of the normal kernel, at least 0 (0: the points themselves, a bootstrap);
        or Silverman's rule for each training set, 0.9 min(s, IQR / 1.34) n^(-1/5).
    tail_level : float
        The tail begins at this quantile of the truth, 0.5 to 0.9999.
    sample_size : int
        Points per generation, 1 to 100,000.
    generations : int
        Number of fits, at least 1.
    """

    truth: DensityTruth
    bandwidth: float | Literal["silverman"] = 0.2
    tail_level: float = 0.97
    sample_size: int = 500
    generations: int = 50

    def __post_init__(self) -> None:
        if not (isinstance(self.bandwidth, str) and self.bandwidth == "silverman"):
            width = check_number("bandwidth", self.bandwidth, 0.0)
            object.__setattr__(self, "bandwidth", width)
        object.__setattr__(self, "tail_level", _checked_level(self.tail_level))
        size = check_whole_number("sample_size", self.sample_size, 1, 100_000)
        object.__setattr__(self, "sample_size", size)
        generations = check_generations(self.generations, 1)
        object.__setattr__(self, "generations", generations)

    @property
    def cut(self) -> float:
        """Where the tail begins."""
        return self.truth.quantile(self.tail_level)

    def expected_tail_mass(self) -> Array:
        """Return the exact average tail mass: that of the truth blurred t times.

        Shape (generations + 1,); NaN after the truth under Silverman's rule, whose bandwidth is
        random. Derived for this project: a point of the model at t is a draw of the truth plus t
        independent normal steps of the bandwidth.
        """
        expected = np.full(self.generations + 1, np.nan)
        expected[0] = float(self.truth.exceedance(np.asarray(self.cut)))
        if self.bandwidth != "silverman":
            for generation in range(1, self.generations + 1):
                spread = float(self.bandwidth) * math.sqrt(generation)
                expected[generation] = self.truth.blurred_exceedance(self.cut, spread)
        return expected

    def horizon(self, replicates: int) -> KernelTail:
        """Return the model over a rounded-up number of generations.

        ``model.horizon(r).run(r, seed).until(model.generations)`` is ``model.run(r, seed)``.
        """
        rows = block_count(replicates, KERNEL_BLOCK) * KERNEL_BLOCK
        longest = furthest(
            self.generations,
            lambda generations: fits_memory((rows + MOST_GRID_POINTS) * (generations + 1)),
        )
        return replace(self, generations=longest)

    def run(self, replicates: int, seed: int, grid_points: int = 200) -> TailMass:
        """Run it and return the tail mass of every run and generation.

        Raises
        ------
        ValueError
            If the runs would hold more than 2 * 10**7 points at a time, or a number is out of
            range.
        """
        blocks = block_count(replicates, KERNEL_BLOCK)
        self._check_budget(blocks)
        grid_points = check_whole_number("grid_points", grid_points, 2, MOST_GRID_POINTS)
        grid = np.linspace(*self.truth.view, grid_points)
        numbers = (blocks * KERNEL_BLOCK + grid_points) * (self.generations + 1)
        check_memory("generations", self.generations, numbers)
        mass = np.empty((blocks * KERNEL_BLOCK, self.generations + 1))
        mass[:, 0] = float(self.truth.exceedance(np.asarray(self.cut)))
        densities = np.empty((self.generations + 1, grid.size))
        half = (grid[1] - grid[0]) / 2.0
        beyond = self.truth.exceedance(np.append(grid - half, grid[-1] + half))
        densities[0] = -np.diff(beyond) / (2.0 * half)
        for block in range(blocks):
            rng = generator(seed, block, "kernel refit")
            rows = slice(block * KERNEL_BLOCK, (block + 1) * KERNEL_BLOCK)
            points = self.truth.draw((KERNEL_BLOCK, self.sample_size), rng)
            for generation in range(1, self.generations + 1):
                widths = self._widths(points)
                mass[rows, generation] = _beyond(points, widths, self.cut).mean(axis=1)
                if block == 0:
                    densities[generation] = _density(points[0], float(widths[0, 0]), grid)
                if generation < self.generations:
                    points = _sample(points, widths, rng)
        return TailMass(self.cut, mass[:replicates], self.expected_tail_mass(), densities, grid)

    def _check_budget(self, blocks: int) -> None:
        needed = blocks * KERNEL_BLOCK * self.sample_size
        if needed > MOST_POINTS:
            raise ValueError(
                f"replicates times sample_size={self.sample_size} is {needed:,} points, out of "
                f"range: at most {MOST_POINTS:,} are allowed. Choose fewer replicates or points."
            )

    def _widths(self, points: Array) -> Array:
        """Return the bandwidth of each run, shape (replicates, 1)."""
        if self.bandwidth != "silverman":
            return np.full((len(points), 1), float(self.bandwidth))
        if self.sample_size == 1:
            return np.zeros((len(points), 1))
        spread = points.std(axis=1, ddof=1)
        low, high = np.quantile(points, (0.25, 0.75), axis=1)
        robust = (high - low) / 1.34
        # Points of which half are equal have no quartile range: their deviation stands alone.
        scale = np.where(robust > 0.0, np.minimum(spread, robust), spread)
        return np.asarray(0.9 * scale[:, np.newaxis] * self.sample_size**-0.2)


def _checked_level(level: float) -> float:
    return check_number("tail_level", level, 0.5, 0.9999)


def _sample(points: Array, widths: Array, rng: np.random.Generator) -> Array:
    """Draw as many points from the kernel estimates as they were fitted to."""
    chosen = rng.integers(0, points.shape[1], size=points.shape)
    steps = rng.standard_normal(points.shape)
    return np.asarray(np.take_along_axis(points, chosen, axis=1) + widths * steps)


def _beyond(points: Array, widths: Array, cut: float) -> Array:
    """Return the chance that each point, moved by its kernel, lies beyond the cut."""
    from scipy.special import ndtr

    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        apart = (points - cut) / widths
    return np.where(widths > 0.0, ndtr(apart), (points > cut).astype(np.float64))


def _density(points: Array, width: float, grid: Array) -> Array:
    """Return the density of a kernel estimate; without a bandwidth, NaN: it has none."""
    if width <= 0.0:
        return np.full(grid.size, np.nan)
    found = np.zeros(grid.size)
    for chunk in np.array_split(points, max(1, points.size * grid.size // 1_000_000)):
        with np.errstate(under="ignore", over="ignore"):
            found += np.exp(-0.5 * ((grid[:, np.newaxis] - chunk) / width) ** 2).sum(axis=1)
    return np.asarray(found / (points.size * width * math.sqrt(2.0 * math.pi)))
