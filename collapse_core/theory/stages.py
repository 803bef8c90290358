"""Early and late collapse: two criteria that can be computed.

Shumailov et al. (Nature 2024) tell two stages apart. In early collapse the model loses the tail of
the distribution, while summaries that the common categories dominate still look well. In late
collapse the model has little of the variety of the truth left. The words leave open where a stage
begins; here it is a threshold on curves, so that anyone can move the threshold and see what
changes.

Early: of the rare half of the categories fewer than 50 % are alive, while the Gini diversity (and
every other summary that is given) has lost less than 5 % of its value for the truth.
Late: the Gini diversity is below 50 % of the truth's.
Between them lies a time that is neither: the summaries show a loss, but most of the variety is
still there.

All curves are arrays (generations + 1,) of one length; index 0 is the truth. Source: the stages are
those of Shumailov et al. 2024, the criteria derived for this project.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import check_array, check_share

__all__ = ["Stages", "collapse_stages", "early_collapse", "generation_bands", "late_collapse"]

Mask = NDArray[np.bool_]

RARE_LEFT = 0.5
SUMMARY_LOST = 0.05
DIVERSITY_LEFT = 0.5


@dataclass(frozen=True)
class Stages:
    """Generations of each stage, as bands (first, last), both included.

    Empty where the stage is never reached. A sampled curve may enter a stage more than once.
    """

    early: tuple[tuple[int, int], ...]
    late: tuple[tuple[int, int], ...]


def early_collapse(
    rare_survivors: ArrayLike,
    *summaries: ArrayLike,
    rare_left: float = RARE_LEFT,
    summary_lost: float = SUMMARY_LOST,
) -> Mask:
    """Return at which generations the tail is gone and the summaries still look well.

    Generation 0 is False; all are False where there is no rare category.

    Parameters
    ----------
    rare_survivors
        Expected number of rare categories alive; entry 0 is how many there are.
    *summaries
        Summaries that are better when larger and above 0 for the truth, such as the Gini diversity
        or the accuracy. All of them must look well.
    rare_left
        Share of rare categories below which the tail counts as gone, 0 to 1.
    summary_lost
        Share of its value for the truth that a summary may have lost, 0 to 1, to look well still.
    """
    rare_left = check_share("rare_left", rare_left)
    summary_lost = check_share("summary_lost", summary_lost)
    rare = _curve("rare_survivors", rare_survivors)
    early = rare < rare_left * rare[0]
    for number, values in enumerate(summaries):
        summary = _curve(f"summaries[{number}]", values, rare.size)
        # A summary that is 0 for the truth has nothing to lose.
        early &= summary >= (1.0 - summary_lost) * summary[0]
    return np.asarray(early)


def late_collapse(diversity: ArrayLike, *, diversity_left: float = DIVERSITY_LEFT) -> Mask:
    """Return at which generations a diversity is below a share of the truth's, 0 to 1.

    Generation 0 is False; all are False where the truth has no diversity.
    """
    diversity_left = check_share("diversity_left", diversity_left)
    curve = _curve("diversity", diversity)
    return np.asarray(curve < diversity_left * curve[0])


def collapse_stages(
    rare_survivors: ArrayLike, gini: ArrayLike, accuracy: ArrayLike | None = None
) -> Stages:
    """Return the bands of early and late collapse, with the thresholds of the module.

    The curves are averages: survivors of the rare half, Gini diversity, and the accuracy of always
    naming the most likely category, which is not asked for if None.
    """
    summaries = [_curve("gini", gini)]
    if accuracy is not None:
        summaries.append(_curve("accuracy", accuracy))
    early = early_collapse(rare_survivors, *summaries)
    return Stages(generation_bands(early), generation_bands(late_collapse(gini)))


def generation_bands(mask: ArrayLike) -> tuple[tuple[int, int], ...]:
    """Return the runs of True in a mask, one entry per generation, as bands (first, last)."""
    values = check_array("mask", mask) != 0.0
    if values.ndim != 1:
        raise ValueError(f"mask has the shape {values.shape}: it must be one row. Flatten it.")
    steps = np.diff(np.concatenate(([False], values, [False])).astype(np.int8))
    firsts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    return tuple((int(first), int(end) - 1) for first, end in zip(firsts, ends, strict=True))


def _curve(name: str, values: ArrayLike, size: int | None = None) -> NDArray[np.float64]:
    curve = check_array(name, values)
    if curve.ndim != 1 or curve.size == 0 or (size is not None and curve.size != size):
        wanted = "at least one" if size is None else str(size)
        raise ValueError(
            f"{name} has the shape {curve.shape}: it must be one row of {wanted} numbers, one per "
            "generation. Average over the runs first."
        )
    return curve
