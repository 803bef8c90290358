"""The app's own histories: generations of rows from models that are really retrained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from collapse_core.fingerprint import fingerprint
from collapse_core.models.base import Model
from collapse_core.models.kernel_density import KernelDensity
from collapse_core.models.linear_autoencoder import ProbabilisticPCA
from collapse_core.models.loop import ModelLoop
from collapse_core.models.principal_axes import principal_axes
from collapse_core.policies import Anchors
from collapse_core.streams import generator
from collapse_core.topics.early_warning.question import WatchedHistory
from collapse_core.topics.early_warning.worlds import DEVIATIONS, World, world_of

__all__ = ["History", "make_history"]

Array = NDArray[np.float64]

DRAWN = 200
MOST_LOOKED_AT = 1000

# All directions kept: the Gaussian of maximum likelihood. Of digits, 16 directions and noise.
MODELS: dict[str, Model] = {
    "gaussian": ProbabilisticPCA(len(DEVIATIONS)),
    "digits": ProbabilisticPCA(16),
    "kernel": KernelDensity(),
}


@dataclass(frozen=True, eq=False)
class History:
    """Generations of rows.

    Parameters
    ----------
    generations : tuple of ndarray, shape (rows, values)
        The first one is real; they may have unequal numbers of rows.
    references : tuple of ndarray
        Fresh real rows of each generation's own time; empty where there are none.
    labels : tuple of ndarray, optional
        What each row is called.
    numbers : tuple of int
        What the generations are called; 0, 1, 2 and so on without any.
    """

    generations: tuple[Array, ...] = field(repr=False)
    references: tuple[Array, ...] = field(default=(), repr=False)
    labels: tuple[NDArray[np.str_], ...] | None = field(default=None, repr=False)
    numbers: tuple[int, ...] = ()
    digest: str = field(init=False)  # so that its repr tells all of them apart

    def __post_init__(self) -> None:
        words = self.labels or ()
        object.__setattr__(self, "digest", fingerprint(*self.generations, *self.references, *words))

    def places(self, rows: Array, most: int = DRAWN) -> Array:
        """Return the first rows in the plane of the picture, shape (drawn, 2)."""
        middle, axes = self._plane
        found = (rows[:most] - middle) @ axes
        return np.asarray(np.pad(found, ((0, 0), (0, 2 - found.shape[1]))))

    @cached_property
    def _plane(self) -> tuple[Array, Array]:
        """The two main axes of the first and the last generation together."""
        ends = np.vstack([self.generations[t][:MOST_LOOKED_AT] for t in (0, -1)])
        kept = principal_axes(ends)
        return kept.mean, kept.axes[:, :2]


def make_history(asked: WatchedHistory) -> History:
    """Return a history with its references: fresh real rows of each generation's own time.

    Longer histories begin as shorter ones do, and a generation's rows do not depend on whether it
    is compared with a reference.

    Parameters
    ----------
    asked : WatchedHistory
        The settings.
    """
    world = world_of(asked.history)
    rows = tuple(world.features(made) for made in _made(asked, world))
    references = tuple(
        world.features(
            world.at(t, asked.sample_size, generator(asked.seed, t, "rows of a reference"))
        )
        for t in range(asked.generations + 1)
    )
    return History(rows, references if asked.reference else ())


def _made(asked: WatchedHistory, world: World) -> Iterator[Array]:
    """Yield the rows of each generation as they are made."""
    size, last = asked.sample_size, asked.generations
    if not asked.is_trained:
        for t in range(last + 1):
            yield world.at(t, size, generator(asked.seed, t, "synthetic rows"))
        return
    loop = ModelLoop(MODELS[asked.history], world.source, Anchors(asked.anchors), size, last)
    for generation in loop.iterate(asked.seed):
        yield np.asarray(generation.made, dtype=np.float64)
