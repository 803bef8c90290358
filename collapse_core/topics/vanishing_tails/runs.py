"""Vanishing tails: runs of a loop of K categories, and only what a page needs of them.

A run of K = 1000 categories over 100 generations is 101,000 numbers; of 200 runs one would keep
20 million. `run_tails` takes the generations one at a time and keeps the answers: how many
categories are left, how different the model is from the truth, how good it looks to someone who
only asks about the common items. One run, typical by default, is there as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_number, check_whole_number
from collapse_core.loop import ClosedLoop
from collapse_core.topics.vanishing_tails.kept_runs import KeptRuns
from collapse_core.topics.vanishing_tails.measures import MEASURES, Gauge, Measure

__all__ = ["TailRuns", "run_tails"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class TailRuns:
    """What is kept of sampled runs. Index 0 along the axis of generations is the truth.

    Each measure has the shape (replicates, generations + 1).

    Parameters
    ----------
    loop : ClosedLoop
        What was run.
    seed : int
        With which seed.
    survivors : ndarray
        Categories alive, that is, with a probability above 0: a whole number from 1 to K.
    rare_survivors : ndarray
        Categories alive of the truth's `rare_half`.
    lost_mass : ndarray
        Probability that the truth gives to categories that are not alive, 0 to 1.
    gini : ndarray
        Gini diversity 1 - sum q^2: the chance that two points of the model differ.
    entropy : ndarray
        Shannon's entropy of the model, in nats.
    divergence : ndarray
        Kullback-Leibler divergence, in nats, of the model from the truth *given that a category
        is alive*: what is wrong with the frequencies beyond what is missing. The divergence from
        the truth itself is infinite as soon as one category is lost; see
        `share_with_infinite_divergence`. NaN where nothing of the truth is alive.
    common_log_likelihood : ndarray
        Average of ln q over points of the truth that are `common_items`, in nats; -inf if one of
        these is lost. What a benchmark of ordinary questions would see.
    accuracy : ndarray
        Share of points of the truth that are guessed by always naming the model's most likely
        category.
    percentile : float
        Where the highlighted run stands among all.
    kept : KeptRuns
        The models of all runs, for the highlighted one.
    """

    loop: ClosedLoop
    seed: int
    survivors: NDArray[np.int64]
    rare_survivors: NDArray[np.int64]
    lost_mass: Array
    gini: Array
    entropy: Array
    divergence: Array
    common_log_likelihood: Array
    accuracy: Array
    percentile: float
    kept: KeptRuns

    def until(self, generations: int) -> TailRuns:
        """Return the first generations of the runs, as views.

        They are the runs of a loop over so many generations, bit for bit; the highlighted run is
        the one that stands at the percentile by then.

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
        measures = {name: getattr(self, name)[:, : generations + 1] for name in MEASURES}
        return replace(self, loop=replace(self.loop, generations=generations), **measures)

    def highlighting(self, percentile: float) -> TailRuns:
        """Return the same runs with the highlighted one at another percentile, 0 to 100."""
        return replace(self, percentile=check_number("percentile", percentile, 0.0, 100.0))

    @cached_property
    def highlight(self) -> int:
        """Number of the run that stands at the percentile by its survivors at the end.

        Runs level there are ranked by their survivors until then.
        """
        order = np.lexsort((self.survivors.mean(axis=1), self.survivors[:, -1]))
        return int(order[round(self.percentile / 100.0 * (self.replicates - 1))])

    @cached_property
    def probabilities(self) -> Array:
        """Probabilities of the highlighted run, shape (generations + 1, K)."""
        whole = self.kept.run(self.highlight, self.generations)
        if whole is not None:
            return whole
        states = self.loop.iterate(self.highlight + 1, self.seed)
        return np.stack([state[self.highlight] for state in states])

    @property
    def replicates(self) -> int:
        """Number of runs."""
        return len(self.survivors)

    @property
    def generations(self) -> int:
        """Number of fits; arrays have one entry more."""
        return int(self.survivors.shape[1]) - 1

    @property
    def truth(self) -> Array:
        """Probabilities of the truth, shape (K,)."""
        return self.loop.family.truth

    @property
    def share_with_infinite_divergence(self) -> Array:
        """Share of runs in which a category of the truth is lost, shape (generations + 1,).

        There the Kullback-Leibler divergence of the model from the truth is infinite.
        """
        return np.asarray((self.survivors < np.count_nonzero(self.truth)).mean(axis=0))

    @property
    def loss_generation(self) -> Array:
        """Generation from which each category is missing for good in the highlighted run: (K,).

        0 where the truth has none of it, inf where it is alive at the end. With fresh real points
        a category can be missing for a while and return: only its last disappearance counts.
        """
        alive = self.probabilities > 0.0
        last_alive = len(alive) - 1 - alive[::-1].argmax(axis=0)
        loss = np.where(alive.any(axis=0), last_alive + 1.0, 0.0)
        return np.where(alive[-1], np.inf, loss)

    def mean(self, measure: Measure) -> Array:
        """Return the average of a measure over the runs, shape (generations + 1,)."""
        return np.asarray(self._of(measure).mean(axis=0), dtype=np.float64)

    def standard_error(self, measure: Measure) -> Array:
        """Return the Monte Carlo error of `mean`, NaN for a single run or where it is infinite."""
        values = self._of(measure).astype(np.float64)
        if self.replicates < 2:
            return np.full(self.generations + 1, np.nan)
        with np.errstate(invalid="ignore"):
            return np.asarray(values.std(axis=0, ddof=1) / np.sqrt(self.replicates))

    def quantiles(self, measure: Measure, levels: float | Sequence[float]) -> Array:
        """Return quantiles of a measure over the runs at each generation.

        Parameters
        ----------
        measure : str
            One of ``MEASURES``.
        levels : float or sequence of float
            From 0 to 1.

        Returns
        -------
        ndarray, shape (levels, generations + 1)
            Without the first axis if ``levels`` is one number. Each is the value of some run.

        Raises
        ------
        ValueError
            If the measure is not known or a level is not a number from 0 to 1.
        """
        asked = [check_number("level", float(level), 0.0, 1.0) for level in np.atleast_1d(levels)]
        ordered = np.sort(self._of(measure), axis=0)
        rows = [max(0, int(np.ceil(level * self.replicates)) - 1) for level in asked]
        found = ordered[rows].astype(np.float64)
        return found if np.ndim(levels) else found[0]

    def percentile_of(self, run: int) -> float:
        """Return where a run stands among all by its survivors at the end, 0 to 100.

        Runs level with each other share the middle of their ranks.

        Raises
        ------
        ValueError
            If the run does not exist.
        """
        run = check_whole_number("run", run, 0, self.replicates - 1)
        last = self.survivors[:, -1]
        below, level = np.count_nonzero(last < last[run]), np.count_nonzero(last == last[run])
        return 100.0 * (below + level / 2.0) / self.replicates

    def _of(self, measure: Measure) -> NDArray[np.int64] | Array:
        if measure not in MEASURES:
            raise ValueError(
                f"measure={measure!r} is not known: choose one of {', '.join(MEASURES)}."
            )
        values: Array = getattr(self, measure)
        return values


