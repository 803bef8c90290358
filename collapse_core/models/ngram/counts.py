"""How often each token follows each context: the tables behind an n-gram model.

A context of m tokens is one whole number, its digits in the base V + 1 being the tokens, the latest
one last. So a shorter context is a remainder, and a table is found by bisection.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_whole_number
from collapse_core.models.base import Array

__all__ = ["ContextTable", "context_codes", "count_followers", "largest_vocabulary"]

Whole = NDArray[np.int64]


def largest_vocabulary(order: int) -> int:
    """Return how many different tokens an order allows: n of them must fit into 63 bits."""
    order = check_whole_number("order", order, 1, 63)
    return int((2.0**63) ** (1.0 / order)) - 2


def context_codes(tokens: Whole, lengths: Whole, length: int, base: int) -> Whole:
    """Return the number of the context before each token.

    Parameters
    ----------
    tokens, lengths : ndarray of int
        Sentences, as `flat_tokens` returns them.
    length : int
        How many tokens of context; places before the start of a sentence are ``base - 1``.
    base : int
        Different tokens, plus one.
    """
    starts = np.cumsum(lengths) - lengths
    position = np.arange(tokens.size) - np.repeat(starts, lengths)
    codes = np.zeros(tokens.size, dtype=np.int64)
    for back in range(min(length, tokens.size), 0, -1):
        earlier = np.full(tokens.size, base - 1)
        earlier[back:] = np.where(position[back:] >= back, tokens[:-back], base - 1)
        codes = codes * base + earlier
    for back in range(length, tokens.size, -1):  # contexts longer than the whole text
        codes += (base - 1) * base ** (back - 1)
    return codes


@dataclass(frozen=True, eq=False)
class ContextTable:
    """What followed each context of one length, and how often.

    Parameters
    ----------
    base : int
        Different tokens, plus one.
    contexts : ndarray of int
        Numbers of the contexts that were seen, ascending.
    starts : ndarray of int
        Where the entries of each context begin, and at the end their number.
    grams : ndarray of int
        For each entry context times base plus token, ascending.
    counts : ndarray
        How often each entry was seen.
    """

    base: int
    contexts: Whole
    starts: Whole
    grams: Whole
    counts: Array

    @property
    def tokens(self) -> Whole:
        """The token of each entry."""
        return self.grams % self.base

    @property
    def types(self) -> Whole:
        """How many different tokens followed each context."""
        return np.diff(self.starts)

    @property
    def totals(self) -> Array:
        """How many tokens followed each context."""
        return np.asarray(np.add.reduceat(self.counts, self.starts[:-1]))

    @property
    def owners(self) -> Whole:
        """The place of each entry's context."""
        return np.repeat(np.arange(self.contexts.size), self.types)

    def find(self, codes: Whole) -> tuple[Whole, NDArray[np.bool_]]:
        """Return the place of each context, and whether it was seen at all."""
        return _find(self.contexts, codes)

    def find_entries(self, codes: Whole, tokens: Whole) -> tuple[Whole, NDArray[np.bool_]]:
        """Return the place of each entry (context, token), and whether it was seen at all."""
        return _find(self.grams, codes * self.base + tokens)


def count_followers(codes: Whole, tokens: Whole, base: int) -> ContextTable:
    """Count what follows each context.

    Parameters
    ----------
    codes, tokens : ndarray of int, at least one
        The context before each token, and the token.
    base : int
        Different tokens, plus one.
    """
    grams, counts = np.unique(codes * base + tokens, return_counts=True)
    contexts, starts = np.unique(grams // base, return_index=True)
    starts = np.append(starts, grams.size)
    return ContextTable(base, contexts, starts, grams, counts.astype(np.float64))


def _find(ascending: Whole, values: Whole) -> tuple[Whole, NDArray[np.bool_]]:
    places = np.minimum(np.searchsorted(ascending, values), ascending.size - 1)
    return places, ascending[places] == values
