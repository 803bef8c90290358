"""The quiz: five questions, asked before a lesson and after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from collapse_core.lessons.lesson import Lesson

__all__ = ["Question", "questions_of", "right_answers"]

LETTERS = "ABCDEFGH"


@dataclass(frozen=True)
class Question:
    """A question with one right answer.

    Parameters
    ----------
    question : str
        What is asked.
    options : tuple of str
        What can be answered.
    right : int
        Number of the right one, from 0.
    why : str
        Why it is right.
    page : str
        Key of the page that shows it.
    """

    question: str
    options: tuple[str, ...]
    right: int
    why: str
    page: str

    @property
    def letters(self) -> str:
        """A letter for each option."""
        return LETTERS[: len(self.options)]

    @property
    def letter(self) -> str:
        """The letter of the right option."""
        return self.letters[self.right]

    @property
    def answer(self) -> str:
        """The right option."""
        return self.options[self.right]


def questions_of(lesson: Lesson) -> tuple[Question, ...]:
    """Return the questions of the lesson file."""
    return tuple(
        Question(
            entry["question"],
            tuple(entry["options"]),
            entry["right"],
            entry["why"],
            entry["page"],
        )
        for entry in lesson.words("quiz")["questions"]
    )


def right_answers(questions: Sequence[Question], given: Sequence[int | None]) -> int:
    """Return how many of the answers are right; None is none."""
    return sum(question.right == answer for question, answer in zip(questions, given, strict=True))
