"""What a run of a listening network amounts to: how it ends, and which images lose first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from collapse_core.lessons.table_text import table_as_csv
from collapse_core.markov import Regime, regime_of_runs
from collapse_core.measures.image_pair import IMAGE_SETS
from collapse_core.measures.monte_carlo import wilson_interval
from collapse_core.topics.network.question import STARTS, ListeningNetwork
from collapse_core.topics.network.steps import MEASURES, NetworkStep, course

__all__ = [
    "LostFirst",
    "as_long",
    "both_sets",
    "loses_first",
    "regime_of",
    "to_csv",
]

Array = NDArray[np.float64]

LEAST_STEPS = 6
COMPARED = ("different", "kept", "apart", "spread", "rank")


def regime_of(steps: Sequence[NetworkStep]) -> Regime | None:
    """Return how the loop seems to end, by the code of *Mixer and squeeze*; None if too early."""
    if len(steps) < LEAST_STEPS:
        return None
    runs = np.array([step.rows for step in steps])
    return regime_of_runs(course(steps, "apart"), runs)


@dataclass(frozen=True)
class LostFirst:
    """One measure of both sets at the last step, and what it says.

    Parameters
    ----------
    measure : str
        One of those compared.
    values : dict
        By set.
    intervals : dict
        95 % intervals by set, where the measure is a share of independent images.
    first : str
        Which set lost more, or "alike".
    """

    measure: str
    values: dict[str, float]
    intervals: dict[str, tuple[float, float]]
    first: str


def both_sets(asked: ListeningNetwork, passes: int) -> dict[str, ListeningNetwork]:
    """Return the same loop for both sets of images."""
    return {name: replace(asked, images=name, generations=passes) for name in IMAGE_SETS}  # type: ignore[arg-type]


def loses_first(runs: dict[str, Sequence[NetworkStep]]) -> list[LostFirst]:
    """Return by each measure which set has lost more by its last step.

    Parameters
    ----------
    runs : dict
        Steps of both sets, by name.
    """
    found = []
    for measure in COMPARED:
        values = {}
        for name, steps in runs.items():
            start = getattr(steps[0], measure)
            values[name] = float(getattr(steps[-1], measure)) / (start or 1.0)
        intervals = {}
        if measure == "kept":
            for name, value in values.items():
                low, high = wilson_interval(np.array([round(value * STARTS)]), STARTS)
                intervals[name] = (float(low[0]), float(high[0]))
        found.append(LostFirst(measure, values, intervals, _first(values, intervals)))
    return found


def _first(values: dict[str, float], intervals: dict[str, tuple[float, float]]) -> str:
    digits, photographs = (values[name] for name in IMAGE_SETS)
    if intervals:
        (low, high), (other_low, other_high) = (intervals[name] for name in IMAGE_SETS)
        if low <= other_high and other_low <= high:
            return "alike"
    elif abs(digits - photographs) < 0.03:
        return "alike"
    return "photographs" if photographs < digits else "digits"


def to_csv(
    asked: ListeningNetwork,
    steps: Sequence[NetworkStep],
    name: str = "",
    others: Sequence[NetworkStep] = (),
) -> str:
    """Return every number of a run as a table, with all settings in its header.

    Parameters
    ----------
    asked : ListeningNetwork
        The settings.
    steps : sequence of NetworkStep
        Its steps so far.
    name : str
        What the other loop's columns are called.
    others : sequence of NetworkStep
        Those of the other loop that is shown beside it.
    """
    table = {"generation": range(len(steps))} | {each: course(steps, each) for each in MEASURES}
    if others:
        table |= {f"{name}_{each}": as_long(course(others, each), len(steps)) for each in MEASURES}
    return table_as_csv(table, asked.settings())


def as_long(values: Array, length: int) -> Array:
    """Return the first of some values, and NaN for those that are not computed yet."""
    return np.pad(values[:length], (0, max(0, length - len(values))), constant_values=np.nan)
