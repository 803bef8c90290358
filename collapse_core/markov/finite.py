"""Chains on finitely many states: classes, periods, stationary laws, how fast they forget."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import check_numbers, check_whole_number

__all__ = ["FiniteChain"]

Array = NDArray[np.float64]

MOST_STATES = 2000
MOST_STEPS = 10**6
LEAST = 1e-300
ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class FiniteChain:
    """A chain on finitely many states.

    Parameters
    ----------
    transition : array_like, shape (states, states)
        Probability of going from the state of the row to that of the column; rows sum to 1.

    Raises
    ------
    ValueError
        If it is no square of probabilities, or has more than 2,000 rows.
    """

    transition: Array

    def __post_init__(self) -> None:
        given = check_numbers("transition", self.transition, 0.0)
        if given.ndim != 2 or given.shape[0] != given.shape[1] or not len(given) > 0:
            raise ValueError(
                f"transition has shape {given.shape}: give as many rows as columns, one per state."
            )
        if len(given) > MOST_STATES:
            raise ValueError(f"transition has {len(given):,} states: give at most {MOST_STATES:,}.")
        sums = given.sum(axis=1)
        if np.any(np.abs(sums - 1.0) > ROUNDING):
            row = int(np.argmax(np.abs(sums - 1.0)))
            raise ValueError(
                f"transition: row {row} sums to {sums[row]:.6g}: divide it by its sum, so that "
                "it is 1."
            )
        made = given / sums[:, np.newaxis]
        made.setflags(write=False)
        object.__setattr__(self, "transition", made)

    @property
    def states(self) -> int:
        """Number of states."""
        return len(self.transition)

    @cached_property
    def _classes(self) -> tuple[tuple[int, ...], ...]:
        from scipy.sparse.csgraph import connected_components

        count, label = connected_components(self.transition > 0.0, connection="strong")
        found = [tuple(np.flatnonzero(label == number).tolist()) for number in range(count)]
        return tuple(sorted(found))

    def communicating_classes(self) -> tuple[tuple[int, ...], ...]:
        """Return the classes of states that can all be reached from one another."""
        return self._classes

    def recurrent_classes(self) -> tuple[tuple[int, ...], ...]:
        """Return the classes that are never left."""
        return tuple(each for each in self._classes if self._is_closed(each))

    def _is_closed(self, states: Sequence[int]) -> bool:
        inside = np.zeros(self.states, dtype=bool)
        inside[list(states)] = True
        return not np.any(self.transition[inside][:, ~inside] > 0.0)

    def period(self, number: int | None = None) -> int:
        """Return the period of a recurrent class: the greatest common divisor of all ways back.

        Parameters
        ----------
        number : int, optional
            Which one of `recurrent_classes`; none needs to be named where there is one.

        Raises
        ------
        ValueError
            If none is named and there are several, or there are not so many.
        """
        recurrent = self.recurrent_classes()
        if number is None and len(recurrent) > 1:
            raise ValueError(
                f"The chain has {len(recurrent)} recurrent classes: say which one is meant."
            )
        most = len(recurrent) - 1
        states = recurrent[check_whole_number("number", 0 if number is None else number, 0, most)]
        inner = self.transition[np.ix_(states, states)] > 0.0
        depth = np.full(len(states), -1)
        depth[0], reached, found = 0, [0], 0
        for state in reached:
            for other in np.flatnonzero(inner[state]).tolist():
                if depth[other] < 0:
                    depth[other] = depth[state] + 1
                    reached.append(other)
                else:
                    found = math.gcd(found, int(depth[state] + 1 - depth[other]))
        return found

    def stationary_laws(self) -> Array:
        """Return the stationary law of each recurrent class, shape (classes, states)."""
        laws = np.zeros((len(self.recurrent_classes()), self.states))
        for law, states in zip(laws, self.recurrent_classes(), strict=True):
            law[list(states)] = _settled(self.transition[np.ix_(states, states)])
        return laws

    def stationary_law(self) -> Array:
        """Return the only stationary law, shape (states,).

        Raises
        ------
        ValueError
            If there are several: the start matters then.
        """
        laws = self.stationary_laws()
        if len(laws) > 1:
            raise ValueError(
                f"The chain has {len(laws)} recurrent classes, each with a law of its own: "
                "ask for stationary_laws()."
            )
        return np.asarray(laws[0])

    def eigenvalue_moduli(self) -> Array:
        """Return the moduli of all eigenvalues, largest first; the first is 1."""
        return np.sort(np.abs(np.linalg.eigvals(self.transition)))[::-1]

    def spectral_gap(self) -> float:
        """Return 1 - |second eigenvalue|: how fast the start is forgotten, 0 for never."""
        moduli = self.eigenvalue_moduli()
        return float(np.clip(1.0 - moduli[1], 0.0, 1.0)) if len(moduli) > 1 else 1.0

    def dobrushin(self) -> float:
        """Return Dobrushin's coefficient: the largest total variation distance of two rows.

        Every step brings two laws together by at least this factor.
        """
        rows = self.transition
        apart = [0.5 * np.abs(rows[i + 1 :] - row).sum(axis=1) for i, row in enumerate(rows[:-1])]
        return float(max((float(each.max()) for each in apart), default=0.0))

    def law_after(self, start: ArrayLike, steps: int) -> Array:
        """Return the law after so many steps, shape (states,).

        Parameters
        ----------
        start : array_like, shape (states,)
            The law at the start, or anything at least 0 that can be brought to a sum of 1.
        steps : int
            0 to 1,000,000.
        """
        law = check_numbers("start", start, 0.0)
        if law.shape != (self.states,) or not law.sum() > 0.0:
            raise ValueError(
                f"start has shape {law.shape}: give {self.states} numbers, not all of them 0."
            )
        steps = check_whole_number("steps", steps, 0, MOST_STEPS)
        return np.asarray(law / law.sum() @ np.linalg.matrix_power(self.transition, steps))


def _settled(inner: Array) -> Array:
    """Return the stationary law of one class, by leaving out one state after the other.

    Nothing is subtracted, so that rare states and bridges that are hardly ever crossed keep all
    their digits: Grassmann, Taksar and Heyman 1985.
    """
    left = inner.copy()
    for state in range(len(left) - 1, 0, -1):
        left[:state, state] /= max(left[state, :state].sum(), LEAST)
        left[:state, :state] += np.outer(left[:state, state], left[state, :state])
    law = np.ones(len(left))
    for state in range(1, len(left)):
        law[state] = law[:state] @ left[:state, state]
        law[: state + 1] /= law[: state + 1].sum()
    return law
