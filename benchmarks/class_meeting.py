"""A live class that meets: its phones, and its teacher, whose desk is the store itself."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from benchmarks.class_meter import Meter
from benchmarks.class_place import Place
from benchmarks.crowd import visit
from benchmarks.phone import Given, Phone
from collapse_core.lessons.lesson import read_lesson
from ui.classroom.store import Class, ClassStore, Round

__all__ = ["Meeting"]

DOWN_FOR = 3.0  # seconds until a replica that was killed is started again
LOOK_EVERY = 0.2  # seconds


@dataclass
class Meeting:
    """A class that meets.

    Parameters
    ----------
    place : Place
        Where.
    store : ClassStore
        The same database, for the teacher.
    of : Class
        The class.
    teacher : str
        The teacher's token.
    phones : list of Phone
        All phones.
    """

    place: Place
    store: ClassStore
    of: Class
    teacher: str
    phones: list[Phone] = field(default_factory=list)

    @classmethod
    async def opened(cls, place: Place, phones: int, pace: float) -> Meeting:
        """Open a class, after the teacher has looked at each server; phones are still outside."""
        for server in place.servers():
            await visit(server.address, "join")
        store = ClassStore.at(place.database)
        of, teacher = store.open_class("en")
        sent, query = read_lesson("telephone").text("waiting", "sent"), f"class={of.code}&lang=en"
        come = [Phone(place.address, query, random.Random(n), sent, pace) for n in range(phones)]
        return cls(place, store, of, teacher, come)

    async def join(self, within: float) -> float:
        """Let the phones come evenly within some seconds; return after how many all had a seat."""
        start = last = time.perf_counter()

        async def come(number: int, phone: Phone) -> None:
            nonlocal last
            await asyncio.sleep(within * number / len(self.phones))
            await phone.join()
            last = max(last, time.perf_counter())
            await phone.sit(start + within)

        await asyncio.gather(*(come(*item) for item in enumerate(self.phones)))
        return last - start

    def ask(self, settings: Mapping[str, Any]) -> Round:
        """Begin a round; what phones have given before is forgotten."""
        for phone in self.phones:
            phone.given, phone.refused, phone.away = [], [], []
        return self.store.begin_round(self.of.id, self.teacher, dict(settings))

    def show(self, asked: Round) -> None:
        """Close a round, and show its truth."""
        for state in ("closed", "shown"):
            self.store.set_state(asked.id, self.teacher, state)

    async def sit(self, most: float, over: Callable[[], bool] = lambda: False) -> None:
        """Let all phones do what they do for so many seconds, or until something is so."""
        until, enough = time.perf_counter() + most, asyncio.Event()

        async def look() -> None:
            while time.perf_counter() < until and not over():
                await asyncio.sleep(LOOK_EVERY)
            enough.set()

        # Each goes on by itself: who comes back meanwhile holds nobody up.
        await asyncio.gather(look(), *(phone.sit(until, enough.is_set) for phone in self.phones))

    async def lose_a_replica(self, after: float, meter: Meter) -> None:
        """Kill the first replica after some seconds; a little later it is started again."""
        await asyncio.sleep(after)
        replica = self.place.replicas[0]
        meter.ends(replica.server())
        replica.kill()
        await asyncio.sleep(DOWN_FOR)
        if replica.process is not None:
            await asyncio.to_thread(replica.process.wait, 30)
        await asyncio.to_thread(replica.start)

    async def leave(self) -> None:
        """Close all tabs."""
        await asyncio.gather(*(phone.close() for phone in self.phones), return_exceptions=True)
        self.store.engine.dispose()

    def given(self) -> list[Given]:
        """Return what the phones believe taken."""
        return [given for phone in self.phones for given in phone.given]

    def decided(self) -> int:
        """Return how many answers are taken or refused."""
        return sum(len(phone.given) + len(phone.refused) for phone in self.phones)

    def errors(self) -> int:
        """Return how many exceptions pages showed and servers wrote, and phones without a seat."""
        shown = sum(answer.errors for phone in self.phones for answer in phone.answers)
        seats = {phone.seat for phone in self.phones if phone.seat}
        return shown + self.place.complaints() + len(self.phones) - len(seats)
