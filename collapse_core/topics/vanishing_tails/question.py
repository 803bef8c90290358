"""Vanishing tails: every parameter of the page, and the loop they make."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, ClassVar, Literal, get_args

from collapse_core.families import Categorical, LimitedCategorical
from collapse_core.loop import ClosedLoop
from collapse_core.params import Param
from collapse_core.policies import (
    Accumulate,
    AccumulateSubsample,
    Anchors,
    Policy,
    RealFraction,
)
from collapse_core.topics.shared_params import (
    SEED,
    generations_param,
    runs_param,
    sample_size_param,
)

__all__ = [
    "START_CHOICES",
    "TAIL_POLICIES",
    "StartChoice",
    "TailPolicy",
    "VanishingTails",
]

StartChoice = Literal["zipf", "letters", "names", "catalogue", "own"]
START_CHOICES: tuple[StartChoice, ...] = get_args(StartChoice)
TailPolicy = Literal["anchors", "fraction", "accumulate", "subsample"]
TAIL_POLICIES: tuple[TailPolicy, ...] = get_args(TailPolicy)

MOST_CELLS = 4e6  # kinds alive, summed over runs and generations: a second or two
FEWEST_RUNS = 5


@dataclass(frozen=True)
class VanishingTails:
    """Which kinds disappear first when a model of many kinds is refitted to its own samples.

    Parameters
    ----------
    sample_size, generations, anchors, kinds, exponent, runs, seed
        See ``VanishingTails.params``. Kinds and exponent count where the start is ``"zipf"``.
    temperature, top_p, minimum_count
        Likewise; at work where their switch is on.
    counts : tuple of float
        Sizes of the kinds where the start is not Zipf's law; empty for Zipf's law.
    finite : bool
        Whether training sets are finite: the statistical error.
    favours_common : bool
        Whether ``temperature`` and ``top_p`` are at work: sampling that favours what is common.
    too_simple : bool
        Whether ``minimum_count`` is at work: a model that cannot hold what is rare.
    policy : str
        One of ``TAIL_POLICIES``.
    fresh : bool
        Whether the anchors are drawn anew in each generation.

    Raises
    ------
    ValueError
        If a value is out of range; the message names it.
    """

    sample_size: int = 1000
    generations: int = 100
    anchors: int = 0
    kinds: int = 1000
    exponent: float = 1.0
    counts: tuple[float, ...] = ()
    finite: bool = True
    favours_common: bool = False
    too_simple: bool = False
    temperature: float = 0.9
    top_p: float = 0.95
    minimum_count: int = 2
    policy: TailPolicy = "anchors"
    fresh: bool = True
    runs: int = 200
    seed: int = 1

    params: ClassVar[dict[str, Param]] = {
        param.name: param
        for param in (
            sample_size_param(
                1000,
                "How many points each generation draws from the model before it. The next model "
                "is made of their frequencies.",
            ),
            generations_param(100, 200),
            Param(
                "anchors", "k", 0, 100, 0,
                "How many real points are mixed into each training set.",
                label="Real points", unit="points",
            ),
            Param(
                "kinds", "K", 2, 10**4, 1000,
                "How many kinds there are at the start: words, animals, products.",
                label="Kinds", scale="log",
            ),
            Param(
                "exponent", "s", 0.0, 3.0, 1.0,
                "How steeply the frequencies fall: the kind of rank i appears in proportion to "
                "1 / i to this power. 0: all alike. About 1: the words of a language.",
                label="Zipf exponent", step=0.05,
            ),
            Param(
                "temperature", "T", 0.5, 1.0, 0.9,
                "Below 1 the sampler prefers what is common. At work when the switch above is on.",
                label="Sampling temperature", step=0.01,
            ),
            Param(
                "top_p", "p", 0.5, 1.0, 0.95,
                "The sampler keeps only the most likely kinds, as few as reach this total. At work "
                "when the switch above is on.",
                label="Top-p cut-off", step=0.01,
            ),
            Param(
                "minimum_count", "m", 1, 20, 2,
                "A kind seen fewer times in a training set is dropped by the fit. At work when the "
                "switch above is on.",
                label="Minimum count",
            ),
            runs_param(200, 1000),
            SEED,
        )
    }  # fmt: skip

    def __post_init__(self) -> None:
        for name, param in self.params.items():
            object.__setattr__(self, name, param.check(getattr(self, name)))
        for name in ("finite", "favours_common", "too_simple", "fresh"):
            object.__setattr__(self, name, bool(getattr(self, name)))
        object.__setattr__(self, "counts", tuple(float(count) for count in self.counts))
        if self.policy not in TAIL_POLICIES:
            raise ValueError(
                f"policy={self.policy!r} is not known: choose one of {', '.join(TAIL_POLICIES)}."
            )

    def truth(self) -> tuple[float, ...]:
        """Return the probabilities of the kinds.

        Raises
        ------
        ValueError
            If the counts are negative, not finite, or all 0.
        """
        import numpy as np

        from collapse_core.theory.tails import zipf_probabilities

        if not self.counts:
            return tuple(zipf_probabilities(self.kinds, self.exponent).tolist())
        counts = np.array(self.counts)
        if not (np.isfinite(counts).all() and counts.min() >= 0.0 and counts.sum() > 0.0):
            raise ValueError("counts must be finite, at least 0, and not all 0. Correct the list.")
        shares = counts / counts.max()
        return tuple((shares / shares.sum()).tolist())

    def recipe_policy(self) -> Policy:
        """Return the policy that the parameters describe."""
        match self.policy:
            case "accumulate":
                return Accumulate()
            case "subsample":
                return AccumulateSubsample()
            case "fraction":
                return RealFraction(min(1.0, self.anchors / self.sample_size))
            case _:
                return Anchors(self.anchors, self.fresh)

    def loop(self) -> ClosedLoop:
        """Return the closed loop of the experiment."""
        truth = self.truth()
        top_p = self.top_p if self.favours_common else 1.0
        least = self.minimum_count if self.too_simple else 1
        family: Categorical = Categorical(truth)
        if top_p < 1.0 or least > 1 or not self.finite:
            family = LimitedCategorical(truth, top_p, least, not self.finite)
        return ClosedLoop(
            family,
            self.recipe_policy(),
            self.sample_size,
            self.generations,
            self.temperature if self.favours_common else 1.0,
        )

    def affordable_runs(self) -> int:
        """Return how many of the runs are made, so that a screen answers within seconds.

        The work grows with the kinds alive in all generations and runs. Without chance one run
        tells all.
        """
        import numpy as np

        from collapse_core.theory.tails import expected_survivors_approximation

        policy = self.recipe_policy()
        recipe = policy.recipe(self.sample_size)
        if not self.finite and not recipe.fresh and not recipe.fixed:
            return 1
        truth = np.array(self.truth())
        points = max(1, recipe.synthetic + recipe.fresh + recipe.fixed)
        steps = 1 if recipe.memory != "none" or not self.finite else self.generations
        alive = expected_survivors_approximation(truth, points, steps)
        cells = float(alive.sum()) if steps > 1 else float(alive[1]) * self.generations
        most = MOST_CELLS if self.runs * cells > 1.5 * MOST_CELLS else np.inf
        return int(min(self.runs, max(FEWEST_RUNS, most / cells)))

    def changes(self) -> dict[str, Any]:
        """Return the parameters that differ from their defaults."""
        return {
            item.name: getattr(self, item.name)
            for item in fields(self)
            if getattr(self, item.name) != item.default
        }
