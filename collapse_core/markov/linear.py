"""Linear-Gaussian chains, and the plane with a mixer and a squeeze."""

from __future__ import annotations

import math
import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import (
    check_memory,
    check_number,
    check_numbers,
    check_share,
    check_whole_number,
)

__all__ = ["LinearChain", "plane_map"]

Array = NDArray[np.float64]

MOST_DIMENSIONS = 500
TINY = 1e-12
ROUNDING = 1e-9
CLOSE = 1e-6


@dataclass(frozen=True, eq=False)
class LinearChain:
    """The chain x' = A x + e with normal noise e.

    Parameters
    ----------
    matrix : array_like, shape (dimensions, dimensions)
        A.
    noise : array_like, shape (dimensions, dimensions)
        Covariance of e; zeros for none.

    Raises
    ------
    ValueError
        If a matrix is not square, the noise is no covariance, or they do not go together.
    """

    matrix: Array
    noise: Array

    def __post_init__(self) -> None:
        for name in ("matrix", "noise"):
            given = check_numbers(name, getattr(self, name))
            if given.ndim != 2 or given.shape[0] != given.shape[1] or not len(given) > 0:
                raise ValueError(f"{name} has shape {given.shape}: give a square matrix.")
            if len(given) > MOST_DIMENSIONS or np.any(np.abs(given) > 1e100):
                raise ValueError(
                    f"{name} is too large: give at most {MOST_DIMENSIONS} rows, and numbers up "
                    "to 1e100."
                )
            given.setflags(write=False)
            object.__setattr__(self, name, given)
        if self.matrix.shape != self.noise.shape:
            raise ValueError(
                f"noise has shape {self.noise.shape} and matrix {self.matrix.shape}: give both "
                "the same one."
            )
        _check_covariance("noise", self.noise)

    @property
    def dimensions(self) -> int:
        """Length of x."""
        return len(self.matrix)

    def lyapunov_exponents(self) -> Array:
        """Return the logarithms of the moduli of A's eigenvalues, largest first; -inf for 0."""
        moduli = np.sort(np.abs(np.linalg.eigvals(self.matrix)))[::-1]
        least = TINY * float(np.abs(self.matrix).max())
        with np.errstate(divide="ignore"):
            return np.asarray(np.log(np.where(moduli > least, moduli, 0.0)))

    def spectral_radius(self) -> float:
        """Return the largest modulus of an eigenvalue: below 1 the start is forgotten."""
        return float(np.abs(np.linalg.eigvals(self.matrix)).max())

    def contraction(self) -> tuple[Array, Array]:
        """Return by how much one step stretches or squeezes, and the directions, largest first.

        Returns
        -------
        factors : ndarray, shape (dimensions,)
            Singular values of A.
        directions : ndarray, shape (dimensions, dimensions)
            Each row is the direction that its factor belongs to.
        """
        _, factors, directions = np.linalg.svd(self.matrix)
        return factors, directions

    def stationary_covariance(self) -> Array:
        """Return the covariance S = A S A' + noise of the law that the chain settles in.

        Raises
        ------
        ValueError
            If it settles in none: the spectral radius is 1 or more.
        """
        from scipy.linalg import solve_discrete_lyapunov

        if (radius := self.spectral_radius()) >= 1.0 - ROUNDING:
            raise ValueError(
                f"The chain has no stationary covariance: its spectral radius is {radius:.6g}. "
                "Choose a matrix that contracts."
            )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is ill-conditioned is judged by its answer
            made = solve_discrete_lyapunov(self.matrix, self.noise)
        with np.errstate(over="ignore", invalid="ignore"):
            again = self.matrix @ made @ self.matrix.T + self.noise
            close = np.abs(again - made).max() <= CLOSE * np.abs(made).max()
        if not close:
            raise ValueError(
                "The stationary covariance cannot be computed to six digits: matrix has entries up "
                f"to {np.abs(self.matrix).max():.3g} beside a spectral radius of {radius:.3g}. "
                "Choose smaller ones."
            )
        return np.asarray((made + made.T) / 2.0, dtype=np.float64)

    def rank_left(self, share: float = 1e-3) -> int:
        """Return how many directions are left in the end.

        Parameters
        ----------
        share : float
            Of the largest deviation, below which a direction counts as gone, above 0 and at most 1.
        """
        share = check_number("share", share, 0.0, 1.0, low_open=True)
        deviations = np.sqrt(np.clip(np.linalg.eigvalsh(self.stationary_covariance()), 0.0, None))
        largest = float(deviations.max())
        return int((deviations > share * largest).sum()) if largest > 0.0 else 0

    def law_after(self, mean: ArrayLike, covariance: ArrayLike, steps: int) -> tuple[Array, Array]:
        """Return mean and covariance after every step.

        Parameters
        ----------
        mean : array_like, shape (dimensions,)
            At the start.
        covariance : array_like, shape (dimensions, dimensions)
            At the start.
        steps : int
            How many, 0 to 10,000.

        Returns
        -------
        means : ndarray, shape (steps + 1, dimensions)
        covariances : ndarray, shape (steps + 1, dimensions, dimensions)
        """
        steps = check_whole_number("steps", steps, 0, 10_000)
        first, spread = check_numbers("mean", mean), check_numbers("covariance", covariance)
        if first.shape != (self.dimensions,) or spread.shape != self.matrix.shape:
            raise ValueError(
                f"mean and covariance have shapes {first.shape} and {spread.shape}: the chain has "
                f"{self.dimensions} dimensions."
            )
        _check_covariance("covariance", spread)
        check_memory("steps", steps, (steps + 1) * (first.size + spread.size))
        means = np.empty((steps + 1, *first.shape))
        spreads = np.empty((steps + 1, *spread.shape))
        means[0], spreads[0] = first, spread
        for step in range(steps):
            with np.errstate(over="ignore", invalid="ignore"):
                means[step + 1] = self.matrix @ means[step]
                spreads[step + 1] = self.matrix @ spreads[step] @ self.matrix.T + self.noise
            _check_finite(step + 1, means[step + 1], spreads[step + 1])
        return means, spreads

    def simulate(self, points: ArrayLike, steps: int, rng: np.random.Generator) -> Array:
        """Return points after every step, shape (steps + 1, points, dimensions).

        Parameters
        ----------
        points : array_like, shape (points, dimensions)
            At the start.
        steps : int
            How many, 0 to 10,000.
        rng : numpy.random.Generator
            The noise.
        """
        steps = check_whole_number("steps", steps, 0, 10_000)
        rows = check_numbers("points", points)
        if rows.ndim != 2 or rows.shape[1] != self.dimensions:
            raise ValueError(
                f"points has shape {rows.shape}: give rows of {self.dimensions} numbers."
            )
        values, axes = np.linalg.eigh(self.noise)
        root = axes * np.sqrt(np.clip(values, 0.0, None))
        check_memory("steps", steps, (steps + 1) * rows.size)
        made = np.empty((steps + 1, *rows.shape))
        made[0] = rows
        for step in range(steps):
            pushed = rng.standard_normal(rows.shape) @ root.T
            with np.errstate(over="ignore", invalid="ignore"):
                made[step + 1] = made[step] @ self.matrix.T + pushed
            _check_finite(step + 1, made[step + 1])
        return made


