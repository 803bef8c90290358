"""The exact law of a closed loop: the fields of a `Trajectory`, without the axis of replicates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_choice, check_generations, check_level, check_whole_number

__all__ = ["Distribution", "Law", "cut"]

Array = NDArray[np.float64]

_CURVES = ("mean", "variance", "diversity", "absorbed", "lost", "taken_over")


def cut(curve: Array | None, generations: int) -> Array | None:
    """Return the first generations of a curve (a view), or None where there is none."""
    return None if curve is None else curve[: generations + 1]


class Distribution(Protocol):
    """The law of the mean parameter at every generation."""

    def quantile(self, level: float) -> Array:
        """Return the quantile at each generation, shape (generations + 1,)."""
        ...

    def until(self, generations: int) -> Distribution:
        """Return the law of the first generations."""
        ...


@dataclass(frozen=True, eq=False)
class Law:
    """What is known of a loop without sampling it. Index 0 is the truth.

    A field is None where no closed form is known, and is named in ``approximations`` where it is
    not exact.

    Parameters
    ----------
    generations : int
        Number of fits.
    mean : ndarray, shape (generations + 1[, dimension]), or None
        Expected mean parameter.
    variance : ndarray, shape (generations + 1,), or None
        Variance of the mean parameter between replicates.
    diversity : ndarray, shape (generations + 1,), or None
        Expected variance function E V(mean): the diversity inside a model.
    absorbed : ndarray, shape (generations + 1,), or None
        Chance that the model has no diversity left: it makes only one kind of point.
    lost : ndarray, shape (generations + 1,), or None
        Chance that the mean parameter is at its lowest value (blue is missing).
    taken_over : ndarray, shape (generations + 1,), or None
        Chance that the mean parameter is at its highest value (everything is blue).
    distribution : Distribution, optional
        The law of the mean parameter itself.
    approximations : mapping of str to str
        For each field that is not exact, the name of the approximation.
    """

    generations: int
    mean: Array | None = None
    variance: Array | None = None
    diversity: Array | None = None
    absorbed: Array | None = None
    lost: Array | None = None
    taken_over: Array | None = None
    distribution: Distribution | None = None
    approximations: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def unknown(cls, generations: int) -> Law:
        """Return a law of which nothing is known."""
        return cls(check_generations(generations))

    def until(self, generations: int) -> Law:
        """Return the law of the first generations, as views.

        It is what is computed for so many generations alone, if the longer law has the same
        formulas: see `ClosedLoop.horizon_of_law`.

        Parameters
        ----------
        generations : int
            1 to ``self.generations``.

        Raises
        ------
        ValueError
            If the law does not go so far.
        """
        generations = check_whole_number("generations", generations, 1, self.generations)
        law = self.distribution
        return Law(
            generations,
            **{name: cut(getattr(self, name), generations) for name in _CURVES},
            distribution=None if law is None else law.until(generations),
            approximations=self.approximations,
        )

    def is_exact(self, name: str) -> bool:
        """Return whether a field is known and exact.

        Raises
        ------
        ValueError
            If there is no field of that name.
        """
        name = check_choice("name", name, (*_CURVES, "distribution"))
        return getattr(self, name) is not None and name not in self.approximations

    def quantile(self, level: float) -> Array | None:
        """Return a quantile of the mean parameter at each generation, or None if unknown.

        Parameters
        ----------
        level : float
            Between 0 and 1, both excluded.

        Raises
        ------
        ValueError
            If the level is not strictly between 0 and 1.
        """
        level = check_level(level)
        return None if self.distribution is None else self.distribution.quantile(level)
