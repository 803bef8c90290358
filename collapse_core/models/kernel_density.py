"""A kernel density estimate of rows: a normal blur around every row that was seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_number, check_whole_number
from collapse_core.models.base import FittedModel, Model, Report, no_report
from collapse_core.models.principal_axes import PrincipalAxes, check_rows, principal_axes

__all__ = ["FittedKernelDensity", "KernelDensity"]

Array = NDArray[np.float64]

BLOCK = 2**20  # distances that are held in memory at a time


@dataclass(frozen=True, eq=False)
class FittedKernelDensity(FittedModel):
    """The rows of the fit, each blurred by the same normal kernel.

    Parameters
    ----------
    rows : ndarray, shape (rows, dimension)
        The rows of the fit.
    kernel : PrincipalAxes
        Directions in which the kernel blurs, and its standard deviation along each.
    """

    rows: Array
    kernel: PrincipalAxes

    def sample(self, count: int, rng: np.random.Generator) -> Array:
        """Return rows: each a row of the fit, picked with replacement, plus normal noise."""
        count = check_whole_number("count", count, 1)
        picked = self.rows[rng.integers(len(self.rows), size=count)]
        noise = rng.standard_normal((count, self.kernel.rank)) * self.kernel.deviations
        return np.asarray(picked + noise @ self.kernel.axes.T)

    def log_density(self, rows: Array) -> Array:
        """Return the exact log density of each row.

        If the kernel blurs in fewer directions than rows have coordinates, it is the density
        within those directions, and -inf outside. Without any blur it is +inf at the rows of the
        fit and -inf elsewhere.
        """
        rows = check_rows(rows, self.kernel.dimension)
        if self.kernel.rank == 0:
            seen = {row.tobytes() for row in self.rows + 0.0}  # -0.0 and 0.0 are one number
            return np.array([np.inf if row.tobytes() in seen else -np.inf for row in rows + 0.0])
        centres = self.kernel.standardise(self.rows)
        points = self.kernel.standardise(rows)
        logs = np.empty(len(rows))
        step = max(1, BLOCK // len(centres))
        for start in range(0, len(rows), step):
            logs[start : start + step] = _log_of_sum(points[start : start + step], centres)
        constant = 0.5 * self.kernel.rank * np.log(2.0 * np.pi) + self.kernel.log_volume
        within = logs - constant - np.log(len(centres))
        return np.where(self.kernel.outside(rows), -np.inf, within)


@dataclass(frozen=True)
class KernelDensity(Model):
    """A Gaussian kernel density estimate.

    Parameters
    ----------
    bandwidth : float, optional
        Standard deviation of the blur in every coordinate, from 0; 0 resamples the rows as they
        are. Without it, Scott's rule: the blur has the covariance of the rows (divisor n, all
        coordinates together) times n^(-2/(d+4)), d being the number of directions that the rows
        fill; rows that are all equal are not blurred.
    """

    bandwidth: float | None = None

    def __post_init__(self) -> None:
        if self.bandwidth is not None:
            object.__setattr__(self, "bandwidth", check_number("bandwidth", self.bandwidth, 0.0))

    def fit(
        self, rows: Array, rng: np.random.Generator, report: Report = no_report
    ) -> FittedKernelDensity:
        """Return the kernel estimate of rows. It needs no random numbers."""
        rows = check_rows(rows).copy()
        report(0.0)
        kernel = self._scott(rows) if self.bandwidth is None else _ball(rows, self.bandwidth)
        report(1.0)
        return FittedKernelDensity(rows, kernel)

    def _scott(self, rows: Array) -> PrincipalAxes:
        spread = principal_axes(rows)
        factor = len(rows) ** (-1.0 / (spread.rank + 4.0))
        return PrincipalAxes(spread.mean, spread.axes, factor * spread.deviations)


def _ball(rows: Array, bandwidth: float) -> PrincipalAxes:
    """Return a kernel with the same deviation in every coordinate."""
    dimension = rows.shape[1]
    axes = np.eye(dimension) if bandwidth > 0.0 else np.empty((dimension, 0))
    return PrincipalAxes(rows.mean(axis=0), axes, np.full(axes.shape[1], bandwidth))


def _log_of_sum(points: Array, centres: Array) -> Array:
    """Return log sum exp(-distance^2 / 2) over the centres, for each point."""
    halves = points @ centres.T
    halves -= 0.5 * np.square(points).sum(axis=1)[:, None]
    halves -= 0.5 * np.square(centres).sum(axis=1)
    largest = halves.max(axis=1)
    halves -= largest[:, None]
    np.exp(halves, out=halves)
    return np.asarray(largest + np.log(halves.sum(axis=1)))
