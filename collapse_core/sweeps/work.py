"""The work of one cell: sampled runs in a few numbers, and the exact law beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from collapse_core.loop import ClosedLoop
from collapse_core.measures.monte_carlo import standard_error
from collapse_core.sweeps.grid import Cell
from collapse_core.sweeps.values import swept_topic

__all__ = ["COLUMNS", "Failure", "Outcome", "Rows", "cell_rows", "version", "work"]

# Of each row, behind what is varied.
COLUMNS = (
    "generation",
    "measure",
    "average",
    "standard_error",
    "quantile_05",
    "median",
    "quantile_95",
    "exact",
    "approximation",
)
LEVELS = (0.05, 0.5, 0.95)
FORMAT = 1  # of the rows; to be raised when a column changes
# What the numbers of a cell depend on.
COMPUTING = (
    *("*.py", "families/*.py", "laws/*.py", "theory/**/*.py", "measures/monte_carlo.py"),
    *("sweeps/work.py", "topics/*.py", "topics/*/question.py", "topics/*/law.py"),
    *("topics/*/measures.py", "topics/*/swept.py"),
)

Rows: TypeAlias = list[list[Any]]


@dataclass(frozen=True)
class Failure:
    """Why a cell has no numbers."""

    why: str


Outcome: TypeAlias = Rows | Failure


@cache
def version() -> str:
    """Return a text that changes with the code that computes, and with NumPy's version."""
    root = Path(__file__).resolve().parents[1]
    files = {path for pattern in COMPUTING for path in root.glob(pattern)}
    mark = blake2b(digest_size=8)
    for path in sorted(files):
        mark.update(path.relative_to(root).as_posix().encode())
        mark.update(path.read_bytes())
    return f"{FORMAT} {mark.hexdigest()} numpy {np.__version__}"


def work(cell: Cell, asked_version: str) -> Outcome:
    """Return the rows of a cell, or why there are none: one cell never ends a sweep.

    Parameters
    ----------
    cell : Cell
        What is asked.
    asked_version : str
        The `version` of whoever asks: a worker with other code would give other numbers.
    """
    if version() != asked_version:
        return Failure(
            f"the worker has other code or another NumPy ({version()}) than the sweep "
            f"({asked_version}): install the same on both"
        )
    try:
        return cell_rows(cell)
    except Exception as error:  # whatever it is, the other cells go on
        name = "" if isinstance(error, ValueError) else f"{type(error).__name__}: "
        return Failure(f"{name}{error}".rstrip(": ") or type(error).__name__)


def cell_rows(cell: Cell) -> Rows:
    """Return the rows of a cell, in the order of ``COLUMNS``; nan where something is not known.

    Parameters
    ----------
    cell : Cell
        What is asked.
    """
    swept = swept_topic(cell.topic).swept
    assert swept is not None
    experiment = cell.experiment()
    loop: ClosedLoop = experiment.loop()
    with np.errstate(over="ignore", invalid="ignore"):  # heavy tails: an average may be infinite
        measured = swept.measure(loop, cell.runs, experiment.seed, cell.at)
        summed = {name: list(_summaries(values)) for name, values in measured.items()}
    known = swept.know(loop)
    rows: Rows = []
    for place, generation in enumerate(cell.at):
        for name, summaries in summed.items():
            law: list[float] = [float("nan"), float("nan")]
            if name in known:
                curve, exact = known[name]
                law[0 if exact else 1] = float(curve[generation])
            rows.append([generation, name, *summaries[place], *law])
    return rows


def _summaries(values: NDArray[Any]) -> Iterator[list[float]]:
    """Yield average, standard error and quantiles of each generation, shape (generations, runs).

    Quantiles are values of some run, the lower of two neighbours; a chance has none.
    """
    for of_runs in values:
        numbers = of_runs.astype(np.float64)
        quantiles = [float("nan")] * len(LEVELS)
        if of_runs.dtype != np.bool_:
            found = np.quantile(numbers, LEVELS, method="inverted_cdf")
            quantiles = found.tolist()
        yield [float(numbers.mean()), float(standard_error(numbers)), *quantiles]
