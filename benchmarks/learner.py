"""One learner with a page open, as the server sees it: Streamlit's protocol over a websocket.

The protocol is the framework's own and belongs to its version: ``BackMsg`` asks for a run of the
page, with the state of every control and the hashes of what the browser still holds; ``ForwardMsg``
brings what changed, or the hash of what is held already. A run is of the whole page, or of a
fragment.
"""

from __future__ import annotations

import math
import random
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

from benchmarks.picture import is_picture
from benchmarks.widget_states import first_state, moved_slider

if TYPE_CHECKING:
    from collections.abc import Sequence

    from streamlit.proto.Element_pb2 import Element
    from streamlit.proto.Slider_pb2 import Slider
    from streamlit.proto.WidgetStates_pb2 import WidgetState
    from websockets.asyncio.client import ClientConnection

__all__ = ["Answer", "Learner"]

# A browser drops what no run has used for so many runs: global.maxCachedMessageAge.
KEPT_FOR_RUNS = 2


@dataclass
class Answer:
    """What the server sent for one request.

    Parameters
    ----------
    started : float
        When it was asked, on `time.perf_counter`.
    picture : float
        Seconds until a picture came that was not shown before; not a number if none did.
    finished : float
        Seconds until the page was complete.
    size : int
        Bytes received.
    errors : int
        Exceptions shown on the page, and runs that failed.
    """

    started: float
    picture: float = math.nan
    finished: float = math.nan
    size: int = 0
    errors: int = 0


class Learner:
    """A browser's tab without the browser.

    Parameters
    ----------
    address : str
        Of the server.
    page : str
        Key of the page; nothing for home.
    query : str
        The settings in the link.

    Attributes
    ----------
    headers : dict
        What the websocket is asked for with, such as cookies.
    """

    def __init__(self, address: str, page: str, query: str) -> None:
        self.address, self.page, self.query = address, page, query
        self.headers: dict[str, str] = {}
        self._socket: ClientConnection | None = None
        self._page_hash = ""
        self._runs = 0
        self._held: dict[str, tuple[int, bool]] = {}  # last run that used it, whether a picture
        self._shown: set[str] = set()
        self._states: dict[str, WidgetState] = {}
        self._sliders: dict[str, Slider] = {}
        self._whole = True  # whether the last run was of the whole page

    async def open(self) -> Answer:
        """Open the page and wait until it is complete."""
        answer = Answer(time.perf_counter())
        self._socket = await connect(
            f"ws{self.address.removeprefix('http')}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=self.address,  # type: ignore[arg-type]
            additional_headers=self.headers,
            max_size=None,
            open_timeout=None,
            ping_interval=None,
        )
        return await self._ask(answer)

    async def move(self, slider: str, value: float) -> Answer:
        """Move a slider, named by the end of its key, and wait until the page is complete."""
        control = next(item for key, item in self._sliders.items() if key.endswith(slider))
        self._states[control.id] = moved_slider(control, value)
        return await self._ask(Answer(time.perf_counter()))

    async def move_some(self, chance: random.Random) -> Answer:
        """Move one slider of the page to a place drawn at random; without one, ask again."""
        moving = [c for c in self._sliders.values() if c.id in self._states and len(c.default) == 1]
        numbers = [control for control in moving if not control.options]
        if numbers:
            control = chance.choice(numbers)
            steps = round((control.max - control.min) / control.step)
            value = control.min + control.step * chance.randint(0, steps)
            self._states[control.id] = moved_slider(control, value)
        return await self._ask(Answer(time.perf_counter()))

    async def close(self) -> None:
        """Leave, as a browser does whose tab is closed."""
        if self._socket is not None:
            await self._socket.close()

    async def _ask(
        self,
        answer: Answer,
        fragment: str = "",
        pressed: Sequence[WidgetState] = (),
        *,
        polls: bool = False,
    ) -> Answer:
        """Ask for a run, of a fragment or of the page; wait until it is complete.

        Parameters
        ----------
        answer : Answer
            Begun by the caller.
        fragment : str
            Which fragment; nothing for the whole page.
        pressed : sequence of WidgetState
            Buttons, which are told once.
        polls : bool
            Whether a fragment's clock asks, and nobody.
        """
        assert self._socket is not None, "a page is opened before it is asked"
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string = self.query
        asked.page_script_hash = self._page_hash
        asked.page_name = "" if self._page_hash else self.page
        asked.fragment_id, asked.is_auto_rerun = fragment, polls
        asked.widget_states.widgets.extend([*self._states.values(), *pressed])
        asked.cached_message_hashes.extend(self._held)
        asked.context_info.url = f"{self.address}/{self.page}"
        asked.context_info.color_scheme = "light"
        asked.context_info.is_embedded = False
        await self._socket.send(message.SerializeToString())
        seen: set[str] = set()
        controls: set[str] = set()
        while math.isnan(answer.finished):
            data = await self._socket.recv(decode=False)
            answer.size += len(data)
            self._take(ForwardMsg.FromString(data), answer, seen, controls)
        if not self._whole:
            self._shown |= seen
            return answer
        self._shown = seen
        self._states = {key: state for key, state in self._states.items() if key in controls}
        self._runs += 1
        oldest = self._runs - KEPT_FOR_RUNS
        self._held = {key: held for key, held in self._held.items() if held[0] >= oldest}
        return answer

    def _take(
        self, message: ForwardMsg, answer: Answer, seen: set[str], controls: set[str]
    ) -> None:
        kind = message.WhichOneof("type")
        passed = time.perf_counter() - answer.started
        if kind == "new_session":
            self._whole = not message.metadata.run.fragment_ids
            if self._whole:  # what an earlier run drew that ended early is gone
                seen.clear()
                controls.clear()
        elif kind == "navigation":
            self._page_hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                answer.errors += 1
            if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                answer.finished = passed
        elif kind == "ref_hash":
            picture = self._held[message.ref_hash][1]
            self._held[message.ref_hash] = (self._runs, picture)
            if picture:
                self._see(message.ref_hash, passed, answer, seen)
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            picture = is_picture(element)
            if message.metadata.cacheable:
                self._held[message.hash] = (self._runs, picture)
            if picture:
                self._see(message.hash, passed, answer, seen)
            answer.errors += element.WhichOneof("type") == "exception"
            self._control(element, controls)

    def _see(self, picture: str, passed: float, answer: Answer, seen: set[str]) -> None:
        if picture not in self._shown and math.isnan(answer.picture):
            answer.picture = passed
        seen.add(picture)

    def _control(self, element: Element, controls: set[str]) -> None:
        state = first_state(element)
        if state is None:
            return
        controls.add(state.id)
        kind = element.WhichOneof("type")
        if state.id not in self._states or (kind and getattr(element, kind).set_value):
            self._states[state.id] = state
        if kind == "slider":
            self._sliders[state.id] = element.slider
