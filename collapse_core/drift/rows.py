"""What the monitor is given: rows of each generation, checked, and a draw of those it permutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.lessons.messages import RefusedError
from collapse_core.measures.samples import Moments, moments_of
from collapse_core.models.principal_axes import check_rows
from collapse_core.streams import generator

__all__ = ["FEWEST", "MOST_ROWS", "Sample", "check_samples"]

Array = NDArray[np.float64]
Whole = NDArray[np.int64]

FEWEST = 8  # rows, or groups of them: fewer have too few permutations
MOST_ROWS = 1000  # of a generation that are permuted
MOST_GENERATIONS = 1000


@dataclass(frozen=True, eq=False)
class Sample:
    """The rows of one generation.

    Parameters
    ----------
    rows : ndarray, shape (n, d)
        All of them.
    moments : Moments
        Of all of them.
    drawn : ndarray, shape (m,)
        Places of those that are permuted: at most 1,000, by whole groups.
    groups : ndarray, shape (m,)
        The group of each, from 0 on; rows of one group are permuted together.
    """

    rows: Array
    moments: Moments
    drawn: Whole
    groups: Whole

    @property
    def units(self) -> int:
        """How many things are permuted: rows, or groups of near-copies."""
        return int(self.groups[-1]) + 1

    @property
    def tested(self) -> Array:
        """The rows that are permuted."""
        return self.rows[self.drawn]


def check_samples(
    name: str, given: Sequence[ArrayLike], groups: Sequence[ArrayLike] | None, seed: int
) -> tuple[Sample, ...]:
    """Return the generations, checked, with a draw of at most 1,000 rows of each.

    Raises
    ------
    ValueError
        If they are no list of arrays of finite numbers, all of one width and each with more rows
        than columns; the message names the generation and the remedy.
    """
    if isinstance(given, str | bytes) or not hasattr(given, "__len__"):
        raise ValueError(f"{name} must be a list with an array of shape (rows, columns) for each.")
    if not 1 <= len(given) <= MOST_GENERATIONS:
        told = {"name": name, "count": len(given), "most": MOST_GENERATIONS}
        raise RefusedError("monitor", "too_many", **told)
    labels = keys_of("groups", groups, given)
    found: list[Sample] = []
    for number, values in enumerate(given):
        rows = check_rows(values, None, f"{name}[{number}]")
        if found and rows.shape[1] != found[0].rows.shape[1]:
            told = {"name": f"{name}[{number}]", "width": rows.shape[1], "other": f"{name}[0]"}
            raise RefusedError("monitor", "columns", others=found[0].rows.shape[1], **told)
        rng = generator(seed, number, f"rows of {name} that are permuted")
        found.append(_sample(rows, labels[number], f"{name}[{number}]", rng))
    return tuple(found)


def keys_of(name: str, keys: Any, rows: Sequence[Any]) -> list[Whole | None]:
    """Return a whole number for each key of each generation, the same for equal keys.

    Raises
    ------
    ValueError
        If there is not one key for each row.
    """
    if keys is None:
        return [None] * len(rows)
    if isinstance(keys, str | bytes) or not hasattr(keys, "__len__") or len(keys) != len(rows):
        raise ValueError(f"{name} must be a list with one array of keys for each generation.")
    parts = [np.asarray(part) for part in keys]
    for number, part in enumerate(parts):
        if part.ndim != 1 or len(part) != len(rows[number]) or part.dtype.kind not in "iufbUS":
            raise ValueError(
                f"{name}[{number}] must hold one text or one number for each of the "
                f"{len(rows[number]):,} rows of generation {number}."
            )
        if part.dtype.kind == "f" and not np.isfinite(part).all():
            raise ValueError(f"{name}[{number}] holds NaN or infinity: give each row a key.")
    _, numbers = np.unique(np.concatenate(parts).astype(str), return_inverse=True)
    return list(np.split(numbers, np.cumsum([len(part) for part in parts])[:-1]))


def _sample(rows: Array, keys: Whole | None, name: str, rng: np.random.Generator) -> Sample:
    count, width = rows.shape
    if count <= width:
        raise RefusedError("monitor", "too_few_rows", name=name, count=count, width=width)
    keys = np.arange(count) if keys is None else keys
    _, groups, sizes = np.unique(keys, return_inverse=True, return_counts=True)
    if len(sizes) < FEWEST:
        case = "too_few" if len(sizes) == count else "too_few_groups"
        raise RefusedError("monitor", case, name=name, count=len(sizes), least=FEWEST)
    order = rng.permutation(len(sizes))
    kept = max(FEWEST, int(np.searchsorted(np.cumsum(sizes[order]), MOST_ROWS, side="right")))
    chosen = np.sort(order[:kept])
    places = np.flatnonzero(np.isin(groups, chosen))
    new = np.searchsorted(chosen, groups[places])
    by_group = np.argsort(new, kind="stable")
    return Sample(rows, moments_of(rows), places[by_group], new[by_group])
