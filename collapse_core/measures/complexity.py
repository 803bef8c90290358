"""How complex a cloud of pictures is: its spectrum, what few components miss, its dimension.

Two kinds of dimension are told apart. The *global* one counts the directions that the whole cloud
fills, from the spectrum of its covariance; the *local* one counts the directions in which a picture
can be changed a little within the cloud, from distances to nearest neighbours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_whole_number
from collapse_core.geometry.dimension import (
    check_cloud,
    distinct_places,
    effective_dimension,
    neighbour_distances,
)
from collapse_core.models.principal_axes import principal_axes

__all__ = [
    "Complexity",
    "complexity",
    "effective_rank",
    "likelihood_dimension",
    "participation_ratio",
    "reconstruction_errors",
    "spectrum",
    "spectrum_decay",
    "two_neighbour_dimension",
]

Array = NDArray[np.float64]


def spectrum(rows: Array) -> Array:
    """Return the eigenvalues of the covariance, largest first, as shares of their sum.

    All are 0 if the rows are equal.

    Parameters
    ----------
    rows : ndarray, shape (n, values)
        At least one row.
    """
    values = np.zeros(rows.shape[1])
    squares = np.square(principal_axes(rows).deviations)
    values[: len(squares)] = squares
    return np.asarray(values / squares.sum()) if len(squares) else values


def reconstruction_errors(training: Array, held_out: Array) -> Array:
    """Return what principal components of one part miss of the other part.

    Parameters
    ----------
    training : ndarray, shape (n, values)
        Rows that the components are computed from.
    held_out : ndarray, shape (m, values)
        Rows that are described by them.

    Returns
    -------
    ndarray, shape (values + 1,)
        Squared error with 0, 1, 2, ... components, as a share of that with none; NaN if the
        held-out rows all equal the mean of the training rows.
    """
    mean = training.mean(axis=0)
    centred = training - mean
    _, axes = np.linalg.eigh(centred.T @ centred)
    along = np.square((held_out - mean) @ axes[:, ::-1]).mean(axis=0)
    total = float(along.sum())
    if total == 0.0:
        return np.full(len(along) + 1, np.nan)
    return np.append(np.maximum(1.0 - np.cumsum(np.append(0.0, along[:-1])) / total, 0.0), 0.0)


def spectrum_decay(rows: Array, first: int = 2, last: int = 30) -> float:
    """Return the exponent b of a power law, eigenvalue ~ rank^-b, fitted to the spectrum.

    The smaller it is, the slower the spectrum decays, and the more components are needed. It is a
    least-squares line through the logarithms; spectra are not exactly power laws.

    Parameters
    ----------
    rows : ndarray, shape (n, values)
        At least one row.
    first, last : int
        Ranks that are fitted; the first eigenvalue is left out because it is often brightness.

    Returns
    -------
    float
        NaN if fewer than three eigenvalues in that range are above 0.

    Raises
    ------
    ValueError
        If the ranks are not whole numbers, first below last.
    """
    first = check_whole_number("first", first, 1)
    last = check_whole_number("last", last, first + 1)
    values = spectrum(rows)[first - 1 : last]
    values = values[values > 0.0]
    if len(values) < 3:
        return float("nan")
    ranks = np.log(np.arange(first, first + len(values)))
    return -float(np.polyfit(ranks, np.log(values), 1)[0])


def participation_ratio(rows: Array) -> float:
    """Return the global dimension (sum of eigenvalues)^2 / sum of squares; 0 for equal rows.

    d equal eigenvalues give d.
    """
    return effective_dimension(rows)


def effective_rank(rows: Array) -> float:
    """Return the global dimension exp(entropy of the spectrum); 0 for equal rows.

    d equal eigenvalues give d. Weak directions count more than in the participation ratio. Source:
    Roy and Vetterli 2007, EUSIPCO, "The effective rank".
    """
    shares = spectrum(rows)
    shares = shares[shares > 0.0]
    return float(np.exp(-(shares @ np.log(shares)))) if len(shares) else 0.0


def two_neighbour_dimension(rows: Array) -> float:
    """Return the local dimension from the distances to the two nearest neighbours.

    If density is constant over that range, their ratio has the law P(ratio > u) = u^-d. Returned
    is (n - 1) / sum of log ratios, which is right on average for independent ratios; the maximum
    of the likelihood has n in place of n - 1. In high dimensions it is too low, as there are never
    rows enough. Source: Facco, d'Errico, Rodriguez and Laio 2017, Scientific
    Reports 7, 12140.

    Parameters
    ----------
    rows : ndarray, shape (n, values)
        Equal rows count once.

    Returns
    -------
    float
        NaN if there are fewer than three different rows; infinite if all distances are equal.
    """
    distances = _neighbour_distances(rows, 2)
    if distances is None:
        return float("nan")
    logs = float(np.log(distances[:, 1] / distances[:, 0]).sum())
    return (len(distances) - 1) / logs if logs > 0.0 else float("inf")


def likelihood_dimension(rows: Array, neighbours: int = 10) -> float:
    """Return the local dimension from the distances to some nearest neighbours.

    A larger scale and a smaller error than with two. Source: Levina and Bickel 2004, NIPS 17; not
    the estimates of single rows but their inverses are averaged, as MacKay and Ghahramani (2005)
    advise, which is the maximum of the likelihood of all rows together.

    Parameters
    ----------
    rows : ndarray, shape (n, values)
        Equal rows count once.
    neighbours : int
        Number of neighbours, at least 3.

    Returns
    -------
    float
        NaN if there are no more different rows than neighbours; infinite if all distances are
        equal.
    """
    neighbours = check_whole_number("neighbours", neighbours, 3)
    distances = _neighbour_distances(rows, neighbours)
    if distances is None:
        return float("nan")
    logs = np.log(distances[:, -1:] / distances[:, :-1]).sum(axis=1) / (neighbours - 1)
    mean = float(logs.mean())
    return 1.0 / mean if mean > 0.0 else float("inf")


def _neighbour_distances(rows: Array, count: int) -> Array | None:
    """Return the distances to the nearest other places; None if there are too few."""
    places = distinct_places(check_cloud("rows", rows))
    return neighbour_distances(places, count) if len(places) > count else None


@dataclass(frozen=True)
class Complexity:
    """Numbers that say how complex a cloud of pictures is.

    Parameters
    ----------
    decay : float
        Exponent of the spectrum.
    participation_ratio : float
        Global dimension.
    effective_rank : float
        Global dimension in which weak directions count more.
    two_neighbour : float
        Local dimension, two neighbours.
    likelihood : float
        Local dimension, ten neighbours.
    missed : float
        Share of the variance of held-out rows that eight principal components miss.
    """

    decay: float
    participation_ratio: float
    effective_rank: float
    two_neighbour: float
    likelihood: float
    missed: float


def complexity(training: Array, held_out: Array, components: int = 8) -> Complexity:
    """Return all numbers for one set of pictures.

    Parameters
    ----------
    training, held_out : ndarray, shapes (n, values) and (m, values)
        The two parts of the set.
    components : int
        Principal components for the share that is missed.
    """
    components = check_whole_number("components", components, 0, training.shape[1])
    return Complexity(
        spectrum_decay(training),
        participation_ratio(training),
        effective_rank(training),
        two_neighbour_dimension(training),
        likelihood_dimension(training),
        float(reconstruction_errors(training, held_out)[components]),
    )
