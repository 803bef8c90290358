"""A picture that is encoded, pushed and decoded over and over, if all three are linear: the law.

Let y be a picture's deviation from the model's mean. One pass of a linear autoencoder with encoder
matrix E, decoder matrix D and a normal push of covariance N in latent space is

    y' = D (E y + push),    so    y' = A y + noise,   A = D E,   noise covariance Q = D N D^T

and mean and covariance follow exactly: m' = A m, C' = A C A^T + Q.

In probabilistic PCA A is diagonal along the principal axes. An axis with eigenvalue l, s2 being the
variance of the noise, keeps the share c = (l - s2) / l of a deviation in every pass, because the
encoder reports the mean of what the latent numbers may have been, which leans towards 0. Axes that
are not kept are lost in the first pass. Without a push everything shrinks as c^t. With one the
picture forgets where it began at the same rate c, and its variance tends to a balance of push and
shrinking. (The same squeeze reads l / (l + s2) if l stands for the variance without the noise.)

Source: derived for this project, from Tipping and Bishop 1999.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from collapse_core.checks import FloatArray, check_generations, check_number, check_numbers

__all__ = ["AxisLaw", "principal_axis_law"]


@dataclass(frozen=True)
class AxisLaw:
    """What happens along each principal axis that is kept. Index 0 is the start.

    Attributes
    ----------
    factor
        Share c of a deviation that one pass keeps, shape ``(axes,)``.
    kept
        Share c^t of the start that is left in the average, shape ``(generations + 1, axes)``.
    variance
        Variance over many pictures that are the model's training set at the start, as a share of
        that at the start, shape ``(generations + 1, axes)``.
    memory
        Share of the variance at t that the start explains, 1 at the start, same shape.
    limit
        What ``variance`` tends to; inf if nothing shrinks and there is a push, shape ``(axes,)``.
    """

    factor: FloatArray
    kept: FloatArray
    variance: FloatArray
    memory: FloatArray
    limit: FloatArray


def principal_axis_law(
    eigenvalues: FloatArray, noise_variance: float, strength: float, generations: int
) -> AxisLaw:
    """Law of the chain along the axes that probabilistic PCA keeps. Exact.

    The push has standard deviation ``strength``, and the latent coordinates have 1 in the model.
    With c = 1 - s2/l, in units of l,

        variance_t = c^(2t) + strength^2 c (1 - c^(2t)) / (1 - c^2).

    Parameters
    ----------
    eigenvalues
        Variances l of the training set along the axes kept, above 0, shape ``(axes,)``.
    noise_variance
        Variance s2 of the model's noise, from 0 to the smallest eigenvalue.
    strength
        Standard deviation of the push, from 0.
    """
    values = np.atleast_1d(check_numbers("eigenvalues", eigenvalues, 0.0, whole=False))
    check_number("eigenvalues", values.min(), 0.0, low_open=True)
    noise = check_number("noise_variance", noise_variance, 0.0, float(values.min()))
    strength = check_number("strength", strength, 0.0)
    generations = check_generations(generations)
    factor = 1.0 - noise / values
    passes = np.arange(generations + 1)[:, None]
    kept = factor**passes
    squeeze = 1.0 - factor**2
    pushed = strength**2 * factor
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(squeeze > 0.0, (1.0 - kept**2) / squeeze, passes)
        limit = np.where(pushed > 0.0, pushed / squeeze, 0.0)
    limit = np.where((squeeze == 0.0) & (pushed == 0.0), 1.0, limit)
    variance = kept**2 + pushed * share
    memory = np.divide(kept**2, variance, out=np.zeros_like(variance), where=variance > 0.0)
    return AxisLaw(factor, kept, variance, memory, limit)
