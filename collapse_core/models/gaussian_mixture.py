"""A mixture of Gaussians, fitted by expectation-maximisation to any rows, collapsed ones too.

scikit-learn does the fit. It works in standardised coordinates along the directions that the rows
fill, so that scale does not matter and lost directions stay lost. There a small variance, the
floor, is added to every component: the likelihood of a mixture has no largest value, as a
component may close in on a single row.
"""

from __future__ import annotations

import warnings
from contextlib import nullcontext
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_number, check_whole_number, shown
from collapse_core.extras import extra
from collapse_core.models.base import FittedModel, Model, Report, no_report
from collapse_core.models.one_thread import one_thread
from collapse_core.models.principal_axes import (
    PrincipalAxes,
    check_rows,
    coordinate_axes,
    principal_axes,
)

__all__ = ["FittedGaussianMixture", "GaussianMixtureModel"]

Array = NDArray[np.float64]

START_STEPS = 10  # of k-means, to start from
START_FLOOR = 1e-6  # keeps the inverse of the first covariance accurate
SMALLEST_SHARE = 1e-9  # of one row; below it a component holds nothing
LARGEST_SEED = 2**31


@dataclass(frozen=True, eq=False)
class FittedGaussianMixture(FittedModel):
    """A mixture of Gaussians, kept in standardised coordinates.

    Parameters
    ----------
    frame : PrincipalAxes
        The coordinates: those of the rows of the fit.
    weights : ndarray, shape (components,)
        Share of each component; they add up to 1.
    centres : ndarray, shape (components, rank)
        Means in standardised coordinates.
    factors : ndarray, shape (components, rank, rank)
        Lower triangular L; L L^T is a covariance in standardised coordinates.
    """

    frame: PrincipalAxes
    weights: Array
    centres: Array
    factors: Array

    @property
    def means(self) -> Array:
        """Mean of each component, shape (components, dimension)."""
        return self.frame.restore(self.centres)

    @property
    def covariances(self) -> Array:
        """Covariance of each component, shape (components, dimension, dimension)."""
        roots = (self.frame.axes * self.frame.deviations) @ self.factors
        return np.asarray(roots @ np.swapaxes(roots, -1, -2))

    def moments(self) -> tuple[Array, Array]:
        """Return the mean, shape (d,), and the covariance, shape (d, d), of the whole mixture."""
        means = self.means
        mean = self.weights @ means
        apart = means - mean
        between = (self.weights * apart.T) @ apart
        return mean, np.tensordot(self.weights, self.covariances, axes=1) + between

    def sample(self, count: int, rng: np.random.Generator) -> Array:
        """Return rows: a component by its weight, then a normal point of that component."""
        count = check_whole_number("count", count, 1)
        chosen = rng.choice(len(self.weights), size=count, p=self.weights)
        points = rng.standard_normal((count, self.frame.rank))
        for component, (centre, factor) in enumerate(zip(self.centres, self.factors, strict=True)):
            own = chosen == component
            points[own] = centre + points[own] @ factor.T
        return self.frame.restore(points)

    def log_density(self, rows: Array) -> Array:
        """Return the exact log density of each row.

        If the rows of the fit filled fewer directions than they have coordinates, it is the
        density within those directions, and -inf outside. If they were all equal, it is +inf at
        that row and -inf elsewhere.
        """
        rows = check_rows(rows, self.frame.dimension)
        if self.frame.rank == 0:
            return np.where(self.frame.outside(rows), -np.inf, np.inf)
        points = self.frame.standardise(rows)
        joint = np.empty((len(self.weights), len(rows)))
        inverses = np.linalg.inv(self.factors)
        for component, (centre, inverse) in enumerate(zip(self.centres, inverses, strict=True)):
            squares = np.square((points - centre) @ inverse.T).sum(axis=1)
            log_root = float(np.log(np.diagonal(inverse)).sum())
            joint[component] = np.log(self.weights[component]) + log_root - 0.5 * squares
        constant = 0.5 * self.frame.rank * np.log(2.0 * np.pi) + self.frame.log_volume
        within = np.logaddexp.reduce(joint, axis=0) - constant
        return np.where(self.frame.outside(rows), -np.inf, within)


