"""What a topic shows for its settings: a picture, all that is said of it, and its tables.

A page, the Python that it shares and the command line all take it from a topic's ``shown.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from collapse_core.figures.guess_place import FIRST_LOOK
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.lessons.lesson import Lesson
from collapse_core.models.base import Report, no_report
from collapse_core.topics.experiment import Experiment
from collapse_core.topics.prediction import Prediction
from collapse_core.topics.swept import Swept

__all__ = ["Asked", "Shown", "Spoken", "Topic"]


class Spoken(Protocol):
    """What is said of a picture."""

    def alt(self) -> str:
        """Return what the picture shows, in a sentence."""

    def captions(self) -> Sequence[str]:
        """Return a sentence for each tick of the clock."""


def _nothing(tick: int) -> Sequence[str]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A picture with all that is said of it.

    Parameters
    ----------
    figure : callable
        Draws it; takes ``look`` and ``alt``, and ``guess`` and ``hidden`` where something is asked.
    spoken : Spoken
        Its captions and what it shows in a sentence.
    columns : callable
        From the tick to the numbers of the picture, by the heading of their column.
    csv : callable
        Makes the table of all runs.
    python : callable
        From the tick to the lines of Python that redraw it.
    start, last : int
        Where the clock stands at first, and its last tick.
    asked : Prediction, optional
        What a reader can guess.
    notes, details : callable
        From the tick to sentences on unusual settings, and to what there is to say more precisely.
    filename : str
        Of a saved picture.
    first_look : int
        How many generations are seen before the guess.
    """

    figure: Callable[..., MovingFigure]
    spoken: Spoken
    columns: Callable[[int], Mapping[str, Any]]
    csv: Callable[[], str]
    python: Callable[[int], str]
    start: int
    last: int
    asked: Prediction | None = None
    notes: Callable[[int], Sequence[str]] = _nothing
    details: Callable[[int], Sequence[str]] = _nothing
    filename: str = "{name}-generation-{tick}"
    first_look: int = FIRST_LOOK

    def draw(
        self, look: Look = LIGHT, *, asks: bool = False, hidden: str | None = None
    ) -> MovingFigure:
        """Return the picture.

        Parameters
        ----------
        look : Look
            Colours and sizes.
        asks : bool
            Whether it has a place for a guess.
        hidden : str, optional
            What stands in place of the answer, while it is to be guessed.
        """
        more: dict[str, Any] = {}
        if asks and self.asked is not None:
            more = {"guess": self.asked.place, "hidden": hidden}
        return self.figure(look=look, alt=self.spoken.alt(), **more)


@dataclass(frozen=True)
class Asked:
    """Settings that were read: of the experiment, and of how it is looked at."""

    experiment: Any
    view: Any

    def settings(self) -> dict[str, Any]:
        """Return every setting by its name in links."""
        return {**self.experiment.settings(), **self.view.settings()}


@dataclass(frozen=True)
class Topic:
    """From settings to what is shown, without a screen.

    Parameters
    ----------
    key : str
        Of its lesson.
    asks : type of Experiment
        What is run.
    find : callable
        From an experiment, its view and what hears how much is done, to all numbers: what takes
        time.
    show : callable
        From lesson, experiment, view and these numbers to what is shown.
    view : type of Experiment
        How it is looked at: what the page of the topic can be asked besides.
    make : callable, optional
        From the values of the fields and the view to the experiment, where that needs more.
    without : tuple of str
        Fields of the experiment that are no settings: the view says them.
    page : str
        Of which page it is a view, if it is no page of its own.
    linked : mapping of str to str
        What a link to it holds besides its settings.
    swept : Swept, optional
        How a sweep measures the loop that the experiment makes, where it has a law.
    """

    key: str
    asks: type[Experiment]
    find: Callable[[Any, Any, Report], Any]
    show: Callable[..., Shown]
    view: type[Experiment] = Experiment
    make: Callable[[dict[str, Any], Any], Experiment] | None = None
    without: tuple[str, ...] = ()
    page: str = ""
    linked: Mapping[str, str] = field(default_factory=dict)
    swept: Swept | None = None

    def settings(self) -> dict[str, type[Experiment]]:
        """Return every name that a link can hold, and what checks it."""
        names: dict[str, type[Experiment]] = dict.fromkeys(self.asks.defaults, self.asks)
        names |= dict.fromkeys(self.view.defaults, self.view)
        return {name: kind for name, kind in names.items() if name not in self.without}

    def ask(self, values: Mapping[str, Any]) -> Asked:
        """Return what is asked by some values; the others are as on the page at first.

        Raises
        ------
        ValueError
            If a value is not allowed; the message names it, and what is.
        """
        known = self.settings()
        view = self.view(**{n: v for n, v in values.items() if known.get(n) is self.view})
        fields = {n: v for n, v in values.items() if known.get(n) is self.asks}
        return Asked(self.asks(**fields) if self.make is None else self.make(fields, view), view)

    def shown(self, lesson: Lesson, asked: Asked, report: Report = no_report) -> Shown:
        """Run what is asked, and return what is shown of it.

        Parameters
        ----------
        lesson : Lesson
            The words.
        asked : Asked
            The settings.
        report : callable
            Is told how much is done, 0 to 1; it may raise to stop the work.
        """
        found = self.find(asked.experiment, asked.view, report)
        return self.show(lesson, asked.experiment, asked.view, found)
