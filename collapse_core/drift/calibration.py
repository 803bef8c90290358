"""How often the monitor is wrong: series of which it is known whether anything happens in them.

`benchmarks/drift_calibration.py` runs all of these and keeps what it finds in ``calibration.json``;
`recorded` reads it.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_whole_number
from collapse_core.drift.monitoring import Monitoring, monitoring
from collapse_core.streams import generator

__all__ = [
    "SCENARIOS",
    "Found",
    "Scenario",
    "Series",
    "first_events",
    "recorded",
    "run_scenario",
    "summary",
]

Array = NDArray[np.float64]

ROWS, COLUMNS = 200, 5
STEP = 0.08  # standard deviations that a drifting mean goes per generation
COPIES, APART = 5, 0.1  # near-copies in a group, and how far they are from each other
FILE = Path(__file__).with_name("calibration.json")


class Series(NamedTuple):
    """Generations, and a reference or groups where the scenario has them."""

    generations: list[Array]
    reference: list[Array] | None = None
    groups: list[NDArray[np.int64]] | None = None


@dataclass(frozen=True)
class Scenario:
    """A kind of series.

    Parameters
    ----------
    name : str
        Key of its results.
    make : callable
        Makes a series of so many generations after the first.
    generations : int
        How many after the first.
    healthy : bool
        Whether nothing happens in it, so that every alarm is false.
    """

    name: str
    make: Callable[[np.random.Generator, int], Series]
    generations: int
    healthy: bool

    @property
    def key(self) -> str:
        """Name and length."""
        return f"{self.name}, {self.generations} generations"


class Found(NamedTuple):
    """In which generation the monitor first said something in one series; None for never."""

    alarm: int | None
    collapse: int | None


# ---------------------------------------------------------------------------------- the series


def gaussian(rng: np.random.Generator, generations: int) -> Series:
    """Return a series in which nothing happens: normal rows."""
    return Series([rng.standard_normal((ROWS, COLUMNS)) for _ in range(generations + 1)])


def heavy_tailed(rng: np.random.Generator, generations: int) -> Series:
    """Return a series in which nothing happens: Student's t with 3 degrees of freedom."""
    return Series([rng.standard_t(3.0, (ROWS, COLUMNS)) for _ in range(generations + 1)])


def clustered(rng: np.random.Generator, generations: int) -> Series:
    """Return a series in which nothing happens: five clusters of unequal size."""
    middles = 3.0 * rng.standard_normal((5, COLUMNS))
    shares = np.array([0.4, 0.3, 0.15, 0.1, 0.05])
    return Series(
        [
            middles[rng.choice(5, ROWS, p=shares)] + 0.5 * rng.standard_normal((ROWS, COLUMNS))
            for _ in range(generations + 1)
        ]
    )


