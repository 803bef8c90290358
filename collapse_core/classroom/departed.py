"""What a pull of memory and a sharpening make of the law of ideal copiers.

Learners who depart from the ideal in this way alone, and scatter no more than it does, play the
same game many times: the average of their chains is told with its standard error.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.classroom.copiers import Copier, play
from collapse_core.classroom.games import Game
from collapse_core.classroom.rounds import MOST_CHAINS, telephone_settings

__all__ = ["DepartedLaw", "departed_law"]

ROUNDS = 6
DIGITS = 2  # of pull and sharpening: finer differences make none that these chains could tell


@dataclass(frozen=True, eq=False)
class DepartedLaw:
    """The diversity of chains of such learners, simulated.

    Attributes
    ----------
    mean : ndarray of shape (length + 1,)
        Average diversity, entry t after t answers.
    error : ndarray of shape (length + 1,)
        Its standard error.
    """

    mean: NDArray[np.float64]
    error: NDArray[np.float64]


def departed_law(
    game: Game, settings: Mapping[str, Any], pull: float, sharpening: float
) -> DepartedLaw:
    """Return what becomes of the diversity with learners who depart from the ideal.

    Parameters
    ----------
    game : Game
        The game of the round.
    settings : mapping
        Of the round; ``draws``, ``length`` and ``variant`` matter.
    pull, sharpening : float
        As `estimates.estimate` finds them; what no learner can have is moved to the nearest that
        one can.

    Raises
    ------
    ValueError
        If the settings are out of range.
    """
    asked = telephone_settings(settings)
    weight = round(min(max(float(pull), 0.0), 1.0), DIGITS)
    exponent = round(min(max(float(sharpening), 0.05), 20.0), DIGITS)
    return _simulated(game, asked["draws"], asked["length"], asked["variant"], weight, exponent)


@lru_cache(maxsize=64)
def _simulated(
    game: Game, draws: int, length: int, variant: str, pull: float, sharpening: float
) -> DepartedLaw:
    copier, rows = Copier(pull=pull, sharpening=sharpening), list[list[float]]()
    for seed in range(ROUNDS):
        settings = {"draws": draws, "length": length, "variant": variant, "game": game.key}
        settings |= {"chains": MOST_CHAINS, "seed": seed}
        for chain in play(game, settings, [copier], seed):
            rows.append([1.0, *(game.diversity(copied.model) for copied in chain)])
    found = np.array(rows)
    return DepartedLaw(found.mean(axis=0), found.std(axis=0, ddof=1) / np.sqrt(len(found)))
