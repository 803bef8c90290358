"""One pass of a network over its own images: what is measured in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.data.images import ImageSet
from collapse_core.geometry import effective_dimension, local_dimension
from collapse_core.measures.image_pair import classifier_of
from collapse_core.measures.samples import frechet_distance, frechet_of_chance, moments_of
from collapse_core.models.frozen_loop import different_rows, singular_values
from collapse_core.topics.network.passes import FrozenNetwork

__all__ = ["MEASURES", "NetworkStep", "course", "first_step", "next_step"]

Array = NDArray[np.float64]

APART = 0.02  # root mean square difference of greys, 0 to 1, from which two images differ
LOOKED_AT = 24  # codes at which the Jacobian is taken
NEIGHBOURS = 10

MEASURES = (
    "different",
    "apart",
    "kept",
    "spread",
    "rank",
    "local_dimension",
    "local",
    "cumulative",
    "stretched",
    "squeezed",
)


@dataclass(frozen=True, eq=False)
class NetworkStep:
    """300 images after one pass.

    Parameters
    ----------
    number : int
        0 for the start.
    rows : ndarray, shape (300, 64)
        The images.
    kinds : ndarray of int, shape (kinds,)
        Places of images that differ from one another, the most frequent first.
    different : float
        How many images still differ, as a share of them.
    apart : float
        Frechet distance, squared, of the two crowds of starts on their pixels, less what two
        samples of one law would have; as a share of the start's.
    kept : float
        Meaning kept: share of the images that are read as at the start.
    spread : float
        Total variance, as a share of the start's.
    rank, local_dimension : float
        Effective dimension (participation ratio), and local one; 0 where all images are equal.
    local, cumulative : float
        Frechet distance, squared, to the pass before and to the start.
    stretched, squeezed : float
        Largest and smallest singular value of code, image, code, on average over some codes; NaN at
        the start.
    network : FrozenNetwork or None
        What made it.
    learned : ndarray or None
        What that network learned from, where it is trained anew.
    """

    number: int
    rows: Array
    kinds: NDArray[np.int64]
    different: float
    apart: float
    kept: float
    spread: float
    rank: float
    local_dimension: float
    local: float
    cumulative: float
    stretched: float
    squeezed: float
    network: FrozenNetwork | None = None
    learned: Array | None = None


def first_step(rows: Array, crowds: NDArray[np.bool_], images: ImageSet) -> NetworkStep:
    """Return the start: real images.

    Parameters
    ----------
    rows : ndarray, shape (images, 64)
        The images.
    crowds : ndarray of bool
        Which of them belong to the second crowd.
    images : ImageSet
        With labels.
    """
    kinds, different = _kinds(rows)
    return NetworkStep(
        number=0,
        rows=rows,
        kinds=kinds,
        different=different,
        apart=1.0,
        kept=1.0,
        spread=1.0,
        rank=effective_dimension(rows),
        local_dimension=local_dimension(rows, NEIGHBOURS),
        local=0.0,
        cumulative=0.0,
        stretched=float("nan"),
        squeezed=float("nan"),
    )


def next_step(
    done: Sequence[NetworkStep],
    made: Array,
    network: FrozenNetwork,
    crowds: NDArray[np.bool_],
    images: ImageSet,
    laid: NDArray[np.int64],
) -> NetworkStep:
    """Return the step after those that are done.

    Parameters
    ----------
    done : sequence of NetworkStep
        All steps so far.
    made : ndarray, shape (images, 64)
        What the network made of the last images.
    network : FrozenNetwork
        That network.
    crowds : ndarray of bool
        Which images belong to the second crowd.
    images : ImageSet
        With labels.
    laid : ndarray of int
        Places of images that were replaced by real ones before this pass.
    """
    first, before = done[0], done[-1]
    reader = classifier_of(images)
    old = np.setdiff1d(np.arange(len(made)), laid)
    same = reader.labels(made[old]) == reader.labels(first.rows[old])
    now, start = moments_of(made), moments_of(first.rows)
    kinds, different = _kinds(made)
    values = singular_values(network.again, network.encode(made[:LOOKED_AT]))
    return NetworkStep(
        number=before.number + 1,
        rows=made,
        kinds=kinds,
        different=different,
        apart=_crowds_apart(made, crowds) / max(_crowds_apart(first.rows, crowds), 1e-12),
        kept=float(same.mean()) if len(old) else 0.0,
        spread=float(np.trace(now.covariance) / np.trace(start.covariance)),
        rank=effective_dimension(made),
        local_dimension=local_dimension(made, NEIGHBOURS),
        local=frechet_distance(moments_of(before.rows), now),
        cumulative=frechet_distance(start, now),
        stretched=float(values[:, 0].mean()),
        squeezed=float(values[:, -1].mean()),
        network=network,
    )


def course(steps: Sequence[NetworkStep], measure: str) -> Array:
    """Return one measure over the steps.

    Parameters
    ----------
    steps : sequence of NetworkStep
        From the start on.
    measure : str
        One of ``MEASURES``.
    """
    return np.array([getattr(step, measure) for step in steps], dtype=np.float64)


def _kinds(rows: Array) -> tuple[NDArray[np.int64], float]:
    """Return images that differ, most frequent first, and how many, as a share."""
    kept, owner = different_rows(rows, APART)
    counts = np.bincount(owner, minlength=len(kept))
    return kept[np.argsort(-counts, kind="stable")], len(kept) / len(rows)


def _crowds_apart(rows: Array, crowds: NDArray[np.bool_]) -> float:
    """Return how far apart the crowds are, less what chance alone would make."""
    one, other = moments_of(rows[~crowds]), moments_of(rows[crowds])
    counts = (int((~crowds).sum()), int(crowds.sum()))
    return max(0.0, frechet_distance(one, other) - frechet_of_chance(moments_of(rows), *counts))
