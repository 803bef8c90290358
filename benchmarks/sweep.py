"""A sweep, measured: what grid, journal and table cost, and what a second process saves.

    python -m benchmarks.sweep
    python -m benchmarks.sweep --cells 200 --runs 20000

The same cells are computed three times in turns, so that a busy machine slows all sides: by a bare
loop that runs each cell and keeps its numbers, by the sweep in one process, and in two. The table
is the same in all three.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.table import Row, print_heading, print_row
from collapse_core import sweep
from collapse_core.sweeps.grid import Grid, grid_of
from collapse_core.sweeps.work import cell_rows

__all__ = ["FULL", "SMALL", "Size", "measure"]

TOPIC = "two_colours"
MOST_OVER_BARE = 1.1
LEAST_SAVED = 1.6  # of 2, with two processors that have nothing else to do


@dataclass(frozen=True)
class Size:
    """How many cells, of how many runs each, and how often all of it."""

    cells: int = 60
    runs: int = 20_000
    rounds: int = 3


FULL = Size()
SMALL = Size(4, 200, 1)


def measure(size: Size = FULL) -> Iterator[Row]:
    """Yield what a sweep takes beside a bare loop, and what two processes take beside one."""
    vary = {"seed": f"1:{size.cells}"}
    grid = grid_of(TOPIC, vary, {}, size.runs, None)
    rows = bare(grid)
    with tempfile.TemporaryDirectory() as folder:
        works = (lambda: bare(grid), *(_swept(vary, size, Path(folder), n) for n in (1, 2)))
        # The first round warms up: processes are started, which each sweep pays but once.
        tables = [work() for work in works]
        differ = sum(table != rows for table in tables)
        times = [[_seconds(work) for work in works] for _ in range(size.rounds)]
    loop, one, two = (statistics.median(each) for each in zip(*times, strict=True))
    what = f"{size.cells} cells of {size.runs:,} runs"
    beside = {"cells_per_s": size.cells / one, "tables_that_differ": differ}
    yield Row(f"bare loop, {what}", loop, "s")
    yield Row("sweep in one process, of the bare loop", one / loop, "times", MOST_OVER_BARE)
    yield Row(
        "sweep in one process, in two processes", one / two, "times", LEAST_SAVED, True, beside
    )


def bare(grid: Grid) -> list[list[object]]:
    """Compute the cells one after the other and keep their numbers: nothing else."""
    return [[repr(row) for row in cell_rows(cell)] for cell in grid.cells]


def _swept(
    vary: dict[str, str], size: Size, folder: Path, workers: int
) -> Callable[[], list[list[object]]]:
    """Return a sweep with a journal, each time a new one, that gives its rows by cell."""
    numbers = iter(range(1_000_000))

    def work() -> list[list[object]]:
        journal = folder / f"{workers}-{next(numbers)}.jsonl"
        found = sweep(TOPIC, vary, runs=size.runs, workers=workers, journal=journal)
        rows = list(map(list, zip(*list(found.columns.values())[len(vary) :], strict=True)))
        each = len(rows) // size.cells
        return [[repr(row) for row in rows[i : i + each]] for i in range(0, len(rows), each)]

    return work


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=FULL.cells)
    parser.add_argument("--runs", type=int, default=FULL.runs)
    parser.add_argument("--rounds", type=int, default=FULL.rounds)
    asked = parser.parse_args()
    print_heading()
    for row in measure(Size(asked.cells, asked.runs, asked.rounds)):
        print_row(row)


if __name__ == "__main__":
    main()
