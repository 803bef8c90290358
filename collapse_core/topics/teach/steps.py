"""One stop of a class: a page with its settings, and the link that holds them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.teach.told import TOLD_PAGES, Told, told

__all__ = ["Stop", "stop_of"]


@dataclass(frozen=True)
class Stop:
    """A page as a class looks at it.

    Parameters
    ----------
    page : str
        Key of the page.
    settings : mapping
        What is set there, by name.
    seed : int
        Of its runs.
    generation : int, optional
        Where its clock stands; None for where the page puts it.
    asks : bool
        Whether the page asks for a guess before it answers.
    """

    page: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    seed: int = 1
    generation: int | None = None
    asks: bool = False

    def parameters(self) -> dict[str, Any]:
        """Return what a link to the page holds."""
        found: dict[str, Any] = {**self.settings, "seed": self.seed}
        if self.asks:
            # Else a link that sets anything would show the answer at once. Before it the clock
            # has the first generations only, and then it stands where the guess is answered.
            return found | {"guess": "ask"}
        if self.generation is None:
            return found
        # Nor is it asked for where a stop before it, in the same visit, was left without a guess.
        return found | {"generation": self.generation, "guess": "skip"}

    def told(self) -> Told | None:
        """Return what the page says there; None for pages whose sentence takes long to compute."""
        if self.generation is None or self.page not in TOLD_PAGES:
            return None
        return told(self.page, self.settings, self.seed, self.generation)


def stop_of(entry: Mapping[str, Any], seed: int) -> Stop:
    """Return the stop that an entry of a lesson describes.

    Parameters
    ----------
    entry : mapping
        With ``page``, and perhaps ``settings``, ``generation`` and ``asks``.
    seed : int
        Of the runs.
    """
    return Stop(
        entry["page"],
        entry.get("settings", {}),
        seed,
        entry.get("generation"),
        bool(entry.get("asks", False)),
    )


def filled(lesson: Lesson, text: str, known: Told | None, where: str) -> str:
    """Return a text of a lesson, with the numbers of the page that it is about in its gaps."""
    return text if known is None else lesson.fill(text, where, **known.facts)
