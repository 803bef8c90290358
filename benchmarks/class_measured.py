"""What is measured of a live class: joining, polls, a guess while a replica may end, telephone."""

from __future__ import annotations

import asyncio
import math
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.class_compared import Compared, compare
from benchmarks.class_meeting import Meeting
from benchmarks.class_meter import Meter
from benchmarks.class_place import Place
from benchmarks.phone import Phone
from benchmarks.table import Row
from benchmarks.timing import tail
from collapse_core.classroom.rounds import telephone_settings
from collapse_core.figures.guess_place import FIRST_LOOK
from ui.classroom.guess.question import guess_settings

__all__ = ["Size", "a_class"]

PAGE = "two_colours"
JOINED, ANSWERED, POLLED = 60.0, 1.0, 10.0  # the goals: seconds, seconds, milliseconds
LENGTH = 5  # steps of a chain
ALL_SEE_IT = 15.0  # seconds in which every phone has polled, also one that was away
LONGEST_ROUND = 180.0  # of telephone, in seconds
LOOKS = (0.5, 2.0)  # seconds for which somebody looks at what a turn shows


@dataclass(frozen=True)
class Size:
    """How many phones come, and how long everything takes, in seconds.

    ``quiet`` is how long they only poll; in the middle of ``answer_within`` a replica may be
    killed. ``pace`` is how fast the clocks of the phones run.
    """

    phones: int = 30
    arrive_within: float = 50.0
    quiet: float = 15.0
    answer_within: float = 30.0
    kill: bool = False
    telephone: bool = False
    pace: float = 1.0


async def a_class(place: Place, size: Size) -> list[Row]:
    """Let a class meet; return what was measured."""
    meeting = await Meeting.opened(place, size.phones, size.pace)
    try:
        rows = [await _joining(meeting, size), await _polling(meeting, size)]
        rows += await _guessing(meeting, size)
        return rows + ([await _telephone(meeting)] if size.telephone else [])
    finally:
        await meeting.leave()


async def _joining(meeting: Meeting, size: Size) -> Row:
    meter = Meter(meeting.place)
    joined = await meeting.join(size.arrive_within)
    each = [phone.joined for phone in meeting.phones]
    beside = {"each_median_s": statistics.median(each), "each_p95_s": tail(each)}
    beside |= meter.shares() | {"errors": meeting.errors()}
    return Row(_named(meeting, "all in"), joined, "s", JOINED, beside=beside)


async def _polling(meeting: Meeting, size: Size) -> Row:
    """Let phones only poll: what the servers compute meanwhile is for that alone."""
    for phone in meeting.phones:
        phone.polls = []
    meter = Meter(meeting.place)
    await meeting.sit(size.quiet)
    waited = [seconds for phone in meeting.phones for seconds in phone.polls]
    each = 1000.0 * meter.server_seconds() / len(waited)
    beside = {"polls": float(len(waited)), "waited_median_ms": 1000 * statistics.median(waited)}
    beside |= {"waited_p95_ms": 1000 * tail(waited)} | meter.shares()
    return Row(_named(meeting, "a poll, server's time"), each, "ms", POLLED, beside=beside)


async def _guessing(meeting: Meeting, size: Size) -> list[Row]:
    """Ask a question; all answer at random times, and a replica may be killed in the middle."""
    meter = Meter(meeting.place)
    asked = meeting.ask(guess_settings(PAGE, {}))
    start = time.perf_counter()
    for phone in meeting.phones:
        at = start + phone.chance.uniform(0.0, size.answer_within)
        phone.think = lambda task, at=at: max(0.5, at - time.perf_counter())
    async with asyncio.TaskGroup() as together:
        if size.kill:
            together.create_task(meeting.lose_a_replica(size.answer_within / 2, meter))
        most = size.answer_within + ALL_SEE_IT
        together.create_task(meeting.sit(most, lambda: meeting.decided() >= size.phones))
    shares = meter.shares()
    compared = compare(meeting.store, meeting.of.id, asked.id, meeting.phones)
    meeting.show(asked)
    await meeting.sit(ALL_SEE_IT, lambda: all(map(_is_told, meeting.phones)))
    beside = {"told": float(sum(map(_is_told, meeting.phones)))} | shares
    rows = [_answered(meeting, "a guess is in, p95", size.phones, compared, beside)]
    return rows + ([_lost(meeting)] if size.kill else [])


async def _telephone(meeting: Meeting) -> Row:
    """Let the class play telephone until all chains are complete."""
    for phone in meeting.phones:
        phone.think = lambda task, chance=phone.chance: chance.uniform(*LOOKS)
    meter, count = Meter(meeting.place), max(1, len(meeting.phones) // LENGTH)
    asked = meeting.ask(telephone_settings({"game": "jar", "chains": count, "length": LENGTH}))
    turns, began = count * LENGTH, time.perf_counter()
    await meeting.sit(LONGEST_ROUND, lambda: len(meeting.given()) >= turns)
    beside = {"lasted_s": time.perf_counter() - began} | meter.shares()
    compared = compare(meeting.store, meeting.of.id, asked.id, meeting.phones)
    return _answered(meeting, "a turn of telephone is in, p95", turns, compared, beside)


def _answered(
    meeting: Meeting, what: str, wanted: int, compared: Compared, beside: Mapping[str, float]
) -> Row:
    """Return how long answers took whose phone kept its page, and what became of all of them."""
    given = meeting.given()
    kept = [one.seconds for one in given if not one.interrupted] or [math.inf]
    counts = {
        "taken": len(given),
        "stored": compared.stored,
        "lost": compared.lost,
        "unknown": compared.unknown,
        "double": compared.double,
        "refused": sum(len(phone.refused) for phone in meeting.phones),
        "errors": meeting.errors() + compared.wrong + abs(wanted - compared.stored),
    }
    found = {"median_s": statistics.median(kept), "longest_s": max(kept)} | counts | beside
    times = tail(kept) if len(kept) > 1 else kept[0]
    return Row(_named(meeting, what), times, "s", ANSWERED, beside=found)


def _lost(meeting: Meeting) -> Row:
    """Return after how long those were back who lost their replica, and their answers in."""
    away = [seconds for phone in meeting.phones for seconds in phone.away] or [math.inf]
    late = [one.seconds for one in meeting.given() if one.interrupted]
    beside = {
        "phones": float(sum(bool(phone.away) for phone in meeting.phones)),
        "median_s": statistics.median(away),
        "answers_meanwhile": float(len(late)),
        "longest_answer_s": max(late, default=0.0),
    }
    return Row(_named(meeting, "back after its end, last"), max(away), "s", beside=beside)


def _is_told(phone: Phone) -> bool:
    """Return whether a phone shows the answer to its guess: the picture goes on to its end."""
    return phone.screen.guessed is not None and phone.screen.frames > FIRST_LOOK + 1


def _named(meeting: Meeting, what: str) -> str:
    return f"{len(meeting.phones)} phones, {meeting.place.name}: {what}"
