"""A jar typed in words: "9 yellow, 1 blue" """

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Jar", "parse_jar"]

LARGEST_COUNT = 10**9
LONGEST_NAME = 20

_PART = re.compile(r"\s*(?P<count>\d+)\s+(?P<name>[^\d,;]+?)\s*")


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
    parts = [part for part in re.split(r"[,;]|\band\b", text) if part.strip()]
    example = 'Write two counts with a word each, for example "9 yellow, 1 blue".'
    if len(parts) != 2:
        raise ValueError(f'jar="{text[:60]}" names {len(parts)} kinds, not 2. {example}')
    (first_count, first), (second_count, second) = (_read_part(part, example) for part in parts)
    if first.casefold() == second.casefold():
        raise ValueError(f'jar="{text[:60]}" names "{first}" twice. {example}')
    if first_count + second_count == 0:
        raise ValueError(f'jar="{text[:60]}" is empty: at least one count must be above 0.')
    if first_count < second_count:
        return Jar(second, first, second_count, first_count)
    return Jar(first, second, first_count, second_count)


def _read_part(part: str, example: str) -> tuple[int, str]:
    found = _PART.fullmatch(part)
    if found is None:
        raise ValueError(f'"{part.strip()[:40]}" is not a count and a word. {example}')
    name = " ".join(found["name"].split())
    signs_allowed = all(sign.isalpha() or sign in " -'" for sign in name)
    if len(name) > LONGEST_NAME or not signs_allowed or not any(map(str.isalpha, name)):
        raise ValueError(
            f'"{name[:40]}" is no name: use up to {LONGEST_NAME} letters, spaces, hyphens and '
            "apostrophes, with at least one letter."
        )
    if len(found["count"]) > 10 or int(found["count"]) > LARGEST_COUNT:
        raise ValueError(f"{found['count'][:24]} is too many: use at most {LARGEST_COUNT:,}.")
    return int(found["count"]), name