@dataclass(frozen=True)
class GaussianMixtureModel(Model):
    """A mixture of Gaussians. One component is the Gaussian of maximum likelihood, exactly.

    With fewer distinct rows than components, each distinct row gets a component.

    Parameters
    ----------
    components : int
        Number of Gaussians, 1 to 200.
    covariance : str
        ``"full"``, or ``"diag"`` for coordinates that are independent within a component: fewer
        numbers to fit, for rows of many coordinates.
    floor : float
        Variance added to each component, as a share of the variance of the rows in the same
        direction (``"full"``: along each principal axis), 1e-9 to 0.1. At 1e-8 a component that
        has collapsed to one row makes rows within 1e-4 standard deviations of it. One component
        alone has no floor.
    """

    components: int = 8
    covariance: str = "full"
    floor: float = 1e-8

    def __post_init__(self) -> None:
        components = check_whole_number("components", self.components, 1, 200)
        object.__setattr__(self, "components", components)
        if not isinstance(self.covariance, str) or self.covariance not in ("full", "diag"):
            raise ValueError(
                f'covariance={shown(self.covariance)} is unknown: use "full" or "diag".'
            )
        object.__setattr__(self, "floor", check_number("floor", self.floor, 1e-9, 0.1))

    def fit(
        self, rows: Array, rng: np.random.Generator, report: Report = no_report
    ) -> FittedGaussianMixture:
        """Return the mixture fitted to rows; a local maximum of the likelihood, as always."""
        rows = check_rows(rows)
        report(0.0)
        seed = int(rng.integers(LARGEST_SEED))
        with one_thread() if self.components > 1 else nullcontext():
            fitted = self._fitted(rows, seed)
        report(1.0)
        return fitted

    def _fitted(self, rows: Array, seed: int) -> FittedGaussianMixture:
        frame = principal_axes(rows) if self.covariance == "full" else coordinate_axes(rows)
        components = _distinct(rows, self.components) if frame.rank else 1
        if components == 1:
            centre, factor = np.zeros((1, frame.rank)), np.eye(frame.rank)[None]
            return FittedGaussianMixture(frame, np.ones(1), centre, factor)
        return self._expectation_maximisation(frame, rows, components, seed)

    def _expectation_maximisation(
        self, frame: PrincipalAxes, rows: Array, components: int, seed: int
    ) -> FittedGaussianMixture:
        with extra("models"):
            from sklearn.exceptions import ConvergenceWarning
            from sklearn.mixture import GaussianMixture

        points = frame.standardise(rows)
        labels = _clusters(points * frame.deviations, components, seed)
        weights, means, within = _start(points, labels, components)
        within += max(self.floor, START_FLOOR) * np.eye(frame.rank)
        precision = _precision(within, self.covariance)
        mixture = GaussianMixture(
            components,
            covariance_type=self.covariance,
            reg_covar=self.floor,
            weights_init=weights,
            means_init=means,
            # All start with the same shape: one that starts on a single row may still grow.
            precisions_init=np.repeat(precision[None], components, axis=0),
            random_state=seed,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)
            mixture.fit(points)
        held = mixture.weights_ * len(rows) > SMALLEST_SHARE
        kept = mixture.weights_[held]
        factors = _factors(mixture.covariances_[held])
        return FittedGaussianMixture(frame, kept / kept.sum(), mixture.means_[held], factors)


def _distinct(rows: Array, most: int) -> int:
    """Return how many distinct rows there are, counted up to a limit."""
    seen: set[bytes] = set()
    for row in rows + 0.0:  # -0.0 and 0.0 are one number
        seen.add(row.tobytes())
        if len(seen) == most:
            break
    return len(seen)


def _clusters(points: Array, components: int, seed: int) -> NDArray[np.int64]:
    """Return the cluster of each point after a few steps of k-means.

    Written out, because threads make the last digits of scikit-learn's k-means vary.
    """
    with extra("models"):
        from sklearn.cluster import kmeans_plusplus

    scaled = points / points.std()
    labels = np.zeros(len(points), dtype=np.int64)
    centres, _ = kmeans_plusplus(scaled, components, random_state=seed)
    for _ in range(START_STEPS):
        labels = np.argmin(np.square(centres).sum(axis=1) - 2.0 * scaled @ centres.T, axis=1)
        members = np.eye(components)[labels]
        sizes = members.sum(axis=0)
        held = sizes > 0
        centres[held] = (members.T @ scaled)[held] / sizes[held, None]
    return labels


def _start(points: Array, labels: NDArray[np.int64], components: int) -> tuple[Array, Array, Array]:
    """Return weights and means of clusters, and the covariance within them all."""
    members = np.eye(components)[labels]
    sizes = np.maximum(members.sum(axis=0), SMALLEST_SHARE)
    means = members.T @ points / sizes[:, None]
    apart = points - means[labels]
    return sizes / sizes.sum(), means, apart.T @ apart / len(points)


def _precision(covariance: Array, kind: str) -> Array:
    """Return the inverse of a covariance, or of each variance; symmetric to the last digit."""
    if kind == "diag":
        return np.asarray(1.0 / np.diagonal(covariance))
    values, vectors = np.linalg.eigh(covariance)
    root = vectors / np.sqrt(values)
    return np.asarray(root @ root.T)


def _factors(covariances: Array) -> Array:
    """Return lower triangular factors of covariances, or of variances of single coordinates."""
    if covariances.ndim == 3:
        return np.asarray(np.linalg.cholesky(covariances), dtype=np.float64)
    return np.asarray(np.sqrt(covariances)[:, :, None] * np.eye(covariances.shape[1]))
