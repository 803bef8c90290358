"""The loop by hand: people in a chain draw marbles from each other's jars; its exact law."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.streams import generator
from collapse_core.theory.two_colours import ShareLaw, share_law
from collapse_core.topics.experiment import Experiment, number

__all__ = ["START", "ChainsLaw", "HumanChains", "chains_law", "example_counts"]

START = 0.5  # the first jar is half blue
HALF = 2


@dataclass(frozen=True)
class HumanChains(Experiment):
    """Chains of people; each draws marbles from the jar of the one before and fills the next.

    Parameters
    ----------
    draws, people, chains
        See ``HumanChains.params``.

    Raises
    ------
    ValueError
        If a value is out of range; the message names it.
    """

    draws: int = number(4, 2, 20, "Marbles that each person draws.", symbol="n", unit="marbles")
    people: int = number(5, 2, 10, "People in a chain.", symbol="t", unit="people")
    chains: int = number(6, 1, 30, "Chains in the class.", unit="chains")


@dataclass(frozen=True)
class ChainsLaw:
    """What is exactly expected of the chains. Index t is after person t; 0 is the first jar.

    Parameters
    ----------
    share : ShareLaw
        The law of the share of blue.
    chains : int
        How many there are.
    """

    share: ShareLaw
    chains: int

    @property
    def diversity(self) -> NDArray[np.float64]:
        """Expected p (1 - p) of a jar, as a share of the first one's."""
        return np.asarray(self.share.diversity / self.share.diversity[0])

    @property
    def fixed(self) -> NDArray[np.float64]:
        """Expected number of chains with one colour only."""
        return np.asarray(self.chains * self.share.absorbed)

    def at_least(self, fixed: int) -> float:
        """Return the chance that at least so many chains have one colour at the end.

        Source: the chains are independent, so that their number is binomial.
        """
        chance = float(self.share.absorbed[-1])
        ways = (
            comb(self.chains, count) * chance**count * (1.0 - chance) ** (self.chains - count)
            for count in range(fixed, self.chains + 1)
        )
        return float(sum(ways))

    def facts(self) -> dict[str, Any]:
        """Return what is expected at the end, by name."""
        least = -(-self.chains // HALF)
        return {
            "chains": self.chains,
            "people": self.share.probability.shape[0] - 1,
            "diversity": float(self.diversity[-1]),
            "fixed": float(self.fixed[-1]),
            "least": least,
            "chance": self.at_least(least),
        }


def chains_law(asked: HumanChains) -> ChainsLaw:
    """Return what is exactly expected of the chains."""
    return ChainsLaw(share_law(asked.draws, START, asked.people), asked.chains)


def example_counts(asked: HumanChains, seed: int = 1) -> NDArray[np.int64]:
    """Return counts that a class might draw, shape (chains, people)."""
    rng, blue = generator(seed, 0, "chains by hand"), np.full(asked.chains, START)
    counts = np.empty((asked.chains, asked.people), dtype=np.int64)
    for person in range(asked.people):
        counts[:, person] = rng.binomial(asked.draws, blue)
        blue = counts[:, person] / asked.draws
    return counts
