"""Where a cloud of rows lies and how far it reaches: its mean, its axes, its deviations.

Rows often fill fewer directions than they have coordinates: they are equal, lie on a line, or have
a constant coordinate. Models are fitted in coordinates along the directions that are filled, so
that lost directions stay exactly lost and nothing has to be added to make a matrix invertible.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_array, check_whole_number

__all__ = ["PrincipalAxes", "centred", "check_rows", "coordinate_axes", "principal_axes"]

Array = NDArray[np.float64]

ROUNDING = 8.0 * float(np.finfo(np.float64).eps)
SUPPORT_TOLERANCE = 1e-9  # of the distance from the mean
MEAN_TOLERANCE = 1e-12  # of the mean: rounding errors of up to a million rows


def check_rows(rows: Any, dimension: int | None = None, name: str = "rows") -> Array:
    """Return rows as finite floats of shape (rows, dimension).

    Parameters
    ----------
    rows : array_like
        What to check.
    dimension : int, optional
        Numbers per row that a fitted model expects. Without it, there must be a row.
    name : str
        What they are called in messages.

    Raises
    ------
    ValueError
        If the shape is wrong, there is no row to fit, or a value is not finite.
    """
    try:
        array = check_array(name, rows)
    except ValueError:
        raise ValueError(
            f"{name} must be numbers: give an array of shape (rows, dimension)."
        ) from None
    if array.ndim != 2 or array.shape[1] == 0:
        raise ValueError(
            f"{name} has shape {array.shape}: it must be (rows, dimension), "
            "one example per row with at least one number each."
        )
    if dimension is not None:
        dimension = check_whole_number("dimension", dimension, 1)
    if dimension is not None and array.shape[1] != dimension:
        raise ValueError(
            f"{name} has {array.shape[1]} numbers per row, but the model expects {dimension}: "
            f"give {dimension} numbers per row."
        )
    if dimension is None and len(array) == 0:
        raise ValueError(f"{name} holds no row: give at least one to fit.")
    finite = np.isfinite(array).all(axis=1)
    if not finite.all():
        raise ValueError(
            f"{name} must be finite, but row {int(np.argmin(finite))} holds NaN or infinity: "
            "remove or replace it."
        )
    return array


@dataclass(frozen=True, eq=False)
class PrincipalAxes:
    """Directions that a cloud of rows fills, and its standard deviation along each.

    Parameters
    ----------
    mean : ndarray, shape (dimension,)
        Average of the rows.
    axes : ndarray, shape (dimension, rank)
        Orthonormal directions, one per column.
    deviations : ndarray, shape (rank,)
        Standard deviation along each (divisor n), above 0.
    """

    mean: Array
    axes: Array
    deviations: Array

    @property
    def dimension(self) -> int:
        """Numbers per row."""
        return len(self.mean)

    @property
    def rank(self) -> int:
        """Number of directions that the rows fill; 0 if all rows are equal."""
        return len(self.deviations)

    @property
    def log_volume(self) -> float:
        """Logarithm of the product of the deviations: turns densities into those of the rows."""
        return float(np.log(self.deviations).sum())

    def standardise(self, rows: Array) -> Array:
        """Return coordinates along the axes, in standard deviations: shape (rows, rank)."""
        return np.asarray((rows - self.mean) @ self.axes / self.deviations)

    def restore(self, standardised: Array) -> Array:
        """Return rows from standardised coordinates: the inverse of `standardise`."""
        return np.asarray(self.mean + (standardised * self.deviations) @ self.axes.T)

    def outside(self, rows: Array) -> NDArray[np.bool_]:
        """Return which rows are off the directions that are filled, beyond rounding errors."""
        if self.rank == self.dimension:
            return np.zeros(len(rows), dtype=bool)
        apart = rows - self.mean
        allowed = np.full(len(rows), MEAN_TOLERANCE * float(np.abs(self.mean).max()))
        if self.rank > 0:
            allowed += SUPPORT_TOLERANCE * (np.abs(apart).max(axis=1) + self.deviations.max())
        residual = apart - (apart @ self.axes) @ self.axes.T
        return np.asarray(np.abs(residual).max(axis=1) > allowed)


def principal_axes(rows: Array) -> PrincipalAxes:
    """Return the principal axes of rows, widest first.

    A direction counts as filled if its deviation is above the rounding error of the rows.

    Parameters
    ----------
    rows : ndarray, shape (rows, dimension)
        At least one row.
    """
    mean, apart = centred(rows)
    factor = np.linalg.qr(apart, mode="r") if len(rows) > rows.shape[1] else apart
    # Not from the covariance: squaring would lose deviations below 1e-8 of the largest.
    _, values, directions = np.linalg.svd(factor, full_matrices=False)
    deviations = values / np.sqrt(len(rows))
    noise = ROUNDING * max(float(np.abs(rows).max()), float(deviations[0]) * rows.shape[1])
    kept = deviations > noise
    axes = directions[kept].T.copy()
    axes[np.ptp(rows, axis=0) == 0.0] = 0.0
    return PrincipalAxes(mean, axes, deviations[kept])


def coordinate_axes(rows: Array) -> PrincipalAxes:
    """Return the coordinates that vary as axes, with the deviation of each.

    Parameters
    ----------
    rows : ndarray, shape (rows, dimension)
        At least one row.
    """
    mean, apart = centred(rows)
    deviations = np.sqrt(np.square(apart).mean(axis=0))
    kept = deviations > ROUNDING * np.abs(rows).max(axis=0)
    return PrincipalAxes(mean, np.eye(rows.shape[1])[:, kept], deviations[kept])


def centred(rows: Array) -> tuple[Array, Array]:
    """Return the mean and the rows around it; the mean of equal numbers is exactly that number."""
    moved = rows - rows[0]
    shift = moved.mean(axis=0)
    return rows[0] + shift, moved - shift
