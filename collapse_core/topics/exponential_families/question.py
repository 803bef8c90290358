"""Ten exponential families in the same loop: every parameter of the page, and the loops they make.

Each family has its own parameters; the experiment holds those of all families, so that all of them
can be run side by side.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from collapse_core import families
from collapse_core.checks import check_choice, check_switch
from collapse_core.families import Family
from collapse_core.loop import ClosedLoop
from collapse_core.params import Param
from collapse_core.topics.doubled_loop import DoubledLoop
from collapse_core.topics.experiment import (
    Experiment,
    generations,
    number,
    number_like,
    runs,
    sample_size,
    seed,
)
from collapse_core.topics.python_code import shared_python

__all__ = [
    "FAMILY_CHOICES",
    "ExponentialFamilies",
    "FamilyChoice",
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

# Each family with the parameters it has on the page, the main one first.
_FAMILIES: Mapping[str, tuple[type[Family], tuple[str, ...]]] = {
    "bernoulli": (families.Bernoulli, ("share",)),
    "binomial": (families.Binomial, ("trials", "probability")),
    "gaussian": (families.Gaussian, ("sd", "center")),
    "normal_mean": (families.NormalMean, ("sd", "center")),
    "poisson": (families.Poisson, ("mean",)),
    "negative_binomial": (families.NegativeBinomial, ("r", "mean")),
    "gamma": (families.Gamma, ("shape", "mean")),
    "geometric": (families.Geometric, ("mean",)),
    "exponential": (families.Exponential, ("mean",)),
    "normal_variance": (families.NormalVariance, ("true_variance",)),
}


def _own(family: type[Family], name: str) -> Param:
    return next(param for param in family.params if param.name == name)


@dataclass(frozen=True)
class ExponentialFamilies(DoubledLoop, Experiment):
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
        As in `TwoColours`.
    doubled : bool
        Twice as many samples and twice as many generations.

    Raises
    ------
    ValueError
        If a value is out of range; the message names it.
    """

    family: FamilyChoice = "exponential"
    sample_size: int = sample_size(50, "Points drawn from the model before.")
    generations: int = generations(60, 500)
    anchors: int = number(0, 0, 100, "Real points in each training set.", symbol="k", unit="points")
    share: float = number_like(_own(families.Bernoulli, "share"), low=0.01, high=0.5, unit="share")
    trials: int = number_like(_own(families.Binomial, "trials"), high=100, default=5)
    probability: float = number_like(
        _own(families.Binomial, "probability"), low=0.01, high=0.99, unit="share"
    )
    sd: float = number_like(_own(families.NormalMean, "sd"), low=0.1, high=5.0)
    center: float = number_like(_own(families.NormalMean, "mean"), low=-5.0, high=5.0)
    mean: float = number_like(_own(families.Exponential, "mean"), low=0.1, high=20.0)
    shape: float = number_like(_own(families.Gamma, "shape"))
    r: float = number_like(_own(families.NegativeBinomial, "r"))
    true_variance: float = number_like(
        _own(families.NormalVariance, "true_variance"), low=0.1, high=5.0
    )
    fresh: bool = True
    policy: FamilyPolicy = "anchors"
    prior_strength: float = number(
        5.0, 0.0, 50.0, "Imaginary points of a prior.", symbol="\\kappa", unit="points", step=0.5
    )
    real_weight: float = number(
        0.1, 0.0, 1.0, "Weight of the real points in a fit.", symbol="w", step=0.01
    )
    runs: int = runs(1000)
    seed: int = seed()
    doubled: bool = False

    @staticmethod
    def names_of(family: str) -> tuple[str, ...]:
        """Return the names of a family's parameters, the main one first."""
        return _FAMILIES[check_choice("family", family, tuple(_FAMILIES))][1]

    def truth(self) -> Family:
        """Return the family with the parameters of the truth."""
        kind, names = _FAMILIES[self.family]
        called = {"center": "mean"}  # on the page, "mean" is a mean that is above 0
        return kind(**{called.get(name, name): getattr(self, name) for name in names})

    def loop(self) -> ClosedLoop:
        """Return the closed loop of the experiment."""
        return ClosedLoop(
            self.truth(),
            self.recipe_policy(),
            self.effective_sample_size,
            self.effective_generations,
        )

    def of(self, family: FamilyChoice) -> ExponentialFamilies:
        """Return the same experiment with another family."""
        return replace(self, family=family)

    def python(
        self, highlighted: int, percentile: float, tick: int, *, side_by_side: bool = False
    ) -> str:
        """Return the lines of Python that redraw a picture.

        Parameters
        ----------
        highlighted : int
            Number of the run that is followed; of all families, the one at the ``percentile``.
        percentile : float
            Where that run ends among all runs, 0 to 100.
        tick : int
            Where the clock stands.
        side_by_side : bool
            Whether all families are drawn.
        """
        if check_switch("side_by_side", side_by_side):
            line = f"reports = reports_side_by_side(experiment, percentile={percentile!r})"
            figure, names = "exponential_overview_figure", ["reports_side_by_side"]
            return shared_python(self, figure, [line], "reports", tick, names=names)
        lines = [
            "loop = experiment.loop()",
            f"paths = loop.simulate(replicates={self.runs}, seed={self.seed})",
            "law = loop.exact(approximate=True)",
        ]
        arguments = f"paths, law, {highlighted}"
        return shared_python(self, "exponential_families_figure", lines, arguments, tick)
