"""The pictures of a question: empty, with the guesses of a class in it, and with the answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from collapse_core.classroom.figures.guesses import with_guesses
from collapse_core.figures.look import Look
from collapse_core.figures.moving import MovingFigure
from ui.classroom.guess.question import Question
from ui.pictures import show

__all__ = ["draw_asking", "draw_told"]

KEY = "class_guess"

Guesses = Sequence[Sequence[float]]


def draw_asking(
    question: Question,
    look: Look,
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

    captions = list(shown.spoken.captions())[: last + 1]
    _draw(question, made, captions, (look, hidden, guesses), 0, player, bool(guesses))


def draw_told(
    question: Question, look: Look, *, guesses: Guesses = (), name: str = "", **player: Any
) -> None:
    """Draw the whole picture, with runs and law; the other parameters are as for `draw_asking`."""
    shown = question.told

    def made() -> MovingFigure:
        moving = shown.draw(look, asks=True)
        return with_guesses(moving, question.asked.place, guesses, look, name)

    captions = list(shown.spoken.captions())
    _draw(question, made, captions, (look, guesses), shown.start, player, bool(guesses))


def _draw(
    question: Question,
    made: Any,
    captions: list[str],
    of: object,
    tick: int,
    player: dict[str, Any],
    private: bool,
) -> None:
    """Show a picture; one with the guesses of a class in it goes with the session."""
    on_guess = player.pop("on_guess", None)
    show(
        lambda: made().picture(captions, name=KEY, title=question.title, saves=private),
        (question.page, question.link, of),
        key=KEY,
        tick=tick,
        asked={"ask": None, "guess": None, "fits": True} | player,
        on_guess=on_guess,
        private=private,
    )
