"""The jar of two colours: every parameter of the page, and the loop they make."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar, Literal, get_args

from collapse_core.families import Bernoulli
from collapse_core.loop import ClosedLoop
from collapse_core.params import Param
from collapse_core.policies import (
    Accumulate,
    AccumulateSubsample,
    Anchors,
    Policy,
    Prior,
    RealFraction,
    Weighted,
)
from collapse_core.topics.shared_params import (
    SEED,
    generations_param,
    runs_param,
    sample_size_param,
)

__all__ = ["POLICY_CHOICES", "PolicyChoice", "TwoColours"]

PolicyChoice = Literal["anchors", "prior", "accumulate", "subsample", "fraction", "weighted"]
POLICY_CHOICES: tuple[PolicyChoice, ...] = get_args(PolicyChoice)


@dataclass(frozen=True)
class TwoColours:
    """What happens to the blue in a jar that is refilled from its own samples.

    Parameters
    ----------
    sample_size, generations, anchors, share, temperature, prior_strength, real_weight, runs, seed
        See ``TwoColours.params``.
    fresh : bool
        Whether the anchors are drawn anew in each generation.
    policy : str
        One of ``POLICY_CHOICES``. ``"anchors"`` adds the anchors to the synthetic points (none is
        the pure loop); ``"prior"`` adds imaginary points with the truth's own share;
        ``"fraction"`` replaces synthetic points by the anchors; ``"weighted"`` gives the anchors
        ``real_weight`` of the weight.
    doubled : bool
        Twice as many samples and twice as many generations.

    Raises
    ------
    ValueError
        If a value is out of range; the message names it.
    """

    sample_size: int = 100
    generations: int = 100
    anchors: int = 0
    share: float = 0.1
    fresh: bool = True
    temperature: float = 1.0
    prior_strength: float = 5.0
    policy: PolicyChoice = "anchors"
    real_weight: float = 0.1
    runs: int = 200
    seed: int = 1
    doubled: bool = False

    params: ClassVar[dict[str, Param]] = {
        param.name: param
        for param in (
            sample_size_param(
                100,
                "How many marbles each generation draws from the jar before it. The next jar "
                "is filled with the shares of this sample.",
                unit="marbles",
            ),
            generations_param(
                100, 500, "How often a new jar is filled from a sample of the one before."
            ),
            Param(
                "anchors",
                "k",
                0,
                100,
                0,
                "How many marbles from the real jar are mixed into each sample.",
                label="Real anchor points",
                unit="marbles",
            ),
            Param(
                "share",
                "p_0",
                0.01,
                0.5,
                0.1,
                "How much of the real jar is blue.",
                label="Blue at the start",
                unit="share",
                step=0.01,
            ),
            Param(
                "temperature",
                "T",
                0.5,
                1.5,
                1.0,
                "Below 1 the model prefers the common colour when it is sampled, above 1 it evens "
                "the colours out. 1 leaves it as it is.",
                label="Sampling temperature",
                step=0.01,
            ),
            Param(
                "prior_strength",
                "\\kappa",
                0.0,
                50.0,
                5.0,
                "How many imaginary marbles, with the real shares, are added to each sample. Used "
                "by the policy 'prior'.",
                label="Prior strength",
                unit="marbles",
                step=0.5,
            ),
            Param(
                "real_weight",
                "w",
                0.0,
                1.0,
                0.1,
                "How much the real marbles count in each fit, whatever their number. Used by the "
                "policy 'weighted'.",
                label="Weight of the real points",
                step=0.01,
            ),
            runs_param(200),
            SEED,
        )
    }

    choices: ClassVar[dict[str, tuple[str, ...]]] = {"policy": POLICY_CHOICES}
    switches: ClassVar[dict[str, bool]] = {"fresh": True, "doubled": False}
    defaults: ClassVar[dict[str, Any]] = (
        {name: param.default for name, param in params.items()} | {"policy": "anchors"} | switches
    )

    def __post_init__(self) -> None:
        for name, param in self.params.items():
            value = getattr(self, name)
            if name == "share":  # a typed jar may hold any share, the slider only 1 to 50 %
                value = Bernoulli(value).share
            else:
                value = param.check(value)
            object.__setattr__(self, name, value)
        if self.policy not in POLICY_CHOICES:
            raise ValueError(
                f"policy={self.policy!r} is not known: choose one of {', '.join(POLICY_CHOICES)}."
            )

    @property
    def effective_sample_size(self) -> int:
        """Marbles drawn per generation, after doubling."""
        return self.sample_size * (2 if self.doubled else 1)

    @property
    def effective_generations(self) -> int:
        """Number of fits, after doubling."""
        return self.generations * (2 if self.doubled else 1)

    def recipe_policy(self) -> Policy:
        """Return the policy that the parameters describe."""
        size = self.effective_sample_size
        match self.policy:
            case "prior":
                return Prior(self.prior_strength)
            case "accumulate":
                return Accumulate()
            case "subsample":
                return AccumulateSubsample()
            case "fraction":
                return RealFraction(min(1.0, self.anchors / size))
            case "weighted" if self.anchors:
                return Weighted(self.real_weight, self.anchors)
            case _:
                return Anchors(self.anchors, self.fresh)

    def loop(self) -> ClosedLoop:
        """Return the closed loop of the experiment."""
        return ClosedLoop(
            Bernoulli(self.share),
            self.recipe_policy(),
            self.effective_sample_size,
            self.effective_generations,
            self.temperature,
        )

    def undoubled(self) -> TwoColours:
        """Return the same experiment with the sample size and generations that were doubled."""
        return replace(self, doubled=False)

    def changes(self) -> dict[str, Any]:
        """Return the parameters that differ from their defaults."""
        return {
            item.name: getattr(self, item.name)
            for item in fields(self)
            if getattr(self, item.name) != item.default
        }
