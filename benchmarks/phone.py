"""A phone in a live class: it joins, polls, answers, and comes back.

It holds for taken what its page says is taken, nothing else. Until then it sends again: a person
presses the button of a guess once more, and a turn of telephone is sent by its script.
"""

from __future__ import annotations

import math
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.learner import Answer
from benchmarks.phone_page import PhonePage
from benchmarks.phone_screen import GUESS, TURN, Task

__all__ = ["Given", "Phone"]

# Seconds until what was not taken is sent again: by a person who looks, by the script of a turn.
AGAIN = {GUESS: 1.0, TURN: 6.0}
LOOK_EVERY = 0.5  # seconds: how often it is seen whether to stop
# How the script of a component calls what it tells.
TOLD_AS = {GUESS: "guess", TURN: "answer"}


@dataclass
class Given:
    """One answer of a phone.

    Parameters
    ----------
    task : Task
        What was asked.
    value : sequence of float
        What was answered.
    pressed : float
        When, on `time.perf_counter`.
    away : int
        How often the phone had lost its page by then.
    times : int
        How often it was sent.
    seconds : float
        Until the page said that it is taken; not a number where it never did.
    interrupted : bool
        Whether the page was lost meanwhile.
    """

    task: Task
    value: Sequence[float]
    pressed: float
    away: int
    times: int = 0
    seconds: float = math.nan
    interrupted: bool = False


class Phone(PhonePage):
    """A phone and the person who has it.

    Parameters
    ----------
    address : str
        Of the server, or of the proxy.
    query : str
        Of the link by which it joins: the class's code, and the language.
    chance : random.Random
        Of what it answers.
    sent : str
        What the page says of a turn of telephone that was taken.
    pace : float
        How fast the page's clock runs.

    Attributes
    ----------
    think : callable
        Takes a task that has just come; returns the seconds until it is answered.
    given, refused : list of Given
        Answers that the page says are taken, and that it let go without saying so.
    joined : float
        Seconds until it had a seat.
    """

    def __init__(
        self, address: str, query: str, chance: random.Random, sent: str = "", pace: float = 1.0
    ) -> None:
        super().__init__(address, "join", query, pace)
        self.chance, self.sent = chance, sent
        self.think: Callable[[Task], float] = lambda task: chance.uniform(1.0, 4.0)
        self.given: list[Given] = []
        self.refused: list[Given] = []
        self.joined = math.nan
        self._next: tuple[str, float] | None = None  # which task, and when it is answered
        self._open: Given | None = None
        self._comes_back = False

    @property
    def seat(self) -> str:
        """The token of its seat, as its link holds it; nothing where it has none."""
        return parse_qs(self.query).get("seat", [""])[0]

    async def join(self) -> None:
        """Open the link, press the button at the door, and come to the seat."""
        came = time.perf_counter()
        await self.arrive()
        while not self.seat:
            if not self.screen.door or self.screen.texts:
                raise RuntimeError(f"the page lets nobody in: {self.screen.texts}")
            await self.run(pressed=[WidgetState(id=self.screen.door, trigger_value=True)])
        self.joined = time.perf_counter() - came

    async def sit(self, until: float, enough: Callable[[], bool] = lambda: False) -> None:
        """Poll, and answer what is asked.

        Parameters
        ----------
        until : float
            Until which moment, on `time.perf_counter`.
        enough : callable
            Says whether to stop before.
        """
        while (now := time.perf_counter()) < until and not enough():
            answers_at = self._next[1] if self._next else math.inf
            due = min(until, self.next_poll(), answers_at)
            if await self.was_lost(min(due - now, LOOK_EVERY)):
                continue
            now = time.perf_counter()
            if now >= answers_at:
                await self._answer()
            elif now >= self.next_poll():
                await self.poll(now)

    async def _answer(self) -> None:
        """Press the button, once more where it was pressed before; or let the script send again."""
        task = self.screen.task
        assert task is not None, "what is next is on the screen"
        if self._open is None:
            self._open = Given(task, self._value(task), time.perf_counter(), len(self.away))
        given = self._open
        given.times += 1
        told: Any = f"{given.times} {'_'.join(map(str, given.value))}"
        if task.kind == TURN:
            told = {"turn": task.turn, "value": list(given.value), "sending": given.times}
        self.tell(task.component, TOLD_AS[task.kind], told)
        self._next = (task.which, time.perf_counter() + AGAIN[task.kind])
        await self.run(fragment=task.fragment)

    def _value(self, task: Task) -> list[float]:
        """Return an answer drawn at random."""
        if task.kind == GUESS:
            scale = self.screen.scale
            ends = float(scale["low"]), float(scale["high"])
            return [round(self.chance.uniform(*ends), 6) for _ in scale["at"]]
        return [self._on_a_step(**one) for one in task.data["asked"]["fields"]]

    def _on_a_step(self, low: float, high: float, step: float, **more: Any) -> float:
        return round(low + step * self.chance.randint(0, round((high - low) / step)), 6)

    def looked(self) -> None:
        """See whether the answer is taken, and what is to be answered."""
        task, now, given = self.screen.task, time.perf_counter(), self._open
        which = task.which if task else None
        if given is not None and given.task.which != which:
            self._open = None
            taken = self._says_taken(given)
            (self.given if taken else self.refused).append(given)
            if taken:
                given.seconds = now - given.pressed
                given.interrupted = self._comes_back or len(self.away) > given.away
        if task is None:
            self._next = None
        elif self._next is None or self._next[0] != task.which:
            self._next = (task.which, now + self.think(task))

    def _says_taken(self, given: Given) -> bool:
        if given.task.kind == GUESS:
            return self.screen.guessed == list(given.value)
        return self.sent in self.screen.texts

    async def _come_back(self) -> Answer:
        self._comes_back = True
        try:
            return await super()._come_back()
        finally:
            self._comes_back = False
