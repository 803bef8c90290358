"""Where real rows come from: a law that can be drawn from for ever, or a table of real examples."""

from __future__ import annotations

import hashlib
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_whole_number

__all__ = ["RowSource", "RowTable", "Rows", "whole_copies"]

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
        """
        if replacement:
            return rng.integers(len(rows), size=count)
        return whole_copies(len(rows), count, rng)


def whole_copies(available: int, count: int, rng: np.random.Generator) -> np.ndarray:
    """Return ``count`` places of a table in random order, as evenly used as can be.

    No row is used twice before every row has been used once.
    """
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
