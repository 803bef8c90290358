"""The numbers that the sentences about two colours state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.law import Law
from collapse_core.measures.monte_carlo import standard_errors_apart
from collapse_core.theory.two_colours import AbsorptionTimes, absorption_times
from collapse_core.trajectory import Trajectory

__all__ = ["AbsorptionTimes", "TwoColoursReport", "lifetimes", "report_two_colours"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class TwoColoursReport:
    """What runs and law say, generation by generation. Arrays have shape (generations + 1,).

    Parameters
    ----------
    runs : int
        Number of runs.
    highlighted : int
        Number of the run that is followed.
    lost : ndarray of int
        Runs without blue in each generation.
    chance : ndarray, or None
        Chance of that, from the law.
    chance_exact : bool
        Whether that chance is exact.
    errors_apart : ndarray, or None
        How far the runs are from the chance, in standard errors.
    mean : ndarray
        Share of blue, averaged over all runs.
    expected : ndarray, or None
        Its expectation, from the law.
    expected_exact : bool
        Whether that expectation is exact.
    share : ndarray
        Share of blue in the highlighted run.
    first_lost, first_taken_over : int, or None
        When the highlighted run first had no blue, and only blue.
    percentile : float
        Where the highlighted run ends among all runs, 0 to 100.
    level : int
        How many other runs end with the same share.
    censored : int
        Runs that still have blue at the end.
    diversity, expected_diversity : float, or None
        Average p(1-p) at the end, as a share of the truth's; from the runs and from the law.
    """

    runs: int
    highlighted: int
    lost: NDArray[np.int64]
    chance: Array | None
    chance_exact: bool
    errors_apart: Array | None
    mean: Array
    expected: Array | None
    expected_exact: bool
    share: Array
    first_lost: int | None
    first_taken_over: int | None
    percentile: float
    level: int
    censored: int
    diversity: float | None
    expected_diversity: float | None

    @property
    def stays(self) -> bool:
        """Whether the expected share at the end is that of the truth."""
        return self.expected is not None and abs(float(self.expected[-1] - self.expected[0])) < 1e-9

    def facts(self) -> dict[str, Any]:
        """Return what is known of the whole picture, by name."""
        names = ("runs", "first_lost", "first_taken_over", "percentile", "level", "censored")
        return {name: getattr(self, name) for name in names} | {
            "generations": self.mean.size - 1,
            "lost_at_end": float(self.lost[-1]) / self.runs,
            "diversity": self.diversity,
            "expected_diversity": self.expected_diversity,
        }

    def facts_at(self, t: int) -> dict[str, Any]:
        """Return what is known of one generation, by name."""
        known = {"chance": self.chance, "errors": self.errors_apart, "expected": self.expected}
        if self.chance is not None:
            known["chance_error"] = np.sqrt(self.chance * (1.0 - self.chance) / self.runs)
        return {
            "t": t,
            "lost": int(self.lost[t]),
            "lost_share": float(self.lost[t]) / self.runs,
            "mean": float(self.mean[t]),
            "share": float(self.share[t]),
            **{name: float(values[t]) for name, values in known.items() if values is not None},
        }


def report_two_colours(paths: Trajectory, law: Law, highlighted: int) -> TwoColoursReport:
    """Return the numbers that the sentences about two colours state.

    Parameters
    ----------
    paths : Trajectory
        Runs of a Bernoulli family.
    law : Law
        The law of the same loop.
    highlighted : int
        Number of the run that is followed.
    """
    lost = paths.lost.sum(axis=0)
    share = paths.mean[highlighted]
    truth = float(paths.diversity[0, 0])
    apart = None if law.lost is None else standard_errors_apart(lost, paths.replicates, law.lost)
    return TwoColoursReport(
        runs=paths.replicates,
        highlighted=highlighted,
        lost=lost,
        chance=law.lost,
        chance_exact=law.is_exact("lost"),
        errors_apart=apart,
        mean=paths.mean.mean(axis=0),
        expected=law.mean,
        expected_exact=law.is_exact("mean"),
        share=share,
        first_lost=_first(share == 0.0),
        first_taken_over=_first(share == 1.0),
        percentile=paths.percentile_of(highlighted),
        level=paths.level_with(highlighted),
        censored=int(np.count_nonzero(paths.loss_times().censored)),
        diversity=float(paths.diversity[:, -1].mean()) / truth if truth else None,
        expected_diversity=(
            float(law.diversity[-1]) / truth if truth and law.diversity is not None else None
        ),
    )


def lifetimes(sample_size: int, share: float, temperature: float = 1.0) -> AbsorptionTimes:
    """Return how long two colours live together without real points, exactly.

    Parameters
    ----------
    sample_size : int
        Points per generation.
    share : float
        Share of blue in the truth.
    temperature : float
        Sampling temperature; 1 for none.
    """
    return absorption_times(sample_size, share, temperature)


def _first(reached: NDArray[np.bool_]) -> int | None:
    return int(reached.argmax()) if reached.any() else None
