"""Where real rows come from: a law that can be drawn from for ever, or a table of real examples."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import (
    check_memory,
    check_switch,
    check_whole_number,
    is_long,
    shown,
)
from collapse_core.checks.arrays import MOST_NUMBERS
from collapse_core.checks.messages import refusal

__all__ = ["RowSource", "RowTable", "Rows", "check_choosing", "whole_copies"]

Rows = NDArray[Any]


class RowSource(ABC):
    """Real data. Sizes count points; a source of text counts words.

    Its ``repr`` must tell any two sources with different data apart, because results are kept by
    it.
    """

    @abstractmethod
    def draw(self, count: int, rng: np.random.Generator) -> Rows:
        """Return ``count`` real rows, drawn anew."""

    @property
    @abstractmethod
    def held_out(self) -> Rows:
        """Real rows that no model is trained on, to judge models by."""

    def take(self, rows: Rows, count: int) -> Rows:
        """Return the first rows that make up a size."""
        return rows[: check_whole_number("count", count, 0)]

    def choose(
        self, rows: Rows, count: int, rng: np.random.Generator, *, replacement: bool
    ) -> np.ndarray:
        """Return the places of rows that make up a sample of size ``count``.

        Parameters
        ----------
        rows : ndarray
            What to choose from.
        count : int
            Size of the sample.
        rng : numpy.random.Generator
            Where the random numbers come from.
        replacement : bool
            Whether a row can be chosen twice.

        Raises
        ------
        ValueError
            If there is no row to choose from, or a parameter is out of range.
        """
        available, count = check_choosing(rows, count)
        if check_switch("replacement", replacement):
            return rng.integers(available, size=count)
        return whole_copies(available, count, rng)


def check_choosing(rows: Any, count: Any) -> tuple[int, int]:
    """Return (number of rows to choose from, size of the sample).

    Raises
    ------
    ValueError
        If there is no row to choose from, or the size is out of range.
    """
    count = check_whole_number("count", count, 0)
    check_memory("count", count, count)
    several = isinstance(rows, Sequence) and not isinstance(rows, str | bytes)
    if not (several or np.ndim(rows)) or is_long(rows) or not len(rows):
        allowed = f"1 to {MOST_NUMBERS:,} rows to choose from"
        raise refusal("rows", shown(rows), allowed, "Give a list of rows, or an array.")
    return len(rows), count


def whole_copies(available: int, count: int, rng: np.random.Generator) -> np.ndarray:
    """Return ``count`` places of a table in random order, as evenly used as can be.

    No row is used twice before every row has been used once.

    Parameters
    ----------
    available, count : int
        Rows of the table, at least 1, and how many are wanted, at least 0.
    rng : numpy.random.Generator
        Where the random numbers come from.

    Raises
    ------
    ValueError
        If one of them is out of range, or they would not fit into memory.
    """
    available = check_whole_number("available", available, 1)
    count = check_whole_number("count", count, 0)
    check_memory("available", available, available)
    check_memory("count", count, count)
    if not count:
        return np.empty(0, dtype=np.int64)
    rounds = -(-count // available)
    return np.concatenate([rng.permutation(available) for _ in range(rounds)])[:count]


@dataclass(frozen=True, eq=False, repr=False)
class RowTable(RowSource):
    """A finite table of real rows, of which some are held out.

    Parameters
    ----------
    name : str
        What it is called.
    training : ndarray
        Rows to train on, at least one.
    testing : ndarray
        Rows that are held out.

    Raises
    ------
    ValueError
        If there is no row to train on.
    """

    name: str
    training: Rows
    testing: Rows

    def __post_init__(self) -> None:
        if len(self.training) == 0:
            raise ValueError(f"{self.name}: there is no row to train on. Give at least one.")

    def __repr__(self) -> str:
        digest = hashlib.sha256()
        for rows in (self.training, self.testing):
            digest.update(str((rows.shape, rows.dtype.str)).encode())
            digest.update(np.ascontiguousarray(rows).tobytes())
        return f"RowTable({self.name!r}, {digest.hexdigest()[:32]})"

    def draw(self, count: int, rng: np.random.Generator) -> Rows:
        """Return real rows; none comes twice before all have come once."""
        rows: Rows = self.training[whole_copies(len(self.training), count, rng)]
        return rows

    @property
    def held_out(self) -> Rows:
        """Real rows that no model is trained on."""
        return self.testing
