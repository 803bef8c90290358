"""Sentences as rows, and as one long line of tokens with the length of each sentence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_whole_number
from collapse_core.data.sources import Rows

__all__ = [
    "END",
    "Unit",
    "cut_rows",
    "flat_tokens",
    "rows_of_tokens",
    "sentence_lengths",
    "split_at_ends",
]

Tokens = NDArray[np.int64]
Unit = Literal["words", "letters"]

END = 0  # the token that ends a sentence


def sentence_lengths(rows: Rows | Sequence[Tokens]) -> Tokens:
    """Return how many tokens each row has."""
    return np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))


def flat_tokens(rows: Rows | Sequence[Tokens]) -> tuple[Tokens, Tokens]:
    """Return all tokens of the rows one after the other, and how many each row has."""
    if len(rows) == 0:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    return np.concatenate(list(rows)).astype(np.int64), sentence_lengths(rows)


def rows_of_tokens(tokens: Tokens, lengths: Tokens) -> Rows:
    """Return rows, an array of objects, from one line of tokens and the lengths of the rows."""
    rows = np.empty(len(lengths), dtype=object)
    compact = tokens.astype(np.int32)  # one block that all rows look into
    stop = 0
    for place, length in enumerate(lengths.tolist()):
        rows[place] = compact[stop : stop + length]
        stop += length
    return rows


def split_at_ends(tokens: Tokens) -> Tokens:
    """Return the lengths of the sentences of one line of tokens; the last may lack its end."""
    stops = np.flatnonzero(tokens == END) + 1
    if stops.size == 0 or stops[-1] < tokens.size:
        stops = np.append(stops, tokens.size)
    return np.diff(stops, prepend=0)


def cut_rows(rows: Rows, count: int) -> Rows:
    """Return the first rows with exactly ``count`` tokens, the last one cut to fit.

    All rows where they have fewer tokens than that.
    """
    count = check_whole_number("count", count, 0)
    stops = np.cumsum(sentence_lengths(rows))
    if stops.size == 0 or stops[-1] <= count:
        return rows
    last = int(np.searchsorted(stops, count))
    kept = rows[: last + 1].copy()
    kept[last] = kept[last][: len(kept[last]) - (int(stops[last]) - count)]
    return kept
