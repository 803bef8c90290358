"""What the further views of the page on one real point say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from collapse_core import Law, Trajectory
from collapse_core.families.variance_functions import mean_coordinate, variance_function_of
from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.wording import count, multiple, percent
from collapse_core.theory.quadratic_variance import (
    QuadraticVariance,
    best_real_weight,
    effective_sample_size,
    stationary_weighted,
)
from collapse_core.topics.one_real_point.doses import dose_curves
from collapse_core.topics.one_real_point.question import OneRealPoint
from collapse_core.topics.one_real_point.sentences import points, value

__all__ = [
    "dimension_words",
    "families",
    "map_alt",
    "map_words",
    "needed_table",
    "side_captions",
    "weight_words",
]

TENTH = (9000, 1000)


def families(lesson: Lesson, experiment: OneRealPoint) -> str:
    """Return the words over the table of families."""
    return lesson.say(
        "family_table",
        "text",
        sample_size=count(experiment.sample_size),
        count=experiment.anchors,
        share=percent(experiment.share),
    )


def map_alt(lesson: Lesson, experiment: OneRealPoint) -> str:
    """Return the map in one sentence."""
    family = experiment.truth()
    function = variance_function_of(family)
    known = (function, mean_coordinate(family), experiment.sample_size)
    kind = "fresh" if experiment.fresh else "fixed"
    here = float(dose_curves(*known, np.array([float(experiment.anchors)]))[kind][0])
    return lesson.say(
        "map",
        "alt",
        sample_size=count(experiment.sample_size),
        count=experiment.anchors,
        value=value(lesson, here, not function.v2),
    )


def map_words(lesson: Lesson, experiment: OneRealPoint) -> str:
    """Return what the map shows, and what this mixture is worth."""
    family = experiment.truth()
    function, truth = variance_function_of(family), mean_coordinate(family)
    total = experiment.sample_size + experiment.anchors
    worth = effective_sample_size(function, truth, experiment.sample_size, experiment.anchors)
    tenth = float(effective_sample_size(function, truth, *TENTH)) / sum(TENTH)
    spoken = [lesson.say("map", "text")]
    if experiment.fresh:
        share = percent(experiment.anchors / total, 2)
        worth_share = percent(float(worth) / total, 2)
        spoken.append(
            lesson.say("map", "worth", share=share, worth=worth_share, tenth=percent(tenth))
        )
    if not function.v2:
        spoken.append(lesson.say("map", "none_needed"))
    return " ".join(spoken)


def needed_table(lesson: Lesson, needed: Sequence[tuple[float, float]]) -> dict[str, list[str]]:
    """Return the price of each share of diversity, by the heading of its column."""
    words = lesson.words("map")
    return {
        words["fraction"]: [percent(fraction, 0) for fraction, _ in needed],
        words["points"]: [f"{points_needed:.4g}" for _, points_needed in needed],
    }


def weight_words(
    lesson: Lesson, known: tuple[QuadraticVariance, float, int, int], weight: float
) -> str:
    """Return what a louder real point changes.

    Parameters
    ----------
    known : tuple
        Variance function, mean of the truth, synthetic and real points.
    weight : float
        The reader's weight.
    """
    function, truth, sample_size, real = known
    fair, best = real / (sample_size + real), float(best_real_weight(function, sample_size, real))
    pair = stationary_weighted(*known, np.array([fair, best, weight]))
    drift = not function.v2
    pooled, top, chosen = (pair[0 if drift else 1] / float(function(truth))).tolist()
    spoken = lesson.say(
        "weight",
        "text_drift" if drift else "text",
        fair=f"{fair:.3g}",
        pooled=value(lesson, pooled, drift),
        best=f"{best:.3g}",
        times=multiple(best / fair),
        top=value(lesson, top, drift),
        weight=f"{weight:.2f}",
        chosen=value(lesson, chosen, drift),
    )
    if sample_size == real:
        spoken += " " + lesson.say("weight", "golden" if drift else "golden_other")
    return spoken


def side_captions(
    lesson: Lesson, paths: Mapping[str, Trajectory], laws: Mapping[str, Law]
) -> list[str]:
    """Return one sentence per generation: how many runs have one colour only."""
    absorbed = {name: runs.absorbed.sum(axis=0) for name, runs in paths.items()}
    odds, exact = paths["flat_odds"].mean.mean(axis=0), laws["flat_odds"].mean
    assert exact is not None
    runs = lesson.counted("captions", "runs", paths["flat_odds"].replicates)
    return [
        lesson.say(
            "side",
            "caption",
            after=lesson.counted("captions", "generations", generation),
            runs=runs,
            mean_odds=percent(float(odds[generation])),
            exact_odds=percent(float(exact[generation])),
            **{name: int(counts[generation]) for name, counts in absorbed.items()},
        )
        for generation in range(odds.size)
    ]


def dimension_words(
    lesson: Lesson,
    experiment: OneRealPoint,
    dimension: int,
    rule: float,
    exact: float,
    sampled: int,
    longest: int,
) -> str:
    """Return how many dimensions the real points keep.

    Parameters
    ----------
    rule, exact : float
        Effective rank by the rule, and as a ratio of exact averages.
    sampled, longest : int
        Sample size and most generations of the dots.
    """
    half = f"{dimension / 2:g}"
    return " ".join(
        (
            lesson.say("dimension", "text", dimension=dimension, half=half),
            lesson.say(
                "dimension",
                "here",
                points=points(lesson, experiment).rstrip(","),
                rule=f"{rule:.2f}",
                dimension=dimension,
                exact=f"{exact:.2f}",
            ),
            lesson.say("dimension", "dots", sampled=sampled, longest=longest),
        )
    )
