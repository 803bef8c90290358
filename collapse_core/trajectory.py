"""What a sampled run of the loop returns, and the questions it can answer."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_generations, check_memory, check_number, check_whole_number
from collapse_core.loop_settings import LoopSettings

__all__ = ["LossTimes", "Trajectory"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class LossTimes:
    """When each run first reached a boundary; runs that have not yet are marked as censored.

    Parameters
    ----------
    generation : ndarray of int, shape (replicates,)
        First generation at the boundary; the last generation watched where censored.
    censored : ndarray of bool, shape (replicates,)
        True where the run had not reached the boundary by the end: its time is only a lower bound.
    """

    generation: NDArray[np.int64]
    censored: NDArray[np.bool_]

    @property
    def observed(self) -> NDArray[np.int64]:
        """Generations of the runs that did reach the boundary."""
        return self.generation[~self.censored]

    def by_generation(self, generations: int) -> NDArray[np.int64]:
        """Return how many runs had reached the boundary by each generation 0, 1, ..."""
        generations = check_generations(generations)
        check_memory("generations", generations, generations)
        reached = np.bincount(self.observed, minlength=generations + 1)
        return np.cumsum(reached)[: generations + 1].astype(np.int64)

    def median(self) -> float:
        """Return the median over all runs, NaN if fewer than half have reached the boundary.

        Censored runs count as "later than the end", so the median is not biased towards the runs
        that finished.
        """
        times = np.where(self.censored, np.inf, self.generation)
        middle = float(np.sort(times)[(times.size - 1) // 2])
        return middle if np.isfinite(middle) else float("nan")


@dataclass(frozen=True, eq=False)
class Trajectory:
    """Sampled runs of a closed loop. Index 0 along the axis of generations is the truth.

    Parameters
    ----------
    loop : LoopSettings
        What was run.
    seed : int
        With which seed.
    mean : ndarray, shape (replicates, generations + 1[, dimension])
        Mean parameter of each model (the share of blue, for two colours).
    longer : Trajectory, optional
        The longer runs that these are the beginning of; see `until`.
    """

    loop: LoopSettings
    seed: int
    mean: Array
    longer: Trajectory | None = field(default=None, repr=False)

    @property
    def replicates(self) -> int:
        """Number of runs."""
        return len(self.mean)

    @property
    def generations(self) -> int:
        """Number of fits; arrays have one entry more."""
        return int(self.mean.shape[1]) - 1

    def until(self, generations: int) -> Trajectory:
        """Return the first generations of the runs, as views.

        They are the runs of a loop over so many generations, bit for bit.

        Parameters
        ----------
        generations : int
            1 to ``self.generations``.

        Raises
        ------
        ValueError
            If the runs do not go so far.
        """
        generations = check_whole_number("generations", generations, 1, self.generations)
        loop = replace(self.loop, generations=generations)
        # What is derived is derived once, from the longest, however often it is cut.
        return Trajectory(loop, self.seed, self.mean[:, : generations + 1], self.longer or self)

    @cached_property
    def diversity(self) -> Array:
        """Variance function at the current mean, shape (replicates, generations + 1)."""
        if self.longer is not None:
            return self.longer.diversity[:, : self.generations + 1]
        return self.loop.family.variance(self.mean)

    @cached_property
    def absorbed(self) -> NDArray[np.bool_]:
        """Whether a model has no diversity left, shape (replicates, generations + 1).

        Without real points, a prior or a memory this is for ever; with fresh anchors it is not.
        """
        return np.asarray(self.diversity == 0.0)

    @cached_property
    def lost(self) -> NDArray[np.bool_]:
        """Whether the mean is at its lowest value (no blue): (replicates, generations + 1).

        With several statistics this is asked of the first one alone. How many of K categories are
        left is `families.Categorical.survivors` of ``mean``.
        """
        return np.asarray(self._first_statistic == self.loop.family.lowest)

    @cached_property
    def taken_over(self) -> NDArray[np.bool_]:
        """Whether the mean is at its highest value (all blue): (replicates, generations + 1).

        With several statistics this is asked of the first one alone.
        """
        return np.asarray(self._first_statistic == self.loop.family.highest)

    def loss_times(self) -> LossTimes:
        """Return when each run first lost what is measured (blue, for two colours)."""
        return _first_passage(self.lost)

    def absorption_times(self) -> LossTimes:
        """Return when each run first had no diversity left."""
        return _first_passage(self.absorbed)

    def quantiles(self, levels: float | Sequence[float]) -> Array:
        """Return quantiles over the runs at each generation.

        Parameters
        ----------
        levels : float or sequence of float
            From 0 to 1.

        Returns
        -------
        ndarray, shape (levels, generations + 1[, dimension])
            Without the first axis if ``levels`` is one number.

        Raises
        ------
        ValueError
            If a level is not a number from 0 to 1.
        """
        several = isinstance(levels, list | tuple | np.ndarray)
        asked: Any = levels if several else [levels]
        checked = [check_number("levels", level, 0.0, 1.0) for level in asked]
        ordered = np.sort(self.mean, axis=0)
        # The lower of the two neighbours: a quantile of shares is then itself a possible share.
        rows = [max(0, int(np.ceil(level * self.replicates)) - 1) for level in checked]
        found = ordered[rows]
        return found if several else found[0]

    def run_nearest(self, percentile: float, generation: int | None = None) -> int:
        """Return the number of the run that stands at a percentile of all runs.

        Runs are ranked by their mean at the generation; runs level there (all lost, for example)
        are ranked by their average until then, so that the answer is typical all along.

        Parameters
        ----------
        percentile : float
            0 (lowest run) to 100 (highest run).
        generation : int, optional
            The generation to rank at; the last one by default.

        Raises
        ------
        ValueError
            If the percentile or the generation is out of range.
        """
        percentile = check_number("percentile", percentile, 0.0, 100.0)
        order = self._ranking(generation)
        return int(order[round(percentile / 100.0 * (self.replicates - 1))])

    def percentile_of(self, run: int, generation: int | None = None) -> float:
        """Return where a run stands among all runs at a generation, 0 to 100.

        Runs with the same mean share the middle of their ranks: if 60 of 100 runs have lost blue,
        each of these stands at 30.

        Raises
        ------
        ValueError
            If the run or the generation does not exist.
        """
        run = check_whole_number("run", run, 0, self.replicates - 1)
        values = self._first_statistic[:, self._generation(generation)]
        below = np.count_nonzero(values < values[run])
        level = np.count_nonzero(values == values[run])
        return 100.0 * (below + level / 2.0) / self.replicates

    def level_with(self, run: int) -> int:
        """Return how many other runs end with the same mean as a run."""
        run = check_whole_number("run", run, 0, self.replicates - 1)
        ends = self._first_statistic[:, -1]
        return int(np.count_nonzero(ends == ends[run])) - 1

    def to_csv(self) -> str:
        """Return a table of all runs as text: one row per generation, one column per run.

        Lines that begin with ``#`` name every parameter, so the table can be made again.
        """
        text = io.StringIO()
        for name, value in self.parameters().items():
            text.write(f"# {name}: {value}\n")
        flat = self.mean.reshape(self.replicates, self.generations + 1, -1)
        statistics = flat.shape[2]
        names = [
            f"run_{run + 1}" if statistics == 1 else f"run_{run + 1}_statistic_{index + 1}"
            for run in range(self.replicates)
            for index in range(statistics)
        ]
        text.write(",".join(["generation", *names]) + "\n")
        for generation in range(self.generations + 1):
            row = flat[:, generation].ravel().tolist()
            text.write(f"{generation}," + ",".join(f"{value:.6g}" for value in row) + "\n")
        return text.getvalue()

    def parameters(self) -> dict[str, object]:
        """Return every parameter of the run by name."""
        loop = self.loop
        return {
            "family": repr(loop.family),
            "policy": repr(loop.policy),
            **{
                item.name: getattr(loop, item.name)
                for item in fields(loop)
                if item.name not in ("family", "policy")
            },
            "replicates": self.replicates,
            "seed": self.seed,
            "generation 0": "the truth",
        }

    @property
    def _first_statistic(self) -> Array:
        return self.mean if self.mean.ndim == 2 else self.mean[..., 0]

    def _generation(self, generation: int | None) -> int:
        if generation is None:
            return self.generations
        return check_whole_number("generation", generation, 0, self.generations)

    def _ranking(self, generation: int | None) -> NDArray[np.int64]:
        last = self._generation(generation)
        values = self._first_statistic
        average = values[:, : last + 1].mean(axis=1)
        return np.lexsort((average, values[:, last])).astype(np.int64)


def _first_passage(reached: NDArray[np.bool_]) -> LossTimes:
    ever = np.asarray(reached.any(axis=1))
    first = np.where(ever, reached.argmax(axis=1), reached.shape[1] - 1)
    return LossTimes(first.astype(np.int64), ~ever)
