"""The numbers that the sentences about vanishing tails state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.families import LimitedCategorical
from collapse_core.lessons.table_text import table_as_csv
from collapse_core.loop import ClosedLoop
from collapse_core.theory.stages import collapse_stages
from collapse_core.topics.vanishing_tails.measures import common_items
from collapse_core.topics.vanishing_tails.runs import TailRuns

__all__ = [
    "COMMON_MASS",
    "DASHBOARD",
    "TailsLaw",
    "VanishingTailsReport",
    "report_vanishing_tails",
    "survivors_csv",
    "tails_law",
]

Array = NDArray[np.float64]
Bands = tuple[tuple[int, int], ...]

DASHBOARD = ("accuracy", "gini", "common", "divergence")
COMMON_MASS = 0.25  # common items: the most likely kinds that hold a quarter of the truth
_LARGEST_TABLE = 5_000_000


@dataclass(frozen=True, eq=False)
class TailsLaw:
    """What is known of the tail without sampling. Index 0 along time is the truth.

    Parameters
    ----------
    survivors : ndarray, shape (generations + 1,), or None
        Expected number of kinds alive; None where no law is known.
    exact : bool
        Whether that is exact; otherwise the branching approximation.
    gini : ndarray, or None
        Expected Gini diversity, exact, as a share of the truth's.
    ancestors : ndarray, or None
        Expected number of original data points with descendants; None where real points join.
    ancestors_exact : bool
        Whether that is exact.
    median_loss : ndarray, shape (K,), or None
        Generation by which a kind is lost in half of all runs, exactly; inf if later.
    """

    survivors: Array | None
    exact: bool
    gini: Array | None
    ancestors: Array | None
    ancestors_exact: bool
    median_loss: Array | None


@dataclass(frozen=True, eq=False)
class VanishingTailsReport:
    """What runs and law say, generation by generation. Curves have shape (generations + 1,).

    Parameters
    ----------
    runs, kinds : int
        Number of runs, and of kinds in the truth.
    mean, standard_error, median : ndarray
        Kinds alive over the runs. The error is NaN for a single run.
    own : ndarray of int
        Kinds alive in the highlighted run.
    law : TailsLaw
        What is known without sampling.
    dashboard : mapping of str to ndarray
        Usual summaries relative to the truth, averaged over the runs: the accuracy of always
        naming the most likely kind, the Gini diversity, the typical probability given to common
        items, and 1 minus the divergence as a share of the truth's entropy.
    early, late : tuple of bands
        When the collapse is early and when it is late.
    newly_missing : tuple of ndarray of int
        For each generation, the kinds that the highlighted run has just lost, common ones first.
    checked_kinds : int
        Kinds used for the order of loss; 0 where that cannot be measured here.
    loss_per_count : float
        Their median loss generation in the highlighted run, divided by their expected count.
    exact_loss_per_count : float
        The same from the law.
    percentile : float
        Where the highlighted run stands among all, 0 to 100.
    """

    runs: int
    kinds: int
    mean: Array
    standard_error: Array
    median: Array
    own: NDArray[np.int64]
    law: TailsLaw
    dashboard: Mapping[str, Array]
    early: Bands
    late: Bands
    newly_missing: tuple[NDArray[np.intp], ...]
    checked_kinds: int
    loss_per_count: float
    exact_loss_per_count: float
    percentile: float

    @property
    def known_by(self) -> str:
        """How the average is known: ``"exact"``, ``"approximation"`` or ``"simulated"``."""
        if self.law.survivors is None:
            return "simulated"
        return "exact" if self.law.exact else "approximation"

    def share_left(self, t: int) -> float:
        """Return the expected share of kinds left, or that of the runs where no law is known."""
        return float(self._best_known[t]) / self.kinds

    @property
    def _best_known(self) -> Array:
        return self.mean if self.law.survivors is None else self.law.survivors

    def errors_apart(self, t: int) -> float:
        """Return how many standard errors the runs are from the law, NaN where unknown."""
        error = self.standard_error[t]
        if self.known_by != "exact" or not error > 0.0:
            return float("nan")
        return float((self.mean[t] - self._best_known[t]) / error)

    def facts(self) -> dict[str, Any]:
        """Return what is known of the whole picture, by name."""
        ancestors = self.law.ancestors
        stages = {"early": self.early, "late": self.late}
        return {
            **{
                name: value for name, value in vars(self).items() if isinstance(value, (int, float))
            },
            **{f"{name}_first": bands[0][0] for name, bands in stages.items() if bands},
            **{f"{name}_last": bands[-1][1] for name, bands in stages.items() if bands},
            **self.facts_at(-1),
            "made": self.runs,
            "ancestors": None if ancestors is None else float(ancestors[-1]),
        }

    def facts_at(self, t: int) -> dict[str, Any]:
        """Return what is known of one generation, by name; the last one is ``-1``."""
        return {
            "generation": t % self.mean.size,
            "left": float(self.mean[t]),
            "own": int(self.own[t]),
            "error": float(self.standard_error[t]),
            "expected": float(self._best_known[t]),
            "errors": self.errors_apart(t),
            "gini": float(self.dashboard["gini"][t]),
        }


def tails_law(loop: ClosedLoop) -> TailsLaw:
    """Return what is known of a loop of categories without sampling it.

    Parameters
    ----------
    loop : ClosedLoop
        Its family is `Categorical` or `LimitedCategorical`.

    Notes
    -----
    Survivors: exact by lumping (two-type Wright-Fisher chain, Ewens 2004) while the chain is small
    enough, else the branching approximation. With fresh real points: coalescent with immigration.
    Sharpened sampling, cuts, fixed real points and sampled pools have no known law of survivors.
    """
    family = loop.family
    law = loop.exact()
    truth = float(family.variance(family.truth))
    gini = None if law.diversity is None or truth == 0.0 else law.diversity / truth
    limited = isinstance(family, LimitedCategorical) and family.limited
    recipe = loop.policy.recipe(loop.sample_size)
    plain = not recipe.fixed and not recipe.pseudo_count and recipe.real_weight is None
    if limited or loop.temperature != 1.0 or not plain:
        return TailsLaw(None, False, gini, None, False, None)
    if recipe.memory == "all":
        return TailsLaw(_seen_once(loop), True, gini, None, False, None)
    if recipe.memory != "none":
        return TailsLaw(None, False, gini, None, False, None)
    if recipe.fresh:
        return _law_with_real_points(loop, gini)
    return _law_of_the_pure_loop(loop, gini)


def _law_of_the_pure_loop(loop: ClosedLoop, gini: Array | None) -> TailsLaw:
    from collapse_core.theory.coalescent import expected_ancestors
    from collapse_core.theory.tails import (
        can_be_lost_in_half,
        expected_ancestors_approximation,
        expected_survivors,
        expected_survivors_approximation,
        is_exact_feasible,
        survival_probabilities,
    )

    truth, n, generations = loop.family.truth, loop.sample_size, loop.generations
    if not is_exact_feasible(n, generations):
        survivors = expected_survivors_approximation(truth, n, generations)
        ancestors = expected_ancestors_approximation(n, generations)
        return TailsLaw(survivors, False, gini, ancestors, False, None)
    ancestors = expected_ancestors(n, generations)
    if truth.size * (generations + 1) > _LARGEST_TABLE:
        survivors = expected_survivors(truth, n, generations)
        return TailsLaw(survivors, True, gini, ancestors, True, None)
    alive = survival_probabilities(truth, n, generations)
    dead = (alive <= 0.5) & can_be_lost_in_half(truth, n)
    median = np.where(dead.any(axis=0), dead.argmax(axis=0).astype(np.float64), np.inf)
    return TailsLaw(alive.sum(axis=1), True, gini, ancestors, True, median)


def _law_with_real_points(loop: ClosedLoop, gini: Array | None) -> TailsLaw:
    from collapse_core.theory.coalescent import expected_present_with_anchors
    from collapse_core.theory.tails import is_exact_feasible

    recipe = loop.policy.recipe(loop.sample_size)
    if recipe.synthetic == 0:
        return TailsLaw(_seen_once(loop), True, gini, None, False, None)
    # Tracing back with real points costs about three times the chain.
    if not is_exact_feasible(recipe.synthetic + recipe.fresh, 3 * loop.generations):
        return TailsLaw(None, False, gini, None, False, None)
    present = expected_present_with_anchors(
        loop.family.truth, recipe.synthetic, recipe.fresh, loop.generations
    )
    return TailsLaw(present, True, gini, None, False, None)


def _seen_once(loop: ClosedLoop) -> Array:
    """Return the kinds expected in one sample of the truth, at every generation from 1 on."""
    truth = np.minimum(loop.family.truth, 1.0)
    with np.errstate(divide="ignore"):
        seen = float(-np.expm1(loop.sample_size * np.log1p(-truth)).sum())
    survivors = np.full(loop.generations + 1, seen)
    survivors[0] = np.count_nonzero(truth)
    return survivors


def report_vanishing_tails(runs: TailRuns, law: TailsLaw) -> VanishingTailsReport:
    """Return the numbers that the sentences about vanishing tails state.

    Parameters
    ----------
    runs : TailRuns
        Sampled runs, made with ``common_mass=COMMON_MASS``.
    law : TailsLaw
        The law of the same loop, from `tails_law`.
    """
    kinds = int(np.count_nonzero(runs.truth))
    stages = collapse_stages(runs.mean("rare_survivors"), runs.mean("gini"))
    checked, measured, exact = _order_of_loss(runs, law)
    return VanishingTailsReport(
        runs=runs.replicates,
        kinds=kinds,
        mean=runs.mean("survivors"),
        standard_error=runs.standard_error("survivors"),
        median=runs.quantiles("survivors", 0.5),
        own=runs.survivors[runs.highlight],
        law=law,
        dashboard=_dashboard(runs),
        early=stages.early,
        late=stages.late,
        newly_missing=_newly_missing(runs),
        checked_kinds=checked,
        loss_per_count=measured,
        exact_loss_per_count=exact,
        percentile=runs.percentile_of(runs.highlight),
    )


def survivors_csv(runs: TailRuns, parameters: Mapping[str, object]) -> str:
    """Return the kinds left in every run as a table: one row per generation, one column per run.

    Parameters
    ----------
    runs : TailRuns
        Sampled runs.
    parameters : mapping
        Written above the table, in lines that begin with ``#``.
    """
    said = {name: " ".join(str(value).split()) for name, value in parameters.items()}
    columns = {f"run_{number}": run for number, run in enumerate(runs.survivors, start=1)}
    return table_as_csv({"generation": range(runs.generations + 1)} | columns, said)


def _dashboard(runs: TailRuns) -> dict[str, Array]:
    truth = runs.truth
    common = common_items(truth, COMMON_MASS)
    logs = np.log(truth, out=np.zeros_like(truth), where=truth > 0.0)
    best = float((truth * common) @ logs / (truth @ common))
    entropy = float(-truth @ logs)
    gini = float(runs.gini[0, 0])
    with np.errstate(invalid="ignore"):
        # A run that has lost a common item gives it the probability 0.
        likelihood = np.exp(runs.common_log_likelihood - best).mean(axis=0)
        divergence = np.nan_to_num(runs.divergence, nan=0.0).mean(axis=0)
    whole = np.ones(runs.generations + 1)
    return {
        "accuracy": runs.mean("accuracy") / float(truth.max()),
        "gini": runs.mean("gini") / gini if gini > 0.0 else whole,
        "common": likelihood,
        "divergence": np.maximum(1.0 - divergence / entropy, 0.0) if entropy > 0.0 else whole,
    }


def _newly_missing(runs: TailRuns) -> tuple[NDArray[np.intp], ...]:
    alive = runs.probabilities > 0.0
    lost = [np.array([], dtype=np.intp)]
    for before, now in pairwise(alive):
        gone = np.flatnonzero(before & ~now)
        lost.append(gone[np.argsort(-runs.truth[gone], kind="stable")])
    return tuple(lost)


def _order_of_loss(runs: TailRuns, law: TailsLaw) -> tuple[int, float, float]:
    """Return how many kinds could be watched, and their loss generation per expected count.

    Kinds with an expected count of 3 or more, and rare enough that most of them are lost before the
    end. A kind that is still alive counts as later than all; so the median is not biased.
    """
    if law.median_loss is None:
        return 0, np.nan, np.nan
    counts = runs.truth * runs.loop.sample_size
    chosen = (counts >= 3.0) & (counts <= runs.generations / 5.0) & (runs.truth <= 0.05)
    if np.count_nonzero(chosen) < 8:
        return 0, np.nan, np.nan
    measured = float(np.median(runs.loss_generation[chosen] / counts[chosen]))
    exact = float(np.median(law.median_loss[chosen] / counts[chosen]))
    if not (np.isfinite(measured) and np.isfinite(exact)):
        return 0, np.nan, np.nan
    return int(np.count_nonzero(chosen)), measured, exact
