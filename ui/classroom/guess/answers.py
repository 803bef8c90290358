"""The guesses of a class as the store has them, made fit for the scale of their question."""

from __future__ import annotations

from collections.abc import Iterator

from ui.classroom.guess.question import GUESS, Question, is_results, question_of
from ui.classroom.store import Answer, ClassStore, Round

__all__ = ["answers_of", "guesses_of", "shown_questions"]


def answers_of(store: ClassStore, asked: Round) -> list[Answer]:
    """Return the answers of a round that were given."""
    return [row for row in store.answers(asked.id) if row.value is not None]


def guesses_of(store: ClassStore, asked: Round, question: Question) -> list[list[float]]:
    """Return all guesses at a question, one value for each point; none that is no guess."""
    read = (question.usable(row.value) for row in answers_of(store, asked))
    return [guess for guess in read if guess is not None]


def shown_questions(store: ClassStore, class_id: int) -> Iterator[tuple[Round, Question]]:
    """Yield every question whose answer was shown, in order; one that cannot be read is left out.

    Parameters
    ----------
    store : ClassStore
        Of the class.
    class_id : int
        Of the class.
    """
    for asked in store.rounds(class_id):
        told = asked.state == "shown" and asked.settings.get("kind") == GUESS
        if told and not is_results(asked.settings):
            try:
                yield asked, question_of(asked.settings)
            except ValueError:
                continue
