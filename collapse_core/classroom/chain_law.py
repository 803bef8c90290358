"""The law of chains of ideal copiers: what the wall draws under the class's own chains.

What is exact, by game (variety is what `Game.diversity` says):

* **jar**: average, band and chance to be fixed, for alone, anchor and accumulate: the two-type
  Wright-Fisher chain; with an anchor n - 1 draws and one fresh real one; with accumulate the chain
  of the pool's count.
* **words, bars, melody**: average and chance to be fixed, for all three, by lumping: each kind
  alone against the others is the chain of two types. The band is that of 20,000 simulated chains.
* **line, plane**: the average for all three (a Gaussian refitted by maximum likelihood, with one
  fresh real point, or to a pool of all models); band and chance to be fixed alone, from the law of
  a product of chi-squares. With an anchor or accumulate these two are simulated.

With a judge the law is that of a judge who accepts everything, that is alone. The law is for
learners who answer with all draws: a list of another length, a place outside the picture's reach
and any human answer depart from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from collapse_core.checks import FloatArray, check_made, check_whole_number
from collapse_core.classroom.games.game import Game
from collapse_core.classroom.games.jar import JarGame
from collapse_core.classroom.games.kinds import KindsGame
from collapse_core.classroom.games.spot import FIXED_SPREAD, START_SPREAD, SpotGame
from collapse_core.classroom.ideal_chains import kinds_diversities, spot_diversities
from collapse_core.classroom.rounds import telephone_settings
from collapse_core.streams import generator
from collapse_core.theory.gaussian_mixing import mixed_gaussian_averages
from collapse_core.theory.gaussian_refit import expected_variance
from collapse_core.theory.log_variance_law import log_variance_law
from collapse_core.theory.mixed_generations import mixed_generations
from collapse_core.theory.mixed_means import Mixture
from collapse_core.theory.pooled_models import pooled_models_law
from collapse_core.theory.two_colours import share_law

__all__ = ["BAND", "ChainLaw", "chain_law"]

BAND = (0.05, 0.95)
RUNS = 20_000
BAND_SEED = 18


@dataclass(frozen=True)
class ChainLaw:
    """What ideal copiers do; entry t of each is after t answers, entry 0 the truth.

    Attributes
    ----------
    mean : tuple of float
        Average diversity of a chain.
    low, high : tuple of float
        Between them lie nine chains of ten, from the 5th to the 95th percentile.
    fixed : tuple of float
        Chance that a chain is fixed. With an anchor or accumulate it may come back.
    simulated : tuple of str
        Which of ``"band"`` and ``"fixed"`` come from simulated chains and are approximate.
    """

    mean: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    fixed: tuple[float, ...]
    simulated: tuple[str, ...] = ()

    def chance_fixed(self, chains: int, least: int) -> float:
        """Return the chance that at least so many of the chains are fixed at the end.

        Raises
        ------
        ValueError
            If a number is not whole, or there are more fixed than chains.
        """
        from scipy.stats import binom

        count = check_whole_number("chains", chains, 1, 10**6)
        least = check_whole_number("least", least, 0, count)
        return float(binom.sf(least - 1, count, self.fixed[-1]))


def chain_law(game: Game, settings: Mapping[str, Any]) -> ChainLaw:
    """Return the law of ideal copiers in a round.

    Parameters
    ----------
    game : Game
        The game of the round.
    settings : mapping
        Of the round; ``draws``, ``length`` and ``variant`` matter.

    Raises
    ------
    ValueError
        If the settings are out of range.
    """
    check_made("game", game, Game)
    asked = telephone_settings(settings)
    variant = "alone" if asked["variant"] == "judge" else asked["variant"]
    return _law(game, asked["draws"], asked["length"], variant)


@lru_cache(maxsize=64)
def _law(game: Game, draws: int, steps: int, variant: str) -> ChainLaw:
    if isinstance(game, JarGame):
        return law_of_shares(game, *_two_types(draws, game.start, steps, variant))
    if isinstance(game, KindsGame):
        return _kinds_law(game, draws, steps, variant)
    if isinstance(game, SpotGame):
        return _spot_law(game, draws, steps, variant)
    raise ValueError(f"game={game!r} is out of range: it has no known law. Choose another game.")


def _two_types(draws: int, share: float, steps: int, variant: str) -> tuple[FloatArray, FloatArray]:
    """Return the shares 0, 1/n ... 1 that a type can have, and their chances at each step."""
    if variant == "accumulate":
        return np.arange(draws + 1) / draws, pooled_models_law(draws, share, steps)
    anchors = int(variant == "anchor")
    law = share_law(draws - anchors, share, steps, anchors=anchors)
    return law.shares, law.probability


def law_of_shares(game: JarGame, shares: FloatArray, chances: FloatArray) -> ChainLaw:
    """Return the law of a jar's chains from the chances of each share at each step."""
    diversity = shares * (1.0 - shares) / (game.start * (1.0 - game.start))
    order = np.argsort(diversity, kind="stable")
    below = np.cumsum(chances[:, order], axis=1)
    low, high = (
        [1.0, *(float(diversity[order][np.searchsorted(row, level - 1e-12)]) for row in below[1:])]
        for level in BAND
    )
    fixed = chances[:, (shares == 0.0) | (shares == 1.0)].sum(axis=1)
    return _made(chances @ diversity, low, high, fixed)


