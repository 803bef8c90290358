"""The assigned name of a seat: two words, in the language in which its class was opened."""

from __future__ import annotations

from collapse_core.lessons.language import speaking
from collapse_core.lessons.lesson import read_lesson
from ui.classroom.store import Class

__all__ = ["seat_name"]


def seat_name(of: Class, number: int) -> str:
    """Return the name of a seat: the same on the wall, on the desk and on a phone in any language.

    The store gives each seat of a class another number, so that no name is there twice.

    Parameters
    ----------
    of : Class
        In its language the table ``[names]`` has 40 ``first`` and 40 ``second`` words.
    number : int
        Of the seat, 0 to 1599.

    Raises
    ------
    ValueError
        If no two words have this number.
    """
    with speaking(of.language):
        words = read_lesson("classroom").words("names")
    first, second = words["first"], words["second"]
    if not 0 <= number < len(first) * len(second):
        raise ValueError(
            f"number={number} has no name: a class has {len(first) * len(second)}, from 0 on."
        )
    before, behind = divmod(number, len(second))
    return f"{first[before]} {second[behind]}"
