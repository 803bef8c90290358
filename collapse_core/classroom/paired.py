"""Two rounds of one game side by side: what a variant changes, chain by chain.

Chain i of one round is set beside chain i of the other, both at the last step that both have. The
differences are averaged, with Student's interval: chains are few, and diversities are often 0 or 1,
so that with fewer than about six pairs the interval is rough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from collapse_core.checks import check_made
from collapse_core.classroom.estimates import Interval
from collapse_core.classroom.games.game import Game, Model
from collapse_core.classroom.mean_interval import mean_interval

__all__ = ["Paired", "paired"]


@dataclass(frozen=True)
class Paired:
    """What the second round kept more than the first.

    Attributes
    ----------
    differences : tuple of float
        Diversity in the second round less that in the first, by pair of chains.
    difference : Interval or None
        Their average with its 95 % interval; None where it tells nothing (`mean_interval`).
    first, second : float
        Average diversity in each round, of the pairs; 0 without any.
    fixed_first, fixed_second : int
        How many of these chains are fixed.
    """

    differences: tuple[float, ...]
    difference: Interval | None
    first: float
    second: float
    fixed_first: int
    fixed_second: int


def paired(
    game: Game, first: Sequence[Sequence[Model]], second: Sequence[Sequence[Model]]
) -> Paired:
    """Return what changed between two rounds.

    Parameters
    ----------
    game : Game
        The game of both rounds.
    first, second : sequences of sequences of dict
        The accepted answers of each chain, the oldest first: ``models`` of `turns.Chain`. Chains
        that only one round has, or that nobody has answered, are left out.
    """
    check_made("game", game, Game)
    pairs = [
        (one[min(len(one), len(two)) - 1], two[min(len(one), len(two)) - 1])
        for one, two in zip(first, second, strict=False)
        if len(one) and len(two)
    ]
    if not pairs:
        return Paired((), None, 0.0, 0.0, 0, 0)
    kept = np.array([[game.diversity(model) for model in pair] for pair in pairs])
    fixed = np.array([[game.fixed(model) for model in pair] for pair in pairs]).sum(axis=0)
    changes = kept[:, 1] - kept[:, 0]
    means = kept.mean(axis=0)
    return Paired(
        tuple(map(float, changes)),
        mean_interval(changes),
        float(means[0]),
        float(means[1]),
        int(fixed[0]),
        int(fixed[1]),
    )
