"""One real point per generation: every parameter of the page, and the loops they make."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, ClassVar, Literal, get_args

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
from collapse_core.loop import ClosedLoop
from collapse_core.params import Param
from collapse_core.policies import Anchors, Policy, Prior, Replace
from collapse_core.topics.shared_params import (
    SEED,
    generations_param,
    runs_param,
    sample_size_param,
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

    Raises
    ------
    ValueError
        If there is no such choice.
    """
    match choice:
        case "bernoulli":
            return Bernoulli(share)
        case "gaussian":
            return Gaussian(0.0, 1.0)
        case "normal_mean":
            return NormalMean(0.0, 1.0)
        case "poisson":
            return Poisson(mean)
        case "exponential":
            return Exponential(mean)
        case "geometric":
            return Geometric(mean)
        case "normal_variance":
            return NormalVariance(mean)
        case _:
            raise ValueError(
                f"family={choice!r} is not known: choose one of {', '.join(FAMILY_CHOICES)}."
            )


@dataclass(frozen=True)
class OneRealPoint:
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
    sample_size: int = 100
    generations: int = 150
    anchors: int = 1
    fresh: bool = True
    share: float = 0.1
    mean: float = 1.0
    real_weight: float = 0.3
    dimension: int = 10
    runs: int = 200
    seed: int = 1

    params: ClassVar[dict[str, Param]] = {
        param.name: param
        for param in (
            sample_size_param(
                100,
                "How many synthetic points each generation trains on.",
                label="Synthetic points",
            ),
            generations_param(150, 500, "How often the model is refitted."),
            Param(
                "anchors",
                "k",
                0,
                100,
                1,
                "How many real points are added to each training set.",
                label="Real points",
                unit="points",
            ),
            Param(
                "share",
                "p^*",
                0.01,
                0.5,
                0.1,
                "How much of the real data is blue. Used by the two colours.",
                label="Share of blue in the truth",
                unit="share",
                step=0.01,
            ),
            Param(
                "mean",
                "m^*",
                0.1,
                10.0,
                1.0,
                "Mean of the real data, or their variance where that is what is fitted.",
                label="Mean of the truth",
                step=0.1,
            ),
            Param(
                "real_weight",
                "w",
                0.0,
                1.0,
                0.3,
                "How much the real points count in each fit, whatever their number. Used by the "
                "view 'Weight'.",
                label="Weight of the real points",
                step=0.01,
            ),
            Param(
                "dimension",
                "d",
                2,
                20,
                10,
                "How many numbers make up one point.",
                label="Dimensions",
            ),
            runs_param(200),
            SEED,
        )
    }

    def __post_init__(self) -> None:
        for name, param in self.params.items():
            object.__setattr__(self, name, param.check(getattr(self, name)))
        object.__setattr__(self, "fresh", bool(self.fresh))
        family_of(self.family)

    def truth(self) -> Family:
        """Return the truth."""
        return family_of(self.family, self.share, self.mean)

    def loop(self) -> ClosedLoop:
        """Return the closed loop with the real points."""
        return self._loop(self.truth(), Anchors(self.anchors, self.fresh))

    def pure_loop(self) -> ClosedLoop:
        """Return the same loop without any real point."""
        return self._loop(self.truth(), Replace())

    def side(self, name: str) -> ClosedLoop:
        """Return one of ``SIDES``, for two colours."""
        return self._loop(Bernoulli(self.share), SIDES[name])

    def changes(self) -> dict[str, Any]:
        """Return the parameters that differ from their defaults."""
        return {
            item.name: getattr(self, item.name)
            for item in fields(self)
            if getattr(self, item.name) != item.default
        }

    def _loop(self, family: Family, policy: Policy) -> ClosedLoop:
        return ClosedLoop(family, policy, self.sample_size, self.generations)
