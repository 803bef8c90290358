"""A loop that a page can ask for twice as large and twice as long, under any policy."""

from __future__ import annotations

from dataclasses import replace
from typing import Self

from collapse_core.policies import Policy
from collapse_core.topics.policy_choice import policy_of

__all__ = ["DoubledLoop"]


class DoubledLoop:
    """What experiments with these fields have in common; they say each field's range."""

    sample_size: int
    generations: int
    anchors: int
    fresh: bool
    policy: str
    prior_strength: float
    real_weight: float
    doubled: bool

    @property
    def effective_sample_size(self) -> int:
        """Points drawn per generation, after doubling."""
        return self.sample_size * (2 if self.doubled else 1)

    @property
    def effective_generations(self) -> int:
        """Number of fits, after doubling."""
        return self.generations * (2 if self.doubled else 1)

    def undoubled(self) -> Self:
        """Return the same experiment with the sample size and generations that were doubled."""
        return replace(self, doubled=False)  # type: ignore[type-var]

    def recipe_policy(self) -> Policy:
        """Return the policy that the parameters describe."""
        return policy_of(
            self.policy,
            self.effective_sample_size,
            self.anchors,
            fresh=self.fresh,
            prior_strength=self.prior_strength,
            real_weight=self.real_weight,
        )
