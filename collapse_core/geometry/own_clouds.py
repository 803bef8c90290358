"""A reader's own embeddings as clouds of as many points each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from collapse_core.data.own_generations import ENDINGS, LARGEST_FILE, read_generations
from collapse_core.fingerprint import fingerprint
from collapse_core.geometry.dimension import thinned
from collapse_core.lessons.messages import message

__all__ = ["ENDINGS", "LARGEST_FILE", "OwnClouds", "read_clouds"]

Array = NDArray[np.float64]

FEWEST, MOST = 50, 2000  # points of a generation; more than any neighbours asked for


@dataclass(frozen=True, eq=False)
class OwnClouds:
    """Clouds that were read from files.

    Parameters
    ----------
    clouds : tuple of ndarray
        One for each generation, all with as many values.
    notes : tuple of str
        What was left out.
    """

    clouds: tuple[Array, ...] = field(repr=False)
    notes: tuple[str, ...] = ()
    digest: str = field(init=False)  # so that its repr tells all of them apart

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", fingerprint(*self.clouds))


def read_clouds(files: Sequence[tuple[str, bytes]]) -> OwnClouds:
    """Return the clouds of one file with several generations, or of one file for each.

    The files are read by `read_generations`. All generations are brought to as many points, as
    dimensions that are found grow with their number.

    Parameters
    ----------
    files : sequence of pairs of str and bytes
        Name and content.

    Raises
    ------
    ValueError
        If they cannot be used; the message names the file, what is wrong, and what helps.
    """
    own = read_generations(files, FEWEST)
    clouds, notes = own.generations, own.notes
    kept = min(MOST, *map(len, clouds))
    if any(len(cloud) > kept for cloud in clouds):
        notes = (*notes, message("generations", "drawn", count=kept))
    return OwnClouds(tuple(thinned(cloud, kept, 1) for cloud in clouds), notes)
