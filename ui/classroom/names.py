"""The assigned name of a seat: two words, the same pair in every language."""

from __future__ import annotations

from collapse_core.lessons.lesson import Lesson

__all__ = ["seat_name"]


def seat_name(lesson: Lesson, number: int) -> str:
    """Return the name of a seat in the language of the moment.

    The store gives each seat of a class another number, so that no name is there twice.

    Parameters
    ----------
    lesson : Lesson
        Its table ``[names]`` has 40 ``first`` and 40 ``second`` words in every language.
    number : int
        Of the seat, 0 to 1599.

    Raises
    ------
    ValueError
        If no two words have this number.
    """
    first, second = (lesson.words("names")[part] for part in ("first", "second"))
    if not 0 <= number < len(first) * len(second):
        raise ValueError(
            f"number={number} has no name: a class has {len(first) * len(second)}, from 0 on."
        )
    before, behind = divmod(number, len(second))
    return f"{first[before]} {second[behind]}"
