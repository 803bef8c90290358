"""Three neighbours of collapse, made by the same loop: forgetting, drift, overfitting.

Each is a loop of sampling and refitting in which one thing differs from model collapse. In
*collapse* the data is what the model before made. In *catastrophic forgetting* all data is real,
but two tasks come one after the other. In *data drift* all data is real, but the world moves. In
*overfitting* there is one real sample, and the capacity of the model grows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.families import Categorical
from collapse_core.loop import ClosedLoop
from collapse_core.policies import Policy, RealFraction, Replace
from collapse_core.theory.tails import zipf_probabilities

__all__ = ["Neighbours", "collapse_neighbours"]

Array = NDArray[np.float64]

KINDS, POINTS, GENERATIONS, RUNS = 100, 200, 30, 40
FLOOR = 0.01  # share of the model that is spread evenly, so that no new point is impossible
ONLY_REAL = RealFraction(1.0)


@dataclass(frozen=True, eq=False)
class Neighbours:
    """Four contrasts, averaged over runs. Curves over time have shape (generations + 1,).

    Parameters
    ----------
    known : ndarray
        Collapse: share of the kinds that the model knows.
    first_task, second_task, together : ndarray
        Forgetting: share of each task's kinds that is known when the second task comes after the
        first, and share of the first task's kinds when both are shown at once.
    today, yesterday : ndarray
        Drift: agreement (1 minus total variation) of the model refitted in each generation, and of
        the first model, with the world of today.
    capacity : ndarray, shape (capacities,)
        Overfitting: how many kinds the model tells apart.
    old_data, new_data : ndarray, shape (capacities,)
        Average log likelihood, in nats, of the sample it learned from and of new points.
    """

    known: Array
    first_task: Array
    second_task: Array
    together: Array
    today: Array
    yesterday: Array
    capacity: NDArray[np.int64]
    old_data: Array
    new_data: Array

    @property
    def best_capacity(self) -> int:
        """Capacity at which new data fits best."""
        return int(self.capacity[self.new_data.argmax()])

    def facts(self) -> dict[str, float]:
        """Return what is known at the end of each contrast, by name."""
        ends = {name: float(curve[-1]) for name, curve in vars(self).items()}
        return ends | {"best_capacity": self.best_capacity}


def collapse_neighbours(seed: int) -> Neighbours:
    """Run the four contrasts.

    Parameters
    ----------
    seed : int
        0 to 2**32 - 1.
    """
    truth = zipf_probabilities(KINDS, 1.0)
    collapse = _models(truth, Replace(), GENERATIONS, seed)
    first, second, together = _forgetting(truth, seed)
    today, yesterday = _drift(truth, seed)
    capacity, old_data, new_data = _overfitting(truth, seed)
    return Neighbours(
        _known(collapse), first, second, together, today, yesterday, capacity, old_data, new_data
    )


def _models(truth: Array, policy: Policy, generations: int, seed: int) -> Array:
    """Return the models of all runs, shape (runs, generations + 1, kinds)."""
    loop = ClosedLoop(Categorical(tuple(truth.tolist())), policy, POINTS, generations)
    return loop.simulate(RUNS, seed).mean


def _known(models: Array, kinds: slice = slice(None)) -> Array:
    return np.asarray((models[..., kinds] > 0.0).mean(axis=(0, 2)))


def _forgetting(truth: Array, seed: int) -> tuple[Array, Array, Array]:
    half = KINDS // 2
    first, second = np.zeros(KINDS), np.zeros(KINDS)
    first[0::2], second[1::2] = truth[:half], truth[:half]
    first, second = first / first.sum(), second / second.sum()
    steps = GENERATIONS // 2
    before = _models(first, ONLY_REAL, steps, seed)
    after = _models(second, ONLY_REAL, GENERATIONS - steps, seed + 1 & 0xFFFFFFFF)
    models = np.concatenate([before, after[:, 1:]], axis=1)
    mixed = _models((first + second) / 2.0, ONLY_REAL, GENERATIONS, seed)
    own, other = slice(0, None, 2), slice(1, None, 2)
    return _known(models, own), _known(models, other), _known(mixed, own)


def _drift(truth: Array, seed: int) -> tuple[Array, Array]:
    today, yesterday = [1.0], [1.0]
    first: Array | None = None
    for generation in range(1, GENERATIONS + 1):
        world = np.roll(truth, generation - 1)
        model = _models(world, ONLY_REAL, 1, seed + generation & 0xFFFFFFFF)[:, 1]
        first = model if first is None else first
        today.append(_agreement(model, world))
        yesterday.append(_agreement(first, world))
    return np.array(today), np.array(yesterday)


def _agreement(models: Array, world: Array) -> float:
    return float(1.0 - np.abs(models - world).sum(axis=1).mean() / 2.0)


def _overfitting(truth: Array, seed: int) -> tuple[NDArray[np.int64], Array, Array]:
    samples = _models(truth, ONLY_REAL, 1, seed)[:, 1]
    order = np.argsort(-samples, axis=1, kind="stable")
    ordered = np.take_along_axis(samples, order, axis=1)
    real = truth[order]
    capacity = np.arange(1, KINDS + 1)
    old, new = [], []
    for kept in capacity.tolist():
        model = ordered.copy()
        if kept < KINDS:
            model[:, kept:] = model[:, kept:].mean(axis=1, keepdims=True)
        logs = np.log((1.0 - FLOOR) * model + FLOOR / KINDS)
        old.append(float((ordered * logs).sum(axis=1).mean()))
        new.append(float((real * logs).sum(axis=1).mean()))
    return capacity, np.array(old), np.array(new)
