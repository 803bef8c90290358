"""Vanishing tails: what is read off the models of one generation, living categories alone."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_share
from collapse_core.families.living_categories import LivingCategories

__all__ = ["MEASURES", "Gauge", "Measure", "common_items", "rare_half"]

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

Measure = Literal[
    "survivors",
    "rare_survivors",
    "lost_mass",
    "gini",
    "entropy",
    "divergence",
    "common_log_likelihood",
    "accuracy",
]

MEASURES: tuple[Measure, ...] = get_args(Measure)


def rare_half(truth: Array) -> Mask:
    """Return which categories are the rarer half of those that exist, shape (K,).

    Of an odd number the smaller part; of categories level with each other the later ones.
    """
    existing = np.flatnonzero(truth > 0.0)
    order = existing[np.argsort(-truth[existing], kind="stable")]
    rare = np.zeros(truth.size, dtype=bool)
    rare[order[order.size - order.size // 2 :]] = True
    return rare


def common_items(truth: Array, mass: float = 0.5) -> Mask:
    """Return which categories are common: the most likely ones, until they hold this mass: (K,).

    Raises
    ------
    ValueError
        If the mass is not a number from 0 to 1.
    """
    mass = check_share("mass", mass)
    order = np.argsort(-truth, kind="stable")
    before = np.cumsum(truth[order]) - truth[order]
    before[0] = 0.0
    common = np.zeros(truth.size, dtype=bool)
    common[order[before < mass - 1e-12]] = True
    common[order[0]] = True
    return common & (truth > 0.0)


class Gauge:
    """Reads all measures off the models of one generation, from the living categories alone."""

    def __init__(self, truth: Array, common_mass: float) -> None:
        logs = np.log(truth, out=np.zeros_like(truth), where=truth > 0.0)
        self.truth = truth
        self.truth_log_truth = truth * logs
        self.rare = rare_half(truth).astype(np.float64)
        self.common = common_items(truth, common_mass).astype(np.float64)

    def read(self, models: LivingCategories) -> dict[str, Array]:
        """Return every measure, shape (replicates,)."""
        q, category, total = models.probability, models.category, models.total
        logs, truth = np.log(q), self.truth[category]
        common = self.common[category]
        mass = total(truth)
        with np.errstate(divide="ignore", invalid="ignore"):
            apart = total(self.truth_log_truth[category] - truth * logs) / mass - np.log(mass)
        likelihood = total(truth * common * logs) / float(self.truth @ self.common)
        complete = total(common) == self.common.sum()
        return {
            "survivors": models.alive,
            "rare_survivors": total(self.rare[category]).astype(np.int64),
            "lost_mass": np.where(mass > 1.0 - 1e-12, 0.0, 1.0 - mass),
            "gini": total(q * (1.0 - q)),
            "entropy": np.maximum(-total(q * logs), 0.0),
            "divergence": np.maximum(apart, 0.0),
            "common_log_likelihood": np.where(complete, likelihood, -np.inf),
            "accuracy": self.truth[models.most_likely()],
        }
