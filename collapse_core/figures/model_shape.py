"""The density or the chances of a one-dimensional model beside the truth's: lines, or bars.

Each model of a run becomes a change of one trace, on axes that are fixed for the whole run. Bars
are drawn as one outline, which moves more smoothly than Plotly's own bars.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.families import Bernoulli, Binomial, Family
from collapse_core.families.quadratic_variance import CountFamily
from collapse_core.figures.panel import rounded
from collapse_core.trajectory import Trajectory

__all__ = ["ModelShape", "model_shape"]

Array = NDArray[np.float64]

MOST_BARS = 24
LINE_POINTS = 49
REACH = 4.0
WIDEST = 6.0


@dataclass(frozen=True)
class ModelShape:
    """What is drawn of the models of one run.

    Parameters
    ----------
    bars : bool
        Whether the points are counts.
    width : float
        Counts per bar.
    x : tuple of float
        Ends of the horizontal axis.
    top : float
        End of the vertical axis.
    truth : dict
        Coordinates of the truth's outline.
    models : list of dict
        What changes at each generation, index 0 being the truth.
    """

    bars: bool
    width: int
    x: tuple[float, float]
    top: float
    truth: dict[str, list[float]]
    models: list[dict[str, list[float]]]


def model_shape(paths: Trajectory, run: int) -> ModelShape:
    """Return the outlines of the truth and of every model of a run.

    Parameters
    ----------
    paths : Trajectory
        Runs of a family with one-dimensional points: counts, normal numbers, or numbers above 0
        with a density.
    run : int
        Number of the run.

    Raises
    ------
    ValueError
        If the family is of no such kind.
    """
    family, states = paths.loop.family, paths.mean[run]
    if isinstance(family, Bernoulli):
        family = Binomial(1, family.share)  # the same counts, 0 and 1
    if isinstance(family, CountFamily):
        return _bars(family, states)
    places = family.normal_places(states)
    if places is not None:
        return _bells(*places)
    if states.ndim == 1 and family.lowest == 0.0:
        return _slopes(family, states)
    raise ValueError(f"family={family!r} has no shape to draw: use a one-dimensional family.")


def _bars(family: CountFamily, states: Array) -> ModelShape:
    truth = float(family.truth)
    spread = float(np.sqrt(family.variance(family.truth)))
    largest = float(np.nanmin([np.nanmax(states), WIDEST * (truth + spread)]))
    reach = max(truth, largest) + REACH * float(np.sqrt(family.variance(np.asarray(largest))))
    last = int(min(np.ceil(max(reach, 1.0)), family.highest))
    width = -(-(last + 1) // MOST_BARS)
    count = -(-(last + 1) // width)
    starts = np.arange(count) * width
    counts = np.arange(count * width, dtype=np.float64)
    centers = starts + (width - 1) / 2.0
    outline = np.column_stack([centers + side * 0.42 * width for side in (-1, -1, 1, 1)]).ravel()

    def heights(mean: float) -> list[float]:
        if not np.isfinite(mean):
            return [0.0] * outline.size
        chances = np.add.reduceat(family.density(mean, counts), starts)
        raised = np.column_stack([0.0 * chances, chances, chances, 0.0 * chances]).ravel()
        return rounded(raised)

    half = 0.5 * width
    return ModelShape(
        True,
        width,
        (float(centers[0] - 1.2 * half), float(centers[-1] + 1.2 * half)),
        1.04,
        {"x": rounded(outline, 6), "y": heights(truth)},
        [{"y": heights(mean)} for mean in states.tolist()],
    )


def _slopes(family: Family, states: Array) -> ModelShape:
    """Positive numbers: a grid that is finer towards 0, where the models go."""
    truth = float(family.truth)
    spread = float(np.sqrt(family.variance(family.truth)))
    first = truth + REACH * spread
    last = float(np.clip(np.nanmax(states) * first / truth * 0.6, first, WIDEST * first))
    grid = last * (np.arange(1, LINE_POINTS + 1) / LINE_POINTS) ** 2
    shape = family.density(truth, grid)
    top = 2.5 * float(shape[grid > 0.01 * last].max())

    def heights(mean: float) -> list[float]:
        values = np.zeros(grid.size)
        if 0.3 * grid[0] < mean < np.inf:
            values = family.density(mean, grid)
        elif mean < np.inf:
            values[:2] = 1.2 * top, 0.0  # all of it lies left of the first grid point
        return rounded(np.minimum(values, 1.2 * top))

    return ModelShape(
        False,
        1,
        (0.0, last),
        top,
        {"x": rounded(grid, 5), "y": heights(truth)},
        [{"y": heights(mean)} for mean in states.tolist()],
    )


def _bells(centers: Array, deviations: Array) -> ModelShape:
    """Normal numbers: the grid goes with the model, wherever that wanders."""
    center, deviation = float(centers[0]), float(deviations[0])
    reach = center + np.array([-REACH, REACH]) * deviation
    wander = np.concatenate([centers - 2.0 * deviations, centers + 2.0 * deviations])
    widest = WIDEST * REACH * deviation
    wander = np.clip(wander[np.isfinite(wander)], center - widest, center + widest)
    low, high = min(reach[0], wander.min()), max(reach[1], wander.max())
    steps = np.linspace(-REACH, REACH, 41)
    bell = np.exp(-0.5 * steps**2) / np.sqrt(2.0 * np.pi)
    top = 2.5 * float(bell.max()) / deviation
    narrowest = (high - low) / 600.0

    def outline(center: float, deviation: float) -> dict[str, list[float]]:
        width = min(max(deviation, narrowest), 1e6 * (high - low))
        heights = np.minimum(bell / width, 1.2 * top)
        return {"x": rounded(center + steps * width, 5), "y": rounded(heights)}

    models = [outline(*pair) for pair in zip(centers.tolist(), deviations.tolist(), strict=True)]
    return ModelShape(False, 1, (float(low), float(high)), top, models[0], models)
