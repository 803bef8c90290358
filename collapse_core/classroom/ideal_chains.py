"""Many chains of ideal copiers at once, where a band has no closed form.

The same game as `rounds.shown_draws` and `Game.fit` play one by one; a test holds them together.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from collapse_core.classroom.games.kinds import KindsGame
from collapse_core.classroom.games.spot import START_SPREAD, SpotGame

__all__ = ["kinds_diversities", "spot_diversities"]

Array = NDArray[np.float64]


def kinds_diversities(
    game: KindsGame, draws: int, steps: int, variant: str, runs: int, rng: np.random.Generator
) -> tuple[Array, Array]:
    """Return each chain's diversity, shape (steps + 1, runs), and whether it is fixed."""
    truth = game.shares
    shares = np.tile(truth, (runs, 1))
    total = np.zeros_like(shares)
    diversity, fixed = np.ones((steps + 1, runs)), np.zeros((steps + 1, runs))
    for step in range(1, steps + 1):
        pool = total / (step - 1) if variant == "accumulate" and step > 1 else shares
        if variant == "anchor":
            counts = rng.multinomial(draws - 1, pool) + rng.multinomial(1, truth, size=runs)
        else:
            counts = rng.multinomial(draws, pool / pool.sum(axis=1, keepdims=True))
        shares = counts / draws
        total += shares
        diversity[step] = (1.0 - np.square(shares).sum(axis=1)) / (1.0 - truth @ truth)
        fixed[step] = counts.max(axis=1) == draws
    return diversity, fixed


def spot_diversities(
    game: SpotGame, draws: int, steps: int, variant: str, runs: int, rng: np.random.Generator
) -> Array:
    """Return the variance of each chain over the truth's, shape (steps + 1, runs)."""
    middle, spread = np.zeros((runs, game.dimension)), np.full(runs, START_SPREAD)
    middles, spreads = [middle], [spread]
    diversity = np.ones((steps + 1, runs))
    everyone = np.arange(runs)[:, np.newaxis]
    for step in range(1, steps + 1):
        centre, width = middle[:, np.newaxis], np.repeat(spread[:, np.newaxis], draws, axis=1)
        if variant == "accumulate" and step > 1:
            chosen = rng.integers(1, step, size=(runs, draws))
            centre, width = (
                np.stack(middles)[chosen, everyone],
                np.stack(spreads)[chosen, everyone],
            )
        points = centre + width[:, :, np.newaxis] * rng.standard_normal(
            (runs, draws, game.dimension)
        )
        if variant == "anchor":
            points[:, 0] = START_SPREAD * rng.standard_normal((runs, game.dimension))
        middle = points.mean(axis=1)
        spread = np.sqrt(np.square(points - middle[:, np.newaxis]).mean(axis=(1, 2)))
        middles.append(middle)
        spreads.append(spread)
        diversity[step] = np.square(spread / START_SPREAD)
    return diversity
