"""A page shows what a topic's ``shown.py`` makes of its settings."""

from __future__ import annotations

from typing import TypeVar

from collapse_core.lessons.lesson import shell_words
from collapse_core.topics.experiment import Experiment
from collapse_core.topics.shown import Shown
from ui.page_pictures import PagePictures

__all__ = ["PageShown"]

View = TypeVar("View", bound=Experiment)


class PageShown(PagePictures):
    """What draws a topic's picture on a page that is open."""

    def view(self, kind: type[View]) -> View:
        """Return how the page looks at its experiment.

        Parameters
        ----------
        kind : type of Experiment
            Each of its fields is a setting of the page.
        """
        return kind(**{name: self[name] for name in kind.defaults})

    @property
    def hidden(self) -> str | None:
        """What stands in place of the answer while it is to be guessed."""
        if not self.waiting:
            return None
        words = {**shell_words("predict"), **self.lesson.words("predict")}
        return str(words["hidden"])

    def show(
        self,
        shown: Shown,
        of: object,
        *,
        last: int | None = None,
        done: int | None = None,
        key: str = "",
    ) -> int:
        """Draw a topic's picture with its clock; return the generation that is shown.

        Parameters
        ----------
        shown : Shown
            The picture and what is said of it.
        of : object
            As for `picture`.
        last, done : int, optional
            The last generation, where it is not that of the topic, and the last one that is
            computed so far, where that takes a while.
        key : str
            Of the clock, where it is not the page's.
        """
        return self.picture(
            lambda: shown.draw(self.look, asks=True, hidden=self.hidden),
            shown.spoken.captions,
            of,
            start=shown.start if last is None else min(shown.start, last),
            last=shown.last if last is None else last,
            done=done,
            key=key,
            filename=shown.filename,
            first_look=shown.first_look,
        )
