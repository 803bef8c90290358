"""A table of numbers as text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["runs_as_csv", "table_as_csv"]


def table_as_csv(table: Mapping[str, Any], parameters: Mapping[str, object]) -> str:
    """Return the table as text, with every parameter in lines that begin with ``#``."""
    kept = {name: values for name, values in table.items() if values is not None}
    lines = [f"# {name}: {value}" for name, value in parameters.items()]
    lines.append(",".join(kept))
    columns = [_cells(values) for values in kept.values()]
    lines += [",".join(row) for row in zip(*columns, strict=True)]
    return "\n".join(lines) + "\n"


def _cells(values: Any) -> list[str]:
    """Return numbers with six digits, and words as they are."""
    given = np.asarray(list(values))
    if given.dtype.kind in "US":
        return [str(value) for value in given]
    return [f"{value:.6g}" for value in given.astype(float).tolist()]


def runs_as_csv(runs: NDArray[np.float64], parameters: Mapping[str, object]) -> str:
    """Return one row per generation and one column per run, shape (runs, generations + 1)."""
    columns = {f"run_{number}": run for number, run in enumerate(runs, start=1)}
    table = {"generation": range(runs.shape[1])} | columns
    return table_as_csv(table, {**parameters, "generation 0": "the truth"})
