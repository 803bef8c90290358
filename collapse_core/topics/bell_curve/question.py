"""The bell curve: every parameter of the page, and the loops they make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from collapse_core.families import Gaussian, MultivariateGaussian
from collapse_core.loop import ClosedLoop
from collapse_core.models.kernel_refit import MOST_POINTS, KernelRefit
from collapse_core.policies import Policy
from collapse_core.topics.experiment import (
    Experiment,
    generations,
    number,
    runs,
    sample_size,
    seed,
)
from collapse_core.topics.policy_choice import policy_of

__all__ = ["VIEWS", "BellCurve"]

VIEWS = ("one", "several", "kernel")
MOST_KERNEL_RUNS = 20
KERNEL_WORK = 10**7
MOST_COVARIANCE_RUNS = 200
COVARIANCE_WORK = 4 * 10**6


@dataclass(frozen=True)
class BellCurve(Experiment):
    """What happens to a bell curve that is fitted to samples of the one before.

    Parameters
    ----------
    sample_size, generations, anchors, dimension, bandwidth, temperature, prior_strength, \
real_weight, runs, seed
        See ``BellCurve.params``.
    estimator : str
        ``"unbiased"`` divides the squares by n - 1, ``"ml"`` (maximum likelihood) by n.
    fresh : bool
        Whether the anchors are drawn anew in each generation.
    policy : str
        What each generation trains on, as in `TwoColours`.

    Raises
    ------
    ValueError
        If a value is out of range; the message names it.
    """

    sample_size: int = sample_size(100, "Points drawn from the bell curve before.", least=1)
    generations: int = generations(100, 500)
    anchors: int = number(0, 0, 100, "Real points in each training set.", symbol="k", unit="points")
    estimator: Literal["unbiased", "ml"] = "unbiased"
    dimension: int = number(10, 2, 20, "Directions in which points vary.", symbol="d")
    bandwidth: float = number(
        0.2, 0.0, 1.0, "Deviation of the noise on each resampled point.", symbol="h", step=0.01
    )
    temperature: float = number(
        1.0, 0.5, 1.5, "Factor on the variance before sampling.", symbol="\\lambda", step=0.001
    )
    fresh: bool = True
    policy: Literal["anchors", "prior", "accumulate", "fraction", "weighted"] = "anchors"
    prior_strength: float = number(
        5.0, 0.0, 50.0, "Imaginary points of a prior.", symbol="\\kappa", unit="points", step=0.5
    )
    real_weight: float = number(
        0.1, 0.0, 1.0, "Weight of the real points in a fit.", symbol="w", step=0.01
    )
    runs: int = runs(200)
    seed: int = seed()

    def recipe_policy(self, size: int | None = None) -> Policy:
        """Return the policy that the parameters describe, for training sets of a size."""
        size = self.sample_size if size is None else size
        return policy_of(
            self.policy,
            size,
            self.anchors,
            fresh=self.fresh,
            prior_strength=self.prior_strength,
            real_weight=self.real_weight,
        )

    @property
    def is_pure(self) -> bool:
        """Whether each generation trains on synthetic points alone, without memory or prior."""
        recipe = self.recipe_policy().recipe(self.sample_size)
        return recipe == type(recipe)(self.sample_size)

    @property
    def unbiased(self) -> bool:
        """Whether the unbiased estimator is used; one single point does not have it."""
        recipe = self.recipe_policy().recipe(self.sample_size)
        own = recipe.synthetic if recipe.memory != "none" else recipe.synthetic + recipe.fresh
        return self.estimator == "unbiased" and own + recipe.fixed >= 2

    def loop(self) -> ClosedLoop:
        """Return the closed loop of a bell curve in one dimension, whose truth is N(0, 1)."""
        return ClosedLoop(
            Gaussian(0.0, 1.0, self.unbiased),
            self.recipe_policy(),
            self.sample_size,
            self.generations,
            self.temperature,
        )

    @property
    def freedom(self) -> int:
        """Points that the covariance is fitted to: the fitted centre costs one; at least 1."""
        return max(1, self.sample_size - 1)

    @property
    def variance_scale(self) -> float:
        """Factor on a covariance in every generation: the temperature, and (n - 1)/n for "ml"."""
        # With real points in the set the centre is taken as known, and there is one divisor.
        biased = self.estimator == "ml" and self.is_pure and self.sample_size > 1
        return self.temperature * (1.0 - 1.0 / self.sample_size if biased else 1.0)

    def covariance_loop(self) -> ClosedLoop:
        """Return the loop in several dimensions, whose truth is a ball.

        The centre costs one of the n points, so the fitted covariance is that of n - 1 points
        about a known centre (a Wishart matrix with n - 1 degrees of freedom).
        """
        return ClosedLoop(
            MultivariateGaussian.isotropic(self.dimension),
            self.recipe_policy(self.freedom),
            self.freedom,
            self.generations,
            self.variance_scale,
        )

    @property
    def covariance_runs(self) -> int:
        """Runs in several dimensions: fewer where each of them is long work."""
        work = self.generations * self.dimension**2
        return min(self.runs, MOST_COVARIANCE_RUNS, max(20, COVARIANCE_WORK // work))

    def kernel(self) -> KernelRefit:
        """Return the kernel model with the same number of points, at most 2000."""
        return KernelRefit(min(self.sample_size, MOST_POINTS), self.bandwidth, self.generations)

    @property
    def kernel_runs(self) -> int:
        """Runs of the kernel model, which draws every point: few."""
        work = min(self.sample_size, MOST_POINTS) * self.generations
        return max(1, min(self.runs, MOST_KERNEL_RUNS, KERNEL_WORK // work))
