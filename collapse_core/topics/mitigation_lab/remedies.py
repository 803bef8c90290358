"""From the name of a remedy to the policy that it stands for, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.families import Bernoulli, Categorical, Gaussian
from collapse_core.families.base import Family
from collapse_core.policies import (
    Accumulate,
    AccumulateSubsample,
    Anchors,
    Filtered,
    Policy,
    Prior,
    Quota,
    RealFraction,
    Replace,
    Verified,
    Weighted,
)
from collapse_core.theory.quadratic_variance import QuadraticVariance, best_real_weight
from collapse_core.topics.mitigation_lab.question import MitigationLab

__all__ = ["CATEGORIES", "Treatment", "treatment_of", "truth_of"]

Array = NDArray[np.float64]

CATEGORIES = 50
BLUE = 0.1
# v2 = -1: two colours, categories, and the Gaussian whose variance is fitted too.
SHRINKING = QuadraticVariance(0.0, 1.0, -1.0)


@dataclass(frozen=True)
class Treatment:
    """A remedy as the loop takes it.

    Parameters
    ----------
    policy : Policy
        What each generation trains on.
    temperature : float
        At which models are sampled.
    """

    policy: Policy
    temperature: float = 1.0

    def price(self, kind: str, sample_size: int, generations: int) -> Array:
        """Return what is paid until each generation, shape (generations + 1,).

        Parameters
        ----------
        kind : str
            ``"real"``: real points beyond the first training set, on average where it is a matter
            of chance. ``"stored"``: points that are kept for later generations. ``"fitted"``:
            points of all training sets together.
        sample_size, generations : int
            Of the loop.
        """
        recipe, times = self.policy.recipe(sample_size), np.arange(generations + 1.0)
        remembers = recipe.memory != "none"
        if kind == "real":
            each = recipe.fresh + recipe.synthetic * (recipe.real_chance or 0.0)
            return each * times + recipe.fixed * (times > 0)
        if kind == "stored":
            kept = recipe.synthetic * times if remembers else recipe.fixed * (times > 0)
            return np.asarray(kept, dtype=np.float64)
        points = recipe.synthetic + recipe.fresh + recipe.fixed
        if recipe.memory == "all":
            return points * times * (times + 1.0) / 2.0
        return points * times


def truth_of(model: str) -> Family:
    """Return the truth of a model that is known through its averages.

    Parameters
    ----------
    model : str
        ``"colours"``, ``"tails"`` or ``"gaussian"``.
    """
    if model == "colours":
        return Bernoulli(BLUE)
    if model == "tails":
        weights = 1.0 / np.arange(1.0, CATEGORIES + 1.0)
        return Categorical(tuple((weights / weights.sum()).tolist()))
    return Gaussian(0.0, 1.0)


def treatment_of(experiment: MitigationLab, name: str) -> Treatment:
    """Return what a remedy is for an experiment; the control for any other name."""
    asked, size = experiment, experiment.points
    k = asked.anchors * (size // asked.sample_size)
    match name:
        case "fresh":
            return Treatment(Anchors(k))
        case "fixed":
            return Treatment(Anchors(k, fresh=False))
        case "golden":
            return Treatment(_weighted(asked, float(best_real_weight(SHRINKING, size, k)), k))
        case "hybrid":
            return Treatment(RealFraction(asked.real_share))
        case "prior":
            return Treatment(_prior(asked))
        case "accumulate":
            return Treatment(Accumulate())
        case "subsample":
            return Treatment(AccumulateSubsample())
        case "filter":
            rates = (asked.true_positive, asked.false_positive)
            return Treatment(Filtered(*rates, real_share=k / (size + k)))
        case "reweight":
            return Treatment(_weighted(asked, _doubted(asked, size, k), k))
        case "temperature":
            return Treatment(Replace(), asked.temperature)
        case "quota":
            return Treatment(Quota(asked.quota))
        case "judge":
            return Treatment(Verified(asked.accept_right, asked.accept_wrong, asked.bias))
        case _:
            return Treatment(Replace())


def _weighted(experiment: MitigationLab, weight: float, count: int) -> Policy:
    """Return real points with a weight, which no side of a set of rows may lose."""
    if experiment.sees_rows:
        size = experiment.points
        weight = min(max(weight, 1.0 / size), 1.0 - 1.0 / size)
    return Weighted(weight, count)


def _doubted(experiment: MitigationLab, size: int, k: int) -> float:
    """Return the weight of real points where each point counts (1 - c)^b: Drayson's weights.

    c is the detector's confidence that a point is synthetic, here its average over points of a
    kind: its true positive rate for synthetic ones, its false positive rate for real ones.
    """
    power = experiment.detector_power
    made = size * (1.0 - experiment.true_positive) ** power
    real = k * (1.0 - experiment.false_positive) ** power
    return float(real / (real + made))


def _prior(experiment: MitigationLab) -> Policy:
    """Return the prior: right, or one that believes something else."""
    strength = experiment.prior_strength
    if experiment.sees_rows:
        strength = float(round(strength))
    if experiment.right_prior:
        return Prior(strength)
    wrong: dict[str, float | tuple[float, ...]] = {
        "colours": 0.5,
        "tails": tuple([1.0 / CATEGORIES] * CATEGORIES),
        "gaussian": (1.0, 1.0),
        "mixture": (1.0, 1.0),
    }
    return Prior(strength, wrong[experiment.model])
