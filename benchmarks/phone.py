"""A phone in a live class, as the servers see it: it joins, polls, answers, and comes back.

Its page is a `Pupil`'s: when its replica goes it connects again by itself. It keeps its seat where
the browser does, in its link. It polls by the clock of the page's fragment. It answers through the
page's components, and holds for taken what the page says is taken, nothing else; until then it
sends again: a person presses the button once more, and a turn of telephone is sent by its script.
"""

from __future__ import annotations

import json
import math
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.learner import Answer
from benchmarks.phone_screen import GUESS, TURN, Screen, Task
from benchmarks.replicas import Pupil

if TYPE_CHECKING:
    from streamlit.proto.Element_pb2 import Element
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

__all__ = ["Given", "Phone"]

# Seconds until what was not taken is sent again: by a person who looks, and by the script of a turn.
AGAIN = {GUESS: 1.0, TURN: 6.0}
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
        Until the page said that it is taken; not a number before that, or where it never did.
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


class Phone(Pupil):
    """A phone.

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

    Attributes
    ----------
    think : callable
        Takes a task that has just come; returns the seconds until it is answered.
    polls : list of float
        Seconds of each poll that found nothing new.
    given, refused : list of Given
        Answers that the page says are taken, and that it let go without saying so.
    """

    def __init__(self, address: str, query: str, chance: random.Random, sent: str = "") -> None:
        super().__init__(address, "join", query)
        self.chance, self.sent = chance, sent
        self.think: Callable[[Task], float] = lambda task: chance.uniform(1.0, 4.0)
        self.screen = Screen()
        self.polls: list[float] = []
        self.given: list[Given] = []
        self.refused: list[Given] = []
        self.joined = math.nan
        self._drawn = Screen()
        self._elements: dict[str, Element] = {}
        self._clocks: dict[str, tuple[float, float]] = {}  # seconds between polls, when is the next
        self._next: tuple[str, float] | None = None  # which task, and when it is answered
        self._open: Given | None = None

    @property
    def seat(self) -> str:
        """The token of its seat, as its link holds it; nothing where it has none."""
        return parse_qs(self.query).get("seat", [""])[0]

    async def join(self) -> None:
        """Open the link, press the button at the door, and come to the seat."""
        came = time.perf_counter()
        await self.arrive()
        while not self.seat:
            button = next(iter(self.screen.buttons), None)
            if button is None:
                raise RuntimeError(f"the page has no door: {self.screen.texts}")
            await self._run(pressed=[WidgetState(id=button, trigger_value=True)])
        self.joined = time.perf_counter() - came

    async def sit(self, until: float) -> None:
        """Poll, and answer what is asked, until some moment on `time.perf_counter`."""
        while (now := time.perf_counter()) < until:
            due = min([until, *(at for _, at in self._clocks.values())])
            due = min(due, self._next[1] if self._next else due)
            if await self._was_lost(due - now):
                continue
            now = time.perf_counter()
            if self._next and now >= self._next[1]:
                await self._answer()
            else:
                await self._poll(now)

    async def _was_lost(self, seconds: float) -> bool:
        """Wait; if the page is lost meanwhile bring it back, and return whether it was."""
        before = len(self.away)
        await self.watch(seconds)
        return len(self.away) > before

    async def _poll(self, now: float) -> None:
        """Let the fragments run whose clocks say so; what they find changed draws the page anew."""
        for fragment, (every, at) in list(self._clocks.items()):
            if at <= now and fragment in self._clocks:
                # A clock goes on by itself; what it missed it leaves out.
                self._clocks[fragment] = every, at + every * math.ceil((now - at) / every + 1e-9)
                answer = await self._run(fragment=fragment)
                if not self._whole:
                    self.polls.append(answer.finished)

    async def _answer(self) -> None:
        """Press the button, once more where it was pressed before; or let the script send again."""
        task = self.screen.task
        assert task is not None, "what is next is on the screen"
        if self._open is None:
            now = time.perf_counter()
            self._open = Given(task, self._value(task), now, len(self.away))
        given = self._open
        given.times += 1
        value: Any = f"{given.times} {'_'.join(map(str, given.value))}"
        if task.kind == TURN:
            value = {
                "turn": task.data["turn"],
                "value": True if "judging" in task.data else list(given.value),
                "sending": given.times,
            }
        self._tell(task, value)
        self._next = (task.which, time.perf_counter() + AGAIN[task.kind])
        await self._run()

    def _value(self, task: Task) -> list[float]:
        """Return an answer drawn at random."""
        if task.kind == GUESS:
            scale = self.screen.scale
            ends = float(scale["low"]), float(scale["high"])
            return [round(self.chance.uniform(*ends), 6) for _ in scale["at"]]
        fields = task.data.get("asked", {}).get("fields", [])
        steps = [round((one["high"] - one["low"]) / one["step"]) for one in fields]
        moved = [self.chance.randint(0, most) for most in steps]
        return [
            round(one["low"] + one["step"] * step, 6)
            for one, step in zip(fields, moved, strict=True)
        ]

    def _tell(self, task: Task, value: Any) -> None:
        """Let a component tell something, as ``setStateValue`` does."""
        known = self._states.get(task.component)
        told = json.loads(known.json_value) if known else {}
        told[TOLD_AS[task.kind]] = value
        self._states[task.component] = WidgetState(
            id=task.component, json_value=json.dumps(told, separators=(",", ":"))
        )

    async def _run(self, fragment: str = "", pressed: Sequence[WidgetState] = ()) -> Answer:
        """Ask for a run; come back if the replica goes meanwhile or has gone before."""
        asked: Awaitable[Answer] = self._ask(Answer(time.perf_counter()), fragment, pressed)
        answer = await self._or_come_back(asked)
        self.answers.append(answer)
        return answer

    async def _ask(
        self, answer: Answer, fragment: str = "", pressed: Sequence[WidgetState] = ()
    ) -> Answer:
        found = await super()._ask(answer, fragment, pressed)
        if self._whole:
            self.screen = self._drawn
            self._elements = {key: e for key, e in self._elements.items() if key in self._held}
            self._look()
        return found

    def _look(self) -> None:
        """See whether the answer is taken, and what is to be answered."""
        task, now = self.screen.task, time.perf_counter()
        which = task.which if task else None
        given = self._open
        if given is not None and given.task.which != which:
            self._open = None
            if self._says_taken(given):
                given.seconds = now - given.pressed
                given.interrupted = len(self.away) > given.away or self._coming_back
                self.given.append(given)
            else:
                self.refused.append(given)
        if task is None:
            self._next = None
        elif self._next is None or self._next[0] != which:
            self._next = (task.which, now + self.think(task))

    def _says_taken(self, given: Given) -> bool:
        if given.task.kind == GUESS:
            return self.screen.guessed == list(given.value)
        return self.sent in self.screen.texts

    async def _come_back(self) -> Answer:
        self._coming_back = True
        try:
            return await super()._come_back()
        finally:
            self._coming_back = False

    _coming_back = False

    def _take(
        self, message: ForwardMsg, answer: Answer, seen: set[str], controls: set[str]
    ) -> None:
        super()._take(message, answer, seen, controls)
        kind = message.WhichOneof("type")
        if kind == "new_session" and self._whole:
            self._drawn = Screen()
            self._clocks.clear()
        elif kind == "auto_rerun":
            asked = message.auto_rerun
            clock = asked.interval, time.perf_counter() + asked.interval
            if self._clocks.get(asked.fragment_id, clock)[0] == asked.interval:
                self._clocks.setdefault(asked.fragment_id, clock)
        elif kind == "stop_auto_rerun":
            for fragment in message.stop_auto_rerun.fragment_ids:
                self._clocks.pop(fragment, None)
        elif kind == "ref_hash":
            with suppress(KeyError):
                self._draw(self._elements[message.ref_hash], controls)
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            if message.metadata.cacheable:
                self._elements[message.hash] = message.delta.new_element
            self._draw(message.delta.new_element, controls)

    def _draw(self, element: Element, controls: set[str]) -> None:
        self._drawn.draw(element)
        if element.WhichOneof("type") == "bidi_component":
            controls.add(element.bidi_component.id)  # what it told stays while it is there
