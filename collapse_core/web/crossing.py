"""The year in which a quality line is crossed, and the runs that never cross it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.checks import check_array, check_level, check_number, check_whole_number

__all__ = ["Crossing", "first_crossing"]

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Crossing:
    """When runs fall below a line.

    Attributes
    ----------
    line : float
        The line.
    years : ndarray, shape (runs,)
        The year of the crossing; inf for a run that never is. Such runs are **censored**: they may
        cross later, so no average over the others is given.
    last : int
        The last year that was looked at.
    """

    line: float
    years: Array
    last: int

    @property
    def crossed(self) -> int:
        """How many runs have crossed."""
        return int(np.isfinite(self.years).sum())

    @property
    def censored(self) -> int:
        """How many runs have not crossed by the last year."""
        return self.years.size - self.crossed

    @property
    def share_by_year(self) -> Array:
        """Share of all runs that have crossed by each year, shape (last + 1,)."""
        years = np.sort(self.years)
        counts = np.searchsorted(years, np.arange(self.last + 1), side="right")
        return np.asarray(counts / years.size, dtype=np.float64)

    def quantile(self, level: float) -> float | None:
        """Return the year by which this share of *all* runs have crossed.

        Parameters
        ----------
        level : float
            Strictly between 0 and 1; 0.5 for the median.

        Returns
        -------
        float or None
            None where fewer have crossed by the last year: nobody knows then.
        """
        level = check_level(level)
        place = int(np.ceil(level * self.years.size)) - 1
        year = float(np.partition(self.years, place)[place])
        return year if np.isfinite(year) else None


def first_crossing(values: ArrayLike, line: float, in_a_row: int = 1) -> Crossing:
    """Return when each run has fallen below a line.

    Parameters
    ----------
    values : array_like, shape (runs, years + 1)
        A quality, such as the diversity that is left.
    line : float
        The line, finite.
    in_a_row : int
        A run crosses in the first year in which it has been below for so many years, that one
        counted: with more than one the luck of a single crawl does not count.

    Raises
    ------
    ValueError
        If values are no table with a run, or the line is no number.
    """
    table, line = check_array("values", values), check_number("line", line)
    if table.ndim != 2 or 0 in table.shape:
        raise ValueError(
            f"values has shape {table.shape}: give a table of one row or more for each run, and "
            "one column for each year."
        )
    below = table < line
    for _ in range(check_whole_number("in_a_row", in_a_row, 1, table.shape[1]) - 1):
        below[:, 1:] &= below[:, :-1]
        below[:, 0] = False
    first = np.where(below.any(axis=1), below.argmax(axis=1), np.inf)
    return Crossing(line, first.astype(np.float64), table.shape[1] - 1)
