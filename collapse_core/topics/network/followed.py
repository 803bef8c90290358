"""One image of the reader's own on its way through a frozen network."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.image_probe import ProbeStop
from collapse_core.measures.image_pair import classifier_of
from collapse_core.streams import generator
from collapse_core.topics.network.question import ListeningNetwork
from collapse_core.topics.network.steps import NetworkStep

__all__ = ["follow_own"]

Array = NDArray[np.float64]

STOPS = (0, 1, 2, 5, 10, 20, 30, 50, 100)
LEVELS = 16


def follow_own(
    asked: ListeningNetwork, steps: Sequence[NetworkStep], image: Array
) -> list[ProbeStop]:
    """Return what becomes of one image, after some passes.

    Where a network is trained anew in each generation, each pass goes through its own.

    Parameters
    ----------
    asked : ListeningNetwork
        The settings.
    steps : sequence of NetworkStep
        What is computed so far.
    image : ndarray, shape (64,)
        0 (black) to 1 (white).
    """
    images = asked.image_set()
    rows, reader = images.prepare(image)[np.newaxis], classifier_of(images)
    wanted, found = {*STOPS, len(steps) - 1}, []
    for step in steps:
        if step.network is not None:
            rng = generator(asked.seed, step.number, "own image")
            rows = step.network.once.apply(rows, rng)
        if step.number in wanted:
            chances = reader.probabilities(rows)[0]
            best = int(chances.argmax())
            greys = np.rint(LEVELS * np.clip(rows[0], 0.0, 1.0)).astype(np.uint8)
            label = reader.label_names[best]
            found.append(ProbeStop(step.number, greys, label, float(chances[best])))
    return found
