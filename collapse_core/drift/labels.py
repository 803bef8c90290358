"""How many kinds a generation still has, where each row has a label."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from collapse_core.drift.nearby import Chance
from collapse_core.drift.rows import Sample

__all__ = ["label_entropy", "label_entropy_of_chance"]

Whole = NDArray[np.int64]

SHUFFLES = 99


def label_entropy(labels: Whole) -> float:
    """Return the entropy of labels in nats: 0 for one kind, ln K for K kinds alike.

    Parameters
    ----------
    labels : ndarray of int, shape (n,)
        From 0 on. The estimate is the plug-in one, which is too small by about (K - 1)/(2 n).
    """
    shares = np.bincount(labels) / len(labels)
    shares = shares[shares > 0.0]
    return float(np.abs(np.sum(shares * np.log(shares))))


def label_entropy_of_chance(
    one: tuple[Sample, Whole], other: tuple[Sample, Whole], rng: np.random.Generator
) -> Chance:
    """Return what permuting the labels of a pair, by whole groups, makes of the second's entropy.

    Parameters
    ----------
    one, other : tuple of Sample and ndarray
        A sample, and the label of each of its rows.
    rng : numpy.random.Generator
        Permutes.
    """
    (first, ours), (second, theirs) = one, other
    labels = np.concatenate([ours[first.drawn], theirs[second.drawn]])
    units = np.concatenate([first.groups, first.units + second.groups])
    sides = np.arange(first.units + second.units) >= first.units
    found = [label_entropy(labels[rng.permutation(sides)[units]]) for _ in range(SHUFFLES)]
    low, high = np.quantile(found, (0.05, 0.95))
    return Chance(float(np.mean(found)), float(low), float(high))
