"""Ten exponential families in the same loop: every parameter of the page, and the loops they make.

Each family has its own parameters; the experiment holds those of all families, so that all of them
can be run side by side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Literal, get_args

from collapse_core import families
from collapse_core.families import Family
from collapse_core.loop import ClosedLoop
from collapse_core.params import Param
from collapse_core.policies import Accumulate, Anchors, Policy, Prior, RealFraction, Weighted
from collapse_core.theory.extinction import BOUNDARIES, Boundary
from collapse_core.topics.exponential_families.params import FAMILY_PARAMS, LOOP_PARAMS

__all__ = [
    "FAMILY_CHOICES",
    "FAMILY_POLICIES",
    "ExponentialFamilies",
    "FamilyChoice",
    "boundary_of",
]

FamilyChoice = Literal[
    "bernoulli",
    "binomial",
    "gaussian",
    "normal_mean",
    "poisson",
    "negative_binomial",
    "gamma",
    "geometric",
    "exponential",
    "normal_variance",
]
# In the order of v2, from the average that shrinks to the one that grows fastest.
FAMILY_CHOICES: tuple[FamilyChoice, ...] = get_args(FamilyChoice)

FamilyPolicy = Literal["anchors", "prior", "accumulate", "fraction", "weighted"]
FAMILY_POLICIES: tuple[FamilyPolicy, ...] = get_args(FamilyPolicy)

_CLASSES: Mapping[str, type[Family]] = {
    "bernoulli": families.Bernoulli,
    "binomial": families.Binomial,
    "gaussian": families.Gaussian,
    "normal_mean": families.NormalMean,
    "poisson": families.Poisson,
    "negative_binomial": families.NegativeBinomial,
    "gamma": families.Gamma,
    "geometric": families.Geometric,
    "exponential": families.Exponential,
    "normal_variance": families.NormalVariance,
}
# From the parameters of the page to the fields of the family; the first one is the main one.
_FIELDS: Mapping[str, Mapping[str, str]] = {
    "bernoulli": {"share": "share"},
    "binomial": {"trials": "trials", "probability": "probability"},
    "gaussian": {"sd": "sd", "center": "mean"},
    "normal_mean": {"sd": "sd", "center": "mean"},
    "poisson": {"mean": "mean"},
    "negative_binomial": {"r": "r", "mean": "mean"},
    "gamma": {"shape": "shape", "mean": "mean"},
    "geometric": {"mean": "mean"},
    "exponential": {"mean": "mean"},
    "normal_variance": {"true_variance": "true_variance"},
}


@dataclass(frozen=True)
class ExponentialFamilies:
    """What happens to the diversity of a model that is refitted to its own samples.

    Parameters
    ----------
    family : str
        One of ``FAMILY_CHOICES``.
    sample_size, generations, anchors, prior_strength, real_weight, runs, seed
        See ``ExponentialFamilies.params``.
    share, trials, probability, sd, center, mean, shape, r, true_variance
        Parameters of the families; each family uses its own, see `names_of`.
    fresh : bool
        Whether the anchors are drawn anew in each generation.
    policy : str
        One of ``FAMILY_POLICIES``, as in `TwoColours`.
    doubled : bool
        Twice as many samples and twice as many generations.

    Raises
    ------
    ValueError
        If a value is out of range; the message names it.
    """

    family: FamilyChoice = "exponential"
    sample_size: int = 50
    generations: int = 60
    anchors: int = 0
    share: float = 0.1
    trials: int = 5
    probability: float = 0.1
    sd: float = 1.0
    center: float = 0.0
    mean: float = 1.0
    shape: float = 3.0
    r: float = 4.0
    true_variance: float = 1.0
    fresh: bool = True
    policy: FamilyPolicy = "anchors"
    prior_strength: float = 5.0
    real_weight: float = 0.1
    runs: int = 1000
    seed: int = 1
    doubled: bool = False

    params: ClassVar[dict[str, Param]] = {
        param.name: param for param in (*LOOP_PARAMS, *FAMILY_PARAMS)
    }

    def __post_init__(self) -> None:
        for name, param in self.params.items():
            object.__setattr__(self, name, param.check(getattr(self, name)))
        for name, allowed in (("family", FAMILY_CHOICES), ("policy", FAMILY_POLICIES)):
            if getattr(self, name) not in allowed:
                raise ValueError(
                    f"{name}={getattr(self, name)!r} is not known: choose one of "
                    f"{', '.join(allowed)}."
                )

    @staticmethod
    def names_of(family: str) -> tuple[str, ...]:
        """Return the names of a family's parameters, the main one first."""
        return tuple(_FIELDS[family])

    @staticmethod
    def param_of(family: str, name: str) -> Param:
        """Return a parameter with the words that suit a family; the range is the same for all."""
        field = _FIELDS[family][name]
        own = next(param for param in _CLASSES[family].params if param.name == field)
        shared = ExponentialFamilies.params[name]
        return replace(shared, symbol=own.symbol, label=own.label, help=own.help)

    @property
    def effective_sample_size(self) -> int:
        """Points drawn per generation, after doubling."""
        return self.sample_size * (2 if self.doubled else 1)

    @property
    def effective_generations(self) -> int:
        """Number of fits, after doubling."""
        return self.generations * (2 if self.doubled else 1)

    def truth(self) -> Family:
        """Return the family with the parameters of the truth."""
        values = {field: getattr(self, name) for name, field in _FIELDS[self.family].items()}
        return _CLASSES[self.family](**values)

    def recipe_policy(self) -> Policy:
        """Return the policy that the parameters describe."""
        match self.policy:
            case "prior":
                return Prior(self.prior_strength)
            case "accumulate":
                return Accumulate()
            case "fraction":
                return RealFraction(min(1.0, self.anchors / self.effective_sample_size))
            case "weighted" if self.anchors:
                return Weighted(self.real_weight, self.anchors)
            case _:
                return Anchors(self.anchors, self.fresh)

    def loop(self) -> ClosedLoop:
        """Return the closed loop of the experiment."""
        return ClosedLoop(
            self.truth(),
            self.recipe_policy(),
            self.effective_sample_size,
            self.effective_generations,
        )

    def undoubled(self) -> ExponentialFamilies:
        """Return the same experiment with the sample size and generations that were doubled."""
        return replace(self, doubled=False)

    def of(self, family: FamilyChoice) -> ExponentialFamilies:
        """Return the same experiment with another family."""
        return replace(self, family=family)

    def changes(self) -> dict[str, Any]:
        """Return the parameters that differ from their defaults."""
        return {
            item.name: getattr(self, item.name)
            for item in fields(self)
            if getattr(self, item.name) != item.default
        }


def boundary_of(family: Family) -> Boundary:
    """Return which boundary typical runs fall to, and whether they reach it."""
    return BOUNDARIES[family.boundary_name]
