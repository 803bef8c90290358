"""One image of the reader's own on its way through the loops of both sets."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.image_probe import ProbeStop
from collapse_core.measures.image_pair import classifier_of
from collapse_core.models.autoencoder import FittedAutoencoder
from collapse_core.models.perturbed_chain import PerturbedChain
from collapse_core.streams import generator
from collapse_core.topics.digits_photographs.question import DigitsPhotographs, PairStep
from collapse_core.topics.digits_photographs.steps import LEVELS, passed_once

__all__ = ["follow_probe"]

Array = NDArray[np.float64]

PROBE_STOPS = (0, 1, 2, 5, 10, 20, 30)


def follow_probe(
    experiment: DigitsPhotographs, steps: Sequence[PairStep], image: Array
) -> dict[str, list[ProbeStop]]:
    """Return what becomes of one foreign image in both loops.

    In the chain it takes all passes, with random numbers of its own; when retraining it goes once
    through the model of each generation.

    Parameters
    ----------
    experiment : DigitsPhotographs
        The settings.
    steps : sequence
        Its steps so far.
    image : ndarray, shape (64,)
        0 (black) to 1 (white).
    """
    followed = {}
    for name, images in experiment.image_sets().items():
        start = images.prepare(image)[None]
        on_its_way = _passes(experiment, [step[name].fitted for step in steps], start)
        reader = classifier_of(images)
        stops = [stop for stop in (*PROBE_STOPS, len(steps) - 1) if stop < len(steps)]
        followed[name] = [
            _stop(number, on_its_way[number], reader.probabilities(on_its_way[number])[0],
                  reader.label_names)
            for number in sorted(set(stops))
        ]  # fmt: skip
    return followed


def _passes(experiment: DigitsPhotographs, models: Sequence[object], start: Array) -> list[Array]:
    """Return the image at the start and after every step."""
    seen = [start]
    fitted = None
    for number, model in enumerate(models[1:], start=1):
        fitted = model if model is not None else fitted
        if experiment.chained:
            assert isinstance(fitted, FittedAutoencoder)
            chain = PerturbedChain(fitted, experiment.strength)
            pushed = generator(experiment.seed, number, "push of the probe")
            seen.append(chain.apply(seen[-1], pushed))
        else:
            seen.append(passed_once(fitted, start))  # type: ignore[arg-type]
    return seen


def _stop(number: int, image: Array, probabilities: Array, names: Sequence[str]) -> ProbeStop:
    best = int(probabilities.argmax())
    greys = np.rint(LEVELS * np.clip(image[0], 0.0, 1.0)).astype(np.uint8)
    return ProbeStop(number, greys, names[best], float(probabilities[best]))
