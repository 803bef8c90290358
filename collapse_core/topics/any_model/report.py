"""The numbers that the sentences about any model state, measured and, where known, exact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.data.planar import LIMITS, EightGaussians, ThreeBlobs
from collapse_core.lessons.table_text import table_as_csv
from collapse_core.measures.samples import HELD_SHARE
from collapse_core.topics.any_model.question import AnyModel
from collapse_core.topics.any_model.steps import ModelStep

__all__ = [
    "AnyModelReport",
    "expected_held",
    "expected_spread",
    "measured",
    "report_any_model",
    "steps_as_csv",
]

Array = NDArray[np.float64]

LARGEST_CHAIN = 500
MEASURES = (
    "log_likelihood",
    "held",
    "precision",
    "recall",
    "local",
    "cumulative",
    "rank",
    "spread",
)
BIRTHS = ("born_real", "born_last", "born_older")


@dataclass(frozen=True, eq=False)
class AnyModelReport:
    """What is computed so far, beside what is known exactly.

    Parameters
    ----------
    experiment : AnyModel
        What was asked.
    steps : sequence of ModelStep
        What is computed so far, the truth first.
    expected_spread : ndarray, shape (generations + 1,), or None
        Exact average of the spread over all runs, where it is known.
    expected_held : ndarray, shape (generations + 1,), or None
        Exact average of the number of modes left if labels alone were copied.
    """

    experiment: AnyModel
    steps: Sequence[ModelStep]
    expected_spread: Array | None
    expected_held: Array | None

    @property
    def done(self) -> int:
        """Number of generations computed so far."""
        return len(self.steps) - 1

    def facts(self) -> dict[str, Any]:
        """Return what is known of the settings, and of the last generation, by name."""
        asked = self.experiment
        return self.facts_at(self.done) | {
            "done": self.done,
            "generations": asked.generations,
            "sample_size": asked.sample_size,
            "points": len(self.steps[-1].cloud),
            "held_out": len(asked.source().held_out),
            "own_points": 0 if asked.own is None else len(asked.own.training),
        }

    def facts_at(self, number: int) -> dict[str, Any]:
        """Return what is measured and known at one generation, by name."""
        step, held, spread = self.steps[number], self.expected_held, self.expected_spread
        outside = (np.abs(step.cloud) > LIMITS[1]).any(axis=1).mean()
        return {name: getattr(step, name) for name in MEASURES} | {
            "number": number,
            "generation": number,
            "before": number - 1,
            "modes": self.experiment.source().modes.count,
            "outside": float(outside),
            "expected_held": None if held is None else float(held[number]),
            "expected_spread": None if spread is None else float(spread[number]),
            "rows": step.birth.total,
            **dict(zip(BIRTHS, step.birth, strict=True)),
        }

    def column(self, name: str) -> list[Any] | None:
        """Return one fact over the generations, None where it is not known."""
        values = [self.facts_at(number)[name] for number in range(len(self.steps))]
        return None if values[0] is None else values


def report_any_model(experiment: AnyModel, steps: Sequence[ModelStep]) -> AnyModelReport:
    """Return the numbers beside the steps.

    Parameters
    ----------
    experiment : AnyModel
        What was asked.
    steps : sequence of ModelStep
        What is computed so far, the truth first.
    """
    return AnyModelReport(experiment, steps, expected_spread(experiment), expected_held(experiment))


def measured(steps: Sequence[ModelStep], name: str) -> Array:
    """Return one measure over the steps, shape (steps,).

    Parameters
    ----------
    steps : sequence of ModelStep
        From the truth on.
    name : str
        A number of `ModelStep`.
    """
    return np.array([getattr(step, name) for step in steps], dtype=np.float64)


def expected_spread(experiment: AnyModel) -> Array | None:
    """Return the exact average over all runs of the total variance, as a share of the truth's.

    It is known for one Gaussian (as on the page of the bell curve, without its floor of any kind)
    and for a kernel of fixed bandwidth h, whatever the truth: the fit copies the covariance of n
    points (divisor n), and the kernel adds h^2 to each coordinate. With n synthetic and k fresh
    real points, N = n + k, the average V of the variance and that of the squared error B of the
    mean follow

        V' = (n V + k V*)/N + n k B/N^2 - (n V + k V*)/N^2 + d h^2
        B' = (n/N)^2 B + (n V + k V*)/N^2

    None where it is not known. Derived for this project; the kernel's case without real points is
    `KernelRefit`.
    """
    recipe = experiment.build_policy().recipe(experiment.sample_size)
    gaussian = experiment.model == "pca" or (
        experiment.model == "mixture" and experiment.components == 1
    )
    simple = recipe.memory == "none" and not recipe.fixed and experiment.data != "own"
    if not simple or not (gaussian or experiment.model == "kernel"):
        return None
    truth = float(experiment.source().reference.var(axis=0).sum())
    blur = 0.0 if gaussian else 2.0 * experiment.bandwidth**2
    synthetic, real = recipe.synthetic, recipe.fresh
    total = synthetic + real
    spread, error = [truth], 0.0
    for _ in range(experiment.generations):
        both = synthetic * spread[-1] + real * truth
        within = both / total + synthetic * real * error / total**2 - both / total**2
        error = (synthetic / total) ** 2 * error + both / total**2
        spread.append(within + blur)
    return np.array(spread) / truth


def expected_held(experiment: AnyModel) -> Array | None:
    """Return the exact average number of modes left if the mixture copied labels alone.

    A mixture whose Gaussians stay at their places is a jar of coloured marbles: the share of each
    mode is a chain of its own, as on the page of the two colours. A mode counts as left by the same
    rule: at least a tenth of its share. None unless a mixture with enough Gaussians learns data
    made of Gaussians, with synthetic and fresh real points, at most 500 of them.
    """
    source = experiment.source()
    recipe = experiment.build_policy().recipe(experiment.sample_size)
    if (
        not isinstance(source, EightGaussians | ThreeBlobs)
        or experiment.model != "mixture"
        or experiment.components < source.modes.count
        or recipe.memory != "none"
        or recipe.fixed
        or not 0 < recipe.synthetic <= LARGEST_CHAIN
        or recipe.fresh > LARGEST_CHAIN
    ):
        return None
    shares = tuple(source.parts()[0].tolist())
    return _labels_left(recipe.synthetic, recipe.fresh, experiment.generations, shares)


@lru_cache(maxsize=64)
def _labels_left(
    sample_size: int, anchors: int, generations: int, shares: tuple[float, ...]
) -> Array:
    from collapse_core.theory.two_colours import share_law

    left = np.zeros(generations + 1)
    for share in sorted(set(shares)):
        law = share_law(sample_size, share, generations, anchors=anchors)
        held = law.shares >= HELD_SHARE * share * (1.0 - 1e-9)
        left += shares.count(share) * law.probability[:, held].sum(axis=1)
    left[0] = len(shares)
    return left


def steps_as_csv(experiment: AnyModel, steps: Sequence[ModelStep]) -> str:
    """Return the measures as a table of text: every parameter, then one row per generation.

    Parameters
    ----------
    experiment : AnyModel
        What was asked.
    steps : sequence of ModelStep
        What is computed, the truth first.
    """
    named = {
        "data": repr(experiment.source()),
        "model": repr(experiment.build_model()),
        "policy": repr(experiment.build_policy()),
        "sample_size": experiment.sample_size,
        "generations": experiment.generations,
        "seed": experiment.seed,
    }
    born = np.array([step.birth for step in steps]).T
    table = {"generation": range(len(steps))} | {name: measured(steps, name) for name in MEASURES}
    return table_as_csv(table | dict(zip(BIRTHS, born, strict=True)), named)
