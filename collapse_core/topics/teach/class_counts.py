"""What a class drew by hand: one line per chain, one count of blue marbles per person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from collapse_core.lessons.messages import Message, RefusedError
from collapse_core.reading.lines import Line, read_lines
from collapse_core.reading.quoted import quoted
from collapse_core.reading.written_number import without_unseen
from collapse_core.topics.teach.by_hand import START, HumanChains

__all__ = ["ClassCounts", "parse_class_counts"]

MOST_CHAINS = 30
LONGEST_LINE = 200
TABLE = "class_counts"  # of what is said of counts that cannot be read
_BETWEEN = str.maketrans(dict.fromkeys(",;\t،؛，；|", " "))


@dataclass(frozen=True)
class ClassCounts:
    """The counts of a class.

    Parameters
    ----------
    draws : int
        Marbles that each person drew.
    counts : tuple of tuple of int
        Blue ones among them: a chain in each row, a person in each column.
    notes : tuple of str
        Sentences on what was left out.
    """

    draws: int
    counts: tuple[tuple[int, ...], ...]
    notes: tuple[str, ...] = ()

    @property
    def shares(self) -> NDArray[np.float64]:
        """Share of blue in each jar, shape (chains, people + 1); the first jar is half blue."""
        drawn = np.array(self.counts, dtype=np.float64) / self.draws
        return np.hstack([np.full((len(self.counts), 1), START), drawn])

    @property
    def fixed(self) -> NDArray[np.int64]:
        """Chains with one colour only after each person, shape (people + 1,)."""
        one_colour = (self.shares == 0.0) | (self.shares == 1.0)
        return np.asarray(one_colour.sum(axis=0), dtype=np.int64)

    @property
    def diversity(self) -> NDArray[np.float64]:
        """Average p (1 - p) over the chains, as a share of the first jar's."""
        shares = self.shares
        return np.asarray((shares * (1.0 - shares)).mean(axis=0) / (START * (1.0 - START)))


def parse_class_counts(text: str, draws: int, people: int) -> ClassCounts:
    """Read the counts of a class.

    Parameters
    ----------
    text : str
        One line per chain: the number of blue marbles that each of its people drew, with commas,
        semicolons, tabs or spaces between them. Words before a colon name the chain and are left
        out, lines that begin with ``#`` are comments.
    draws : int
        Marbles that each person drew.
    people : int
        People in each chain.

    Raises
    ------
    ValueError
        If a line has not one count per person, or a count is no whole number from 0 to ``draws``,
        or a colour comes back that was gone. The message names line, value and remedy.
    """
    asked = HumanChains(draws=draws, people=people)
    found = read_lines(text)
    if not found.lines:
        raise RefusedError(TABLE, "none", remedy=Message(TABLE, "remedy"))
    if len(found.lines) > MOST_CHAINS:
        raise RefusedError(TABLE, "too_many", count=len(found.lines), most=MOST_CHAINS)
    rows = tuple(_row(line, asked) for line in found.lines)
    return ClassCounts(asked.draws, rows, found.notes)


def _row(line: Line, asked: HumanChains) -> tuple[int, ...]:
    words = without_unseen(line.text[:LONGEST_LINE]).rpartition(":")[2].translate(_BETWEEN).split()
    if len(words) != asked.people:
        raise RefusedError(TABLE, "width", line=line, count=len(words), people=asked.people)
    drawn = tuple(_count(line, word, asked.draws) for word in words)
    _check_that_nothing_comes_back(line, drawn, asked.draws)
    return drawn


def _count(line: Line, word: str, draws: int) -> int:
    if not (word.isdecimal() and len(word) < 9 and int(word) <= draws):
        told = {"number": line.number, "text": quoted(word), "draws": draws}
        raise RefusedError(TABLE, "no_count", **told)
    return int(word)


def _check_that_nothing_comes_back(line: Line, counts: Sequence[int], draws: int) -> None:
    for person, (before, now) in enumerate(pairwise(counts), start=1):
        if before in (0, draws) and now != before:
            back = "blue_is_back" if before == 0 else "other_is_back"
            told = {"person": person, "next": person + 1, "count": now}
            raise RefusedError(TABLE, back, line=line, **told)