def run_tails(
    loop: ClosedLoop,
    replicates: int,
    seed: int,
    percentile: float = 50.0,
    progress: Callable[[int], None] | None = None,
    common_mass: float = 0.5,
) -> TailRuns:
    """Run a loop of K categories and keep what a page needs of it.

    Parameters
    ----------
    loop : ClosedLoop
        Its family must be `Categorical` or `LimitedCategorical`.
    replicates : int
        Independent runs, at least 1. Asking for more leaves the first ones as they are.
    seed : int
        0 to 2**32 - 1. Same seed, same runs.
    percentile : float
        Which run is highlighted: the one that stands at this percentile of all runs by its
        survivors at the end (level ones by their survivors until then). 0 to 100.
    progress : callable, optional
        Called with the number of each generation, 0, 1, ..., once it is done. An exception that it
        raises stops the run.
    common_mass : float
        Total probability of the `common_items` that the log likelihood is about, 0 to 1.

    Raises
    ------
    ValueError
        If the family has no categories, or a number is out of range.

    Notes
    -----
    All runs are kept in a compressed form, without the dead categories, as long as that is small;
    otherwise the loop is run a second time, with the same seed, for the highlighted run.
    """
    runs = loop.living(replicates, seed)
    percentile = check_number("percentile", percentile, 0.0, 100.0)
    truth = loop.family.truth
    gauge, kept = Gauge(truth, common_mass), KeptRuns(truth)
    measured: dict[str, list[Array]] = {name: [] for name in MEASURES}
    for generation, models in enumerate(runs):
        # Generation 0 is the same in all runs: it is measured once.
        for name, values in gauge.read(models if generation else models.first(1)).items():
            measured[name].append(values if generation else np.repeat(values, replicates))
        if generation:
            kept.keep(models)
        if progress is not None:
            progress(generation)
    columns: dict[str, Any] = {name: np.stack(values, axis=1) for name, values in measured.items()}
    return TailRuns(loop, seed, **columns, percentile=percentile, kept=kept)