def near_copies(rng: np.random.Generator, generations: int) -> Series:
    """Return a series in which nothing happens: rows in groups of five near-copies."""
    made = []
    for _ in range(generations + 1):
        middles = np.repeat(rng.standard_normal((ROWS // COPIES, COLUMNS)), COPIES, axis=0)
        made.append(middles + APART * rng.standard_normal(middles.shape))
    return Series(made, groups=[np.arange(ROWS) // COPIES] * (generations + 1))


def few_rows(rng: np.random.Generator, generations: int) -> Series:
    """Return a series in which nothing happens: 60 rows of 30 columns, on reduced axes."""
    return Series([rng.standard_normal((60, 30)) for _ in range(generations + 1)])


def retrained(rng: np.random.Generator, generations: int) -> Series:
    """Return a collapse: each generation is drawn from a normal law fitted to the one before."""
    made = [rng.standard_normal((ROWS, COLUMNS))]
    for _ in range(generations):
        mean, covariance = made[-1].mean(axis=0), np.cov(made[-1].T, bias=True)
        factor = np.linalg.cholesky(covariance)
        made.append(mean + rng.standard_normal((ROWS, COLUMNS)) @ factor.T)
    return Series(made)


def drifting(rng: np.random.Generator, generations: int) -> Series:
    """Return a change of the world: the mean goes 0.08 standard deviations per generation."""
    series = gaussian(rng, generations).generations
    return Series([rows + STEP * number for number, rows in enumerate(series)])


def drifting_with_reference(rng: np.random.Generator, generations: int) -> Series:
    """Return the same change of the world, with fresh real rows of each generation."""
    made, real = (drifting(rng, generations).generations for _ in range(2))
    return Series(made, reference=real)


def retrained_with_reference(rng: np.random.Generator, generations: int) -> Series:
    """Return the same collapse, with fresh real rows of each generation."""
    made = retrained(rng, generations).generations
    return Series(made, reference=gaussian(rng, generations).generations)


SCENARIOS = (
    *(
        Scenario(make.__name__, make, generations, make in (gaussian, heavy_tailed, clustered))
        for generations in (8, 20)
        for make in (gaussian, heavy_tailed, clustered, retrained, drifting)
    ),
    Scenario("near_copies", near_copies, 8, True),
    Scenario("few_rows", few_rows, 8, True),
    Scenario("drifting_with_reference", drifting_with_reference, 8, True),
    Scenario("retrained_with_reference", retrained_with_reference, 8, False),
)


# ---------------------------------------------------------------------------------- what is found


def first_events(series: Series, false_alarm: float = 0.05, seed: int = 0) -> Found:
    """Return what the monitor first says of a series, without anything that it need not know.

    A step is only compared with the one before where the distance from the beginning is beyond
    chance, and neighbours are not looked at: so it takes a fraction of the time of `monitor`.
    """
    work = monitoring(series.generations, series.reference, seed, false_alarm, groups=series.groups)
    return _first_events(work)


def _first_events(work: Monitoring) -> Found:
    alarm = collapse = None
    for number in range(1, work.total + 1):
        step = work.judged(number, local=False, nearby=False)
        if not step.differs(work.level):
            continue
        if alarm is None and work.with_local(step).quiet:
            alarm = number
        if collapse is None and step.contracts(work.level):
            collapse = number
    return Found(alarm, collapse)


def run_scenario(scenario: Scenario, seeds: int, first_seed: int = 0) -> list[Found]:
    """Return what is found in so many series of one kind.

    Parameters
    ----------
    scenario : Scenario
        The kind.
    seeds : int
        How many series, at least 1. More series leave the first ones as they are.
    first_seed : int
        Seed of the first one.
    """
    seeds = check_whole_number("seeds", seeds, 1, 10**5)
    found = []
    for seed in range(first_seed, first_seed + seeds):
        rng = generator(seed, scenario.generations, f"calibration: {scenario.name}")
        found.append(first_events(scenario.make(rng, scenario.generations), seed=seed))
    return found


def summary(scenario: Scenario, found: Sequence[Found]) -> dict[str, Any]:
    """Return shares with their standard errors, and the median of the first alarms."""
    said: dict[str, Any] = {
        "generations": scenario.generations,
        "healthy": scenario.healthy,
        "series": len(found),
    }
    for name in Found._fields:
        firsts = [value for each in found if (value := getattr(each, name)) is not None]
        share = len(firsts) / len(found)
        error = math.sqrt(share * (1.0 - share) / len(found))
        said |= {name: share, f"{name}_error": round(error, 4)}
        said[f"{name}_median_first"] = float(np.median(firsts)) if firsts else None
    return said


@lru_cache(maxsize=1)
def recorded() -> dict[str, Any]:
    """Return what was found by ``python -m benchmarks.drift_calibration``.

    Keys are ``"made"``, with date, seeds and versions, and ``"scenarios"``: for each the share of
    series with an alarm and with a collapse, their standard errors and median first generations.
    """
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found
