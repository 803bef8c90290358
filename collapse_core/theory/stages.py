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

All curves are arrays (generations + 1,); index 0 is the truth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import check_share

__all__ = ["Stages", "collapse_stages", "early_collapse", "generation_bands", "late_collapse"]

Mask = NDArray[np.bool_]

RARE_LEFT = 0.5
SUMMARY_LOST = 0.05
DIVERSITY_LEFT = 0.5


@dataclass(frozen=True)
class Stages:
    """Generations of each stage, as bands (first, last), both included.

    Parameters
    ----------
    early, late : tuple of (int, int)
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

    Parameters
    ----------
    rare_survivors : array_like, shape (generations + 1,)
        Expected number of rare categories alive; entry 0 is how many there are.
    *summaries : array_like, shape (generations + 1,)
        Summaries that are better when larger and above 0 for the truth, such as the Gini diversity
        or the accuracy. All of them must look well.
    rare_left : float
        Share of rare categories below which the tail counts as gone, 0 to 1.
    summary_lost : float
        Share of its value for the truth that a summary may have lost, 0 to 1, to look well still.

    Returns
    -------
    ndarray of bool, shape (generations + 1,)
        Generation 0 is False. All False where there is no rare category.

    Raises
    ------
    ValueError
        If a threshold is no share or the curves differ in length.

    Notes
    -----
    Source: the stage is that of Shumailov et al. 2024, the criterion derived for this project.
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
    """Return at which generations most of the diversity is gone.

    Parameters
    ----------
    diversity : array_like, shape (generations + 1,)
        Expected diversity, such as Gini's; entry 0 is the truth's.
    diversity_left : float
        Share of the truth's diversity below which the collapse is late, 0 to 1.

    Returns
    -------
    ndarray of bool, shape (generations + 1,)
        Generation 0 is False. All False where the truth has no diversity.

    Notes
    -----
    Source: the stage is that of Shumailov et al. 2024, the criterion derived for this project.
    """
    diversity_left = check_share("diversity_left", diversity_left)
    curve = _curve("diversity", diversity)
    return np.asarray(curve < diversity_left * curve[0])


def collapse_stages(
    rare_survivors: ArrayLike, gini: ArrayLike, accuracy: ArrayLike | None = None
) -> Stages:
    """Return the bands of early and late collapse, with the thresholds of the module.

    Parameters
    ----------
    rare_survivors, gini : array_like, shape (generations + 1,)
        Expected survivors of the rare half, and expected Gini diversity.
    accuracy : array_like, optional
        Expected accuracy of always naming the most likely category; not asked for if None.

    Raises
    ------
    ValueError
        If the curves differ in length.
    """
    summaries = [gini] if accuracy is None else [gini, accuracy]
    early = early_collapse(rare_survivors, *summaries)
    return Stages(generation_bands(early), generation_bands(late_collapse(gini)))


def generation_bands(mask: ArrayLike) -> tuple[tuple[int, int], ...]:
    """Return the runs of True in a mask as bands (first, last), both included.

    Parameters
    ----------
    mask : array_like of bool, shape (generations + 1,)
        One entry per generation.

    Raises
    ------
    ValueError
        If it is not one row.
    """
    values = np.asarray(mask, dtype=bool)
    if values.ndim != 1:
        raise ValueError(f"mask has the shape {values.shape}: it must be one row. Flatten it.")
    steps = np.diff(np.concatenate(([False], values, [False])).astype(np.int8))
    firsts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    return tuple((int(first), int(end) - 1) for first, end in zip(firsts, ends, strict=True))


def _curve(name: str, values: ArrayLike, size: int | None = None) -> NDArray[np.float64]:
    curve = np.asarray(values, dtype=np.float64)
    if curve.ndim != 1 or curve.size == 0 or (size is not None and curve.size != size):
        wanted = "at least one" if size is None else str(size)
        raise ValueError(
            f"{name} has the shape {curve.shape}: it must be one row of {wanted} numbers, one per "
            "generation. Average over the runs first."
        )
    return curve
