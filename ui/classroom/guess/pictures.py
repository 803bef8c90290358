"""The pictures of a question: empty, with the guesses of a class in it, and with the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from collapse_core.classroom.figures.guesses import with_answer, with_guesses
from collapse_core.figures.look import Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.player.picture import Picture
from collapse_core.topics.shown import Shown
from ui.classroom.guess.question import Question
from ui.pictures import show
from ui.player.hand import clock_tick

__all__ = ["draw_asking", "draw_told"]

Guesses = Sequence[Sequence[float]]


def draw_asking(
    question: Question,
    look: Look,
    key: str,
    *,
    hidden: str = "",
    guesses: Guesses = (),
    name: str = "",
    **player: Any,
) -> None:
    """Draw the first moments of the picture; the panel of the question is empty but for guesses.

    Parameters
    ----------
    question : Question
        What is asked.
    look : Look
        Colours and sizes.
    key : str
        Of the picture: another one for each round, whose clock begins where it is to begin.
    hidden : str
        Stands in the panel; the page's own words where it is empty.
    guesses : sequence of sequence of float
        All guesses of the class.
    name : str
        What they are called in the legend.
    **player
        ``ask``, ``guess`` and ``on_guess``, as the player takes them.
    """
    shown, hidden = question.asking, hidden or question.hidden
    last = min(shown.first_look, shown.last)

    def made() -> MovingFigure:
        moving = shown.draw(look, asks=True, hidden=hidden).first(last)
        return with_guesses(moving, question.asked.place, guesses, look, name)

    of = (look, hidden, guesses, name)
    _draw(question, shown, f"{key}_asking", made, of, last, 0, player)


def draw_told(
    question: Question,
    look: Look,
    key: str,
    *,
    guesses: Guesses = (),
    name: str = "",
    answer: str = "",
    **player: Any,
) -> None:
    """Draw the whole picture, with runs and law; other parameters are as for `draw_asking`.

    ``answer`` is what the mark of the answer is called; without it there is none.
    """
    shown = question.told

    def made() -> MovingFigure:
        moving, place = shown.draw(look, asks=True), question.asked.place
        moving = with_guesses(moving, place, guesses, look, name)
        return (
            with_answer(moving, place, question.asked.truth(), look, answer) if answer else moving
        )

    of = (look, guesses, name)
    _draw(question, shown, f"{key}_told", made, of, shown.last, shown.start, player)


def _draw(
    question: Question,
    shown: Shown,
    key: str,
    made: Callable[[], MovingFigure],
    of: tuple[Any, ...],
    last: int,
    start: int,
    player: dict[str, Any],
) -> None:
    """Show a picture; one with the guesses of a class in it goes with the session."""
    on_guess, with_class = player.pop("on_guess", None), of[-1] != ""

    def make() -> Picture:
        # Written with the picture, which is made once: a phone that comes back needs it at once.
        captions = list(shown.spoken.captions())[: last + 1]
        return made().picture(captions, name=key, title=question.title, saves=with_class)

    show(
        make,
        (question.page, question.link, of),
        key=key,
        tick=clock_tick(key, last, start),
        asked={"ask": None, "guess": None, "fits": True} | player,
        on_guess=on_guess,
        private=with_class,
    )
