"""A fitted model that listens to itself: what it makes of a row is the next thing it is given.

Nothing is trained again: one frozen map is iterated, unlike in `collapse_core.models.loop`. A
narrow code squeezes: what comes out is a row that the model can make. Noise in the code, as
uncertain as the model itself says, mixes: without it a row settles where it happened to begin.

Two frozen translators A -> B -> A are a map of the same kind, without noise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_generations, check_number
from collapse_core.models.autoencoder import FittedAutoencoder
from collapse_core.models.principal_axes import check_rows
from collapse_core.streams import generator

__all__ = [
    "FrozenMap",
    "Listening",
    "Translators",
    "different_rows",
    "iterate",
    "singular_values",
]

Array = NDArray[np.float64]

NOISIEST = 10.0


class FrozenMap(Protocol):
    """What is iterated: rows in, rows out, the same map in every generation."""

    def apply(self, rows: Array, rng: np.random.Generator) -> Array:
        """Return what is made of rows, shape (rows, values)."""
        ...


@dataclass(frozen=True)
class Listening:
    """One pass of an autoencoder over its own rows.

    Parameters
    ----------
    model : FittedAutoencoder
        Encodes and decodes.
    code_noise : float
        Standard deviation of the noise in the code, 0 to 10, in units of how uncertain the model
        itself is of each code: 1 draws the code as the model would.
    output_noise : bool
        Whether rows get the noise that the model's own new rows have.

    Raises
    ------
    ValueError
        If the noise is out of range.
    """

    model: FittedAutoencoder
    code_noise: float = 1.0
    output_noise: bool = False

    def __post_init__(self) -> None:
        noise = check_number("code_noise", self.code_noise, 0.0, NOISIEST)
        object.__setattr__(self, "code_noise", noise)

    def apply(self, rows: Array, rng: np.random.Generator) -> Array:
        """Return rows after one pass: encoded, given a random code, decoded."""
        codes = self.model.encode(rows)
        if self.code_noise:
            spread = self.code_noise * self.model.code_deviation(rows)
            codes = codes + spread * rng.standard_normal(codes.shape)
        made = self.model.decode(codes)
        if self.output_noise:
            made = made + self.model.output_deviation * rng.standard_normal(made.shape)
        return made


@dataclass(frozen=True)
class Translators:
    """Two frozen maps, there and back: A -> B -> A. Nothing in them is random.

    Parameters
    ----------
    there, back : callable
        From rows to rows.
    """

    there: Callable[[Array], Array]
    back: Callable[[Array], Array]

    def apply(self, rows: Array, rng: np.random.Generator) -> Array:
        """Return rows after one way there and back."""
        return self.back(self.there(rows))


def iterate(
    frozen: FrozenMap,
    rows: Array,
    generations: int,
    seed: int,
    real: Array | None = None,
    share: float = 0.0,
) -> Iterator[Array]:
    """Yield the rows at the start and after every pass, each of shape (rows, values).

    Parameters
    ----------
    frozen : FrozenMap
        What is iterated.
    rows : ndarray, shape (rows, values)
        Where the loop starts.
    generations : int
        Number of passes, from 0.
    seed : int
        0 to 2**32 - 1. Same seed, same loop.
    real : ndarray, shape (images, values), optional
        Real rows that are laid in, as often as ``share`` says.
    share : float
        Which part of the rows is replaced by real ones before every pass, 0 to 1; rounded to whole
        rows, which are chosen anew each time.

    Raises
    ------
    ValueError
        If a parameter is out of range, or rows are to be laid in and none are given.
    """
    generations = check_generations(generations)
    share = check_number("share", share, 0.0, 1.0)
    rows = check_rows(rows)
    laid = round(share * len(rows))
    if laid and real is None:
        raise ValueError(f"share={share:g} needs real rows: give some, or choose share=0.")
    yield rows
    for number in range(1, generations + 1):
        if laid and real is not None:
            rng = generator(seed, number, "real rows")
            rows = rows.copy()
            places = rng.permutation(len(rows))[:laid]
            rows[places] = real[rng.integers(len(real), size=laid)]
        rows = frozen.apply(rows, generator(seed, number, "listening"))
        yield rows


def different_rows(rows: Array, apart: float) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return which rows are left if rows nearer than ``apart`` count as one, and whose each is.

    The first row is kept, then each that is not near to one that is kept already.

    Parameters
    ----------
    rows : ndarray, shape (rows, values)
        For example images.
    apart : float
        Root mean square difference per value from which on two rows count as different, above 0.

    Returns
    -------
    kept : ndarray of int
        Places of the rows that are left.
    owner : ndarray of int, shape (rows,)
        For each row the number, within ``kept``, of the one that it counts with.
    """
    apart = check_number("apart", apart, 0.0, low_open=True)
    limit = apart**2 * rows.shape[1]
    owner = np.full(len(rows), -1, dtype=np.int64)
    kept: list[int] = []
    while (free := np.flatnonzero(owner < 0)).size:
        near = np.square(rows[free] - rows[free[0]]).sum(axis=1) < limit
        near[0] = True
        owner[free[near]] = len(kept)
        kept.append(int(free[0]))
    return np.array(kept, dtype=np.int64), owner


def singular_values(apply: Callable[[Array], Array], points: Array, step: float = 1e-4) -> Array:
    """Return the singular values of a map's Jacobian at points, shape (points, directions).

    Largest first: above 1 a direction is stretched, below 1 it is squeezed. By central differences,
    exact up to terms of order step^2.

    Parameters
    ----------
    apply : callable
        From points, shape (count, values), to images of them, shape (count, others); not random.
    points : ndarray, shape (points, values)
        Where to look, such as codes along the way.
    step : float
        Half the distance between the two points of a difference, above 0.
    """
    step = check_number("step", step, 0.0, low_open=True)
    count, size = points.shape
    moved = step * np.eye(size)
    ahead = apply((points[:, np.newaxis] + moved).reshape(-1, size))
    behind = apply((points[:, np.newaxis] - moved).reshape(-1, size))
    slopes = ((ahead - behind) / (2.0 * step)).reshape(count, size, -1)
    return np.asarray(np.linalg.svd(slopes, compute_uv=False), dtype=np.float64)
