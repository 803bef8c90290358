"""Markov chains with answers that are computed: does a loop forget its start, and what is left?

*Mixer* and *squeeze*: a loop that mixes (it is ergodic) and squeezes (it contracts) ends in one law
whatever it began with. Without a mixer it stays where it began, or goes round; without a squeeze it
never settles.
"""

from collapse_core.markov.finite import FiniteChain
from collapse_core.markov.known_chains import (
    card_shuffle,
    cycle,
    random_web,
    surfer,
    two_islands,
)
from collapse_core.markov.linear import LinearChain, plane_map
from collapse_core.markov.regimes import Regime, RegimeName, name_regime, regime_of_runs

__all__ = [
    "FiniteChain",
    "LinearChain",
    "Regime",
    "RegimeName",
    "card_shuffle",
    "cycle",
    "name_regime",
    "plane_map",
    "random_web",
    "regime_of_runs",
    "surfer",
    "two_islands",
]
