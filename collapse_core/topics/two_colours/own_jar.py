"""A jar typed in words: "9 yellow, 1 blue" """

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from collapse_core.checks import check_text
from collapse_core.lessons.messages import Message, RefusedError
from collapse_core.reading.quoted import quoted
from collapse_core.reading.written_number import without_unseen

__all__ = ["Jar", "parse_jar"]

LARGEST_COUNT = 10**9
LONGEST_NAME = 20

_BETWEEN = str.maketrans(dict.fromkeys(",;،؛，、；|", " | "))
_EXAMPLE = Message("jar", "example")


@dataclass(frozen=True)
class Jar:
    """Two kinds of marble and how many there are of each.

    Parameters
    ----------
    common, rare : str
        Names; the rare one is drawn in blue.
    common_count, rare_count : int
        Numbers of marbles.
    """

    common: str
    rare: str
    common_count: int
    rare_count: int

    @property
    def share(self) -> float:
        """Share of the rare kind, 0 to 1."""
        return self.rare_count / (self.common_count + self.rare_count)


def parse_jar(text: str) -> Jar:
    """Read a jar from words such as ``"9 yellow, 1 blue"``.

    The second kind is the one that is watched, unless the first has fewer marbles.

    Parameters
    ----------
    text : str
        Two counts with a name each, separated by a comma, a semicolon or "and".

    Raises
    ------
    ValueError
        If there are not exactly two kinds, a name is too long, has no letter or holds other signs
        than letters, spaces, hyphens and apostrophes, a count is too large, or the jar is empty.
    """
    told = {"text": quoted(check_text("text", text), 60), "example": _EXAMPLE}
    parts = _parts(text)
    if len(parts) != 2:
        raise RefusedError("jar", "kinds", count=len(parts), **told)
    (first_count, first), (second_count, second) = map(_read_part, parts)
    if first.casefold() == second.casefold():
        raise RefusedError("jar", "twice", name=first, **told)
    if first_count + second_count == 0:
        raise RefusedError("jar", "empty", **told)
    if first_count < second_count:
        return Jar(second, first, second_count, first_count)
    return Jar(first, second, first_count, second_count)


def _parts(text: str) -> list[list[str]]:
    """Return the words between commas, semicolons and "and"."""
    words = without_unseen(text).translate(_BETWEEN).split()
    parts: list[list[str]] = [[]]
    for word in words:
        if word in ("|", "and"):
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part]


def _read_part(words: Sequence[str]) -> tuple[int, str]:
    count, name = words[0], unicodedata.normalize("NFC", " ".join(words[1:]))
    if not count.isdecimal() or not name or any(map(str.isdecimal, name)):
        raise RefusedError("jar", "no_part", text=quoted(" ".join(words)), example=_EXAMPLE)
    signs_allowed = all(_is_of_a_name(sign) for sign in name)
    if len(name) > LONGEST_NAME or not signs_allowed or not any(map(str.isalpha, name)):
        raise RefusedError("jar", "no_name", text=quoted(name), most=LONGEST_NAME)
    if len(count) > 10 or int(count) > LARGEST_COUNT:
        raise RefusedError("jar", "too_many", count=quoted(count, 24), most=LARGEST_COUNT)
    return int(count), name


def _is_of_a_name(sign: str) -> bool:
    # The vowels of Hindi and many others are marks on their letters.
    return sign.isalpha() or sign in " -'’" or unicodedata.category(sign) in ("Mn", "Mc")
