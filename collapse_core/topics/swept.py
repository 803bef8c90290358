"""What a sweep over settings reads off the loop of a topic, and what is known of it exactly."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from collapse_core.law import Law
from collapse_core.loop import ClosedLoop
from collapse_core.trajectory import Trajectory

__all__ = ["FAMILY_SWEPT", "Curve", "Swept", "fields_of_law"]

Array = NDArray[np.float64]
# A curve, and whether it is exact.
Curve: TypeAlias = tuple[Array, bool]


@dataclass(frozen=True)
class Swept:
    """How the cells of a sweep over a topic are measured.

    Parameters
    ----------
    measure : callable
        From a loop, a number of runs, a seed and ascending generations to the values of each
        measure, shape (generations, runs). What is true or false in a run is of type bool.
    know : callable
        From the loop to the same measures without sampling, shape (generations + 1,), each with
        whether it is exact; what is not known is left out.
    """

    measure: Callable[[ClosedLoop, int, int, Sequence[int]], Mapping[str, NDArray[Any]]]
    know: Callable[[ClosedLoop], Mapping[str, Curve]]


def _measure(
    loop: ClosedLoop, runs: int, seed: int, at: Sequence[int]
) -> Mapping[str, NDArray[Any]]:
    """Return what is read off every family, at some generations alone."""
    family, kept = loop.family, []
    for generation, means in enumerate(loop.iterate(runs, seed)):
        if generation in at:
            kept.append(means[:runs].copy())
        if generation == at[-1]:
            break
    paths = Trajectory(loop, seed, np.stack(kept, axis=1))
    mean = paths.mean if paths.mean.ndim == 2 else paths.mean[..., 0]
    found = {
        "mean": mean.T,
        "diversity_left": _share_of_truth(loop, paths.diversity).T,
        "absorbed": paths.absorbed.T,
    }
    if np.isfinite(family.lowest):
        found["lost"] = paths.lost.T
    if np.isfinite(family.highest):
        found["taken_over"] = paths.taken_over.T
    return found


def _know(loop: ClosedLoop) -> Mapping[str, Curve]:
    law = loop.exact(approximate=True)
    return fields_of_law(loop, law, "mean", "diversity", "absorbed", "lost", "taken_over")


def fields_of_law(loop: ClosedLoop, law: Law, *names: str) -> dict[str, Curve]:
    """Return what is known of fields of a law, by the name of their measure.

    Parameters
    ----------
    loop : ClosedLoop
        Whose law it is.
    law : Law
        The law.
    *names : str
        The fields; "diversity" becomes "diversity_left", as a share of the truth's.
    """
    found: dict[str, Curve] = {}
    for name in names:
        curve = getattr(law, name)
        if curve is None:
            continue
        exact = law.is_exact(name)
        if name == "diversity":
            found["diversity_left"] = _share_of_truth(loop, curve), exact
        else:
            found[name] = curve if curve.ndim == 1 else curve[:, 0], exact
    return found


def _share_of_truth(loop: ClosedLoop, diversity: Array) -> Array:
    """Return diversity as a share of the truth's; nan where that has none."""
    truth = float(loop.family.variance(loop.family.truth))
    return diversity / truth if truth else np.full_like(diversity, np.nan)


FAMILY_SWEPT = Swept(_measure, _know)
