"""A history from rows that a reader brought."""

from __future__ import annotations

from collapse_core.data.own_generations import OwnGenerations
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.early_warning.histories import History

__all__ = ["own_history"]


def own_history(lesson: Lesson, own: OwnGenerations, fresh: OwnGenerations | None) -> History:
    """Return the history of a reader's generations, with real rows for each where they are given.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    own : OwnGenerations
        The generations.
    fresh : OwnGenerations, optional
        Fresh real rows: one set for all generations, or one for each.

    Raises
    ------
    ValueError
        If there are as many sets of real rows as nobody can use.
    """
    count = len(own.generations)
    references = () if fresh is None else fresh.generations
    if len(references) == 1:
        references *= count
    if references and len(references) != count:
        raise ValueError(lesson.say("own", "reference_count", given=len(references), wanted=count))
    return History(own.generations, references, own.labels, own.numbers)