def _check_covariance(name: str, given: Array) -> None:
    size = float(np.abs(given).max())
    skew = float(np.abs(given - given.T).max())
    if skew > ROUNDING * size or np.linalg.eigvalsh(given).min() < -ROUNDING * size:
        raise ValueError(
            f"{name} is no covariance: give a symmetric matrix without negative eigenvalues."
        )


def _check_finite(step: int, *made: Array) -> None:
    if not all(np.isfinite(each).all() for each in made):
        raise ValueError(
            f"The chain is beyond all numbers after {step:,} steps: ask for fewer, or choose a "
            "smaller matrix."
        )


def plane_map(
    mixing: float, contraction: float, *, turn: float = 0.0, noise: float = 0.35
) -> LinearChain:
    """Return a map of the plane with a mixer and a squeeze: x' = S (R x + e).

    The squeeze S takes a share of the second axis and leaves the first one alone. The mixer turns
    the plane a little (R, up to 40 degrees), so that every direction comes under the squeeze, and
    adds noise e. A turn without noise or squeeze goes round.

    Parameters
    ----------
    mixing : float
        0 to 1.
    contraction : float
        Share of the second axis that each step takes, 0 to 1.
    turn : float
        Degrees that the plane is turned besides, -360 to 360.
    noise : float
        Deviation of the noise at full mixing, 0 to 10.
    """
    mixing, contraction = check_share("mixing", mixing), check_share("contraction", contraction)
    turn = check_number("turn", turn, -360.0, 360.0)
    noise = check_number("noise", noise, 0.0, 10.0)
    angle = math.radians(turn + 40.0 * mixing)
    around = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    around[np.abs(around) < TINY] = 0.0  # a quarter turn is one to the last digit
    squeeze = np.diag([1.0, 1.0 - contraction])
    return LinearChain(squeeze @ around, (noise * mixing) ** 2 * squeeze @ squeeze)
