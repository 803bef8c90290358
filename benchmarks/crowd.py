"""Learners who have one page open at the same time."""

from __future__ import annotations

import asyncio
import random
import time

from benchmarks.learner import Answer, Learner

__all__ = ["Crowd", "visit"]

SLIDER, VALUES = "/anchors", range(1, 101)


async def visit(address: str, page: str, query: str = "") -> Answer:
    """Open a page, wait until it is complete, and leave."""
    learner = Learner(address, page, query)
    answer = await learner.open()
    await learner.close()
    return answer


class Crowd:
    """Learners on one page.

    Parameters
    ----------
    address : str
        Of the server.
    page : str
        Key of the page.
    count : int
        How many they are.
    own_seeds : bool
        Whether each has other random numbers; otherwise all open the same link.
    """

    def __init__(self, address: str, page: str, count: int, own_seeds: bool) -> None:
        queries = [f"seed={100 + place}" if own_seeds else "seed=2" for place in range(count)]
        self.learners = [Learner(address, page, query) for query in queries]
        self._name = f"{count} learners, {'own seeds' if own_seeds else 'one link'}"

    def __str__(self) -> str:
        return self._name

    async def arrive(self, within: float) -> list[Answer]:
        """Let them open the page evenly within some seconds; return when all have it."""
        apart = within / len(self.learners)

        async def come(place: int, learner: Learner) -> Answer:
            await asyncio.sleep(apart * place)
            return await learner.open()

        return list(await asyncio.gather(*(come(*item) for item in enumerate(self.learners))))

    async def move(self, pause: float, times: int) -> list[Answer]:
        """Let each move a slider to another value, some times with a pause between."""
        start = time.perf_counter()

        async def move(place: int, learner: Learner) -> list[Answer]:
            chance, answers = random.Random(place), []
            first = chance.random()
            for turn, value in enumerate(chance.sample(VALUES, times)):
                # Who still waits for a picture does not move on.
                await asyncio.sleep(start + pause * (first + turn) - time.perf_counter())
                answers.append(await learner.move(SLIDER, value))
            return answers

        moved = await asyncio.gather(*(move(*item) for item in enumerate(self.learners)))
        return [answer for answers in moved for answer in answers]

    async def leave(self) -> None:
        """Close all tabs."""
        await asyncio.gather(*(learner.close() for learner in self.learners))
