"""A class at once: many learners with real sessions, what each waits for, and what they leave.

    python -m benchmarks.class_at_once
    python -m benchmarks.class_at_once --learners 50 --pause 2 --own-seeds --profile

The first tries what a class does; the second, other numbers of learners and moves. The learners are
no browsers: they speak Streamlit's protocol (`benchmarks.learner`), all of them in this process,
and the server is one process beside it. With ``--profile`` the server says where its time goes.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.crowd import Crowd, visit
from benchmarks.learner import Answer
from benchmarks.serving import APP, SETTLE, Server, serving
from benchmarks.table import Row, print_heading, print_row
from benchmarks.timing import tail
from ui.catalogue import EXPERIMENTS, HOME

__all__ = ["SMALL", "measure"]

PAGE = "two_colours"
ALL = (HOME.key, *(entry.key for entry in EXPERIMENTS))
ARRIVE_A_SECOND = 6


@dataclass(frozen=True)
class Size:
    """How many learners come, and how often they move.

    ``sessions`` only open a page and leave; ``remembered`` is for how many seconds Streamlit keeps
    a session whose tab was closed, and ``settle`` how long the server has at most before they come.
    """

    learners: int = 30
    pause: float = 5.0
    many: int = 100
    long_pause: float = 10.0
    moves: int = 6
    first_sessions: int = 100
    sessions: int = 1000
    pages: tuple[str, ...] = ALL
    remembered: float = 125.0
    settle: float = SETTLE
    own_seeds: tuple[bool, ...] = (False, True)


FULL = Size()
SMALL = Size(3, 0.3, 4, 0.4, 3, 4, 20, (HOME.key, PAGE), 0.0, 0.0, (False,))
# Seconds; for learners who open one link. Whose own random numbers have to be drawn wait longer.
OPENED, OPENED_TAIL, MOVED, MOVED_BY_MANY = 0.3, 1.0, 0.3, 1.0
MEMORY = 1.2


async def prepare(server: Server, settle: float) -> None:
    """Let the teacher try the page, with another link, before the class comes."""
    await visit(server.address, PAGE, "seed=1")
    server.wait_until_idle(settle)


async def a_class(server: Server, size: Size, own: bool) -> list[Row]:
    """Let a class open a page and move its sliders."""
    await prepare(server, size.settle)
    crowd = Crowd(server.address, PAGE, size.learners, own_seeds=own)
    opened = await crowd.arrive(size.learners / ARRIVE_A_SECOND)
    moved = await _moved(server, crowd, size.pause, size.moves, None if own else MOVED)
    await crowd.leave()
    who, pictures, beside = str(crowd), _pictures(opened), _beside(opened, server)
    goals = (None, None) if own else (OPENED, OPENED_TAIL)
    return [
        Row(f"{who}: first picture", statistics.median(pictures), "s", goals[0], beside=beside),
        Row(f"{who}: first picture, p95", tail(pictures), "s", goals[1], beside=beside),
        moved,
    ]


async def many(server: Server, size: Size, own: bool) -> list[Row]:
    """Let many learners move their sliders; see what they hold, and what they leave behind."""
    await prepare(server, size.settle)
    before = server.megabytes()
    crowd = Crowd(server.address, PAGE, size.many, own_seeds=own)
    await crowd.arrive(size.many / ARRIVE_A_SECOND)
    goal = None if own else MOVED_BY_MANY
    moved = await _moved(server, crowd, size.long_pause, size.moves, goal)
    during = server.megabytes()
    await crowd.leave()
    if own:
        return [moved]
    await asyncio.sleep(size.remembered)
    await visit(server.address, PAGE, "seed=1")  # what is too old goes when somebody comes
    after = server.megabytes()
    beside = {"before_MB": before, "during_MB": during, "after_MB": after}
    each = (during - before) / size.many
    return [
        moved,
        Row(f"{crowd}: memory of each", each, "MB", beside=beside),
        Row(f"{crowd}: memory when they have left", after / before, "of before", beside=beside),
    ]


async def come_and_go(server: Server, size: Size) -> list[Row]:
    """Let learners open the pages in turn and leave at once; compare the memory."""
    first, answers, start = math.nan, [], time.perf_counter()
    for number in range(size.sessions):
        if number == size.first_sessions:
            first = server.megabytes()
        page = size.pages[number % len(size.pages)]
        answers.append(await visit(server.address, page, "" if page == HOME.key else "seed=1"))
    last = server.megabytes()
    beside = {"first_MB": first, "last_MB": last, "seconds": time.perf_counter() - start}
    what = f"memory after {size.sessions} sessions, of after {size.first_sessions}"
    return [Row(what, last / first, "times", MEMORY, beside=beside | _beside(answers, server))]


async def _moved(server: Server, crowd: Crowd, pause: float, times: int, goal: float | None) -> Row:
    """Let a crowd move its sliders; return what most of the moves took."""
    start = time.perf_counter(), server.processor_seconds(), time.process_time()
    server.begin_profile()
    moved = await crowd.move(pause, times)
    server.end_profile()
    end = time.perf_counter(), server.processor_seconds(), time.process_time()
    wall, theirs, ours = (b - a for a, b in zip(start, end, strict=True))
    pictures = _pictures(moved)
    beside = _beside(moved, server) | {
        "median_s": statistics.median(pictures),
        "moves": len(moved),
        "server_processors": theirs / wall,
        "learners_processors": ours / wall,
    }
    return Row(f"{crowd}: a move each {pause:g} s, p95", tail(pictures), "s", goal, beside=beside)


def _pictures(answers: Sequence[Answer]) -> list[float]:
    return [answer.picture for answer in answers if not math.isnan(answer.picture)]


def _beside(answers: Sequence[Answer], server: Server) -> dict[str, float]:
    failed = sum(answer.errors + math.isnan(answer.picture) for answer in answers)
    return {
        "complete_p95_s": tail([answer.finished for answer in answers]),
        "kB": statistics.fmean(answer.size for answer in answers) / 1000,
        "errors": failed + server.complaints(),
    }


def measure(size: Size = FULL) -> Iterator[Row]:
    """Yield what a class waits for, and what it leaves behind; each time on a fresh server."""
    for own in size.own_seeds:
        with serving(APP) as server:
            yield from asyncio.run(a_class(server, size, own))
        with serving(APP) as server:
            yield from asyncio.run(many(server, size, own))
    with serving(APP) as server:
        yield from asyncio.run(come_and_go(server, size))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int)
    parser.add_argument("--pause", type=float, default=FULL.pause)
    parser.add_argument("--moves", type=int, default=FULL.moves)
    parser.add_argument("--own-seeds", action="store_true")
    parser.add_argument("--profile", action="store_true")
    asked = parser.parse_args()
    print_heading()
    if asked.learners is None:
        for row in measure():
            print_row(row)
        return
    with serving(APP, profiled=asked.profile) as server:
        size = Size(learners=asked.learners, pause=asked.pause, moves=asked.moves)
        for row in asyncio.run(a_class(server, size, asked.own_seeds)):
            print_row(row)
        print(server.profile())


if __name__ == "__main__":
    main()
