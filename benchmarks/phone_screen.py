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
    """

    kind: str
    component: str
    which: str
    data: Mapping[str, Any]


@dataclass
class Screen:
    """What one run of the page drew."""

    buttons: list[str] = field(default_factory=list)
    components: dict[str, tuple[str, dict[str, Any]]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    picture: bytes = b""

    def draw(self, element: Element) -> None:
        """Take in an element."""
        kind = element.WhichOneof("type")
        if kind == "button":
            self.buttons.append(element.button.id)
        elif kind == "alert":
            self.texts.append(element.alert.body)
        elif is_picture(element):
            self.picture = element.bidi_component.bytes
        elif kind == "bidi_component" and element.bidi_component.WhichOneof("data") == "json":
            shown = element.bidi_component
            data = json.loads(shown.json)
            self.components[shown.component_name] = shown.id, data
            if shown.component_name == TURN and data.get("before"):
                self.texts.append(data["before"])

    @property
    def task(self) -> Task | None:
        """What is to be answered now."""
        component, data = self.components.get(TURN, ("", {}))
        if data:
            return Task(TURN, component, f"turn {data['turn']}", data)
        component, data = self.components.get(GUESS, ("", {}))
        ask = data.get("ask") or {}
        if ask.get("state") == "asking" and self.picture:
            return Task(GUESS, component, ask["text"], data)
        return None

    @property
    def guessed(self) -> list[float] | None:
        """The own guess that the page says it has; None while it has none."""
        data = self.components.get(GUESS, ("", {}))[1]
        told = (data.get("ask") or {}).get("state") == "told"
        return [float(value) for value in data["guess"]] if told and data.get("guess") else None

    @property
    def scale(self) -> Mapping[str, Any]:
        """Where the guess is made in the picture: ``at``, ``low``, ``high``."""
        return _scale(self.picture)


@functools.lru_cache(maxsize=64)
def _scale(picture: bytes) -> Mapping[str, Any]:
    length = int.from_bytes(picture[:4], "little")
    scale: Mapping[str, Any] = json.loads(picture[STAMP : STAMP + length])["guess"]
    return scale
