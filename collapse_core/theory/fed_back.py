"""A fitted probabilistic PCA that listens to itself: the law along each axis, exactly.

A row's deviation y from the model's mean, along an axis with eigenvalue l of the rows, is encoded,
given a random code as the model's own posterior has it, and decoded. s2 is the variance of the
model's noise. The code's mean keeps the share c = (l - s2)/l of y; its own uncertainty, decoded,
has the variance (l - s2) s2/l. So

    v' = c^2 v + (l - s2) s2/l   (+ s2 if the rows get the model's noise too).

The balance is l (l - s2)/(2 l - s2) without the noise of the rows, about half of l where s2 is
small; with it, l itself: the model's own law is what stays. Without any noise all rows end at the
mean. If the code gets a noise that the model does not shrink (c = 1, as in plain PCA), there is no
balance: the variance grows by that of the decoded noise, q, with every pass: v_t = v_0 + t q.

Source: derived for this project, from Tipping and Bishop 1999.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from collapse_core.checks import (
    FloatArray,
    check_choice,
    check_generations,
    check_number,
    check_numbers,
    check_together,
)

__all__ = ["Noise", "fed_back_limit", "fed_back_variance", "plain_fed_back_variance"]

Noise = Literal["none", "code", "code and row"]


def fed_back_variance(
    eigenvalues: ArrayLike,
    noise_variance: float,
    generations: int,
    noise: Noise = "code",
    start: ArrayLike | None = None,
) -> FloatArray:
    """Return the variance along each axis after every pass, shape (generations + 1, axes).

    Parameters
    ----------
    eigenvalues : array_like, shape (axes,)
        Variances of the rows of the fit along the axes that are kept, above 0.
    noise_variance : float
        Variance s2 of the model's noise, from 0 to the smallest eigenvalue.
    generations : int
        Number of passes, from 0.
    noise : {"none", "code", "code and row"}
        What is random in a pass.
    start : array_like, shape (axes,), optional
        Variances of the rows at the start; the eigenvalues by default.

    Raises
    ------
    ValueError
        If a parameter is out of range.
    """
    values, kept, added = _pass(eigenvalues, noise_variance, noise)
    generations = check_generations(generations)
    first = values if start is None else np.atleast_1d(check_numbers("start", start, 0.0))
    check_together(eigenvalues=values, start=first)
    if first.ndim != 1 or values.ndim != 1:
        raise ValueError("eigenvalues and start must be lists: give one number per axis.")
    left = kept ** (2.0 * np.arange(generations + 1)[:, np.newaxis])
    squeeze = 1.0 - kept**2
    passes = np.arange(generations + 1)[:, np.newaxis]
    shrinks = squeeze > 0.0
    share = np.where(shrinks, (1.0 - left) / np.where(shrinks, squeeze, 1.0), passes)
    return np.asarray(left * first + added * share)


def fed_back_limit(
    eigenvalues: ArrayLike, noise_variance: float, noise: Noise = "code"
) -> FloatArray:
    """Return what the variance along each axis tends to, shape (axes,).

    Parameters
    ----------
    eigenvalues, noise_variance, noise
        As in `fed_back_variance`.

    Raises
    ------
    ValueError
        If a parameter is out of range.
    """
    values, kept, added = _pass(eigenvalues, noise_variance, noise)
    squeeze = 1.0 - kept**2
    shrinks = squeeze > 0.0
    # Without a squeeze there is no noise either: s2 = 0, and everything stays as it is.
    return np.where(shrinks, added / np.where(shrinks, squeeze, 1.0), values)


def plain_fed_back_variance(start: ArrayLike, added: ArrayLike, generations: int) -> FloatArray:
    """Return the variance along each axis of a plain PCA, shape (generations + 1, axes).

    It keeps all that lies along its axes, so noise in the code adds up: there is no limit.

    Parameters
    ----------
    start : array_like, shape (axes,)
        Variances of the rows at the start, from 0.
    added : array_like, shape (axes,)
        Variance of the code's noise along each axis, decoded, from 0.
    generations : int
        Number of passes, from 0.

    Raises
    ------
    ValueError
        If a parameter is out of range.
    """
    first = np.atleast_1d(check_numbers("start", start, 0.0))
    noise = np.atleast_1d(check_numbers("added", added, 0.0))
    check_together(start=first, added=noise)
    passes = np.arange(check_generations(generations) + 1)[:, np.newaxis]
    return np.asarray(first + passes * noise)


def _pass(
    eigenvalues: ArrayLike, noise_variance: float, noise: Noise
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return eigenvalues, the share c that a pass keeps, and the variance that it adds."""
    values = np.atleast_1d(check_numbers("eigenvalues", eigenvalues, 0.0))
    check_number("eigenvalues", values.min(), 0.0, low_open=True)
    s2 = check_number("noise_variance", noise_variance, 0.0, float(values.min()))
    noises = {"none": 0.0, "code": 1.0, "code and row": 1.0}
    of_code = noises[check_choice("noise", noise, tuple(noises))] * (values - s2) * s2 / values
    return values, 1.0 - s2 / values, of_code + (s2 if noise == "code and row" else 0.0)
