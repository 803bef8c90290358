"""What stands on a phone's page in a class: the door, a question, a turn, and how its page polls.

It is read from what the server sends, as the scripts of the page read it in a browser.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from benchmarks.picture import is_picture

if TYPE_CHECKING:
    from streamlit.proto.Element_pb2 import Element

__all__ = ["GUESS", "TURN", "Screen", "Task"]

GUESS, TURN = "player_hand", "telephone_turn"  # the components in which a phone answers
NOTHING: tuple[str, dict[str, Any], str] = "", {}, ""
STAMP = 20  # bytes before a picture's header: its length, and a stamp of the content


@dataclass(frozen=True)
class Task:
    """Something to be answered.

    Parameters
    ----------
    kind : str
        ``GUESS`` or ``TURN``.
    component : str
        The id of the component that takes the answer.
    which : str
        What is asked: another task has another text.
    data : mapping
        What the component was given.
    fragment : str
        The fragment that what it tells draws anew; nothing for the whole page.
    """

    kind: str
    component: str
    which: str
    data: Mapping[str, Any]
    fragment: str = ""

    @property
    def turn(self) -> int:
        """Number of a turn of telephone; 0 for a guess."""
        return int(self.data.get("turn", 0))


@dataclass
class Screen:
    """What one run of the page drew, or one of the fragment that holds the round."""

    door: str = ""  # the button of the form where a code is typed
    # By name: id, data, and the fragment that it is in.
    components: dict[str, tuple[str, dict[str, Any], str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    picture: bytes = b""

    def draw(self, element: Element, fragment: str) -> None:
        """Take in an element that is drawn by a fragment, or by the page."""
        kind = element.WhichOneof("type")
        if kind == "button" and element.button.is_form_submitter:
            self.door = element.button.id
        elif kind == "alert":
            self.texts.append(element.alert.body)
        elif is_picture(element):
            self.picture = element.bidi_component.bytes
        elif kind == "bidi_component" and element.bidi_component.WhichOneof("data") == "json":
            shown = element.bidi_component
            data = json.loads(shown.json)
            self.components[shown.component_name] = shown.id, data, fragment
            if shown.component_name == TURN and data.get("before"):
                self.texts.append(data["before"])

    @property
    def task(self) -> Task | None:
        """What is to be answered now."""
        component, data, fragment = self.components.get(TURN, NOTHING)
        if data:
            return Task(TURN, component, f"turn {data['turn']}", data, fragment)
        component, data, fragment = self.components.get(GUESS, NOTHING)
        ask = data.get("ask") or {}
        if ask.get("state") == "asking" and self.picture:
            return Task(GUESS, component, ask["text"], data, fragment)
        return None

    @property
    def guessed(self) -> list[float] | None:
        """The own guess that the page says it has; None while it has none."""
        data = self.components.get(GUESS, NOTHING)[1]
        told = (data.get("ask") or {}).get("state") == "told"
        return [float(value) for value in data["guess"]] if told and data.get("guess") else None

    @property
    def scale(self) -> Mapping[str, Any]:
        """Where the guess is made in the picture: ``at``, ``low``, ``high``."""
        scale: Mapping[str, Any] = _header(self.picture)["guess"]
        return scale

    @property
    def frames(self) -> int:
        """How many generations the picture shows; 0 where there is none."""
        return len(_header(self.picture)["frames"]) if self.picture else 0


@functools.lru_cache(maxsize=16)
def _header(picture: bytes) -> Mapping[str, Any]:
    """Return what the player reads of a packed picture, before its numbers."""
    length = int.from_bytes(picture[:4], "little")
    header: Mapping[str, Any] = json.loads(picture[STAMP : STAMP + length])
    return header
