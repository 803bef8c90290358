"""Remedies on models that see every row: a mixture in the plane, and counts of word pairs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from collapse_core.data.corpora import TextSource, story
from collapse_core.data.planar import EightGaussians, PlanarSource
from collapse_core.measures.samples import frechet_distance, held_modes, moments_of
from collapse_core.measures.text import entropy_bits, rare_survivors, token_counts
from collapse_core.models.base import Report, no_report
from collapse_core.models.gaussian_mixture import GaussianMixtureModel
from collapse_core.models.loop import Generation, ModelLoop
from collapse_core.models.ngram import NGramModel
from collapse_core.streams import generator
from collapse_core.topics.mitigation_lab.course import Course
from collapse_core.topics.mitigation_lab.question import MEASURES, MitigationLab
from collapse_core.topics.mitigation_lab.remedies import Treatment, treatment_of

__all__ = ["row_courses"]

Array = NDArray[np.float64]
Measured = tuple[float, float, float]

JUDGED = 2000  # rows of each model that measures are taken from
STORY_WORDS = 5000
PAIR = 2


def row_courses(
    experiment: MitigationLab, names: tuple[str, ...], report: Report = no_report
) -> list[Course]:
    """Run remedies on a mixture or on text, all on the same seeds.

    Parameters
    ----------
    experiment : MitigationLab
        For ``"mixture"`` or ``"language"``. Its seed is that of the first run; the next runs
        have the seeds after it.
    names : tuple of str
        Of the remedies, the control among them if it is wanted.
    report : callable
        Is told how much of the work is done, 0 to 1; it may raise to stop it.
    """
    total, done = len(names) * experiment.effective_runs * experiment.last, 0
    courses = []
    for name in names:
        treatment, runs = treatment_of(experiment, name), []
        for run in range(experiment.effective_runs):
            steps = []
            for step in _measures(experiment, treatment, (experiment.seed + run) % 2**32):
                steps.append(step)
                done += len(steps) > 1
                report(done / total)
            runs.append(steps)
        table = np.array(runs)  # (runs, generations + 1, measures)
        values: dict[str, Array] = {
            measure: table[..., place] for place, measure in enumerate(MEASURES)
        }
        courses.append(Course(name, treatment, values, dict.fromkeys(MEASURES)))
    return courses


def _measures(experiment: MitigationLab, treatment: Treatment, seed: int) -> Iterator[Measured]:
    """Yield the measures of one run, from the truth on."""
    size = (experiment.points, experiment.last)
    if experiment.model == "mixture":
        plane = EightGaussians()
        loop = ModelLoop(GaussianMixtureModel(8), plane, treatment.policy, *size)
        measure = _in_the_plane(plane, seed)
    else:
        text = story("words", STORY_WORDS)
        model = NGramModel(
            len(text.vocabulary), PAIR, "words", "none", temperature=treatment.temperature
        )
        loop = ModelLoop(model, text, treatment.policy, *size)
        measure = _of_text(text)
    yield from map(measure, loop.iterate(seed))


def _in_the_plane(source: PlanarSource, seed: int) -> Callable[[Generation], Measured]:
    """Return what measures a mixture: spread, modes left, Frechet distance; 1, 1, 0 for the truth.

    They are taken from 2,000 rows that nobody is trained on.
    """
    truth, expected = moments_of(source.reference), source.expected_shares
    spread = float(np.trace(truth.covariance))

    def measure(generation: Generation) -> Measured:
        if generation.fitted is None:
            return 1.0, 1.0, 0.0
        rows = generation.fitted.sample(JUDGED, generator(seed, generation.number, "judged rows"))
        moments = moments_of(rows)
        held = held_modes(source.modes.shares(rows), expected) / source.modes.count
        apart = frechet_distance(moments, truth) / spread
        return float(np.trace(moments.covariance)) / spread, held, apart

    return measure


def _of_text(source: TextSource) -> Callable[[Generation], Measured]:
    """Return what measures a text: effective words, rare words left, distance of its frequencies.

    The effective number of words is 2 to the power of the entropy. Both it and the rare words (at
    most two times in the real text) are relative to real text of the same length; the distance is
    the total variation of the words' frequencies from those of the whole story.
    """
    kinds = len(source.vocabulary)
    real = token_counts(source.training, kinds)
    shares = real / real.sum()
    first: list[tuple[float, int]] = []

    def measure(generation: Generation) -> Measured:
        counts = token_counts(generation.made, kinds)
        words, rare = 2.0 ** entropy_bits(counts), len(rare_survivors(counts, real))
        if not first:
            first.append((words, max(rare, 1)))
        apart = 0.5 * float(np.abs(counts / counts.sum() - shares).sum())
        return words / first[0][0], rare / first[0][1], apart

    return measure
