"""One generation of a model in the plane, measured and drawn small enough to keep.

Each model makes 4,000 rows that nobody is trained on; all measures but the likelihood are taken
from them, so that they can be compared whatever the size of the training sets.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from collapse_core.data.planar import LIMITS, PlanarSource
from collapse_core.measures.level_lines import level_lines
from collapse_core.measures.neighbours import precision_and_recall
from collapse_core.measures.samples import (
    Moments,
    effective_rank,
    frechet_distance,
    held_modes,
    mean_log_likelihood,
    moments_of,
)
from collapse_core.models.base import FittedModel, Report
from collapse_core.models.loop import Generation, ModelLoop
from collapse_core.streams import generator

__all__ = ["INSIDE", "MOST_DRAWN", "Birth", "ModelStep", "first_step", "next_step"]

Array = NDArray[np.float64]

JUDGED = 4000
COMPARED = 500  # of them are compared pair by pair
MOST_DRAWN = 400
GRID = 40
INSIDE = (0.9, 0.5)  # shares of what a model makes that lie inside its two lines
FAR = 1e3  # points are drawn no further away than this


class Birth(NamedTuple):
    """Where the rows of a training set come from, in counts.

    Parameters
    ----------
    real, last, older : int
        Real rows, rows of the generation before, and rows of older generations.
    """

    real: int
    last: int
    older: int

    @property
    def total(self) -> int:
        """Number of rows."""
        return sum(self)


@dataclass(frozen=True, eq=False)
class ModelStep:
    """One generation.

    Parameters
    ----------
    number : int
        0 for the truth.
    log_likelihood : float
        Average log density of held-out real points, each counted as -10 at least; NaN for a truth
        without a formula.
    held : int
        Real modes of which at least a tenth is left.
    precision, recall : float
        Share of made points that look real, and of real points that are still made.
    local, cumulative : float
        Frechet distance to the generation before (NaN for the truth), and to the truth.
    rank : float
        Effective rank of the covariance.
    spread : float
        Total variance, as a share of the truth's.
    birth : Birth
        Where the rows of the fit come from.
    cloud : ndarray, shape (points, 2)
        At most 400 of the rows that the next generation trains on.
    lines : tuple of list of ndarray
        Lines that hold 90 % and 50 % of what the model makes.
    moments : Moments
        Of the rows that are judged.
    generation : Generation
        What the next generation needs, and no more.
    """

    number: int
    log_likelihood: float
    held: int
    precision: float
    recall: float
    local: float
    cumulative: float
    rank: float
    spread: float
    birth: Birth
    cloud: Array
    lines: tuple[list[Array], ...]
    moments: Moments
    generation: Generation


def first_step(loop: ModelLoop, source: PlanarSource, seed: int) -> ModelStep:
    """Return the truth, measured like a model.

    Parameters
    ----------
    loop : ModelLoop
        The loop.
    source : PlanarSource
        Its real data.
    seed : int
        Same seed, same step.
    """
    judged = source.draw(JUDGED, generator(seed, 0, "judged rows"))
    return _step(loop.first(seed), source, judged, None)


def next_step(
    loop: ModelLoop, source: PlanarSource, last: ModelStep, seed: int, report: Report
) -> ModelStep:
    """Return the generation after another one.

    Parameters
    ----------
    loop, source, seed
        As for `first_step`.
    last : ModelStep
        The generation before.
    report : callable
        Is told how much of the fit is done, 0 to 1.
    """
    generation = loop.following(last.generation, seed, report)
    assert generation.fitted is not None
    judged = generation.fitted.sample(JUDGED, generator(seed, generation.number, "judged rows"))
    return _step(generation, source, judged, last)


def _step(
    generation: Generation, source: PlanarSource, judged: Array, last: ModelStep | None
) -> ModelStep:
    own, truth = moments_of(judged), moments_of(source.reference)
    real = source.reference[:COMPARED]
    looks = precision_and_recall(real, judged[: len(real)])
    held_out = _log_density(generation.fitted, source, source.held_out)
    return ModelStep(
        number=generation.number,
        log_likelihood=float("nan") if held_out is None else mean_log_likelihood(held_out),
        held=held_modes(source.modes.shares(judged), source.expected_shares),
        precision=looks.precision,
        recall=looks.recall,
        local=float("nan") if last is None else frechet_distance(last.moments, own),
        cumulative=frechet_distance(truth, own),
        rank=effective_rank(own.covariance),
        spread=float(np.trace(own.covariance) / np.trace(truth.covariance)),
        birth=_birth(generation),
        cloud=np.clip(generation.made[:MOST_DRAWN], -FAR, FAR),
        lines=_lines(generation.fitted, source, judged[:COMPARED]),
        moments=own,
        generation=_light(generation),
    )


def _log_density(fitted: FittedModel | None, source: PlanarSource, rows: Array) -> Array | None:
    """Return the log density of the model, or of the truth."""
    return source.log_density(rows) if fitted is None else fitted.log_density(rows)


def _lines(
    fitted: FittedModel | None, source: PlanarSource, made: Array
) -> tuple[list[Array], ...]:
    places = np.linspace(*LIMITS, GRID)
    grid = np.stack(np.meshgrid(places, places), axis=-1).reshape(-1, 2)
    logs = _log_density(fitted, source, np.concatenate([grid, made]))
    if logs is None or np.isposinf(logs).any():
        return tuple([] for _ in INSIDE)
    heights, own = logs[: len(grid)].reshape(GRID, GRID), logs[len(grid) :]
    levels = np.quantile(own, 1.0 - np.array(INSIDE))
    return tuple(level_lines(heights, places, float(level)) for level in levels)


def _birth(generation: Generation) -> Birth:
    real = int(np.count_nonzero(generation.born == 0))
    last = generation.number - 1
    newest = int(np.count_nonzero(generation.born == last)) if last > 0 else 0
    return Birth(real, newest, len(generation.born) - real - newest)


def _light(generation: Generation) -> Generation:
    """Return a generation without what the next one does not ask for."""
    none = slice(0, 0)
    rows, born = generation.rows[none], generation.born[none]
    return replace(generation, rows=rows, born=born, fitted=None)
