"""What a class's own pull and sharpening do to the law: chains of learners who depart alike.

For the jar with a pull alone it is exact: a pull w is a prior of n w / (1 - w) imaginary marbles,
half of them yellow. Else the curves are those of simulated chains whose learners scatter in nothing
but their draws.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from collapse_core.checks import check_made, check_number, check_share
from collapse_core.classroom.chain_law import BAND, ChainLaw, law_of_shares
from collapse_core.classroom.copiers import Copier, play
from collapse_core.classroom.games.game import Game
from collapse_core.classroom.games.jar import JarGame
from collapse_core.classroom.rounds import MOST_CHAINS, telephone_settings
from collapse_core.theory.two_colours import share_law

__all__ = ["departed_law"]

TURNS = 1500  # at most about so many are simulated
MOST_PULL = 0.95


def departed_law(
    game: Game, settings: Mapping[str, Any], pull: float, sharpening: float = 1.0
) -> ChainLaw:
    """Return the law of learners with a pull and a sharpening.

    Parameters
    ----------
    game : Game
        The game of the round.
    settings : mapping
        Of the round.
    pull : float
        Weight of the game's prior, 0 to 1; above 0.95 it counts as that.
    sharpening : float
        Exponent, 0.05 to 20.

    Returns
    -------
    ChainLaw
        Where it is simulated, for pull and sharpening rounded to hundredths; ``simulated`` then
        names ``"mean"``, ``"band"`` and ``"fixed"``.

    Raises
    ------
    ValueError
        If a value is out of range.
    """
    check_made("game", game, Game)
    asked = telephone_settings(settings)
    weight = min(check_share("pull", pull), MOST_PULL)
    power = check_number("sharpening", sharpening, 0.05, 20.0)
    variant = "alone" if asked["variant"] == "judge" else asked["variant"]
    if isinstance(game, JarGame) and variant == "alone" and power == 1.0:
        return _pulled_jar(game, asked["draws"], asked["length"], weight)
    rounded = (
        round(weight, 2),
        round(power, 2),
    )  # so that an estimate that hardly moves costs nothing
    return _simulated(game, asked["draws"], asked["length"], variant, *rounded)


def _pulled_jar(game: JarGame, draws: int, steps: int, weight: float) -> ChainLaw:
    strength = draws * weight / (1.0 - weight)
    law = share_law(draws, game.start, steps, prior_strength=strength, prior_mean=0.5)
    return law_of_shares(game, law.shares, law.probability)


@lru_cache(maxsize=32)
def _simulated(
    game: Game, draws: int, steps: int, variant: str, weight: float, power: float
) -> ChainLaw:
    copier = Copier(pull=weight, sharpening=power)
    rounds = max(TURNS // (steps * MOST_CHAINS), 5)
    chains = [
        [game.truth, *(copied.model for copied in chain)]
        for seed in range(rounds)
        for chain in play(game, _asked(draws, steps, variant, seed), [copier], seed)
    ]
    diversity = np.array([[game.diversity(model) for model in chain] for chain in chains])
    fixed = np.array([[game.fixed(model) for model in chain] for chain in chains])
    low, high = np.quantile(diversity, BAND, axis=0)
    curves = (diversity.mean(axis=0), low, high, fixed.mean(axis=0))
    rows = [tuple(map(float, curve)) for curve in curves]
    return ChainLaw(rows[0], rows[1], rows[2], rows[3], ("mean", "band", "fixed"))


def _asked(draws: int, steps: int, variant: str, seed: int) -> dict[str, Any]:
    named = {"draws": draws, "length": steps, "variant": variant}
    return telephone_settings({**named, "seed": seed, "chains": MOST_CHAINS})