def _kinds_law(game: KindsGame, draws: int, steps: int, variant: str) -> ChainLaw:
    mean, fixed = np.zeros(steps + 1), np.zeros(steps + 1)
    for share, number in zip(*np.unique(game.shares, return_counts=True), strict=True):
        shares, chances = _two_types(draws, float(share), steps, variant)
        mean += number * (chances @ (shares * (1.0 - shares)))
        fixed += number * chances[:, -1]
    mean /= 1.0 - game.shares @ game.shares
    rng = generator(BAND_SEED, 0, f"{game.key} {draws} {variant}")
    diversities, _ = kinds_diversities(game, draws, steps, variant, RUNS, rng)
    low, high = np.quantile(diversities, BAND, axis=1)
    return _made(mean, low, high, fixed, "band")


def _spot_law(game: SpotGame, draws: int, steps: int, variant: str) -> ChainLaw:
    threshold = (FIXED_SPREAD / START_SPREAD) ** 2
    if variant == "alone":
        freedom, divisor = game.dimension * (draws - 1), game.dimension * draws
        law = log_variance_law(freedom, divisor, steps)
        low, high = (law.quantile(level) for level in BAND)
        return _made(expected_variance(draws, steps), low, high, law.chance_below(threshold))
    rng = generator(BAND_SEED, 0, f"{game.key} {draws} {variant}")
    diversities = spot_diversities(game, draws, steps, variant, RUNS, rng)
    low, high = np.quantile(diversities, BAND, axis=1)
    fixed = (diversities <= threshold).mean(axis=1)
    return _made(_spot_mean(draws, steps, variant), low, high, fixed, "band", "fixed")


def _spot_mean(draws: int, steps: int, variant: str) -> FloatArray:
    """Return the average variance with a fresh real point, or from the pool of all models."""
    if variant == "anchor":
        mixture = Mixture(1.0 - 1.0 / draws, 1.0 / draws, other_noise=1.0)
        averages = mixed_gaussian_averages(1.0, draws - 1, steps, mixture)
        return averages.expected_variance
    shares = np.zeros((steps + 1, steps + 1))
    shares[1, 0] = 1.0
    for step in range(2, steps + 1):
        shares[step, 1:step] = 1.0 / (step - 1)
    sizes = np.full(steps + 1, float(draws))
    sizes[0] = 0.0
    return mixed_generations(shares, sizes).diversity


def _made(mean: Any, low: Any, high: Any, fixed: Any, *simulated: str) -> ChainLaw:
    def numbers(values: Any, first: float, most: float) -> tuple[float, ...]:
        return (first, *(min(max(float(value), 0.0), most) for value in values[1:]))

    rows = [numbers(row, 1.0, np.inf) for row in (mean, low, high)]
    return ChainLaw(rows[0], rows[1], rows[2], numbers(fixed, 0.0, 1.0), simulated)
