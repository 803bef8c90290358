"""The tail of a density: every parameter of the view, the model they make, and its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from collapse_core.models.density_refit import HistogramTail, KernelTail, TailMass
from collapse_core.models.density_truth import DensityTruth, HeavyTail, SmallSecondMode
from collapse_core.topics.experiment import (
    Experiment,
    generations,
    number,
    runs,
    sample_size,
    seed,
    share,
)

__all__ = ["DensityTails", "DensityTailsReport", "report_density_tails"]

Array = NDArray[np.float64]

DensityChoice = Literal["second_mode", "heavy"]
ModelChoice = Literal["histogram", "kernel"]

MOST_BINS = 20  # between the low end of the picture and the beginning of the tail
MOST_BINS_IN_ALL = 120
MOST_KERNEL_POINTS = 2000
MOST_WORK = 1e7  # bins or kernel points of all runs and generations: a second or two


@dataclass(frozen=True)
class DensityTails(Experiment):
    """A density with a tail, refitted by a histogram or a kernel estimate.

    Parameters
    ----------
    sample_size, generations, tail_level, bandwidth, runs, seed
        See ``DensityTails.params``. A kernel estimate uses at most 2000 points.
    density : str
        ``"second_mode"``, a Gaussian with a small second hump, or ``"heavy"``, a heavy tail.
    model : str
        ``"histogram"`` or ``"kernel"``.

    Raises
    ------
    ValueError
        If a value is out of range; the message names it.
    """

    sample_size: int = sample_size(200, "Points drawn from the model before.")
    generations: int = generations(100, 200)
    tail_level: float = share(
        0.97, 0.8, 0.995, "The tail lies beyond this quantile.", symbol="q", step=0.005
    )
    bandwidth: float = number(
        0.2, 0.0, 1.0, "How far a kernel moves its copies.", symbol="h", step=0.05
    )
    density: DensityChoice = "second_mode"
    model: ModelChoice = "histogram"
    runs: int = runs(200, 1000)
    seed: int = seed()

    @property
    def points(self) -> int:
        """Points per generation that are used."""
        most = self.sample_size if self.model == "histogram" else MOST_KERNEL_POINTS
        return min(self.sample_size, most)

    def affordable_runs(self) -> int:
        """Return how many of the runs are made, so that a screen answers within seconds."""
        width = MOST_BINS_IN_ALL if self.model == "histogram" else self.points
        return min(self.runs, max(20, int(MOST_WORK / (width * self.generations))))

    def truth(self) -> DensityTruth:
        """Return the density at the start."""
        return SmallSecondMode() if self.density == "second_mode" else HeavyTail()

    def refit(self) -> HistogramTail | KernelTail:
        """Return the model with its loop."""
        truth, generations = self.truth(), self.generations
        if self.model == "histogram":
            return HistogramTail(
                truth, self._bins(truth), self.tail_level, self.points, generations
            )
        return KernelTail(truth, self.bandwidth, self.tail_level, self.points, generations)

    def _bins(self, truth: DensityTruth) -> int:
        """Return how many bins lie before the tail, few where the tail is long."""
        low, high = truth.view
        share = (truth.quantile(self.tail_level) - low) / (high - low)
        return max(2, min(MOST_BINS, int(MOST_BINS_IN_ALL * share)))


@dataclass(frozen=True, eq=False)
class DensityTailsReport:
    """What runs and law say of the tail. Curves have shape (generations + 1,).

    Parameters
    ----------
    runs : int
        Number of runs.
    mean, standard_error, median, own : ndarray
        Tail mass over the runs, and in the run that is drawn, as a share of the truth's. The
        error is NaN for a single run.
    expected : ndarray, or None
        Its exact average.
    faded : ndarray
        Share of runs with less than a tenth of the tail.
    lost : ndarray
        Share of runs without any tail.
    chance_lost : ndarray, or None
        The exact chance of that, where it is known.
    """

    runs: int
    mean: Array
    standard_error: Array
    median: Array
    own: Array
    expected: Array | None
    faded: Array
    lost: Array
    chance_lost: Array | None

    def facts_at(self, t: int) -> dict[str, float]:
        """Return what is known of one generation, by name; the last one is ``-1``."""
        curves = {
            "generation": np.arange(self.mean.size),
            "error": self.standard_error,
            **{name: value for name, value in vars(self).items() if np.ndim(value)},
        }
        return {name: values[t].item() for name, values in curves.items()}


def report_density_tails(experiment: DensityTails, tail: TailMass) -> DensityTailsReport:
    """Return the numbers of the picture.

    Parameters
    ----------
    experiment : DensityTails
        What was run; the runs hold all that is read.
    tail : TailMass
        The runs of ``experiment.refit()``.
    """
    relative = tail.mass / tail.mass[0, 0]
    runs = len(relative)
    error = np.full(relative.shape[1], np.nan)
    if runs > 1:
        error = relative.std(axis=0, ddof=1) / np.sqrt(runs)
    expected = None if np.isnan(tail.expected).any() else tail.expected / tail.expected[0]
    return DensityTailsReport(
        runs=runs,
        mean=relative.mean(axis=0),
        standard_error=error,
        median=np.median(relative, axis=0),
        own=relative[0],
        expected=expected,
        faded=(relative < 0.1).mean(axis=0),
        lost=tail.lost,
        chance_lost=tail.chance_lost,
    )
