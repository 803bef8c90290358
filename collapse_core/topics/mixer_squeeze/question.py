"""When does a loop resonate? A mixer and a squeeze, in the plane and in chains by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from collapse_core.checks import check_choice
from collapse_core.markov import (
    FiniteChain,
    LinearChain,
    card_shuffle,
    cycle,
    plane_map,
    random_web,
    surfer,
    two_islands,
)
from collapse_core.topics.experiment import (
    Experiment,
    generations,
    number,
    sample_size,
    seed,
    share,
)

__all__ = ["FINITE", "ChainChoice", "MixerSqueeze", "WebChoice"]

ChainChoice = Literal["plane", "surfer", "cards", "gaussian"]
WebChoice = Literal["random", "islands", "circle"]

FINITE = ("surfer", "cards")
WEBS = {
    "random": lambda seed: random_web(24, 3, seed),
    "islands": lambda seed: two_islands(12),
    "circle": lambda seed: cycle(24),
}


@dataclass(frozen=True)
class MixerSqueeze(Experiment):
    """Four crowds that begin in four places and go through the same loop.

    Parameters
    ----------
    chain : str
        A map of the plane, a web surfer, a deck of cards, or a Gaussian that is retrained.
    web : str
        What the surfer surfs on.
    mixing, contraction, turn
        Of the map of the plane; see `plane_map`.
    damping : float
        Share of the surfer's steps that follow a link.
    sample_size, generations, seed
        See ``MixerSqueeze.params``.

    Raises
    ------
    ValueError
        If a value is out of range; the message names it.
    """

    chain: ChainChoice = "plane"
    web: WebChoice = "random"
    mixing: float = share(0.3, 0.0, 1.0, "How much the loop mixes.", step=0.05)
    contraction: float = share(0.6, 0.0, 1.0, "How much the loop squeezes.", step=0.05)
    turn: int = number(0, 0, 180, "Degrees that each step turns besides.", unit="degrees", step=15)
    damping: float = share(
        0.85, 0.0, 1.0, "Share of steps that follow a link.", symbol="d", step=0.05
    )
    sample_size: int = sample_size(500, "Points in each crowd.", least=20, most=2000)
    generations: int = generations(40, 100)
    seed: int = seed()

    @property
    def is_finite(self) -> bool:
        """Whether the chain has finitely many states."""
        return self.chain in FINITE

    def plane(self) -> LinearChain:
        """Return the map of the plane."""
        return plane_map(self.mixing, self.contraction, turn=self.turn)

    def links(self) -> FiniteChain:
        """Return the web that is surfed."""
        return WEBS[check_choice("web", self.web, tuple(WEBS))](self.seed)

    def states(self) -> FiniteChain:
        """Return the chain on states: the surfer's, or that of the cards."""
        if self.chain == "cards":
            return card_shuffle()
        return surfer(self.links().transition, self.damping)
