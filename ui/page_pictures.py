"""The pictures of a page: the main one with the page's clock, smaller ones, and still ones."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from collapse_core.figures.guess_place import FIRST_LOOK
from collapse_core.figures.look import Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.player.picture import Picture
from collapse_core.lessons.control_words import ControlWords
from collapse_core.lessons.lesson import Lesson, read_lesson
from collapse_core.lessons.untold import leaving_untold
from ui.page_link import PageLink, linked_tick
from ui.pictures import show
from ui.predict import Answer
from ui.settings import PANELS, Setting

__all__ = ["PagePictures"]

# Below a saved picture also where they are as they were at the start.
ALWAYS_TOLD = ("sample_size", "generations", "anchors", "runs", "seed")


class PagePictures:
    """What draws the pictures of a page that is open. Each is made once for everyone.

    Attributes
    ----------
    tick : int
        The tick that the page's clock shows.
    """

    key: str
    lesson: Lesson
    look: Look
    embedded: bool
    link: PageLink
    answer: Answer
    stage: Any
    values: dict[str, Any]
    untold: frozenset[str]
    tick: int = 0
    _drawn: dict[str, tuple[Setting, ControlWords]]
    _asks: bool = True
    _picture: Callable[[], Picture] | None = None

    def __getitem__(self, name: str) -> Any:
        """Return the value of a setting, whether its control is drawn or not."""
        return self.link.settings[name].usable(self.link[name])

    @property
    def waiting(self) -> bool:
        """Whether the reader is still to guess, and the answer must not show."""
        return self.answer.waiting and self._asks

    def picture(
        self,
        make: Callable[[], MovingFigure],
        captions: Callable[[], Sequence[str]],
        of: object,
        *,
        start: int,
        last: int,
        done: int | None = None,
        key: str = "",
        filename: str = "{name}-generation-{tick}",
        first_look: int = FIRST_LOOK,
    ) -> int:
        """Draw the picture with its clock; return the generation that is shown.

        Parameters
        ----------
        make : callable
            Makes the figure, unless somebody has asked for the same one before.
        captions : callable
            Makes a sentence per generation.
        of : object
            What the picture depends on besides the page's settings and its look; its ``repr``
            tells all of it.
        start : int
            Where the clock stands until somebody moves its hand.
        last : int
            The last generation.
        done : int, optional
            The last one that is computed so far, where that takes a while.
        key : str
            Of the clock, where it is not the page's.
        filename : str
            Of a saved picture.
        first_look : int
            How many generations are seen before the guess.
        """
        first = min(first_look, last)
        if self.waiting:
            start, last, done = 0, first, None if done is None else min(done, first)
        key, waiting = key or self.key, self.waiting
        name = filename.replace("{name}", key.replace("_", "-"))
        about = self._about()

        def picture() -> Picture:
            more: dict[str, Any] = {"title": self.lesson.title, "about": about}
            moving, said = self._made(make), captions()
            if waiting:
                moving, said = moving.first(first), said[: first + 1]
            return moving.picture(said, filename=name, name=key, **more)

        self._picture = picture
        self.tick = linked_tick(self.link, key, last, start, done=done)
        self._show(picture, (of, done, self._looked_at()), key)
        return self.tick

    def _show(self, picture: Callable[[], Picture], of: object, key: str) -> None:
        asked = self.answer.shown()
        asked |= {"panels": self[PANELS.name], "fits": True, "embedded": self.embedded}
        # Who shows a picture to a class has the keys at hand, wherever the focus is.
        asked["anywhere"] = self.look.scale > 1.0
        with self.stage:
            show(
                picture,
                of,
                key=key,
                tick=self.tick,
                asked=asked,
                on_guess=self.answer.take,
                # Not a method: the session keeps what it calls, and all the page's results with it.
                on_panels=partial(_choose, self.link.key(PANELS.name)),
            )

    def beside(
        self,
        make: Callable[[], MovingFigure],
        captions: Callable[[], Sequence[str]],
        of: object,
        *,
        key: str,
        tick: int = 0,
        private: bool = False,
    ) -> None:
        """Draw a smaller picture with a clock of its own, which the link does not know.

        One that is private shows a reader's own data, and goes with the session.
        """

        def picture() -> Picture:
            return self._made(make).picture(captions(), name=key, saves=False)

        show(picture, (of, self._looked_at()), key=key, tick=tick, private=private)

    def still(self, make: Callable[[], MovingFigure], of: object, key: str) -> None:
        """Draw a picture without a clock, of what its ``repr`` tells."""

        def picture() -> Picture:
            return self._made(make).picture(name=key, saves=False)

        show(picture, (of, self._looked_at()), key=key)

    def _made(self, make: Callable[[], MovingFigure]) -> MovingFigure:
        """Return a figure, without what the link leaves untold."""
        with leaving_untold(self.untold):
            return make()

    def _looked_at(self) -> tuple[object, ...]:
        """Return what every picture of the page depends on."""
        values = {name: self[name] for name, item in self.link.settings.items() if item.preset}
        return (self.look, self.waiting, self.embedded, values, bool(self.untold))

    def _about(self) -> list[str]:
        """Return the lines below a saved picture: its parameters, and where it is from."""
        shown = [
            f"{setting.label or words['label']}: {said}"
            for name, (setting, words) in self._drawn.items()
            if (name in ALWAYS_TOLD or self.values[name] != setting.default)
            and (said := setting.spoken(self.values[name], words))
        ]
        places = {"page": self.lesson.title, "app": read_lesson("shell").title}
        return [" · ".join(shown), read_lesson("shell").say("player", "from", places)]


def _choose(key: str, panels: str) -> None:
    """Remember which panels the reader chose, where that is the spelling of some."""
    with contextlib.suppress(ValueError):
        st.session_state[key] = PANELS.usable(panels)
