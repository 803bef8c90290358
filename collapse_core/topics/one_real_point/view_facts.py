"""The numbers that the further views state: all families, the map, weights, sides, dimensions."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from collapse_core.law import Law
from collapse_core.theory.multivariate_gaussian import (
    anchored_effective_rank_rule,
    stationary_anchored_spectrum_moments,
)
from collapse_core.theory.quadratic_variance import (
    QuadraticVariance,
    anchors_needed,
    best_real_weight,
    effective_sample_size,
    stationary_anchors,
    stationary_weighted,
)
from collapse_core.theory.stationary_laws import tail_exponent
from collapse_core.topics.one_real_point.doses import (
    LARGEST_SAMPLE_OF_RANKS,
    SampledDoses,
    is_average_trustworthy,
)
from collapse_core.topics.one_real_point.question import FAMILY_CHOICES, OneRealPoint
from collapse_core.topics.one_real_point.report import long_run
from collapse_core.trajectory import Trajectory

__all__ = [
    "FamilyRow",
    "dimension_facts",
    "family_rows",
    "map_facts",
    "needed_points",
    "side_facts",
    "weight_facts",
]

TENTH = (9000, 1000)
BELOW_ONE = (0.5, 2 / 3, 0.9, 0.95, 0.99)
ABOVE_ONE = (2.0, 1.5, 1.1, 1.05, 1.01)


@dataclass(frozen=True)
class FamilyRow:
    """One family in the table: long-run values, relative to nothing.

    Parameters
    ----------
    family : str
        One of ``FAMILY_CHOICES``.
    fresh_variance, fresh_kept, fixed_kept, fixed_variance : float
        Variance of the mean between runs, and diversity relative to the truth's, exact.
    tail : float
        Tail exponent with fresh points, inf for a light tail, NaN without a pull.
    trusted : bool
        Whether an average of runs can be trusted there.
    """

    family: str
    fresh_variance: float
    fresh_kept: float
    fixed_kept: float
    fixed_variance: float
    tail: float
    trusted: bool


def family_rows(sample_size: int, count: int, share: float = 0.1) -> list[FamilyRow]:
    """Return the table of all families, each with a truth of mean 1 (or a share of blue).

    Parameters
    ----------
    sample_size, count : int
        Synthetic and real points per generation.
    share : float
        Of blue.
    """
    rows = []
    for choice in FAMILY_CHOICES:
        known = OneRealPoint(choice, sample_size, anchors=count, share=share).known
        v2, scale = known[0].v2, float(known[0](known[1]))
        (fresh_variance, fresh), (fixed_variance, fixed) = (
            map(float, stationary_anchors(*known, fresh=fresh)) for fresh in (True, False)
        )
        tail = tail_exponent(v2, count) if count else math.nan
        trusted = is_average_trustworthy(v2, count)
        kept = (fresh / scale, fixed / scale)
        rows.append(FamilyRow(choice, fresh_variance, *kept, fixed_variance, tail, trusted))
    return rows


def map_facts(experiment: OneRealPoint) -> dict[str, Any]:
    """Return what the sentences about the map state: where the reader is, and what it is worth."""
    function, truth, sample_size, count = experiment.known
    total = sample_size + count
    return {
        "sample_size": sample_size,
        "count": count,
        "value": long_run(experiment),
        "share": count / total,
        "worth": float(effective_sample_size(function, truth, sample_size, count)) / total,
        "tenth": float(effective_sample_size(function, truth, *TENTH)) / sum(TENTH),
    }


def needed_points(function: QuadraticVariance) -> list[tuple[float, float]]:
    """Return fractions of the diversity, and the fresh real points that keep each of them.

    They are above 1 where the average overshoots, and none where it cannot change.
    """
    fractions = {-1.0: BELOW_ONE, 0.0: (), 1.0: ABOVE_ONE}[float(np.sign(function.v2))]
    return [(fraction, float(anchors_needed(fraction, function.v2))) for fraction in fractions]


def weight_facts(experiment: OneRealPoint) -> dict[str, Any]:
    """Return what a louder real point changes: at its fair share, at the best weight, as asked."""
    weight = experiment.real_weight
    function, truth, sample_size, count = experiment.known
    fair, best = (
        count / (sample_size + count),
        float(best_real_weight(function, sample_size, count)),
    )
    pair = stationary_weighted(*experiment.known, np.array([fair, best, weight]))
    values = pair[0 if experiment.drift else 1] / float(function(truth))
    facts = {"fair": fair, "best": best, "weight": weight, "times": best / fair}
    return facts | dict(zip(("pooled", "top", "chosen"), values.tolist(), strict=True))


def side_facts(paths: Mapping[str, Trajectory], laws: Mapping[str, Law], t: int) -> dict[str, Any]:
    """Return how many runs of each side have one colour only, and the mean of the flat log-odds."""
    odds, exact = paths["flat_odds"], laws["flat_odds"].mean
    assert exact is not None
    return {
        "t": t,
        "runs": odds.replicates,
        "mean_odds": float(odds.mean[:, t].mean()),
        "exact_odds": float(exact[t]),
    } | {name: int(runs.absorbed[:, t].sum()) for name, runs in paths.items()}


def dimension_facts(experiment: OneRealPoint, doses: SampledDoses) -> dict[str, Any]:
    """Return the effective rank that fresh points keep, by the rule and from exact averages."""
    dimension, count = experiment.dimension, experiment.anchors
    exact = stationary_anchored_spectrum_moments(experiment.sample_size, dimension, count)
    return {
        "dimension": dimension,
        "count": count,
        "half": dimension / 2,
        "rule": float(anchored_effective_rank_rule(dimension, count)),
        "rank": float(exact.annealed_effective_rank),
        "sampled": min(experiment.sample_size, LARGEST_SAMPLE_OF_RANKS),
        "longest": int(doses.generations.max()),
    }
