"""The worksheet: questions to the pages, and answers that are computed from the seed."""

from __future__ import annotations

from dataclasses import dataclass

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.teach.steps import Stop, filled, stop_of

__all__ = ["Task", "worksheet"]


@dataclass(frozen=True)
class Task:
    """A question of the worksheet.

    Parameters
    ----------
    question, answer, why : str
        What is asked, what is right, and what to say of it.
    says : str
        The page's own sentence, with these settings and this seed.
    lines : int
        Lines to write on.
    stop : Stop
        The page that shows it.
    """

    question: str
    answer: str
    why: str
    says: str
    lines: int
    stop: Stop


def worksheet(lesson: Lesson, seed: int) -> tuple[Task, ...]:
    """Return the questions with their answers.

    Parameters
    ----------
    lesson : Lesson
        The words of the page on teaching.
    seed : int
        Of all runs: another seed gives other answers.
    """
    made = []
    for number, entry in enumerate(lesson.words("worksheet")["tasks"], start=1):
        stop = stop_of(entry, seed)
        known = stop.told()
        assert known is not None, "a question is about a page that can be computed here"
        question, answer, why = (
            filled(lesson, entry[name], known, f"[worksheet] {number}")
            for name in ("question", "answer", "why")
        )
        made.append(Task(question, answer, why, known.sentence, entry["lines"], stop))
    return tuple(made)
