"""One step of a loop on images: what it shows, and what is measured in it.

A step keeps a small grid to look at, a few numbers, and what the next step needs. The images that a
fitted model made are not kept: the model and the seed make them again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from collapse_core.data.images import ImageSet
from collapse_core.measures.complexity import participation_ratio
from collapse_core.measures.image_pair import classifier_of
from collapse_core.measures.samples import frechet_distance, moments_of
from collapse_core.models.autoencoder import FittedAutoencoder
from collapse_core.models.base import FittedModel, Report
from collapse_core.models.gaussian_mixture import FittedGaussianMixture
from collapse_core.models.linear_autoencoder import FittedProbabilisticPCA
from collapse_core.models.loop import Generation, ModelLoop
from collapse_core.models.perturbed_chain import PerturbedChain
from collapse_core.streams import generator
from collapse_core.theory.linear_chain import principal_axis_law

__all__ = [
    "GRID_IMAGES",
    "ImageStep",
    "chain_step",
    "expected_chain_error",
    "first_step",
    "model_of",
    "passed_once",
    "retraining_step",
]

Array = NDArray[np.float64]
Greys = NDArray[np.uint8]

GRID_IMAGES = 30
SHARP = 0.9
LEVELS = 16  # greys from black to white in the grid, as scikit-learn's digits have


@dataclass(frozen=True, eq=False)
class ImageStep:
    """One set of images after one step.

    Parameters
    ----------
    number : int
        0 for real images.
    greys : ndarray of uint8, shape (30, 64)
        Images to look at, 0 (black) to 16 (white). In the chain they are the same images all the
        time; when retraining they are new ones, made with the same random numbers each time.
    kept : float
        Meaning kept: share of held-out real images that the classifier gives the same label as at
        the start, in the chain after all passes so far, when retraining after one pass through the
        newest model.
    kept_sharp : float
        The same share among images of whose label the classifier was at least 90 % sure at the
        start; NaN if there is none.
    chance : float
        The same share if the images were in random order.
    confidence : float
        Average confidence of the classifier: in the chain for the images on their way, when
        retraining for images that the newest model made.
    entropy : float
        Entropy of the labels of the same images, in bits.
    error : float
        Squared distance of the held-out images to what became of them, as a share of the variance
        of real images.
    expected_error : float
        Its exact expectation, NaN where none is known.
    rank : float
        Effective rank (participation ratio) of the images whose confidence is measured.
    local, cumulative : float
        Frechet distance of these images, on their 64 pixels, to those of the step before and to
        real ones.
    fitted : FittedModel or None
        The model; None in step 0, and in the chain wherever it is that of an earlier step.
    images : ndarray or None
        In the chain, the held-out images on their way.
    """

    number: int
    greys: Greys
    kept: float
    kept_sharp: float
    chance: float
    confidence: float
    entropy: float
    error: float
    expected_error: float
    rank: float
    local: float
    cumulative: float
    fitted: FittedModel | None
    images: Array | None


def first_step(images: ImageSet, loop: ModelLoop, chained: bool, seed: int) -> ImageStep:
    """Return step 0: real images.

    Parameters
    ----------
    images : ImageSet
        The set.
    loop : ModelLoop
        Its retraining loop.
    chained : bool
        Whether held-out images go through one model, or models are retrained.
    seed : int
        Of the run.
    """
    held_out = images.held_out_images
    shown = held_out if chained else loop.first(seed).made
    step = _measured(images, 0, held_out, shown, None)
    return replace(step, images=held_out if chained else None, expected_error=0.0)


def chain_step(
    images: ImageSet,
    loop: ModelLoop,
    done: Sequence[ImageStep],
    strength: float,
    seed: int,
    report: Report,
) -> ImageStep:
    """Return the step after one more pass: encode, perturb, decode.

    Parameters
    ----------
    images : ImageSet
        The set.
    loop : ModelLoop
        Its model and how many images that is fitted to.
    done : sequence of ImageStep
        All steps so far.
    strength : float
        Standard deviation of the push; codes of the model have one of about 1.
    seed : int
        Of the run.
    report : callable
        Is told how much is done.
    """
    number = len(done)
    fitted = model_of(done)
    if fitted is None:
        rows = loop.first(seed).rows
        fitted = loop.model.fit(rows, generator(seed, 1, "fit"), report)
    before = done[-1].images
    assert isinstance(fitted, FittedAutoencoder) and before is not None  # noqa: PT018
    chain = PerturbedChain(fitted, strength)
    now = chain.apply(before, generator(seed, number, "push"))
    return replace(
        _measured(images, number, now, now, before),
        expected_error=expected_chain_error(fitted, images.held_out_images, strength, number),
        fitted=fitted if number == 1 else None,
        images=now,
    )


def expected_chain_error(fitted: FittedModel, start: Array, strength: float, passes: int) -> float:
    """Return the expected `ImageStep.error` of given images in the chain of a linear autoencoder.

    Exact for the model as it was fitted: the average over all pushes. NaN for another model.

    Parameters
    ----------
    fitted : FittedModel
        Encodes and decodes.
    start : ndarray, shape (n, 64)
        The images at the start.
    strength : float
        Of the push.
    passes : int
        How often the images went through, at least 1.
    """
    if not isinstance(fitted, FittedProbabilisticPCA) or fitted.kept.rank == 0:
        return float("nan")
    axes = fitted.kept
    variances = np.square(axes.deviations)
    law = principal_axis_law(variances, fitted.noise_variance, strength, passes)
    along = axes.standardise(start)
    pushed = law.variance[-1] - np.square(law.kept[-1])
    moved = np.square(1.0 - law.kept[-1]) * np.square(along).mean(axis=0) + pushed
    outside = start - axes.restore(along)
    lost = float(np.square(outside).sum(axis=1).mean())
    return (float(variances @ moved) + lost) / _spread(start)


def retraining_step(
    images: ImageSet, loop: ModelLoop, done: Sequence[ImageStep], seed: int, report: Report
) -> ImageStep:
    """Return the step after one more fit.

    Parameters
    ----------
    images : ImageSet
        The set.
    loop : ModelLoop
        The loop.
    done : sequence of ImageStep
        All steps so far.
    seed : int
        Of the run.
    report : callable
        Is told how much is done.
    """
    last = _generation(loop, done, seed)
    now = loop.following(last, seed, report)
    assert now.fitted is not None
    passed = passed_once(now.fitted, images.held_out_images)
    step = _measured(images, now.number, passed, now.made, last.made)
    looked_at = now.fitted.sample(GRID_IMAGES, generator(seed, 0, "images to look at"))
    return replace(step, greys=_greys(looked_at), fitted=now.fitted)


def model_of(steps: Sequence[ImageStep]) -> FittedModel | None:
    """Return the newest model of some steps; None if nothing is fitted yet."""
    return next((step.fitted for step in reversed(steps) if step.fitted is not None), None)


def passed_once(fitted: FittedModel, images: Array) -> Array:
    """Return what a model makes of images when it has to describe them in its own terms.

    An autoencoder encodes and decodes them. A mixture replaces each by the centres of its parts,
    averaged by how probable each part is for that image.
    """
    if isinstance(fitted, FittedAutoencoder):
        return fitted.decode(fitted.encode(images))
    assert isinstance(fitted, FittedGaussianMixture)
    return _centres(fitted, images)


def _centres(fitted: FittedGaussianMixture, images: Array) -> Array:
    points = fitted.frame.standardise(images)
    scores = np.empty((len(images), len(fitted.weights)))
    for part, (centre, factor) in enumerate(zip(fitted.centres, fitted.factors, strict=True)):
        inverse = np.linalg.inv(factor)
        squares = np.square((points - centre) @ inverse.T).sum(axis=1)
        volume = float(np.log(np.diagonal(factor)).sum())
        scores[:, part] = np.log(fitted.weights[part]) - volume - 0.5 * squares
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True) @ fitted.means)


def _generation(loop: ModelLoop, done: Sequence[ImageStep], seed: int) -> Generation:
    """Return the last generation again, from its model: what it made, and what is remembered."""
    first, number = loop.first(seed), len(done) - 1
    remembers = loop.policy.recipe(loop.sample_size).memory != "none"
    made = {0: first.made} if remembers or number == 0 else {}
    for step in done[1:]:
        if step.fitted is not None and (remembers or step.number == number):
            rng = generator(seed, step.number, "synthetic rows")
            made[step.number] = step.fitted.sample(loop.sample_size, rng)
    pool = tuple(
        (np.full(len(rows), born, dtype=np.int64), rows)
        for born, rows in made.items()
        if remembers and born < number
    )
    last = made[number]
    born = np.full(len(last), number, dtype=np.int64)
    return Generation(number, last, born, done[-1].fitted, last, pool)


def _measured(
    images: ImageSet, number: int, passed: Array, shown: Array, before: Array | None
) -> ImageStep:
    """Return a step with its numbers.

    Parameters
    ----------
    passed : ndarray
        What became of the held-out images.
    shown : ndarray
        Images that are looked at as a whole.
    before : ndarray or None
        The same of the step before.
    """
    real, reader = images.held_out_images, classifier_of(images)
    reading = reader.read(shown)
    sharp = reader.probabilities(real).max(axis=1) >= SHARP
    return ImageStep(
        number=number,
        greys=_greys(shown[:GRID_IMAGES]),
        kept=reader.unchanged(real, passed),
        kept_sharp=reader.unchanged(real[sharp], passed[sharp]) if sharp.any() else float("nan"),
        chance=reader.chance(real, passed),
        confidence=reading.confidence,
        entropy=reading.entropy_bits,
        error=float(np.square(passed - real).sum(axis=1).mean()) / _spread(real),
        expected_error=float("nan"),
        rank=participation_ratio(shown),
        local=float("nan") if before is None else _frechet(before, shown),
        cumulative=_frechet(real, shown),
        fitted=None,
        images=None,
    )


def _frechet(one: Array, other: Array) -> float:
    return frechet_distance(moments_of(one), moments_of(other))


def _spread(images: Array) -> float:
    """Return the total variance of images."""
    return float(np.square(images - images.mean(axis=0)).sum(axis=1).mean())


def _greys(images: Array) -> Greys:
    shown = np.clip(images[:GRID_IMAGES], 0.0, 1.0)
    return np.asarray(np.rint(LEVELS * shown), dtype=np.uint8)
