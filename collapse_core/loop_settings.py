"""What a closed loop is asked with: the family, the policy, and how much of both."""

from __future__ import annotations

import math
from dataclasses import dataclass

from collapse_core.checks import check_memory, check_number, check_whole_number
from collapse_core.families.base import Family
from collapse_core.policies import Policy

__all__ = ["LoopSettings"]

LARGEST_SAMPLE_SIZE = 10**12
COLDEST, HOTTEST = 0.01, 1e6


@dataclass(frozen=True)
class LoopSettings:
    """The settings of a `ClosedLoop`, which its runs know too.

    Parameters
    ----------
    family : Family
        The truth, and the kind of model that is fitted to it.
    policy : Policy
        What each generation trains on.
    sample_size : int
        Synthetic points per generation, 1 to 10**12.
    generations : int
        Number of fits, at least 1 and as many as fit into memory.
    temperature : float
        The model is sampled at this temperature, 0.01 or more; 1 leaves it as it is. The truth is
        the model of generation 0, so the first data set is sharpened too; real points that a
        policy adds are not.

    Raises
    ------
    ValueError
        If a number is out of range, or the family or the policy is of the wrong kind.
    """

    family: Family
    policy: Policy
    sample_size: int
    generations: int
    temperature: float = 1.0

    def __post_init__(self) -> None:
        if not isinstance(self.family, Family):
            raise ValueError(f"family={self.family!r} is not a family: use one of families.*.")
        if not isinstance(self.policy, Policy):
            raise ValueError(f"policy={self.policy!r} is not a policy: use Replace(), Anchors(1)…")
        size = check_whole_number("sample_size", self.sample_size, 1, LARGEST_SAMPLE_SIZE)
        object.__setattr__(self, "sample_size", size)
        generations = check_whole_number("generations", self.generations, 1, math.inf)
        check_memory("generations", generations, generations * self.family.truth.size)
        object.__setattr__(self, "generations", generations)
        temperature = check_number("temperature", self.temperature, COLDEST, HOTTEST)
        object.__setattr__(self, "temperature", temperature)
