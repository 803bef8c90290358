"""What the store of a live class takes: a poll, a seat, a guess and a turn of a class of 300.

    python -m benchmarks.class_store [address ...]

Without an address: SQLite in memory, in a file, and a PostgreSQL of this machine that waits for the
disk at each commit. Medians; beside them the slowest twentieth, and what this process computed
(a server computes besides).
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from benchmarks.postgresql import missing, postgresql
from benchmarks.table import Row, print_heading, print_row
from benchmarks.timing import tail
from ui.classroom.store import ClassStore

__all__ = ["measure"]

SEATS = 300
POLL_GOAL = 10.0  # milliseconds
GUESS = {"kind": "guess", "page": "two_colours", "link": "sample_size=20"}
TELEPHONE = {"kind": "telephone", "game": "jar", "chains": 60, "length": 5}


def measure(address: str, seats: int = SEATS) -> Iterator[Row]:
    """Yield what a database takes for a class of so many seats."""
    store = ClassStore.at(address)
    name = store.engine.dialect.name
    name += " in memory" if name == "sqlite" and store.engine.url.database in (None, "") else ""
    opened, teacher = store.open_class("en")
    tokens: list[str] = []
    yield timed(f"{name}: a seat", lambda _: tokens.append(store.join(opened.code)[1]), seats)
    asked = store.begin_round(opened.id, teacher, GUESS)
    yield timed(f"{name}: a guess", lambda n: store.guess(asked.id, tokens[n], {"value": n}), seats)
    yield timed(f"{name}: a poll of a class of {seats}", lambda _: store.pulse(opened.id), seats,
                POLL_GOAL)  # fmt: skip
    told = store.begin_round(opened.id, teacher, TELEPHONE)

    def turn(number: int) -> None:
        taken = store.claim(told.id, tokens[number])
        if taken is not None:
            store.answer(taken.id, tokens[number], {"share": 0.5})

    yield timed(f"{name}: a turn of telephone and its answer", turn, seats)
    store.end_class(opened.id, teacher)


def timed(what: str, work: Callable[[int], object], times: int, goal: float | None = None) -> Row:
    """Return how many milliseconds a piece of work takes; it is done ``times`` times."""
    waited, computed = [], time.process_time()
    for number in range(times):
        start = time.perf_counter()
        work(number)
        waited.append(1000 * (time.perf_counter() - start))
    computed = 1000 * (time.process_time() - computed) / times
    beside = {"p95": tail(waited), "computed": computed}
    return Row(what, statistics.median(waited), "ms", goal, beside=beside)


def main(addresses: list[str]) -> None:
    """Print a table for each database."""
    print_heading()
    with ExitStack() as stack:
        if not addresses:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            addresses = ["sqlite://", f"sqlite:///{Path(folder) / 'class.db'}"]
            if why := missing():
                print(why)
            else:
                addresses.append(stack.enter_context(postgresql(safe=True)))
        for address in addresses:
            for row in measure(address):
                print_row(row)


if __name__ == "__main__":
    main(sys.argv[1:])
