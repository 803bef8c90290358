"""The linear networks of the page: what is known of them exactly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.models.base import Report
from collapse_core.models.frozen_loop import Listening
from collapse_core.models.linear_autoencoder import FittedProbabilisticPCA, ProbabilisticPCA
from collapse_core.models.principal_axes import PrincipalAxes
from collapse_core.streams import generator
from collapse_core.theory.fed_back import (
    fed_back_limit,
    fed_back_variance,
    plain_fed_back_variance,
)
from collapse_core.topics.network.passes import TENTH, FrozenNetwork, NoisyCode

__all__ = ["LINEAR_MODELS", "LinearNetwork", "PlainNetwork", "fit_linear", "law_of_codes"]

Array = NDArray[np.float64]

# Probabilistic PCA with noise in its code, with noise in the pixels too; and plain PCA.
LINEAR_MODELS = ("pca", "pca_pixels", "plain_pca")


@dataclass(frozen=True, eq=False)
class LinearNetwork(FrozenNetwork):
    """A probabilistic PCA.

    Parameters
    ----------
    fitted : FittedProbabilisticPCA
        The model.
    noise : float
        In its code, in units of the model's own.
    in_pixels : bool
        Whether images get the model's noise too.
    """

    fitted: FittedProbabilisticPCA
    noise: float
    in_pixels: bool

    @property
    def kept(self) -> PrincipalAxes:
        """The mean, and the axes that the code stands for."""
        return self.fitted.kept

    def parts(self, start: Array, passes: int) -> tuple[Array, Array]:
        """Return the variance along each axis, each of shape (passes + 1, axes).

        Parameters
        ----------
        start : ndarray, shape (rows, values)
            The images at the start.
        passes : int
            How many.

        Returns
        -------
        left : ndarray
            What is left of the start's.
        added : ndarray
            What noise has added.
        """
        values, s2 = np.square(self.kept.deviations), self.fitted.noise_variance
        along = ((start - self.kept.mean) @ self.kept.axes).var(axis=0)
        left, code, both = (
            fed_back_variance(values, s2, passes, kind, along)
            for kind in ("none", "code", "code and row")
        )
        added = self.noise**2 * (code - left)
        return left, added + (both - code) if self.in_pixels else added

    def keeps(self) -> tuple[Array, Array]:
        """Return the share that a pass keeps along each axis, and a code's size for one there."""
        values, s2 = np.square(self.kept.deviations), self.fitted.noise_variance
        return 1.0 - s2 / values, np.sqrt(values - s2) / values

    def beyond(self) -> float:
        """Return the variance of an image after a pass in all directions that are not kept."""
        rest = self.kept.dimension - self.kept.rank
        return rest * self.fitted.noise_variance if self.in_pixels else 0.0

    def exact_spread(self, start: Array, passes: int) -> Array:
        """Return the expected total variance after every pass, shape (passes + 1,)."""
        return _total(start, *self.parts(start, passes), self.beyond())

    def limit(self) -> float:
        """Return the total variance that it tends to, in the law."""
        values, s2 = np.square(self.kept.deviations), self.fitted.noise_variance
        code, both = (fed_back_limit(values, s2, kind) for kind in ("code", "code and row"))
        added = self.noise**2 * code + (both - code if self.in_pixels else 0.0)
        return float(added.sum()) + self.beyond()


@dataclass(frozen=True, eq=False)
class PlainNetwork(FrozenNetwork):
    """A plain PCA: it shrinks nothing that lies along its axes.

    Parameters
    ----------
    kept : PrincipalAxes
        The mean, and the axes that the code stands for.
    noise : float
        In its code, in tenths of the real images' deviation along each axis.
    """

    kept: PrincipalAxes
    noise: float

    def parts(self, start: Array, passes: int) -> tuple[Array, Array]:
        """Return the variance along each axis, as `LinearNetwork.parts` does."""
        along = ((start - self.kept.mean) @ self.kept.axes).var(axis=0)
        step = np.square(TENTH * self.noise * self.kept.deviations)
        added = plain_fed_back_variance(np.zeros_like(step), step, passes)
        return np.broadcast_to(along, added.shape), added

    def exact_spread(self, start: Array, passes: int) -> Array:
        """Return the expected total variance after every pass, shape (passes + 1,)."""
        return _total(start, *self.parts(start, passes), 0.0)

    def keeps(self) -> tuple[Array, Array]:
        """Return the share that a pass keeps along each axis, and a code's size for one there."""
        return np.ones(self.kept.rank), 1.0 / self.kept.deviations

    def growth(self) -> float:
        """Return by how much the total variance grows in each pass, in the law."""
        return float(np.square(TENTH * self.noise * self.kept.deviations).sum())


def law_of_codes(
    network: LinearNetwork | PlainNetwork, start: Array, passes: int
) -> tuple[Array, Array]:
    """Return the expected average and covariance of a sample's codes after every pass.

    Parameters
    ----------
    network : LinearNetwork or PlainNetwork
        The network.
    start : ndarray, shape (rows, values)
        The images at the start.
    passes : int
        How many.

    Returns
    -------
    averages : ndarray, shape (passes + 1, axes)
        In units of the code.
    covariances : ndarray, shape (passes + 1, axes, axes)
        With divisor n.
    """
    share, size = network.keeps()
    codes = (start - network.kept.mean) @ network.kept.axes * size
    left = share ** np.arange(passes + 1)[:, np.newaxis]
    noise = (1.0 - 1.0 / len(start)) * network.parts(start, passes)[1] * size**2
    first = np.atleast_2d(np.cov(codes.T, bias=True))
    covariances = left[:, :, np.newaxis] * first * left[:, np.newaxis]
    return left * codes.mean(axis=0), covariances + noise[:, :, np.newaxis] * np.eye(len(share))


def fit_linear(
    name: str, rows: Array, code: int, noise: float, report: Report
) -> LinearNetwork | PlainNetwork:
    """Return a linear network that has learned from images; its fit needs no chance.

    Parameters
    ----------
    name : str
        One of ``LINEAR_MODELS``.
    rows : ndarray, shape (images, values)
        What is learned.
    code : int
        Numbers in the code.
    noise : float
        In the code.
    report : callable
        Is told how much is done.
    """
    fitted = ProbabilisticPCA(code).fit(rows, generator(0, 1, "fit"), report)
    if name == "plain_pca":
        kept = fitted.kept
        plain = NoisyCode(kept.standardise, kept.restore, noise)
        return PlainNetwork(plain, kept.standardise, kept.restore, kept, noise)
    in_pixels = name == "pca_pixels"
    once = Listening(fitted, noise, in_pixels)
    return LinearNetwork(once, fitted.encode, fitted.decode, fitted, noise, in_pixels)


def _total(start: Array, left: Array, added: Array, beyond: float) -> Array:
    """Return the expected total variance of a sample, about its own mean."""
    # A sample of n has (n - 1)/n of the noise's variance about its own mean.
    exact = left.sum(axis=1) + (1.0 - 1.0 / len(start)) * (added.sum(axis=1) + beyond)
    exact[0] = start.var(axis=0).sum()
    return np.asarray(exact, dtype=np.float64)
