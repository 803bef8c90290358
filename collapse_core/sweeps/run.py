"""A sweep: every cell of a grid, on as many processes as there are, into one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

from collapse_core.checks import check_whole_number
from collapse_core.sweeps.grid import At, Grid, grid_of
from collapse_core.sweeps.journal import Journal
from collapse_core.sweeps.running import finished
from collapse_core.sweeps.table import FailedCell, Sweep
from collapse_core.sweeps.work import COLUMNS, Failure, version

__all__ = ["Standing", "sweep", "sweep_grid"]

MOST_WORKERS = 1024


@dataclass(frozen=True)
class Standing:
    """How far a sweep is.

    Parameters
    ----------
    done, cells : int
        Cells that have finished or failed, and all.
    kept : int
        How many of them had finished before.
    seconds_left : float
        As it goes on so far; nan until a cell is computed.
    """

    done: int
    cells: int
    kept: int
    seconds_left: float


def _silent(standing: Standing) -> None:
    pass


def sweep(
    topic: str,
    vary: Mapping[str, object],
    *,
    runs: int = 1000,
    at: str | At | None = None,
    workers: int = 1,
    cluster: Any = None,
    journal: str | Path | None = None,
    told: Callable[[Standing], object] = _silent,
    **settings: Any,
) -> Sweep:
    """Run the loop of a topic at every cell of a grid of settings.

    Parameters
    ----------
    topic : str
        A page whose loop is a family with a law: ``"two_colours"``, ``"vanishing_tails"``,
        ``"bell_curve"``, ``"exponential_families"`` or ``"one_real_point"``.
    vary : mapping of str
        By the name that a setting has in links, its values: ``"0:20"``, ``"0:20:5"``,
        ``"10,100,1000"``, names, or a sequence. At most 100,000 cells in all.
    runs : int
        Independent runs of each cell, 1 to 10**7.
    at : str or sequence, optional
        The generations that are measured, as ``"10,50,last"`` or ``[10, 50, "last"]``, which is
        also what is measured if nothing is said, as far as there are so many.
    workers : int
        Processes on this machine. The numbers do not depend on it.
    cluster : str or dask.distributed.Client, optional
        A Dask scheduler's address, or its client: its workers are used instead.
    journal : str or Path, optional
        A file that keeps finished cells: those are not computed again.
    told : callable
        Hears how far it is.
    **settings
        Settings of the page that are the same in all cells.

    Returns
    -------
    Sweep
        Its table; cells that failed are named in ``failed``.

    Raises
    ------
    ValueError
        If something is not allowed; the message names it, and what is.
    """
    grid = grid_of(topic, vary, settings, runs, at)
    kept = None if journal is None else Path(journal)
    return sweep_grid(grid, workers=workers, cluster=cluster, journal=kept, told=told)


def sweep_grid(
    grid: Grid,
    *,
    workers: int = 1,
    cluster: Any = None,
    journal: Path | None = None,
    told: Callable[[Standing], object] = _silent,
) -> Sweep:
    """Run every cell of a grid; the parameters are those of `sweep`."""
    workers = check_whole_number("workers", workers, 1, MOST_WORKERS)
    grid.check_memory(1 if cluster is not None else min(workers, len(grid.cells)))
    found, failures = Journal(journal), dict[str, str]()
    keys = [cell.key(version()) for cell in grid.cells]
    first = {key: i for i, key in reversed(list(enumerate(keys))) if key not in found}
    missing = [(i, grid.cells[i]) for i in sorted(first.values())]
    kept, begun = len(keys) - len(missing), monotonic()
    told(Standing(kept, len(keys), kept, float("nan")))
    outcomes = finished(missing, workers, cluster) if missing else iter(())
    for done, (number, outcome) in enumerate(outcomes, start=1):
        if isinstance(outcome, Failure):
            failures[keys[number]] = outcome.why
        else:
            found.add(keys[number], grid.place(number), outcome)
        left = (monotonic() - begun) / done * (len(missing) - done)
        told(Standing(kept + done, len(keys), kept, left))
    return _table(grid, keys, found, failures, len(missing) - len(failures))


def _table(
    grid: Grid, keys: list[str], found: Journal, failures: Mapping[str, str], computed: int
) -> Sweep:
    """Put the cells into one table, in the order of the grid."""
    columns: dict[str, list[Any]] = {name: [] for name in (*grid.vary, *COLUMNS)}
    failed = []
    for number, key in enumerate(keys):
        place = grid.place(number)
        if key in failures:
            failed.append(FailedCell(place, failures[key]))
            continue
        for row in found.rows(key):
            for column, value in zip(columns.values(), (*place.values(), *row), strict=True):
                column.append(value)
    settings = {**grid.settings(), "runs": grid.runs}
    return Sweep(grid.topic.key, grid.vary, settings, columns, tuple(failed), computed)
