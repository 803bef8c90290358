"""The jar of two colours: every parameter of the page, and the loop they make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from collapse_core.families import Bernoulli
from collapse_core.loop import ClosedLoop
from collapse_core.topics.doubled_loop import DoubledLoop
from collapse_core.topics.experiment import (
    Experiment,
    generations,
    number,
    runs,
    sample_size,
    seed,
    share,
)

__all__ = ["PolicyChoice", "TwoColours"]

PolicyChoice = Literal["anchors", "prior", "accumulate", "subsample", "fraction", "weighted"]


@dataclass(frozen=True)
class TwoColours(DoubledLoop, Experiment):
    """What happens to the blue in a jar that is refilled from its own samples.

    Parameters
    ----------
    sample_size, generations, anchors, share, temperature, prior_strength, real_weight, runs, seed
        See ``TwoColours.params``.
    fresh : bool
        Whether the anchors are drawn anew in each generation.
    policy : str
        ``"anchors"`` adds the anchors to the synthetic points (none is
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

    sample_size: int = sample_size(100, "Marbles drawn from the jar before.", unit="marbles")
    generations: int = generations(100, 500)
    anchors: int = number(
        0, 0, 100, "Marbles from the real jar in each sample.", symbol="k", unit="marbles"
    )
    # A typed jar may hold any share; the slider stops at 1 and 50 %.
    share: float = share(
        0.1, 0.01, 0.5, "Share of blue in the real jar.", symbol="p_0", step=0.01, beyond=(0.0, 1.0)
    )
    fresh: bool = True
    temperature: float = number(
        1.0, 0.5, 1.5, "Below 1 prefers the common colour.", symbol="T", step=0.01
    )
    prior_strength: float = number(
        5.0, 0.0, 50.0, "Imaginary marbles of a prior.", symbol="\\kappa", unit="marbles", step=0.5
    )
    policy: PolicyChoice = "anchors"
    real_weight: float = number(
        0.1, 0.0, 1.0, "Weight of the real marbles in a fit.", symbol="w", step=0.01
    )
    runs: int = runs(200)
    seed: int = seed()
    doubled: bool = False

    def loop(self) -> ClosedLoop:
        """Return the closed loop of the experiment."""
        return ClosedLoop(
            Bernoulli(self.share),
            self.recipe_policy(),
            self.effective_sample_size,
            self.effective_generations,
            self.temperature,
        )
