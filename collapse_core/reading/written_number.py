"""Numbers as people write them: 1200, 1 200, 1,200.5, 1.200,5, 1.2e3, ١٢٠٠.

A comma or a point can divide the whole from the fraction, or stand between thousands. "1,200" can
mean both; only the other numbers of the same text can tell.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from collapse_core.lessons.messages import message

__all__ = ["WrittenNumber", "decimal_mark", "is_endless", "without_unseen", "written_number"]

LONGEST = 300  # signs; a longer number is out of any range
# Signs without a width that come along with copied text: of direction, of bytes, of line breaks.
_UNSEEN = dict.fromkeys(
    [0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF]
)
_SIGNS = "+-\u2212\uff0d"
_AS_ASCII = str.maketrans({"\u2212": "-", "\uff0d": "-", "\u066b": ".", "E": "e"})
_GAPS = " \u00a0\u2007\u2009\u202f'’\u066c"  # between thousands
_OTHER = {",": ".", ".": ","}


@dataclass(frozen=True)
class WrittenNumber:
    """A number that somebody wrote.

    Parameters
    ----------
    value : float
        The number; where it can be read in two ways, with its mark before the fraction.
    decimal : str
        The mark of fractions, as far as this number shows it: ",", "." or nothing.
    grouped : float, optional
        The other way to read it, with the mark between thousands.
    """

    value: float
    decimal: str = ""
    grouped: float | None = None

    @property
    def unclear(self) -> bool:
        """Whether it can be read in two ways."""
        return self.grouped is not None

    def read(self, decimal: str | None) -> float | None:
        """Return the number where ``decimal`` is the mark of fractions; None if nothing tells."""
        if self.grouped is None or self.decimal == decimal:
            return self.value
        return None if decimal is None else self.grouped

    def both(self) -> str:
        """Return how to write each of its two readings so that nobody can mistake it."""
        # What is to be typed is the same in every language.
        return message("lines", "either", whole=f"{self.grouped:.0f}", fraction=f"{self.value:.4f}")


def without_unseen(text: str) -> str:
    """Return a text without the signs that have neither width nor meaning."""
    return text.translate(_UNSEEN)


def is_endless(text: str) -> bool:
    """Return whether a text is a word for no number, or for an infinite one."""
    return text.strip().lstrip(_SIGNS).lower() in ("nan", "inf", "infinity")


def decimal_mark(numbers: Iterable[WrittenNumber]) -> str | None:
    """Return the mark of fractions that those numbers show which can be read in one way only.

    None where they show none, or both.
    """
    shown = {number.decimal for number in numbers if number.decimal and not number.unclear}
    return shown.pop() if len(shown) == 1 else None


def written_number(text: str) -> WrittenNumber | None:
    """Return the number that a text is; None if it is none.

    Parameters
    ----------
    text : str
        Digits of any script, with a sign, marks, gaps between thousands, and a power of ten.
    """
    plain = without_unseen(text).strip().translate(_AS_ASCII)
    sign = plain[:1] if plain[:1] in ("+", "-") else ""
    body, power, exponent = plain.removeprefix(sign).partition("e")
    digits = exponent[1:] if exponent[:1] in ("+", "-") else exponent
    if not body or not body[-1 if body[0] in _OTHER else 0].isdecimal():
        return None
    if power and not digits.isdecimal():
        return None
    if len(plain) > LONGEST:
        usual = all(sign.isdecimal() or sign in _GAPS or sign in _OTHER for sign in body)
        return WrittenNumber(math.inf) if usual else None
    return _read(sign, body, power + exponent)


def _read(sign: str, body: str, power: str) -> WrittenNumber | None:
    marks = [mark for mark in body if mark in _OTHER]
    if len(marks) > 1 and len(set(marks)) == 1:  # 1,234,567
        whole = _together(body, marks[0])
        if whole is None:
            return None
        return WrittenNumber(float(f"{sign}{whole}{power}"), _OTHER[marks[0]])
    decimal = marks[-1] if marks else ""
    left, _, right = body.rpartition(decimal) if decimal else (body, "", "")
    gap = next((mark for mark in left if not mark.isdecimal()), "")
    whole = _together(left, gap) if gap else left
    if whole is None or not (whole + right).isdecimal() or (gap and gap == decimal):
        return None
    value = float(f"{sign}{whole}.{right}{power}")
    if decimal and not gap and not power and _may_be_thousands(left, right):
        return WrittenNumber(value, decimal, float(f"{sign}{left}{right}"))
    return WrittenNumber(value, decimal)


def _together(text: str, gap: str) -> str | None:
    """Return digits in groups of three without the gaps between them; None for other groups."""
    first, *others = text.split(gap)
    fits = 1 <= len(first) <= 3 and all(len(group) == 3 for group in others)
    whole = first + "".join(others)
    return whole if fits and whole.isdecimal() else None


def _may_be_thousands(left: str, right: str) -> bool:
    return len(right) == 3 and 1 <= len(left) <= 3 and int(left[0]) > 0
