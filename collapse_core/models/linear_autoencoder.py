"""Probabilistic principal component analysis: the linear autoencoder, in closed form.

A row is a mean, plus a linear picture of a few latent numbers, plus noise of the same size in every
direction. The fit of maximum likelihood (Tipping and Bishop 1999, Journal of the Royal Statistical
Society B 61, 611-622) keeps the largest eigenvalues of the covariance and replaces all others by
their average, the variance of the noise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_whole_number
from collapse_core.models.autoencoder import FittedAutoencoder
from collapse_core.models.base import Model, Report, no_report
from collapse_core.models.principal_axes import PrincipalAxes, check_rows, principal_axes

__all__ = ["FittedProbabilisticPCA", "ProbabilisticPCA"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class FittedProbabilisticPCA(FittedAutoencoder):
    """A fitted probabilistic PCA.

    Parameters
    ----------
    kept : PrincipalAxes
        The mean, and the principal axes that the latent numbers stand for.
    spectrum : ndarray, shape (dimension,)
        All eigenvalues of the covariance of the rows (divisor n), largest first.
    latent : int
        Number of latent coordinates. Those beyond the directions that the rows fill do nothing.
    """

    kept: PrincipalAxes
    spectrum: Array
    latent: int

    @property
    def mean(self) -> Array:
        """Average of the rows, shape (dimension,)."""
        return self.kept.mean

    @property
    def noise_variance(self) -> float:
        """Average of the eigenvalues that are not kept; 0 if all are kept."""
        discarded = self.spectrum[self.latent :]
        return float(discarded.mean()) if discarded.size else 0.0

    @property
    def loadings(self) -> Array:
        """The matrix W, shape (dimension, latent), that turns latent numbers into a row."""
        loadings = np.zeros((self.kept.dimension, self.latent))
        loadings[:, : self.kept.rank] = self.kept.axes * self._strengths()
        return loadings

    def encode(self, rows: Array) -> Array:
        """Return the mean of the latent numbers given each row, shape (rows, latent)."""
        rows = check_rows(rows, self.kept.dimension)
        along = self.kept.standardise(rows) * (self._strengths() / self.kept.deviations)
        return np.pad(along, ((0, 0), (0, self.latent - self.kept.rank)))

    def code_deviation(self, rows: Array) -> Array:
        """Return the standard deviation of the latent numbers given a row: the same for each."""
        rows = check_rows(rows, self.kept.dimension)
        known = np.sqrt(self.noise_variance) / self.kept.deviations
        # A coordinate that no direction belongs to is as uncertain as before.
        every = np.pad(known, (0, self.latent - self.kept.rank), constant_values=1.0)
        return np.broadcast_to(every, (len(rows), self.latent))

    @property
    def output_deviation(self) -> float:
        """Standard deviation of the noise of each value of a row."""
        return float(np.sqrt(self.noise_variance))

    def decode(self, latents: Array) -> Array:
        """Return rows without noise from latent numbers."""
        latents = check_rows(latents, self.latent, "latents")
        return np.asarray(self.mean + latents @ self.loadings.T)

    def sample(self, count: int, rng: np.random.Generator) -> Array:
        """Return rows: normal latent numbers, decoded, plus noise."""
        count = check_whole_number("count", count, 1)
        rows = self.decode(rng.standard_normal((count, self.latent)))
        if self.noise_variance > 0.0:
            noise = rng.standard_normal(rows.shape)
            rows += np.sqrt(self.noise_variance) * noise
        return rows

    def log_density(self, rows: Array) -> Array:
        """Return the exact log density of each row.

        Without noise, if the rows of the fit filled fewer directions than they have coordinates,
        it is the density within those directions, and -inf outside. If they were all equal, it
        is +inf at that row and -inf elsewhere.
        """
        rows = check_rows(rows, self.kept.dimension)
        along = self.kept.standardise(rows)
        exponent = np.square(along).sum(axis=1)
        filled, log_volume = self.kept.rank, self.kept.log_volume
        if self.noise_variance > 0.0:
            projected = (along * self.kept.deviations) @ self.kept.axes.T
            residual = (rows - self.mean - projected) / np.sqrt(self.noise_variance)
            exponent += np.square(residual).sum(axis=1)
            log_volume += 0.5 * (self.kept.dimension - filled) * np.log(self.noise_variance)
            filled = self.kept.dimension
        logs = -0.5 * (exponent + filled * np.log(2.0 * np.pi)) - log_volume
        if filled == self.kept.dimension:
            return np.asarray(logs)
        inside = logs if filled else np.inf
        return np.where(self.kept.outside(rows), -np.inf, inside)

    def _strengths(self) -> Array:
        """Return the deviations that the latent numbers explain beyond the noise."""
        beyond = np.square(self.kept.deviations) - self.noise_variance
        return np.asarray(np.sqrt(np.maximum(beyond, 0.0)))


@dataclass(frozen=True)
class ProbabilisticPCA(Model):
    """Probabilistic PCA: a linear autoencoder.

    Parameters
    ----------
    components : int
        Latent coordinates, at least 1. As many as the rows have coordinates, or more, is the full
        Gaussian: every direction is kept, and the noise is 0.
    """

    components: int = 2

    def __post_init__(self) -> None:
        components = check_whole_number("components", self.components, 1)
        object.__setattr__(self, "components", components)

    def fit(
        self, rows: Array, rng: np.random.Generator, report: Report = no_report
    ) -> FittedProbabilisticPCA:
        """Return the fit of maximum likelihood. It needs no random numbers."""
        rows = check_rows(rows)
        report(0.0)
        full = principal_axes(rows)
        spectrum = np.zeros(full.dimension)
        spectrum[: full.rank] = np.square(full.deviations)
        latent = min(self.components, full.dimension)
        kept = PrincipalAxes(full.mean, full.axes[:, :latent], full.deviations[:latent])
        report(1.0)
        return FittedProbabilisticPCA(kept, spectrum, latent)
