"""The bell curve in several dimensions: eigenvalues and effective rank of sampled covariances."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_number, check_whole_number
from collapse_core.families import MultivariateGaussian
from collapse_core.lessons.facts import numbers_of
from collapse_core.loop import ClosedLoop
from collapse_core.measures.monte_carlo import middle_of_runs, standard_error
from collapse_core.models.base import Report, no_report
from collapse_core.theory import multivariate_gaussian as theory
from collapse_core.topics.bell_curve.question import BellCurve

__all__ = [
    "ExactSpectrum",
    "SpectrumReport",
    "SpectrumRuns",
    "exact_spectrum",
    "followed_runs",
    "report_spectrum",
    "sample_spectrum",
]

Array = NDArray[np.float64]

MOST_FOLLOWED = 40
LEAST_FOLLOWED = 8
FOLLOWED_WORK = 2 * 10**6


@dataclass(frozen=True)
class ExactSpectrum:
    """What is known of the covariances without sampling them.

    Parameters
    ----------
    exponents : ndarray, shape (dimension,), or None
        Drift of each log-eigenvalue per generation, -inf for directions that are lost at once;
        None unless each generation trains on synthetic points alone.
    annealed : ndarray, shape (generations + 1,), or None
        E (tr S)^2 / E tr S^2.
    rule : ndarray, shape (generations + 1,), or None
        Rule of thumb for the effective rank of a typical run; an approximation.
    """

    exponents: Array | None
    annealed: Array | None
    rule: Array | None


@dataclass(frozen=True, eq=False)
class SpectrumRuns:
    """Sampled covariances: how many directions count, and how long they are.

    Parameters
    ----------
    rank : ndarray, shape (runs, generations + 1)
        Effective rank (tr S)^2 / tr S^2; 0 where nothing is left.
    log_eigenvalues : ndarray, shape (followed, generations + 1, dimension)
        Of the first runs, largest first; -inf for lost directions.
    turn : ndarray, shape (followed, generations + 1)
        Direction of the longest axis, in two dimensions; otherwise 0.
    """

    rank: Array
    log_eigenvalues: Array
    turn: Array

    def until(self, generations: int) -> SpectrumRuns:
        """Return the first generations of the runs, as views: those of a shorter run, bit for bit.

        Parameters
        ----------
        generations : int
            1 or more, and no more than there are.

        Raises
        ------
        ValueError
            If the runs do not go so far.
        """
        most = self.rank.shape[1] - 1
        first = slice(check_whole_number("generations", generations, 1, most) + 1)
        return SpectrumRuns(
            self.rank[:, first], self.log_eigenvalues[:, first], self.turn[:, first]
        )


@dataclass(frozen=True)
class SpectrumReport:
    """What runs and theory say. The truth is a ball of variance 1 in every direction.

    Parameters
    ----------
    runs, followed, highlighted : int
        Number of runs, of those whose eigenvalues are kept (the first ones), and of the run that
        is highlighted, which is one of these.
    percentile : float
        Where its effective rank ends among the followed runs, 0 to 100.
    dimension, freedom : int
        Number of dimensions d, and of points that a covariance is fitted to.
    rank : ndarray, shape (runs, generations + 1)
        Effective rank (tr S)^2 / tr S^2; 0 where nothing is left.
    log_eigenvalues : ndarray, shape (followed, generations + 1, dimension)
        Largest first; -inf for lost directions.
    turn : ndarray, shape (generations + 1,)
        Direction of the longest axis of the highlighted run, in two dimensions; otherwise 0,
        because the ellipse is drawn along its own two longest axes.
    exact : ExactSpectrum
        The theory beside them.
    """

    runs: int
    followed: int
    highlighted: int
    percentile: float
    dimension: int
    freedom: int
    rank: Array
    log_eigenvalues: Array
    turn: Array
    exact: ExactSpectrum

    @property
    def survivors(self) -> int:
        """Directions that survive the first fit without real points."""
        return min(self.dimension, self.freedom)

    @cached_property
    def median_rank(self) -> Array:
        """Middle of the effective rank over the runs, shape (generations + 1,)."""
        return middle_of_runs(self.rank)

    @cached_property
    def mean_rank(self) -> Array:
        """Average of the effective rank over the runs, shape (generations + 1,)."""
        return np.asarray(self.rank.mean(axis=0))

    @property
    def mean_log_eigenvalues(self) -> Array:
        """Average over the followed runs, shape (generations + 1, dimension)."""
        return np.asarray(self.log_eigenvalues.mean(axis=0))

    def log_determinant(self) -> tuple[float, float]:
        """Return the average of ln det S at the end over the followed runs, and its error."""
        ends = self.log_eigenvalues[:, -1].sum(axis=1)
        if not np.isfinite(ends).all():
            return -np.inf, np.nan
        return float(ends.mean()), float(standard_error(ends))

    def facts(self) -> dict[str, Any]:
        """Return what is known of the whole picture, by name."""
        last, exponents = self.rank.shape[1] - 1, self.exact.exponents
        determinant, error = self.log_determinant()
        facts = numbers_of(self) | self.facts_at(last)
        facts |= {"generations": last, "lost": self.dimension - self.freedom}
        facts |= {"half": self.dimension / 2, "determinant": determinant, "error": error}
        if exponents is not None:
            facts |= {"first": exponents[0], "last": exponents[-1]}
            facts["expected"] = last * float(exponents.sum())
        return facts

    def facts_at(self, t: int) -> dict[str, Any]:
        """Return what is known of one generation, by name."""
        long, narrow = self.log_eigenvalues[self.highlighted, t, :2].tolist()
        ratio = math.exp(min(0.5 * (long - narrow), 700.0)) if np.isfinite(narrow) else math.inf
        exact = {"annealed": self.exact.annealed, "rule": self.exact.rule}
        return {
            "t": t,
            "ratio": ratio,
            "median": float(self.median_rank[t]),
            "mean": float(self.mean_rank[t]),
            "own": float(self.rank[self.highlighted, t]),
            **{name: float(values[t]) for name, values in exact.items() if values is not None},
        }

    def columns(self) -> dict[str, Any]:
        """Return the numbers of the picture, by the key of their column; None for unknown ones."""
        return {
            "generation": range(self.rank.shape[1]),
            "rank_mean": self.mean_rank,
            "rank_median": self.median_rank,
            "annealed": self.exact.annealed,
            "rule": self.exact.rule,
        }


def exact_spectrum(experiment: BellCurve) -> ExactSpectrum:
    """Return what is known of the covariances of an experiment."""
    d, t, n = experiment.dimension, experiment.generations, experiment.freedom + 1
    recipe = experiment.recipe_policy(experiment.freedom).recipe(experiment.freedom)
    if experiment.is_pure:
        exponents = theory.lyapunov_exponents(n, d) + np.log(experiment.variance_scale)
        annealed = theory.spectrum_moments(n, d, t).annealed_effective_rank
        # The rule is for early times; no model with anything left has an effective rank below 1.
        rule = np.maximum(theory.effective_rank_rule(n, d, t), 1.0)
        return ExactSpectrum(exponents, annealed, rule)
    only_fresh = recipe == type(recipe)(recipe.synthetic, fresh=recipe.fresh)
    if not (only_fresh and recipe.synthetic and experiment.temperature == 1.0):
        return ExactSpectrum(None, None, None)
    moments = theory.anchored_spectrum_moments(recipe.synthetic, d, t, recipe.fresh)
    rule = np.full(t + 1, theory.anchored_effective_rank_rule(d, recipe.fresh))
    return ExactSpectrum(None, moments.annealed_effective_rank, rule)


def sample_spectrum(
    loop: ClosedLoop, runs: int, followed: int, seed: int, report: Report = no_report
) -> SpectrumRuns:
    """Run a loop of covariances and return the ranks and eigenvalues.

    Parameters
    ----------
    loop : ClosedLoop
        Its family is `MultivariateGaussian`.
    runs, followed : int
        Number of runs, and of those whose eigenvalues are kept.
    seed : int
        0 to 2**32 - 1.
    report : callable
        Is told how much of the runs is done, 0 to 1; it may raise to stop the work.
    """
    family = loop.family
    assert isinstance(family, MultivariateGaussian)
    ranks, factors = [], []
    for generation, states in enumerate(loop.states(runs, seed)):
        report(generation / loop.generations)
        ranks.append(_effective_rank(states[:runs]))
        factors.append(states[:followed].copy())
    kept = np.stack(factors, axis=1)
    turn = np.zeros(kept.shape[:2])
    if family.coordinates == 2:
        turn = _longest_direction(kept)
    return SpectrumRuns(np.column_stack(ranks), family.log_eigenvalues(kept), turn)


def report_spectrum(
    experiment: BellCurve,
    percentile: float,
    report: Report = no_report,
    sampled: SpectrumRuns | None = None,
) -> SpectrumReport:
    """Return what the sentences about a bell curve in several dimensions state.

    Parameters
    ----------
    experiment : BellCurve
        The parameters of the page.
    percentile : float
        Which of the followed runs is highlighted, by its effective rank at the end: 0 for the
        lowest, 100 for the highest.
    report : callable
        Is told how much of the runs is done, 0 to 1; it may raise to stop the work.
    sampled : SpectrumRuns, optional
        Its runs, if they are there already: ``covariance_runs`` of its ``covariance_loop()``, of
        which `followed_runs` are followed.
    """
    percentile = check_number("percentile", percentile, 0.0, 100.0)
    runs, followed = experiment.covariance_runs, followed_runs(experiment)
    if sampled is None:
        loop = experiment.covariance_loop()
        sampled = sample_spectrum(loop, runs, followed, experiment.seed, report)
    rank = sampled.rank
    order = np.lexsort((rank[:followed].mean(axis=1), rank[:followed, -1]))
    highlighted = int(order[round(percentile / 100.0 * (followed - 1))])
    return SpectrumReport(
        runs=runs,
        followed=followed,
        highlighted=highlighted,
        percentile=100.0 * (int(np.flatnonzero(order == highlighted)[0]) + 0.5) / followed,
        dimension=experiment.dimension,
        freedom=experiment.freedom,
        rank=rank,
        log_eigenvalues=sampled.log_eigenvalues,
        turn=sampled.turn[highlighted],
        exact=exact_spectrum(experiment),
    )


def followed_runs(experiment: BellCurve) -> int:
    """Return in how many runs the eigenvalues are kept: fewer where that is long work."""
    work = experiment.generations * experiment.dimension**2
    most = max(LEAST_FOLLOWED, FOLLOWED_WORK // work)
    return min(experiment.covariance_runs, MOST_FOLLOWED, most)


def _effective_rank(factors: Array) -> Array:
    """Return (tr S)^2 / tr S^2 of S = L L^T, scaled so that no square vanishes; 0 for S = 0."""
    largest = np.abs(factors).max(axis=(-2, -1), keepdims=True)
    with np.errstate(under="ignore"):
        scaled = factors / np.where(largest > 0, largest, 1.0)
        gram = np.swapaxes(scaled, -1, -2) @ scaled
        trace = np.trace(gram, axis1=-2, axis2=-1)
        squares = np.square(gram).sum(axis=(-2, -1))
    return np.asarray(trace**2 / np.where(squares > 0, squares, 1.0))


def _longest_direction(factors: Array) -> Array:
    """Return the angle of the longest axis of L L^T in two dimensions."""
    with np.errstate(under="ignore"):
        vectors = np.linalg.svd(factors)[0]
    return np.asarray(np.arctan2(vectors[..., 1, 0], vectors[..., 0, 0]))
