"""Vanishing tails: every parameter of the page, and the loop they make."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, get_args

from collapse_core.checks import check_array
from collapse_core.families import Categorical, LimitedCategorical
from collapse_core.loop import ClosedLoop
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

__all__ = ["START_CHOICES", "StartChoice", "TailPolicy", "VanishingTails"]

StartChoice = Literal["zipf", "letters", "names", "catalogue", "own"]
START_CHOICES: tuple[StartChoice, ...] = get_args(StartChoice)
TailPolicy = Literal["anchors", "fraction", "accumulate", "subsample"]

MOST_CELLS = 4e6  # kinds alive, summed over runs and generations: a second or two
FEWEST_RUNS = 5


@dataclass(frozen=True)
class VanishingTails(Experiment):
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
        See ``VanishingTails.choices``.
    fresh : bool
        Whether the anchors are drawn anew in each generation.

    Raises
    ------
    ValueError
        If a value is out of range; the message names it.
    """

    sample_size: int = sample_size(1000, "Points drawn from the model before.")
    generations: int = generations(100, 200)
    anchors: int = number(0, 0, 100, "Real points in each training set.", symbol="k", unit="points")
    kinds: int = number(1000, 2, 10**4, "Kinds at the start.", symbol="K", scale="log")
    exponent: float = number(
        1.0, 0.0, 3.0, "Kind i appears in proportion to 1 / i to this.", symbol="s", step=0.05
    )
    counts: tuple[float, ...] = ()
    finite: bool = True
    favours_common: bool = False
    too_simple: bool = False
    temperature: float = number(
        0.9, 0.5, 1.0, "Below 1 prefers what is common.", symbol="T", step=0.01
    )
    top_p: float = number(
        0.95, 0.5, 1.0, "Only the likeliest kinds that reach this total.", symbol="p", step=0.01
    )
    minimum_count: int = number(
        2, 1, 20, "A kind seen fewer times is dropped by the fit.", symbol="m"
    )
    policy: TailPolicy = "anchors"
    fresh: bool = True
    runs: int = runs(200, 1000)
    seed: int = seed()

    def __post_init__(self) -> None:
        super().__post_init__()
        counts = check_array("counts", self.counts).ravel().tolist()
        if not all(map(math.isfinite, counts)):
            raise ValueError("counts must be finite, at least 0, and not all 0. Correct the list.")
        object.__setattr__(self, "counts", tuple(counts))

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
        if not (counts.min() >= 0.0 and counts.sum() > 0.0):
            raise ValueError("counts must be finite, at least 0, and not all 0. Correct the list.")
        shares = counts / counts.max()
        return tuple((shares / shares.sum()).tolist())

    def recipe_policy(self) -> Policy:
        """Return the policy that the parameters describe."""
        return policy_of(self.policy, self.sample_size, self.anchors, fresh=self.fresh)

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
