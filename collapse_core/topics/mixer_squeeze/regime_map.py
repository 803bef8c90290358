"""Over both sliders: how the loop of the plane ends, and how fast it forgets its start."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_number
from collapse_core.markov import name_regime, plane_map

__all__ = ["MapPoint", "map_points", "steps_to_halve"]

GRID: NDArray[np.float64] = np.linspace(0.0, 1.0, 21)


@dataclass(frozen=True)
class MapPoint:
    """One place of the map.

    Parameters
    ----------
    mixing, contraction : float
        Where it is.
    regime : str
        How the loop ends there.
    halving : float
        Steps in which half of the distance between two starts is forgotten; inf for never.
    """

    mixing: float
    contraction: float
    regime: str
    halving: float


def map_points(turn: float) -> list[MapPoint]:
    """Return all places of the map, on a grid of twentieths.

    Parameters
    ----------
    turn : float
        Degrees that each step turns besides the mixer.
    """
    points = []
    for mixing in GRID.round(2).tolist():
        for contraction in GRID.round(2).tolist():
            chain = plane_map(mixing, contraction, turn=turn)
            halving = steps_to_halve(chain.spectral_radius())
            points.append(MapPoint(mixing, contraction, name_regime(chain).name, halving))
    return points


def steps_to_halve(radius: float) -> float:
    """Return after how many steps half is left of what shrinks by ``radius`` at each.

    Parameters
    ----------
    radius : float
        What is left of 1 after one step, 0 or more. From 1 on it is never halved: inf.

    Raises
    ------
    ValueError
        If it is no number of 0 or more.
    """
    radius = check_number("radius", radius, 0.0)
    if radius <= 0.0:
        return 0.0
    return float(np.log(0.5) / np.log(radius)) if radius < 1.0 - 1e-12 else float("inf")
