"""A class on several replicas, one of which is killed, or each restarted in turn.

    python -m benchmarks.replicas --learners 150
    python -m benchmarks.replicas --learners 150 --restart

Learners speak Streamlit's protocol through the proxy (`benchmarks.school`), keep its cookie, and do
what a page of Streamlit does when its websocket ends: wait a moment, ask for a server, connect, and
ask for a run with the link in the address bar. What is told: who was interrupted, how long that
took, and whether the same settings and the same picture came back.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from benchmarks.class_at_once import ARRIVE_A_SECOND, PAGE
from benchmarks.crowd import SLIDER, VALUES
from benchmarks.learner import Answer, Learner
from benchmarks.school import School, school
from benchmarks.timing import tail

__all__ = ["Lesson", "Pupil", "kill_one", "lesson", "restart_each"]

# Streamlit 1.67's page waits so many seconds at first, then twice as long, at most so long.
FIRST_WAIT, LONGEST_WAIT = 0.5, 4.0
Event = Callable[[School, "list[Pupil]"], Awaitable[None]]


class Pupil(Learner):
    """A learner behind a proxy, whose page comes back when its replica goes.

    Attributes
    ----------
    away : list of float
        For each interruption, the seconds until the page was complete again.
    changed : list of str
        What was not as before: settings, or the picture.
    replica : str
        Which one the page is on, as the cookie names it.
    """

    def __init__(self, address: str, page: str, query: str) -> None:
        super().__init__(address, page, query)
        self.replica = ""
        self.answers: list[Answer] = []
        self.away: list[float] = []
        self.changed: list[str] = []

    async def open(self) -> Answer:
        """Ask which replica to go to, as a page does, and open the page there."""
        self.replica = await self._replica()
        self.headers["Cookie"] = f"replica={self.replica}"
        return await super().open()

    async def arrive(self) -> None:
        """Open the page for the first time."""
        self.answers.append(await self._or_come_back(self.open()))

    async def move_to(self, value: float) -> None:
        """Move the slider; come back if the replica goes meanwhile or has gone before."""
        self.answers.append(await self._or_come_back(self.move(SLIDER, value)))

    async def _or_come_back(self, asked: Awaitable[Answer]) -> Answer:
        try:
            return await asked
        except (ConnectionClosed, InvalidHandshake, OSError):
            return await self._come_back()

    async def _come_back(self) -> Answer:
        before, lost, wait = (self._settings(), self._shown), time.perf_counter(), FIRST_WAIT
        while True:
            await asyncio.sleep(wait * random.uniform(0.5, 1))
            try:
                answer = await self.open()
                break
            except (ConnectionClosed, InvalidHandshake, OSError):
                wait = min(LONGEST_WAIT, 2 * wait)
        self.away.append(time.perf_counter() - lost)
        after = self._settings(), self._shown
        names = ("settings", "picture") if before[1] else ()  # had it ever arrived?
        self.changed += [n for n, a, b in zip(names, before, after, strict=False) if a != b]
        return answer

    def _settings(self) -> dict[str, list[str]]:
        return parse_qs(self.query)

    async def watch(self, seconds: float) -> None:
        """Wait; come back as soon as the replica goes, also while nothing is moved."""
        until = time.perf_counter() + seconds
        while self._socket is not None and (left := until - time.perf_counter()) > 0:
            try:
                await asyncio.wait_for(self._socket.wait_closed(), left)
            except TimeoutError:
                return
            self.answers.append(await self._come_back())

    async def _replica(self) -> str:
        """Return the replica that the proxy leads to now."""
        parts = urlsplit(self.address)
        asked = f"GET {parts.path}/_stcore/health HTTP/1.1\r\nHost: {parts.netloc}\r\n"
        asked += f"Connection: close\r\nCookie: {self.headers.get('Cookie', '')}\r\n\r\n"
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        try:
            writer.write(asked.encode())
            head, _, _ = (await reader.read()).decode().partition("\r\n\r\n")
        finally:
            writer.close()
        if " 200 " not in head.partition("\r\n")[0]:
            raise OSError(head)
        _, found, rest = head.partition("set-cookie: replica=")
        return rest.partition(";")[0] if found else self.replica


@dataclass
class Lesson:
    """What became of a class."""

    pupils: list[Pupil]
    memory: list[float] = field(default_factory=list)
    first: int = 0  # how many were on the first replica when it happened

    @property
    def away(self) -> list[float]:
        """Seconds of all interruptions."""
        return [seconds for pupil in self.pupils for seconds in pupil.away]

    @property
    def changed(self) -> list[str]:
        """What was not as before when pages came back."""
        return [what for pupil in self.pupils for what in pupil.changed]

    @property
    def errors(self) -> int:
        """Exceptions on pages, and runs that failed."""
        return sum(answer.errors for pupil in self.pupils for answer in pupil.answers)

    def told(self) -> str:
        """Return it in a few lines."""
        each = [answer.finished for pupil in self.pupils for answer in pupil.answers]
        lines = [
            f"{len(self.pupils)} learners, {len(each)} runs of a page, {self.errors} errors",
            f"a run: median {statistics.median(each):.3f} s, p95 {tail(each):.3f} s",
            f"on the first replica: {self.first}; "
            f"interrupted: {sum(bool(pupil.away) for pupil in self.pupils)}, "
            f"{len(self.away)} times; not as before: {len(self.changed)}",
        ]
        if self.away:
            lines.append(
                f"back after: median {statistics.median(self.away):.2f} s, "
                f"p95 {tail(self.away):.2f} s, longest {max(self.away):.2f} s"
            )
        lines.append(f"memory of each learner: {statistics.fmean(self.memory):.2f} MB")
        return "\n".join(lines)


async def lesson(found: School, learners: int, pause: float, moves: int, event: Event) -> Lesson:
    """Let a class come and move a slider; let something happen in the middle.

    Parameters
    ----------
    found : School
        Where.
    learners : int
        How many.
    pause : float
        Seconds between two moves of a learner.
    moves : int
        How often each moves.
    event : callable
        What happens when a third of the lesson is over.
    """
    servers = [replica.server() for replica in found.replicas]
    await _warm(found)
    before = sum(server.megabytes() for server in servers)
    pupils = [Pupil(found.address, PAGE, f"seed=2&anchors={n % 7 + 1}") for n in range(learners)]

    async def come(place: int, pupil: Pupil) -> None:
        await asyncio.sleep(place / ARRIVE_A_SECOND)
        await pupil.arrive()

    await asyncio.gather(*(come(*item) for item in enumerate(pupils)))
    memory = [(sum(server.megabytes() for server in servers) - before) / learners]
    start, on_the_first = time.perf_counter(), 0

    async def learn(place: int, pupil: Pupil) -> None:
        chance = random.Random(place)
        first = chance.random()
        for turn, value in enumerate(chance.sample(VALUES, moves)):
            # Who waits notices at once that a replica has gone: the websocket ends.
            await pupil.watch(start + pause * (first + turn) - time.perf_counter())
            await pupil.move_to(value)

    async def happen() -> None:
        nonlocal on_the_first
        await asyncio.sleep(pause * moves / 3)
        on_the_first = sum(pupil.replica == "1" for pupil in pupils)
        await event(found, pupils)

    await asyncio.gather(happen(), *(learn(*item) for item in enumerate(pupils)))
    # Whoever was interrupted after the last move comes back too.
    await asyncio.gather(*(pupil.watch(1) for pupil in pupils))
    await asyncio.gather(*(pupil.close() for pupil in pupils))
    return Lesson(pupils, memory, on_the_first)


async def _warm(found: School) -> None:
    """Let the teacher try each replica before the class comes."""
    for replica in found.replicas:
        path = urlsplit(found.address).path
        teacher = Learner(replica.address + path, PAGE, "seed=1")
        await teacher.open()
        await teacher.close()
    await asyncio.sleep(5)  # what is imported in the background


async def kill_one(found: School, pupils: list[Pupil]) -> None:
    """Kill the first replica."""
    found.replicas[0].kill()


async def restart_each(found: School, pupils: list[Pupil]) -> None:
    """Restart the replicas one after the other, each when the one before is there again."""
    for replica in found.replicas:
        await asyncio.to_thread(replica.stop)
        await asyncio.to_thread(replica.start)
        await asyncio.sleep(3)  # until the proxy has seen it


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=150)
    parser.add_argument("--pause", type=float, default=10.0)
    parser.add_argument("--moves", type=int, default=6)
    parser.add_argument("--restart", action="store_true", help="each in turn; else kill one")
    asked = parser.parse_args()
    event = restart_each if asked.restart else kill_one
    with school() as found:
        print(asyncio.run(lesson(found, asked.learners, asked.pause, asked.moves, event)).told())


if __name__ == "__main__":
    main()
