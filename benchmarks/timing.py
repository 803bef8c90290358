"""How long a piece of work takes on this machine, other people's work left out."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence


def fastest(work: Callable[[], object], repeats: int = 3) -> float:
    """Return the shortest of a few processor times, in milliseconds.

    On an idle machine that is the time one waits; on a busy one it leaves out the others' work.
    """
    times = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return 1000.0 * min(times)


def tail(times: Sequence[float]) -> float:
    """Return the time within which 95 of 100 are over."""
    return statistics.quantiles(times, n=20, method="inclusive")[-1]
