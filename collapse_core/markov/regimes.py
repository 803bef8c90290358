"""How a loop ends: in one law whatever the start, stuck, going round, or never."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import check_numbers
from collapse_core.markov.linear import LinearChain

__all__ = ["Regime", "RegimeName", "name_regime", "regime_of_runs"]

Array = NDArray[np.float64]
RegimeName = Literal["resonance", "wanders", "stuck", "cycles"]

ROUNDING = 1e-9
TINY = 1e-12
LONGEST_PERIOD = 24


@dataclass(frozen=True)
class Regime:
    """How a loop ends, and the numbers that say so.

    Parameters
    ----------
    name : str
        "resonance": one law, whatever the start. "wanders": it never settles. "stuck": it stays
        where it began. "cycles": it goes round.
    remembered : float
        Share of the distance between two starts that is left: 0 if the start does not matter.
    period : int
        Steps after which everything is as it was; 0 if never, 1 if nothing moves any more.
    settles : bool
        Whether the law stops changing.
    """

    name: RegimeName
    remembered: float
    period: int
    settles: bool


def name_regime(chain: LinearChain) -> Regime:
    """Return how a linear chain ends, from its eigenvalues and its noise.

    Eigenvalues inside the unit circle forget the start. Of those on it: what gets noise wanders,
    roots of 1 go round, 1 itself stays. Anything beyond it grows.
    """
    values, left = np.linalg.eig(chain.matrix.T)
    moduli = np.abs(values)
    kept = np.abs(moduli - 1.0) <= ROUNDING
    if np.all(moduli < 1.0 - ROUNDING):
        return Regime("resonance", 0.0, 1 if not np.any(chain.noise) else 0, True)
    if np.any(moduli > 1.0 + ROUNDING) or _grows(chain.matrix, values[kept]):
        return Regime("wanders", math.inf, 0, False)
    along = left[:, kept]
    shaken = np.abs(np.einsum("ik,ij,jk->k", along.conj(), chain.noise, along)) > ROUNDING
    if np.any(shaken):
        return Regime("wanders", 1.0, 0, False)
    for period in range(1, LONGEST_PERIOD + 1):
        if np.all(np.abs(values[kept] ** period - 1.0) <= 1e-6):
            name: RegimeName = "stuck" if period == 1 else "cycles"
            return Regime(name, 1.0, period, True)
    return Regime("wanders", 1.0, 0, False)


def _grows(matrix: Array, values: Any) -> bool:
    """Return whether an eigenvalue on the unit circle has too few directions of its own."""
    for value in values:
        same = int((np.abs(values - value) <= 1e-6).sum())
        if same > 1:
            free = len(matrix) - np.linalg.matrix_rank(
                matrix - value * np.eye(len(matrix)), tol=1e-6
            )
            if free < same:
                return True
    return False


FORGOTTEN = 0.2  # share of the starts' distance: less counts as forgotten
STILL = 0.01  # step, in units of the spread at the start: less counts as no move
CHANGED = 0.25  # share by which the spread may differ between the last two thirds


def regime_of_runs(apart: ArrayLike, runs: ArrayLike) -> Regime:
    """Return how a loop seems to end, measured: by what moves, repeats, spreads and is remembered.

    Parameters
    ----------
    apart : array_like, shape (steps + 1,)
        Distance between two crowds that began differently, after every step.
    runs : array_like, shape (steps + 1, points, values)
        Where the points are after every step; at least five steps.

    Raises
    ------
    ValueError
        If there are too few steps, or not as many of both.
    """
    far, rows = check_numbers("apart", apart, 0.0), check_numbers("runs", runs)
    if rows.ndim != 3 or len(rows) < 6 or far.shape != rows.shape[:1]:
        raise ValueError(
            f"runs has shape {rows.shape} and apart {far.shape}: give a distance and all points "
            "for the start and for each of at least five steps."
        )
    late = len(rows) // 3
    scale = math.sqrt(max(float(rows[0].var(axis=0).sum()), TINY))
    remembered = float(far[-late:].mean() / far[0]) if far[0] > 0.0 else 0.0
    spread = rows.var(axis=1).sum(axis=1)
    before, after = float(spread[-2 * late : -late].mean()), float(spread[-late:].mean())
    settles = abs(after - before) <= CHANGED * max(before, (STILL * scale) ** 2)
    period = _period_of(rows, late, STILL * scale)
    if period == 1:
        name: RegimeName = "stuck" if remembered > FORGOTTEN else "resonance"
    elif period > 1:
        name = "cycles"
    elif not settles:
        name = "wanders"
    else:
        name = "resonance" if remembered <= FORGOTTEN else "stuck"
    return Regime(name, remembered, period, settles)


def _period_of(rows: Array, late: int, still: float) -> int:
    """Return after how many steps all points are back, in the last steps; 0 if they are not."""
    for period in range(1, min(late, LONGEST_PERIOD) + 1):
        moved = rows[-1] - rows[-1 - period]
        if math.sqrt(float((moved**2).sum(axis=1).mean())) <= still:
            return period
    return 0
