"""What is handed out of a topic: its picture as a page, a still, a table, a notebook."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import numpy as np

from collapse_core.checks import check_whole_number
from collapse_core.figures.look import DARK, LIGHT
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.player.picture import Picture
from collapse_core.figures.player.stand_alone import Playable
from collapse_core.figures.player.still import StillFormat, still
from collapse_core.lessons.control_words import control_words
from collapse_core.lessons.language import ENGLISH, language
from collapse_core.lessons.lesson import Lesson, read_lesson, shell_words
from collapse_core.lessons.notebook import notebook
from collapse_core.lessons.table_text import table_as_csv
from collapse_core.models.base import Report, no_report
from collapse_core.topics.shown import Asked, Shown, Topic

__all__ = ["Handout", "hand_out"]

# Below a picture also where they are as they were at the start.
_ALWAYS_TOLD = ("sample_size", "generations", "anchors", "runs", "seed")


@dataclass(frozen=True, eq=False)
class Handout:
    """A topic's picture with all that is said of it, at one tick of its clock.

    Parameters
    ----------
    topic : Topic
        Which one.
    asked : Asked
        Its settings.
    lesson : Lesson
        Its words.
    shown : Shown
        What was found.
    tick : int
        Where the clock stands.
    panels : str
        Numbers of the panels that are shown besides those that lead, joined by "-".
    dark : bool
        Whether its ground is dark.
    address : str
        Of the app, for links to the page, with "/" at its end; empty where it is not known.
    """

    topic: Topic
    asked: Asked
    lesson: Lesson
    shown: Shown
    tick: int
    panels: str = ""
    dark: bool = False
    address: str = ""

    @cached_property
    def moving(self) -> MovingFigure:
        """The figure with its frames."""
        return self.shown.draw(DARK if self.dark else LIGHT)

    @cached_property
    def captions(self) -> list[str]:
        """A sentence for each tick."""
        return list(self.shown.spoken.captions())

    @property
    def caption(self) -> str:
        """The sentence of the tick."""
        return self.captions[self.tick] if self.captions else ""

    @property
    def columns(self) -> dict[str, list[Any]]:
        """The numbers of the picture by the heading of their column."""
        columns = self.shown.table(self.tick, self.moving)
        return {name: list(values) for name, values in columns.items() if values is not None}

    def picture(self) -> Picture:
        """Return what the player takes."""
        key = self.topic.key.replace("_", "-")
        return self.moving.picture(
            self.captions,
            title=self.lesson.title,
            about=_about(self.topic, self.asked, self.lesson),
            filename=self.shown.filename.replace("{name}", key),
            name=self.topic.key,
        )

    def link(self) -> str:
        """Return the link to the page with every setting that differs from its default."""
        fields = self.asked.experiment.link() | self.asked.view.link()
        query = {n: text for n, text in fields.items() if n not in self.topic.without}
        query |= {**self.topic.linked, "generation": str(self.tick)}
        query |= {"panels": self.panels} if self.panels else {}
        query |= {"lang": language()} if language() != ENGLISH else {}
        return f"{self.address}{self.topic.page or self.topic.key}?{urlencode(query)}"

    def html(self) -> str:
        """Return a page that plays in any browser, without a network."""
        return Playable(self.picture(), self.tick, self.columns, self.panels).html()

    def still(self, kind: StillFormat) -> bytes:
        """Return the moment as SVG or PNG, where a browser is there to draw it."""
        return still(self.picture(), self.tick, kind, panels=self.panels)

    def csv(self) -> str:
        """Return the numbers of the picture, every setting in the header."""
        table = {name.replace(",", ""): values for name, values in self.columns.items()}
        said = {"page": self.topic.key, **self.asked.settings(), "generation": self.tick}
        return table_as_csv(table, {name: _on_one_line(value) for name, value in said.items()})

    def json(self) -> str:
        """Return numbers, words and the figure at the tick in Plotly's schema."""
        data, layout = self.moving.standing(self.tick)
        told = {
            "page": self.topic.key,
            "title": self.lesson.title,
            "question": self.lesson.question,
            "settings": self.asked.settings(),
            "generation": self.tick,
            "caption": self.caption,
            "alt": self.moving.alt,
            "captions": self.captions,
            "table": self.columns,
            "figure": {"data": data, "layout": layout},
        }
        return json.dumps(_plain(told), ensure_ascii=False, allow_nan=False) + "\n"

    def notebook(self) -> str:
        """Return a Jupyter notebook with the Python that redraws the picture."""
        shown, tick = self.shown, self.tick
        sentences = [self.caption] if self.captions else []
        sentences += shown.notes(tick)
        lines = shown.python(tick)
        return notebook(self.lesson, lines, sentences, shown.details(tick), self.link())


def hand_out(
    topic: Topic,
    asked: Asked,
    generation: int | None = None,
    report: Report = no_report,
    *,
    clamped: bool = False,
    **more: Any,
) -> Handout:
    """Run what is asked of a topic, and return what can be handed out of it.

    Parameters
    ----------
    topic : Topic
        Which one.
    asked : Asked
        Its settings.
    generation : int, optional
        Where the clock stands; where it stands on the page at first, if it is not given.
    report : callable
        Is told how much is done, 0 to 1; it may raise to stop the work.
    clamped : bool
        Whether a generation beyond the last is the last, as in a link.
    **more
        Further fields of `Handout`.

    Raises
    ------
    ValueError
        If there is no such generation.
    """
    lesson = read_lesson(topic.key)
    shown = topic.shown(lesson, asked, report)
    tick = shown.start
    if generation is not None:
        generation = min(generation, shown.last) if clamped else generation
        tick = check_whole_number("generation", generation, 0, shown.last)
    return Handout(topic, asked, lesson, shown, tick, **more)


def _about(topic: Topic, asked: Asked, lesson: Lesson) -> list[str]:
    """Return the lines below a saved picture: its settings, and where it is from."""
    told = []
    for name, kind in topic.settings().items():
        value = asked.settings()[name]
        if name in _ALWAYS_TOLD or value != kind.defaults[name]:
            words = control_words(lesson, name)
            told.append(f"{words['label']}: {_spoken(words, kind, name, value)}")
    places = {"page": lesson.title, "app": read_lesson("shell").title}
    return [" · ".join(told), read_lesson("shell").say("player", "from", places)]


def _spoken(words: Any, kind: Any, name: str, value: Any) -> str:
    if name in kind.switches:
        return str(shell_words("switch")["on" if value else "off"])
    if name in kind.choices and "options" in words.texts:
        return str(words.option(value))
    return str(value)


def _on_one_line(value: object) -> str:
    return " ".join(str(value).split())


def _plain(value: Any) -> Any:
    """Return a value in what JSON knows; what is no finite number is null."""
    if isinstance(value, Mapping):
        return {str(name): _plain(part) for name, part in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        return _plain(value.tolist())
    if isinstance(value, Sequence | range) and not isinstance(value, str):
        return [_plain(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
