"""Learners who come, move a control or two, and go; whether the server's memory stays flat.

    python -m benchmarks.churn
    python -m benchmarks.churn --minutes 30 --learners 8

Each of the learners that are there at a time opens a page with random numbers of its own, moves
sliders to random places, and leaves: most by closing the tab, some while their picture is still
being computed. Told is the middle of the memory of each five minutes; from the second five to the
last it may grow by a tenth.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.learner import Learner
from benchmarks.serving import APP, Server, serving
from benchmarks.table import Row, print_heading, print_row
from ui.catalogue import EXPERIMENTS, HOME

__all__ = ["SMALL", "Churn", "measure"]

PAGES = (HOME.key, *(entry.key for entry in EXPERIMENTS))
GROWTH = 1.1
LEAVES_EARLY = 0.2
NOTED_EACH = 5.0  # seconds
WINDOW = 5  # minutes whose middle is told


@dataclass(frozen=True)
class Churn:
    """How many learners are there at a time, for how long, and when memory is first noted."""

    minutes: float = 30.0
    first_minutes: float = 5.0
    learners: int = 4
    pause: float = 1.0
    moves: int = 2


FULL = Churn()
SMALL = Churn(0.15, 0.05, 2, 0.1, 1)


@dataclass
class Seen:
    """What was seen: visits, those that ended early, errors, and minutes with their megabytes."""

    visits: int = 0
    early: int = 0
    errors: int = 0
    memory: list[tuple[float, float]] = field(default_factory=list)


async def learner(server: Server, churn: Churn, place: int, until: float, seen: Seen) -> None:
    """Come and go until the time is over, from one page to another."""
    chance = random.Random(place)
    while time.monotonic() < until:
        page = chance.choice(PAGES)
        visitor = Learner(server.address, page, f"seed={chance.randrange(1, 100_000)}")
        if chance.random() < LEAVES_EARLY:
            task = asyncio.create_task(visitor.open())
            await asyncio.wait({task}, timeout=chance.uniform(0.05, 0.5))
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            seen.early += 1
        else:
            seen.errors += (await visitor.open()).errors
            for _ in range(chance.randint(0, churn.moves)):
                await asyncio.sleep(churn.pause)
                seen.errors += (await visitor.move_some(chance)).errors
        await visitor.close()
        seen.visits += 1
        await asyncio.sleep(chance.uniform(0, churn.pause))


async def watch(server: Server, start: float, until: float, seen: Seen) -> None:
    """Note the memory from time to time."""
    while time.monotonic() < until:
        seen.memory.append(((time.monotonic() - start) / 60, server.megabytes()))
        await asyncio.sleep(min(NOTED_EACH, max(0.0, until - time.monotonic())))
    seen.memory.append(((time.monotonic() - start) / 60, server.megabytes()))


async def come_and_go(server: Server, churn: Churn) -> Seen:
    """Let all of them come and go."""
    start, seen = time.monotonic(), Seen()
    until = start + 60 * churn.minutes
    learners = (learner(server, churn, place, until, seen) for place in range(churn.learners))
    await asyncio.gather(watch(server, start, until, seen), *learners)
    return seen


def measure(churn: Churn = FULL) -> Iterator[Row]:
    """Yield how much the memory grew after the first minutes, and what went wrong."""
    with serving(APP) as server:
        seen = asyncio.run(come_and_go(server, churn))
        complaints = server.complaints()
    yield _grown(churn, seen, complaints)
    for since in range(0, math.ceil(churn.minutes), WINDOW):
        held = _held(seen, since, since + WINDOW)
        beside = {"least_MB": min(held), "most_MB": max(held)} if held else {}
        yield Row(f"minutes {since} to {since + WINDOW}", _middle(held), "MB", beside=beside)


def _grown(churn: Churn, seen: Seen, complaints: int) -> Row:
    """Return the memory of the last minutes, in times that of the first after a warm start.

    Single readings would tell what is being computed at that moment: a network that is trained, or
    an image that is copied, takes some hundred megabytes for a second. Each side is the middle of a
    few minutes.
    """
    window = min(float(WINDOW), (churn.minutes - churn.first_minutes) / 2)
    first = _middle(_held(seen, churn.first_minutes, churn.first_minutes + window))
    held = _held(seen, churn.minutes - window, math.inf)
    beside = {"first_MB": first, "last_MB": _middle(held), "visits": seen.visits}
    beside |= {"left_early": seen.early, "errors": seen.errors + complaints}
    what = f"memory after {churn.minutes:g} minutes of coming and going"
    name = f"{what}, of after {churn.first_minutes:g}"
    return Row(name, _middle(held) / first, "times", GROWTH, beside=beside)


def _held(seen: Seen, since: float, until: float) -> list[float]:
    """Return the readings between two minutes."""
    return [held for minute, held in seen.memory if since <= minute < until]


def _middle(held: list[float]) -> float:
    return statistics.median(held) if held else math.nan


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=FULL.minutes)
    parser.add_argument("--learners", type=int, default=FULL.learners)
    parser.add_argument("--pause", type=float, default=FULL.pause)
    asked = parser.parse_args()
    print_heading()
    first = min(FULL.first_minutes, asked.minutes / 3)
    for row in measure(Churn(asked.minutes, first, asked.learners, asked.pause)):
        print_row(row)


if __name__ == "__main__":
    main()
