"""Clouds to begin with: a wavy sheet in any number of dimensions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_whole_number
from collapse_core.streams import generator

__all__ = ["sheet"]

WAVE = 0.35


def sheet(points: int, dimension: int = 3, seed: int = 1) -> NDArray[np.float64]:
    """Return a wavy sheet: two directions along it, in a space of more.

    A cloud that fills its space cannot gain local dimension, so a sheet is where crumpling begins.

    Parameters
    ----------
    points : int
        20 to 20,000.
    dimension : int
        Of the space, 3 to 1,000.
    seed : int
        Of the places on the sheet, and of how it is turned.
    """
    points = check_whole_number("points", points, 20, 20_000)
    dimension = check_whole_number("dimension", dimension, 3, 1000)
    rng = generator(seed, 0, "sheet")
    across = rng.uniform(-1.0, 1.0, size=(points, 2)) * [1.6, 1.0]
    wave = WAVE * np.sin(2.2 * across[:, :1]) + WAVE * np.cos(2.0 * across[:, 1:])
    flat = np.hstack([across, wave])
    if dimension == 3:
        return flat
    axes = np.linalg.qr(rng.standard_normal((dimension, 3)))[0]
    return np.asarray(flat @ axes.T, dtype=np.float64)
