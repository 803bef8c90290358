"""The numbers that the sentences about vanishing tails state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.lessons.table_text import table_as_csv
from collapse_core.theory.stages import collapse_stages
from collapse_core.topics.vanishing_tails.law import TailsLaw, tails_law
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
    level : int
        How many other runs end level with it.
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
    level: int

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
        gini = self.law.gini
        return {
            "generation": t % self.mean.size,
            "left": float(self.mean[t]),
            "own": int(self.own[t]),
            "error": float(self.standard_error[t]),
            "expected": float(self._best_known[t]),
            "errors": self.errors_apart(t),
            "gini": float(self.dashboard["gini"][t]),
            "expected_gini": np.nan if gini is None else float(gini[t]),
        }


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
    ends = runs.survivors[:, -1]
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
        level=int(np.count_nonzero(ends == ends[runs.highlight])) - 1,
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
