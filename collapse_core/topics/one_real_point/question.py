"""One real point per generation: every parameter of the page, and the loops they make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from collapse_core.checks import check_choice
from collapse_core.families import (
    Bernoulli,
    Exponential,
    Family,
    Gaussian,
    Geometric,
    NormalMean,
    NormalVariance,
    Poisson,
)
from collapse_core.families.variance_functions import mean_coordinate, variance_function_of
from collapse_core.loop import ClosedLoop
from collapse_core.policies import Anchors, Policy, Prior, Replace
from collapse_core.theory.quadratic_variance import QuadraticVariance
from collapse_core.topics.experiment import (
    Experiment,
    generations,
    number,
    runs,
    sample_size,
    seed,
    share,
)

__all__ = [
    "FAMILY_CHOICES",
    "SIDES",
    "FamilyChoice",
    "OneRealPoint",
    "family_of",
]

FamilyChoice = Literal[
    "bernoulli",
    "gaussian",
    "normal_mean",
    "poisson",
    "exponential",
    "geometric",
    "normal_variance",
]
FAMILY_CHOICES: tuple[FamilyChoice, ...] = get_args(FamilyChoice)

# What is compared side by side. A flat Beta(1, 1) prior with its mode taken in the share adds
# nothing at all; with its mode taken in the log-odds the fit is (X + 1)/(n + 2).
SIDES: dict[str, Policy] = {
    "nothing": Replace(),
    "fresh": Anchors(1),
    "fixed": Anchors(1, fresh=False),
    "prior": Prior(1.0),
    "flat_share": Prior(0.0),
    "flat_odds": Prior(2.0, 0.5),
}


def family_of(choice: FamilyChoice, share: float = 0.1, mean: float = 1.0) -> Family:
    """Return the truth of a choice.

    Parameters
    ----------
    choice : str
        One of ``FAMILY_CHOICES``.
    share : float
        Share of blue, for ``"bernoulli"``.
    mean : float
        Mean of the truth (its variance, for ``"normal_variance"``); the two normal families with
        an unknown mean are standard normal whatever it is, as all they say is relative to it.
    """
    check_choice("choice", choice, get_args(FamilyChoice))
    families: dict[FamilyChoice, Family] = {
        "bernoulli": Bernoulli(share),
        "gaussian": Gaussian(0.0, 1.0),
        "normal_mean": NormalMean(0.0, 1.0),
        "poisson": Poisson(mean),
        "exponential": Exponential(mean),
        "geometric": Geometric(mean),
        "normal_variance": NormalVariance(mean),
    }
    return families[choice]


@dataclass(frozen=True)
class OneRealPoint(Experiment):
    """How much a few real points per generation keep.

    Parameters
    ----------
    family : str
        One of ``FAMILY_CHOICES``.
    sample_size, generations, anchors, share, mean, real_weight, dimension, runs, seed
        See ``OneRealPoint.params``.
    fresh : bool
        Whether the real points are drawn anew in each generation.

    Raises
    ------
    ValueError
        If a value is out of range; the message names it.
    """

    family: FamilyChoice = "bernoulli"
    sample_size: int = sample_size(100, "Synthetic points in each training set.")
    generations: int = generations(150, 500)
    anchors: int = number(1, 0, 100, "Real points in each training set.", symbol="k", unit="points")
    fresh: bool = True
    share: float = share(0.1, 0.01, 0.5, "Share of blue in the truth.", symbol="p^*", step=0.01)
    mean: float = number(
        1.0, 0.1, 10.0, "Mean of the truth, or its variance.", symbol="m^*", step=0.1
    )
    real_weight: float = number(
        0.3, 0.0, 1.0, "Weight of the real points in a fit.", symbol="w", step=0.01
    )
    dimension: int = number(10, 2, 20, "Numbers that make up one point.", symbol="d")
    runs: int = runs(200)
    seed: int = seed()

    def truth(self) -> Family:
        """Return the truth."""
        return family_of(self.family, self.share, self.mean)

    @property
    def known(self) -> tuple[QuadraticVariance, float, int, int]:
        """What formulas take: variance function, mean of the truth, synthetic and real points."""
        truth = self.truth()
        sizes = (self.sample_size, self.anchors)
        return variance_function_of(truth), mean_coordinate(truth), *sizes

    @property
    def drift(self) -> bool:
        """Whether the average diversity cannot change (v2 = 0): only the mean drifts then."""
        return not self.known[0].v2

    def loop(self) -> ClosedLoop:
        """Return the closed loop with the real points."""
        return self._loop(self.truth(), Anchors(self.anchors, self.fresh))

    def pure_loop(self) -> ClosedLoop:
        """Return the same loop without any real point."""
        return self._loop(self.truth(), Replace())

    def side(self, name: str) -> ClosedLoop:
        """Return one of ``SIDES``, for two colours."""
        return self._loop(Bernoulli(self.share), SIDES[check_choice("name", name, tuple(SIDES))])

    def _loop(self, family: Family, policy: Policy) -> ClosedLoop:
        return ClosedLoop(family, policy, self.sample_size, self.generations)
