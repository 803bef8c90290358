"""From counts to probabilities: what a model says after a context it knows, and one it does not.

Every rule here hands part of a context's probability to the context without its first token:
``P(w | h) = own(h, w) + scale(h) P(w | h')``, where h' is h without its earliest token. Rules that
*replace* use only ``own`` for the tokens that were seen after h. Without any context the
probabilities are the shares in the training set, so a token that is not there has none at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import numpy as np

from collapse_core.models.base import Array
from collapse_core.models.ngram.counts import ContextTable, Whole, context_codes, count_followers

__all__ = ["DISCOUNT", "SMOOTHINGS", "Level", "Smoothing", "Tables", "build_tables"]

Smoothing = Literal["none", "backoff", "interpolation"]
SMOOTHINGS: tuple[Smoothing, ...] = get_args(Smoothing)

DISCOUNT = 0.5  # taken off every count by Katz's back-off


@dataclass(frozen=True, eq=False)
class Level:
    """The rule for contexts of one length.

    Parameters
    ----------
    table : ContextTable
        What was counted.
    own : ndarray
        Probability of each entry that does not come from the shorter context.
    scale : ndarray
        What each context hands on to the shorter one.
    replaces : bool
        Whether entries that were seen get nothing from the shorter context.
    """

    table: ContextTable
    own: Array
    scale: Array
    replaces: bool

    @cached_property
    def running(self) -> Array:
        """Running total of ``own`` over all entries, 0 first: to pick entries by bisection."""
        return np.concatenate(([0.0], np.cumsum(self.own)))

    def pick(self, places: Whole, uniform: Array) -> Whole:
        """Return a token for each context, the one at ``uniform`` of its running total."""
        starts, stops = self.table.starts[places], self.table.starts[places + 1]
        target = self.running[starts] + uniform
        chosen = np.searchsorted(self.running, target, side="right") - 1
        return self.table.grams[np.clip(chosen, starts, stops - 1)] % self.table.base


@dataclass(frozen=True, eq=False)
class Tables:
    """All levels of a model, from no context to the longest.

    Parameters
    ----------
    levels : tuple of Level
        One per length of context, 0 first.
    base : int
        Different tokens, plus one.
    """

    levels: tuple[Level, ...]
    base: int

    @property
    def order(self) -> int:
        """Number n of the n-grams: the longest context and its follower."""
        return len(self.levels)

    @cached_property
    def shares(self) -> Array:
        """Share of each token in the training set, shape (V,)."""
        shares = np.zeros(self.base - 1)
        lowest = self.levels[0]
        shares[lowest.table.tokens] = lowest.own
        return shares

    def shortened(self, codes: Whole, length: int) -> Whole:
        """Return the contexts cut to their latest ``length`` tokens."""
        return np.asarray(codes % self.base**length, dtype=np.int64)

    def token_probabilities(self, codes: Whole, tokens: Whole) -> Array:
        """Return the probability of each token after its context."""
        chance = self.shares[tokens]
        for length, level in enumerate(self.levels[1:], start=1):
            context = self.shortened(codes, length)
            place, known = level.table.find(context)
            entry, seen = level.table.find_entries(context, tokens)
            own = np.where(seen, level.own[entry], 0.0)
            handed_on = level.scale[place] * chance
            if level.replaces:
                handed_on = np.where(seen, 0.0, handed_on)
            chance = np.where(known, own + handed_on, chance)
        return np.asarray(chance)

    def rows(self, codes: Whole) -> Array:
        """Return the probability of every token after each context, shape (contexts, V)."""
        rows = np.repeat(self.shares[np.newaxis], codes.size, axis=0)
        for length, level in enumerate(self.levels[1:], start=1):
            place, known = level.table.find(self.shortened(codes, length))
            after, place = np.flatnonzero(known), place[known]
            rows[after] *= level.scale[place][:, np.newaxis]
            widths = level.table.types[place]
            first = level.table.starts[place] - (np.cumsum(widths) - widths)
            entries = np.arange(widths.sum()) + np.repeat(first, widths)
            row, token = np.repeat(after, widths), level.table.grams[entries] % self.base
            kept = 0.0 if level.replaces else rows[row, token]
            rows[row, token] = kept + level.own[entries]
        return rows


def build_tables(
    tokens: Whole, lengths: Whole, order: int, base: int, smoothing: Smoothing
) -> Tables:
    """Count sentences and set the rule of every level.

    Parameters
    ----------
    tokens, lengths : ndarray of int
        Sentences, as `flat_tokens` returns them; at least one token.
    order : int
        Number n of the n-grams.
    base : int
        Different tokens, plus one.
    smoothing : str
        One of ``SMOOTHINGS``.
    """
    codes = context_codes(tokens, lengths, order - 1, base)
    lowest = count_followers(np.zeros_like(tokens), tokens, base)
    tables = Tables((Level(lowest, lowest.counts / tokens.size, np.zeros(1), True),), base)
    for length in range(1, order):
        table = count_followers(tables.shortened(codes, length), tokens, base)
        tables = Tables((*tables.levels, _level(table, tables, smoothing)), base)
    return tables


def _level(table: ContextTable, shorter: Tables, smoothing: Smoothing) -> Level:
    match smoothing:
        case "interpolation":
            return _witten_bell(table)
        case "backoff":
            return _katz(table, shorter)
        case _:
            own = table.counts / table.totals[table.owners]
            return Level(table, own, np.zeros(table.contexts.size), True)


def _witten_bell(table: ContextTable) -> Level:
    """Hand on the share T / (c + T) after a context with c followers of T kinds.

    Source: Witten and Bell 1991, method C, as interpolation (Chen and Goodman 1998, section 2.5).
    """
    weight = table.totals + table.types
    return Level(table, table.counts / weight[table.owners], table.types / weight, False)


def _katz(table: ContextTable, shorter: Tables) -> Level:
    """Take `DISCOUNT` off every count and share it among the tokens not seen after the context.

    Source: Katz 1987, with an absolute discount (Ney, Essen and Kneser 1994) in place of
    Good's and Turing's, which needs more text than there is here. A context that every living
    token has followed has nothing to hand on, and keeps its shares.
    """
    alive = np.count_nonzero(shorter.shares)
    discount = np.where(table.types < alive, DISCOUNT, 0.0)
    owners = table.owners
    own = (table.counts - discount[owners]) / table.totals[owners]
    below = shorter.token_probabilities(table.contexts[owners], table.tokens)
    unseen = 1.0 - np.add.reduceat(below, table.starts[:-1])
    free = discount * table.types / table.totals
    scale = np.divide(free, unseen, out=np.zeros_like(free), where=discount > 0.0)
    return Level(table, own, scale, True)
