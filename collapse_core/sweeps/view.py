"""What of a sweep is looked at: one measure over one or two settings, at one generation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_choice
from collapse_core.sweeps.table import Sweep

__all__ = ["View", "view_of"]

Array = NDArray[np.float64]
FIRST = ("diversity_left", "kinds_left", "mean")


@dataclass(frozen=True, eq=False)
class View:
    """A measure over one or two settings. Arrays have the shape (along, across).

    Parameters
    ----------
    measure : str
        What is looked at.
    generation : int, or None
        When; None where it is the last of each cell, and these differ.
    across, along : str
        The settings; ``along`` is empty where one alone was varied.
    x, y : tuple
        Their values.
    where : mapping of str to value
        What else was varied, and the value that is looked at.
    average, error, exact, approximation : ndarray
        The numbers; nan where there are none.
    """

    measure: str
    generation: int | None
    across: str
    along: str
    x: tuple[Any, ...]
    y: tuple[Any, ...]
    where: Mapping[str, Any]
    average: Array
    error: Array
    exact: Array
    approximation: Array

    @property
    def known(self) -> tuple[Array, str]:
        """What is known without sampling, and whether it is "exact" or an "approximation"."""
        if np.isfinite(self.exact).any() or not np.isfinite(self.approximation).any():
            return self.exact, "exact"
        return self.approximation, "approximation"

    @property
    def agrees(self) -> bool:
        """Whether the averages are what is exact, but for rounding, wherever that is known."""
        known = np.isfinite(self.exact) & np.isfinite(self.average)
        return bool(np.allclose(self.average[known], self.exact[known], rtol=1e-9, atol=1e-12))

    def errors_apart(self, runs: int, chance: bool) -> Array:
        """Return how many standard errors the averages are from what is exact, where they can be.

        Parameters
        ----------
        runs : int
            Of each cell.
        chance : bool
            Whether the measure is true or false in a run: then the error is that of the exact
            chance.
        """
        error = self.error
        if chance:
            p = np.clip(self.exact, 0.0, 1.0)
            error = np.sqrt(p * (1.0 - p) / runs)
        # An error within rounding of nothing is none.
        error = np.where(error <= 1e-12 * np.abs(self.average), 0.0, error)
        with np.errstate(divide="ignore", invalid="ignore"):
            apart = (self.average - self.exact) / error
        return np.asarray(apart[np.isfinite(apart)])


def view_of(
    found: Sweep,
    measure: str = "",
    *,
    across: str = "",
    along: str = "",
    at: int | Literal["last"] = "last",
    where: Mapping[str, Any] | None = None,
) -> View:
    """Return what of a sweep is looked at.

    Parameters
    ----------
    found : Sweep
        The sweep.
    measure : str
        One of ``found.measures``; the diversity that is left, or the first, if it is not given.
    across, along : str
        The settings along both axes; those with most values, numbers first, if not given.
    at : int or "last"
        The generation.
    where : mapping, optional
        The values of what else was varied; the first ones if they are not given.

    Raises
    ------
    ValueError
        If a name or a value is not in the sweep.
    """
    known = found.measures
    if not known:
        raise ValueError("the sweep has no rows: every cell failed. Run it again.")
    first = next((name for name in FIRST if name in known), known[0])
    measure = check_choice("measure", measure or first, known)
    axes = _axes(found, across, along)
    fixed = {name: values[0] for name, values in found.vary.items() if name not in axes}
    for name, value in (where or {}).items():
        check_choice("where", name, tuple(fixed))
        if value not in found.vary[name]:
            raise ValueError(
                f"where: {name}={value!r} was not swept: choose of {found.vary[name]}."
            )
        fixed[name] = value
    rows = _rows(found, measure, fixed, at)
    return _view(found, measure, axes, fixed, rows)


def _axes(found: Sweep, across: str, along: str) -> list[str]:
    """Return the settings along the axes, one or two."""
    names = sorted(
        found.vary, key=lambda name: (_are_words(found.vary[name]), -len(found.vary[name]))
    )
    if across:
        check_choice("across", across, tuple(found.vary))
    if along:
        check_choice("along", along, tuple(name for name in found.vary if name != across))
    across = across or next(name for name in names if name != along)
    several = [n for n in names if n != across and len(found.vary[n]) > 1]
    along = along or next(iter(several), "")
    return [across, along] if along else [across]


def _are_words(values: tuple[Any, ...]) -> bool:
    return any(isinstance(value, str | bool) for value in values)


def _ascending(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return values in the order of an axis: numbers ascending, words as they are given."""
    return values if _are_words(values) else tuple(sorted(values))


def _rows(
    found: Sweep, measure: str, fixed: Mapping[str, Any], at: int | Literal["last"]
) -> list[int]:
    """Return the numbers of the rows that are looked at: one for each cell."""
    columns = found.columns
    rows = [
        i
        for i, name in enumerate(columns["measure"])
        if name == measure and all(columns[key][i] == value for key, value in fixed.items())
    ]
    if at == "last":
        last = {_cell(found, i): i for i in rows}  # generations ascend
        return list(last.values())
    asked = [i for i in rows if columns["generation"][i] == at]
    if not asked:
        had = sorted({columns["generation"][i] for i in rows})
        raise ValueError(
            f"at={at!r} was not measured: choose last or one of {', '.join(map(str, had))}."
        )
    return asked


def _cell(found: Sweep, row: int) -> tuple[Any, ...]:
    return tuple(found.columns[name][row] for name in found.vary)


def _view(
    found: Sweep, measure: str, axes: list[str], fixed: Mapping[str, Any], rows: list[int]
) -> View:
    x = _ascending(found.vary[axes[0]])
    y = _ascending(found.vary[axes[1]]) if len(axes) > 1 else ("",)
    numbers = {
        name: np.full((len(y), len(x)), np.nan)
        for name in ("average", "standard_error", "exact", "approximation")
    }
    places = {value: i for i, value in enumerate(x)}, {value: i for i, value in enumerate(y)}
    for row in rows:
        up = places[1][found.columns[axes[1]][row]] if len(axes) > 1 else 0
        for name, array in numbers.items():
            array[up, places[0][found.columns[axes[0]][row]]] = found.columns[name][row]
    generations = {found.columns["generation"][row] for row in rows}
    return View(
        measure,
        generations.pop() if len(generations) == 1 else None,
        axes[0],
        axes[1] if len(axes) > 1 else "",
        x,
        y if len(axes) > 1 else (),
        fixed,
        numbers["average"],
        numbers["standard_error"],
        numbers["exact"],
        numbers["approximation"],
    )
