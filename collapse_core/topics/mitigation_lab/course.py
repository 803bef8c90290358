"""How a remedy went: the three measures of its runs, generation by generation, and their laws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.families import Bernoulli, Categorical
from collapse_core.families.base import Family
from collapse_core.law import Law
from collapse_core.loop import ClosedLoop
from collapse_core.policies import Replace
from collapse_core.theory.gaussian_refit import wasserstein_risk
from collapse_core.topics.mitigation_lab.question import MitigationLab
from collapse_core.topics.mitigation_lab.remedies import Treatment, treatment_of, truth_of
from collapse_core.trajectory import Trajectory

__all__ = ["Course", "family_course"]

Array = NDArray[np.float64]

FAR = 2.0  # standard deviations of the truth from which the tails of a Gaussian count
LARGEST_CHAIN_SUM = 200  # sample size up to which the chains of all categories are computed


@dataclass(frozen=True, eq=False)
class Course:
    """A remedy, tried.

    Parameters
    ----------
    name : str
        Of the remedy.
    treatment : Treatment
        What it is.
    values : mapping of str to ndarray
        Each measure of each run, shape (runs, generations + 1).
    exact : mapping of str to ndarray or None
        Its expectation, shape (generations + 1,), where it is known.
    place : ndarray, optional
        The mean of each model, shape (runs, generations + 1), where it is one number.
    """

    name: str
    treatment: Treatment
    values: Mapping[str, Array]
    exact: Mapping[str, Array | None]
    place: Array | None = None

    def average(self, measure: str) -> Array:
        """Return the average over the runs at each generation."""
        return np.asarray(self.values[measure].mean(axis=0))


def family_course(experiment: MitigationLab, name: str) -> Course:
    """Run a remedy on a model that is known through its averages.

    Parameters
    ----------
    experiment : MitigationLab
        For ``"colours"``, ``"tails"`` or ``"gaussian"``.
    name : str
        Of the remedy, or of the control.
    """
    family, treatment = truth_of(experiment.model), treatment_of(experiment, name)
    size = (experiment.sample_size, experiment.last)
    loop = ClosedLoop(family, treatment.policy, *size, treatment.temperature)
    paths, law = loop.simulate(experiment.runs, experiment.seed), loop.exact()
    unit = float(family.variance(family.truth))
    diversity = None if law.diversity is None else law.diversity / unit
    exact = {
        "diversity": diversity,
        "tail": _expected_tail(loop, law),
        "distance": _expected_distance(loop, law, unit),
    }
    values = {
        "diversity": paths.diversity / unit,
        "tail": _tail(family, paths.mean),
        "distance": _distance(family, paths, unit),
    }
    place = {"colours": paths.mean, "gaussian": paths.mean[..., 0]}.get(experiment.model)
    return Course(name, treatment, values, exact, place)


def _tail(family: Family, mean: Array) -> Array:
    """Return what is left of the tail in each run: 1 for the truth.

    Blue itself for two colours; the share of the categories that are alive; the chance of a point
    beyond two standard deviations of the truth, relative to the truth's own.
    """
    if isinstance(family, Bernoulli):
        return np.asarray((mean > 0.0).astype(np.float64))
    if isinstance(family, Categorical):
        return np.asarray(family.survivors(mean) / family.categories)
    from scipy.special import ndtr

    deviation = np.sqrt(np.maximum(mean[..., 1], 1e-300))
    below = ndtr((-FAR - mean[..., 0]) / deviation)
    above = ndtr((mean[..., 0] - FAR) / deviation)
    return np.asarray((below + above) / (2.0 * ndtr(-FAR)))


def _distance(family: Family, paths: Trajectory, unit: float) -> Array:
    """Return the squared distance of each model from the truth, in units of the truth's variance.

    For shares it is sum (p - p*)^2; for Gaussians the squared Frechet distance
    (mu - mu*)^2 + (sigma - sigma*)^2.
    """
    apart = paths.mean - family.truth
    if isinstance(family, Bernoulli):
        return np.asarray(np.square(apart) / unit)
    if isinstance(family, Categorical):
        return np.asarray(np.square(apart).sum(axis=-1) / unit)
    deviations = np.sqrt(paths.mean[..., 1]) - np.sqrt(family.truth[1])
    return np.asarray((np.square(apart[..., 0]) + np.square(deviations)) / unit)


def _expected_tail(loop: ClosedLoop, law: Law) -> Array | None:
    family = loop.family
    if isinstance(family, Bernoulli):
        return None if law.lost is None else 1.0 - law.lost
    if not isinstance(family, Categorical) or loop.sample_size > LARGEST_CHAIN_SUM:
        return None
    if law.mean is None or loop.temperature != 1.0 or _prior_is_wrong(loop):
        return None
    # Each category alone is a jar of two colours, whose chance of being empty is known.
    alive = np.zeros(loop.generations + 1)
    for share in family.truth.tolist():
        alone = ClosedLoop(Bernoulli(share), loop.policy, loop.sample_size, loop.generations)
        lost = alone.exact().lost
        if lost is None:
            return None
        alive += 1.0 - lost
    return alive / family.categories


def _prior_is_wrong(loop: ClosedLoop) -> bool:
    return loop.policy.recipe(loop.sample_size).pseudo_mean is not None


def _expected_distance(loop: ClosedLoop, law: Law, unit: float) -> Array | None:
    family = loop.family
    if isinstance(family, Bernoulli | Categorical):
        if law.mean is None or law.variance is None:
            return None
        bias = np.square(law.mean - family.truth)
        return np.asarray((law.variance + (bias if bias.ndim == 1 else bias.sum(axis=1))) / unit)
    if isinstance(loop.policy, Replace):
        scale = (False, loop.temperature)
        return wasserstein_risk(loop.sample_size, loop.generations, *scale)
    return None
