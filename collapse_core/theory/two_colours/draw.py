"""One draw of the two-colour chain: from the share of blue in a model to the law of a blue count.

A temperature first sharpens (or flattens) the model's share; the count is then binomial.  Each row
of the transition matrix is such a binomial law, and nearly all of it lies in a narrow band around
its mean, so only the band is computed and stored.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import FloatArray, check_array, check_positive, check_share

if TYPE_CHECKING:
    from scipy import sparse

__all__ = [
    "BAND_EXPONENT",
    "BandedRows",
    "binomial_law",
    "binomial_rows",
    "log_sharpened",
    "sharpen",
]

BAND_EXPONENT = 34.0
"""A row leaves out tails of probability below exp(-34) = 2e-15."""


def log_sharpened(share: FloatArray, temperature: float) -> tuple[FloatArray, FloatArray]:
    """Logarithms of the sharpened share and of its complement; -inf where one is absent.

    Takes shares in [0, 1] of any shape and gives two arrays of that shape; see :func:`sharpen`.
    """
    with np.errstate(divide="ignore"):
        log_odds = (np.log(share) - np.log1p(-share)) / temperature
    return -np.logaddexp(0.0, -log_odds), -np.logaddexp(0.0, log_odds)


def sharpen(share: ArrayLike, temperature: float) -> FloatArray:
    """Share of blue that a model at a given temperature generates.

    ``p^(1/T) / (p^(1/T) + (1 - p)^(1/T))``: the log-odds divided by the temperature.  Below 1 the
    majority colour is exaggerated, at 1 nothing changes, above 1 the colours are evened out.

    Parameters
    ----------
    share : array_like, any shape
        Share of blue in the model, in [0, 1].
    temperature : float
        Sampling temperature, above 0.

    Returns
    -------
    NDArray, same shape as ``share``

    Raises
    ------
    ValueError
        If a share lies outside [0, 1] or the temperature is not finite and positive.

    Notes
    -----
    Exact.  Source: the softmax temperature of language models.
    """
    check_positive("temperature", temperature)
    values = check_array("share", share)
    for value in values[~((values >= 0.0) & (values <= 1.0))].flat:
        check_share("share", float(value))
    if temperature == 1.0:
        return values.copy()
    sharpened: FloatArray = np.exp(log_sharpened(values, temperature)[0])
    return sharpened


@dataclass(frozen=True, eq=False)
class BandedRows:
    """Rows of a transition matrix; only the entries inside each row's band are stored."""

    values: FloatArray  # (entries,)
    columns: NDArray[np.intp]  # (entries,)
    starts: NDArray[np.intp]  # (rows + 1,), as in a compressed sparse row matrix
    trials: int

    def dense(self) -> FloatArray:
        """(rows, trials + 1)."""
        rows = self.starts.size - 1
        matrix = np.zeros((rows, self.trials + 1))
        matrix[np.repeat(np.arange(rows), np.diff(self.starts)), self.columns] = self.values
        return matrix

    def compressed(self) -> sparse.csr_array[np.float64]:
        """(rows, trials + 1), compressed sparse rows."""
        from scipy import sparse

        shape = (self.starts.size - 1, self.trials + 1)
        indices = self.columns.astype(np.int32), self.starts.astype(np.int32)
        return sparse.csr_array((self.values, *indices), shape=shape)


def _band(
    trials: int, log_p: FloatArray, log_q: FloatArray, exponent: float
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """First and last count of each row outside which lies less than exp(-exponent)."""
    centre = trials * np.exp(log_p)
    if math.isinf(exponent):
        reach = np.full_like(centre, float(trials))
    else:  # Bernstein's inequality, solved for the distance
        variance = centre * np.exp(log_q)
        reach = exponent / 3.0 + np.sqrt(exponent**2 / 9.0 + 2.0 * exponent * variance)
    first = np.clip(np.floor(centre - reach), 0, trials).astype(np.intp)
    last = np.clip(np.ceil(centre + reach), 0, trials).astype(np.intp)
    last[np.isneginf(log_p)] = 0  # a colour that is absent is never drawn
    first[np.isneginf(log_q)] = trials
    return first, last


def binomial_rows(
    trials: int, log_p: FloatArray, log_q: FloatArray, exponent: float = BAND_EXPONENT
) -> BandedRows:
    """Binomial laws, one row per chance of blue; every row sums to one to rounding error.

    Parameters
    ----------
    trials : int
        Points drawn, at least 0.
    log_p, log_q : NDArray (rows,)
        Logarithms of the chances of blue and of yellow, from :func:`log_sharpened`.
    exponent : float
        Tails of probability below exp(-exponent) are left out; inf keeps every entry.

    Returns
    -------
    BandedRows
        Of shape (rows, trials + 1).

    Notes
    -----
    Exact up to the tails left out.  Source: Bernstein's inequality, for the width of the band.
    """
    first, last = _band(trials, log_p, log_q, exponent)
    widths = last - first + 1
    starts = np.concatenate(([0], np.cumsum(widths)))
    columns = np.arange(starts[-1]) - np.repeat(starts[:-1] - first, widths)
    log_factorial = np.concatenate(([0.0], np.cumsum(np.log(np.arange(1.0, trials + 1)))))
    log_choose = log_factorial[-1] - log_factorial - log_factorial[::-1]
    finite_p = np.where(np.isneginf(log_p), 0.0, log_p)  # only ever multiplied by 0
    finite_q = np.where(np.isneginf(log_q), 0.0, log_q)
    values = columns * np.repeat(finite_p - finite_q, widths)
    values += log_choose[columns]
    values += np.repeat(trials * finite_q, widths)
    np.exp(values, out=values)
    values /= np.repeat(np.add.reduceat(values, starts[:-1]), widths)
    return BandedRows(values, columns, starts, trials)


def binomial_law(trials: int, chance: float, temperature: float = 1.0) -> FloatArray:
    """Binomial law of one count, shape (trials + 1,)."""
    logs = log_sharpened(np.array([chance]), temperature)
    law: FloatArray = binomial_rows(trials, *logs).dense()[0]
    return law
