"""One picture of the site, as a script that hands it to the page: files may not read files."""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from collapse_core.figures.player.stand_alone import table_of
from collapse_core.lessons.language import speaking
from collapse_core.topics.handout import Handout, hand_out
from collapse_core.topics.registry import topic_named

__all__ = ["Drawn", "Wanted", "draw"]


@dataclass(frozen=True)
class Wanted:
    """A picture that is to be computed, in words that travel to another process.

    Parameters
    ----------
    key : str
        Of the topic.
    number : int
        Of the picture among those of its topic.
    settings : mapping
        All of them.
    language : str
        Of its words.
    address : str
        Of the full app, with "/" at its end; empty if there is none to lead to.
    """

    key: str
    number: int
    settings: Mapping[str, Any]
    language: str
    address: str

    @property
    def file(self) -> str:
        """Where it is written, from the top of the site."""
        return f"data/{self.key}/{self.number}.js"


@dataclass(frozen=True)
class Drawn:
    """A picture that was computed.

    Parameters
    ----------
    wanted : Wanted
        Which one.
    script : str
        What the page loads; empty if it could not be computed.
    alt : str
        What it shows, in a sentence.
    caption : str
        What is said at the moment that is shown first.
    trouble : str
        Why it could not be computed.
    """

    wanted: Wanted
    script: str = ""
    alt: str = ""
    caption: str = ""
    trouble: str = ""


def draw(wanted: Wanted) -> Drawn:
    """Compute one picture; what goes wrong is told in what is returned.

    Parameters
    ----------
    wanted : Wanted
        Which one.
    """
    with speaking(wanted.language):
        try:
            topic = topic_named(wanted.key)
            made = hand_out(topic, topic.ask(wanted.settings), address=wanted.address)
            return Drawn(wanted, _script(wanted, made), made.moving.alt, made.caption)
        except (ValueError, RuntimeError, ImportError, OSError, MemoryError) as error:
            return Drawn(wanted, trouble=str(error) or type(error).__name__)


def _script(wanted: Wanted, made: Handout) -> str:
    picture = made.picture()
    told = {
        "tick": made.tick,
        "about": picture.about[0],
        "notes": list(made.shown.notes(made.tick)),
        "table": table_of(made.columns),
        "link": made.link() if wanted.address else "",
    }
    # Without a date in it, the same picture is the same file.
    packed = gzip.compress(picture.packed(), 9, mtime=0)
    parts = json.dumps([wanted.key, wanted.number, told], ensure_ascii=False)
    return (
        f'modelCollapse.take({parts[1:-1]},\n"{base64.b64encode(packed).decode()}");\n'
    ).replace("</", "<\\/")
