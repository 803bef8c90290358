"""Simulated learners, who play along in a rehearsal and stand marked as such.

**ideal** copies what it has seen. **memory** is pulled to the game's prior and scatters.
**careless** does so more, and answers one time in four without having looked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from collapse_core.checks import check_choice, check_made, check_number, check_share
from collapse_core.classroom.games.game import Draws, Game, Model
from collapse_core.classroom.rounds import shown_draws, telephone_settings
from collapse_core.streams import generator

__all__ = ["COPIERS", "Copied", "Copier", "copier_named", "play", "simulated_answer", "verdict"]


class Copied(NamedTuple):
    """What one learner was shown, and what it answered."""

    draws: Draws
    model: Model


@dataclass(frozen=True)
class Copier:
    """How a simulated learner departs from the ideal one.

    Parameters
    ----------
    pull : float
        Weight of the game's prior in an answer, 0 to 1.
    sharpening : float
        Exponent on the model's probabilities, 0.05 to 20; 1 for none.
    noise : float
        How much answers scatter, 0 to 1.
    careless : float
        Chance to answer without having looked, 0 to 1.

    Raises
    ------
    ValueError
        If a number is out of range.
    """

    pull: float = 0.0
    sharpening: float = 1.0
    noise: float = 0.0
    careless: float = 0.0

    def __post_init__(self) -> None:
        check_share("pull", self.pull)
        check_number("sharpening", self.sharpening, 0.05, 20.0)
        check_share("noise", self.noise)
        check_share("careless", self.careless)

    @property
    def is_ideal(self) -> bool:
        """Whether it copies what it has seen."""
        return self == Copier()


COPIERS: Mapping[str, Copier] = {
    "ideal": Copier(),
    "memory": Copier(pull=0.2, noise=0.15),
    "careless": Copier(pull=0.3, noise=0.3, careless=0.25),
}


def copier_named(kind: str) -> Copier:
    """Return the simulated learner of a kind of seat.

    Raises
    ------
    ValueError
        If it is none of ``"ideal"``, ``"memory"`` and ``"careless"``.
    """
    return COPIERS[check_choice("kind", kind, tuple(COPIERS))]


def simulated_answer(game: Game, copier: Copier, draws: Draws, rng: np.random.Generator) -> Model:
    """Return what a simulated learner answers.

    Parameters
    ----------
    game : Game
        The game of the round.
    copier : Copier
        The learner.
    draws : list
        What it is shown.
    rng : Generator
        Source of its scatter.

    Raises
    ------
    ValueError
        If the draws are none of this game.
    """
    for name, value, kind in (("game", game, Game), ("copier", copier, Copier)):
        check_made(name, value, kind)
    fitted = game.fit(draws)
    if copier.is_ideal:
        return fitted
    if rng.random() < copier.careless:
        return game.guessed(len(draws), rng)
    remembered = game.departed(game.features(fitted), copier.pull, copier.sharpening)
    return game.recalled(remembered, len(draws), copier.noise, rng)


def verdict(
    game: Game, copier: Copier, draws: Draws, model: Model, rng: np.random.Generator
) -> bool:
    """Return whether a simulated judge, who has seen the same draws, accepts an answer.

    It refuses what is further from the draws than the game's tolerance, so it never refuses an
    ideal copier; where it has not looked, a coin decides.
    """
    if rng.random() < copier.careless:
        return bool(rng.random() < 0.5)
    apart = np.abs(game.features(model) - game.features(game.fit(draws)))
    return bool(apart.max() <= game.tolerance)


def play(
    game: Game, settings: Mapping[str, Any], copiers: Sequence[Copier], seed: int = 0
) -> list[list[Copied]]:
    """Return all chains of a round that simulated learners play; judges accept everything.

    Parameters
    ----------
    game : Game
        The game.
    settings : mapping
        Of the round. Its seed gives the draws.
    copiers : sequence of Copier
        Step s of chain i is played by number (i + s), beginning anew after the last.
    seed : int
        Of the learners' scatter.

    Returns
    -------
    list
        By chain, the steps in order.

    Raises
    ------
    ValueError
        If there is no copier or a setting is out of range.
    """
    asked = telephone_settings(settings)
    if not isinstance(copiers, Sequence) or not copiers:
        raise ValueError("copiers is out of range: it must be a list of one or more. Add one.")
    rng = generator(seed, 0, "simulated learners")
    chains: list[list[Copied]] = []
    for chain in range(asked["chains"]):
        steps: list[Copied] = []
        for step in range(asked["length"]):
            models = [copied.model for copied in steps]
            draws = shown_draws(game, asked, models, chain, step)
            copier = copiers[(chain + step) % len(copiers)]
            steps.append(Copied(draws, simulated_answer(game, copier, draws, rng)))
        chains.append(steps)
    return chains
