"""How a loop ends: in one law whatever the start, stuck, going round, or never."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import check_made, check_numbers
from collapse_core.markov.finite import FiniteChain
from collapse_core.markov.linear import LinearChain

__all__ = ["Regime", "RegimeName", "name_regime", "regime_of_runs"]

Array = NDArray[np.float64]
RegimeName = Literal["resonance", "wanders", "stuck", "cycles"]

ROUNDING = 1e-9
TINY = 1e-12
LONGEST_PERIOD = 360  # a turn by whole degrees is back by then


@dataclass(frozen=True)
class Regime:
    """How a loop ends, and the numbers that say so.

    Parameters
    ----------
    name : str
        "resonance": one law, whatever the start. "wanders": it never settles. "stuck": it stays
        where it began. "cycles": it goes round.
    remembered : float
        Share of the distance between two starts that is left, of exact chains for those starts that
        stay apart if any do: 0 if the start does not matter, inf if they part for ever.
    period : int
        Steps after which everything is as it was; 0 if never, 1 if nothing moves any more.
    settles : bool
        Whether the spread stops changing.
    """

    name: RegimeName
    remembered: float
    period: int
    settles: bool


def name_regime(chain: LinearChain | FiniteChain) -> Regime:
    """Return how a chain ends: a linear one from its eigenvalues and its noise, or one on states.

    Eigenvalues inside the unit circle forget the start. Of those on it: what gets noise wanders,
    roots of 1 go round, 1 itself stays. Anything beyond it grows. A chain on states goes round if
    a class that is never left has a period, and remembers its start if there are several of them.

    Raises
    ------
    TypeError
        If ``chain`` is neither.
    """
    check_made("chain", chain, LinearChain, FiniteChain)
    return _on_states(chain) if isinstance(chain, FiniteChain) else _linear(chain)


def _on_states(chain: FiniteChain) -> Regime:
    classes = chain.recurrent_classes()
    period = math.lcm(*(chain.period(number) for number in range(len(classes))))
    if period > 1:
        return Regime("cycles", 1.0, period, True)
    stands = 1 if all(len(states) == 1 for states in classes) else 0
    if len(classes) > 1:
        return Regime("stuck", 1.0, stands, True)
    return Regime("resonance", 0.0, stands, True)


def _linear(chain: LinearChain) -> Regime:
    values, left = np.linalg.eig(chain.matrix.T)
    moduli = np.abs(values)
    kept = np.abs(moduli - 1.0) <= ROUNDING
    if np.all(moduli < 1.0 - ROUNDING):
        return Regime("resonance", 0.0, 1 if not np.any(chain.noise) else 0, True)
    if np.any(moduli > 1.0 + ROUNDING) or _grows(chain.matrix, values[kept]):
        return Regime("wanders", math.inf, 0, False)
    along = left[:, kept]
    shaken = np.abs(np.einsum("ik,ij,jk->k", along.conj(), chain.noise, along))
    if np.any(shaken > ROUNDING * np.abs(chain.noise).max()):
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
HALF = 0.5  # of it: while more is left, nothing is said of where it is going
STILL = 0.01  # a way, in units of the spread at the start or of the way gone: less is none
GROWN = 0.25  # share by which the spread may grow between the last two thirds
FALLING = 0.03  # share by which a distance falls from quarter to quarter, if it falls at all
SLOWER = 0.95  # step in the last third, in units of that before: less is on its way to rest
LEVEL = 0.35  # share by which a squared way may grow with time; it doubles for what wanders off
SMALL = 0.02  # the same, in units of the squared distance of two points
OPPOSITE = 1.25  # the same: no two places that are unrelated are so far apart, but in a turn
MOST_LAGS = 60


def regime_of_runs(apart: ArrayLike, runs: ArrayLike) -> Regime:
    """Return how a loop seems to end, measured: by what moves, repeats, spreads and is remembered.

    What is much slower than the runs are long cannot be seen: it seems to be stuck.

    Parameters
    ----------
    apart : array_like, shape (steps + 1,)
        Distance between two crowds that began differently, after every step, without what two
        crowds of one law are apart by chance.
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
    remembered = float(far[-late:].mean() / far[0]) if far[0] > 0.0 else 0.0
    forgotten = remembered <= HALF and _limit(far) <= FORGOTTEN * far[0]
    spread = rows.var(axis=1).sum(axis=1)
    before, after = float(spread[-2 * late : -late].mean()), float(spread[-late:].mean())
    scale = _scale(rows, late)
    settles = abs(after - before) <= GROWN * max(before, (STILL * scale) ** 2)
    ways = _ways(rows, late)
    period = _period_of(ways, late, STILL * scale)
    if period > 1:
        name: RegimeName = "cycles"
    elif period == 0 and after > before and not settles:
        name = "wanders"
    elif forgotten:
        name = "resonance"
    else:
        rests = period == 1 or _slows(rows, late) or _stays(ways, after)
        name = "stuck" if rests else "wanders"
    return Regime(name, remembered, period, settles)


def _limit(far: Array) -> float:
    """Return where a distance is going, from its last three quarters: geometric, to any limit."""
    first, second, last = (float(each.mean()) for each in np.array_split(far, 4)[1:])
    fallen, before = second - last, first - second
    if fallen <= FALLING * second or before <= FALLING * first:
        return last  # it does not fall, or chance makes it fall once
    if fallen >= before:
        return 0.0  # it falls faster and faster
    share = fallen / before
    return max(0.0, last - fallen * share / (1.0 - share))


def _scale(rows: Array, late: int) -> float:
    """Return how large the start is: its deviation, or how far points go that begin as one."""
    squared = float(rows[0].var(axis=0).sum())
    if squared <= TINY**2:
        squared = float(((rows[1 : late + 1] - rows[0]) ** 2).sum(axis=2).mean())
    return max(math.sqrt(squared), TINY)


def _ways(rows: Array, late: int) -> Array:
    """Return how far points have come in the end since 1, 2, ... steps before, squared."""
    recent = max(1, late // 4)
    return np.array(
        [
            ((rows[-recent:] - rows[-recent - lag : -lag]) ** 2).sum(axis=2).mean()
            for lag in range(1, min(late, MOST_LAGS) + 1)
        ]
    )


def _period_of(ways: Array, late: int, still: float) -> int:
    """Return after how many steps all points are back, 1 if they stand; 0 if they are not."""
    if ways[: max(1, late // 4)].max() <= still**2:
        return 1
    for lag in range(2, len(ways) + 1):
        if ways[lag - 1] <= STILL**2 * ways[: lag - 1].max():
            return lag
    return 0


def _slows(rows: Array, late: int) -> bool:
    """Return whether steps grow shorter, as they do where points come to rest."""
    squared = ((rows[-2 * late :] - rows[-2 * late - 1 : -1]) ** 2).sum(axis=2).mean(axis=1)
    steps = np.sqrt(squared)
    return bool(steps[-late:].mean() <= SLOWER * steps[:late].mean())


def _stays(ways: Array, spread: float) -> bool:
    """Return whether points keep to their places: how far they come does not grow with time."""
    long = ways[len(ways) // 2 :]
    if spread > 0.0 and long.max() > OPPOSITE * 2.0 * spread:
        return False
    return bool(long.max() - long.min() <= max(LEVEL * long.max(), SMALL * 2.0 * spread))
