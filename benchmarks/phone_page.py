"""A phone's page in a live class, as a browser runs it: what it shows, its clocks, what it tells.

It is a `Pupil`'s page: when its replica goes it connects again by itself, and asks for a run with
the link in the address bar, which holds its seat.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from streamlit.proto.WidgetStates_pb2 import WidgetState

from benchmarks.learner import Answer
from benchmarks.phone_screen import Screen
from benchmarks.replicas import Pupil

if TYPE_CHECKING:
    from streamlit.proto.Element_pb2 import Element
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

__all__ = ["PhonePage"]


class PhonePage(Pupil):
    """A page that polls.

    Parameters
    ----------
    address : str
        Of the server, or of the proxy.
    page : str
        Key of the page.
    query : str
        Of its link.
    pace : float
        How fast its clock runs; a test may hurry.

    Attributes
    ----------
    screen : Screen
        What the page shows.
    polls : list of float
        Seconds of each poll that found nothing new.
    """

    def __init__(self, address: str, page: str, query: str, pace: float = 1.0) -> None:
        super().__init__(address, page, query)
        self.pace = pace
        self.screen = Screen()
        self.polls: list[float] = []
        self._drawn = Screen()
        self._elements: dict[str, tuple[Element, str]] = {}
        # Of each fragment with a clock: seconds between two polls, and when the next one is.
        self._clocks: dict[str, tuple[float, float]] = {}

    def looked(self) -> None:
        """Take notice of a page that was drawn anew."""

    def next_poll(self) -> float:
        """Return when the page polls next, on `time.perf_counter`."""
        return min((at for _, at in self._clocks.values()), default=math.inf)

    async def poll(self, now: float) -> None:
        """Let the fragments run whose clocks say so; what they find changed draws the page anew."""
        for fragment, (every, at) in list(self._clocks.items()):
            if at <= now and fragment in self._clocks:
                # A clock goes on by itself; what it missed it leaves out.
                self._clocks[fragment] = every, at + every * (1 + (now - at) // every)
                answer = await self.run(fragment=fragment, polls=True)
                if not self._whole:
                    self.polls.append(answer.finished)

    async def was_lost(self, seconds: float) -> bool:
        """Wait; if the page is lost meanwhile bring it back, and return whether it was."""
        before = len(self.away)
        await self.watch(seconds)
        return len(self.away) > before

    def tell(self, component: str, name: str, value: Any) -> None:
        """Let a component tell something with the next run, as ``setStateValue`` does."""
        known = self._states.get(component)
        told = (json.loads(known.json_value) if known else {}) | {name: value}
        text = json.dumps(told, separators=(",", ":"))
        self._states[component] = WidgetState(id=component, json_value=text)

    async def run(
        self, fragment: str = "", pressed: Sequence[WidgetState] = (), *, polls: bool = False
    ) -> Answer:
        """Ask for a run; come back if the replica goes meanwhile or has gone before."""
        answer = Answer(time.perf_counter())
        asked: Awaitable[Answer] = self._ask(answer, fragment, pressed, polls=polls)
        answer = await self._or_come_back(asked)
        self.answers.append(answer)
        return answer

    async def _ask(
        self,
        answer: Answer,
        fragment: str = "",
        pressed: Sequence[WidgetState] = (),
        *,
        polls: bool = False,
    ) -> Answer:
        found = await super()._ask(answer, fragment, pressed, polls=polls)
        if self._whole:
            self._elements = {key: e for key, e in self._elements.items() if key in self._held}
        if self._whole or not polls:
            self.screen = self._drawn
            self.looked()
        return found

    def _take(
        self, message: ForwardMsg, answer: Answer, seen: set[str], controls: set[str]
    ) -> None:
        super()._take(message, answer, seen, controls)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self._drawn = Screen()
            if self._whole:
                self._clocks.clear()
        elif kind == "auto_rerun":
            fragment, every = message.auto_rerun.fragment_id, message.auto_rerun.interval
            every /= self.pace
            if self._clocks.get(fragment, (0.0, 0.0))[0] != every:
                self._clocks[fragment] = every, time.perf_counter() + every
        elif kind == "stop_auto_rerun":
            for fragment in message.stop_auto_rerun.fragment_ids:
                self._clocks.pop(fragment, None)
        elif kind == "ref_hash":
            with suppress(KeyError):  # no element
                self._draw(*self._elements[message.ref_hash], controls)
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            drawn = message.delta.new_element, message.delta.fragment_id
            if message.metadata.cacheable:
                self._elements[message.hash] = drawn
            self._draw(*drawn, controls)

    def _draw(self, element: Element, fragment: str, controls: set[str]) -> None:
        self._drawn.draw(element, fragment)
        if element.WhichOneof("type") == "bidi_component":
            controls.add(element.bidi_component.id)  # what it told stays while it is there
