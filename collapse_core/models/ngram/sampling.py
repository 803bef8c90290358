"""Writing sentences with an n-gram model, all of a batch one token at a time.

The text is one stream of sentences that is cut after the wanted number of tokens, as if a single
writer had written it; the batch only writes later sentences ahead of time. A sentence that starts
beyond the cut whatever comes is dropped early, which changes nothing that is kept.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from collapse_core.data.sentences import END, split_at_ends
from collapse_core.models.base import Array
from collapse_core.models.ngram.counts import ContextTable, Whole
from collapse_core.models.ngram.smoothing import Level, Tables

__all__ = ["Writer", "reshape_probabilities"]

_LARGEST_BLOCK = 1_000_000  # probabilities at a time: 8 MB
_FEW, _LONG = 8, 100  # so few sentences that are so long are finished one by one

_Row = tuple[list[int], list[float]]


def reshape_probabilities(rows: Array, temperature: float, top_p: float) -> Array:
    """Return each row sharpened by a temperature, then cut to its most likely tokens.

    The temperature maps p to p^(1/T), divided by the sum. Then the smallest set of most likely
    tokens with the total ``top_p`` or more stays (nucleus sampling, Holtzman et al. 2020); among
    equally likely tokens the first in the vocabulary stay.

    Parameters
    ----------
    rows : ndarray, shape (contexts, V)
        Probabilities; every row must have a positive one.
    temperature : float
        Above 0; 1 changes nothing.
    top_p : float
        Above 0 to 1; 1 changes nothing.
    """
    if temperature != 1.0:
        rows = (rows / rows.max(axis=1, keepdims=True)) ** (1.0 / temperature)
    rows = rows / rows.sum(axis=1, keepdims=True)
    if top_p < 1.0:
        rows = np.where(_nucleus(rows, top_p), rows, 0.0)
        rows /= rows.sum(axis=1, keepdims=True)
    return rows


def _nucleus(rows: Array, top_p: float) -> NDArray[np.bool_]:
    """Return which tokens stay. Only values are sorted, which is faster than to sort places."""
    falling = -np.sort(-rows, axis=1)
    enough = np.cumsum(falling, axis=1) >= top_p - 1e-9
    last = np.where(enough.any(axis=1), enough.argmax(axis=1), rows.shape[1] - 1)
    threshold = falling[np.arange(len(rows)), last][:, np.newaxis]
    above, equal = rows > threshold, rows == threshold
    room = last[:, np.newaxis] + 1 - above.sum(axis=1, keepdims=True)
    kept: NDArray[np.bool_] = above | (equal & (np.cumsum(equal, axis=1) <= room))
    return kept


def _reshape_level(level: Level, temperature: float, top_p: float) -> Level:
    """Return `reshape_probabilities` of a level that hands nothing on, entry by entry."""
    table, owners = level.table, level.table.owners
    highest = np.maximum.reduceat(level.own, table.starts[:-1])
    own = (level.own / highest[owners]) ** (1.0 / temperature)
    own /= np.add.reduceat(own, table.starts[:-1])[owners]
    falling = np.lexsort((table.grams, -own, owners))
    running = np.cumsum(own[falling]) - own[falling]
    before = running - running[table.starts[:-1]][owners]
    kept = np.zeros(own.size, dtype=bool)
    kept[falling] = before < top_p - 1e-9
    starts = np.concatenate(([0], np.cumsum(np.add.reduceat(kept, table.starts[:-1], dtype=int))))
    grams, counts, own = table.grams[kept], table.counts[kept], own[kept]
    kept_table = ContextTable(table.base, table.contexts, starts, grams, counts)
    own /= np.add.reduceat(own, starts[:-1])[kept_table.owners]
    return Level(kept_table, own, level.scale, level.replaces)


@dataclass(frozen=True)
class Writer:
    """Writes text with the probabilities of a model.

    Parameters
    ----------
    tables : Tables
        The model.
    sentence_length : float
        About how long its sentences are; it only sets how many are written at once.
    temperature, top_p : float
        As for `reshape_probabilities`.
    """

    tables: Tables
    sentence_length: float
    temperature: float = 1.0
    top_p: float = 1.0

    def write(self, count: int, rng: np.random.Generator) -> tuple[Whole, Whole]:
        """Return exactly ``count`` tokens, and the lengths of their sentences."""
        if self.tables.order == 1:
            tokens = self._next(np.zeros(count, dtype=np.int64), rng)
            return tokens, split_at_ends(tokens)
        parts: list[Whole] = []
        missing = count
        while missing > 0:
            parts.append(self._batch(missing, rng))
            missing -= parts[-1].size
        tokens = np.concatenate(parts)
        return tokens, split_at_ends(tokens)

    def _batch(self, count: int, rng: np.random.Generator) -> Whole:
        """Return whole sentences, or ``count`` tokens of them, the last sentence cut."""
        sentences = int(1.05 * count / max(self.sentence_length, 1.0)) + 2
        base, longest = self.tables.base, self.tables.base ** (self.tables.order - 1)
        active = np.arange(sentences)
        context = np.full(sentences, longest - 1)  # every digit is base - 1: before the start
        lengths = np.zeros(sentences, dtype=np.int64)
        owners: list[Whole] = []
        tokens: list[Whole] = []
        while active.size > _FEW or (active.size and len(tokens) < _LONG):
            written = self._next(context, rng)
            owners.append(active)
            tokens.append(written)
            lengths[active] += 1
            starts = np.cumsum(lengths) - lengths
            going_on = (written != END) & (starts[active] + lengths[active] < count)
            context = (context[going_on] * base + written[going_on]) % longest
            active = active[going_on]
        known: dict[int, _Row] = {}
        for sentence, state in zip(active.tolist(), context.tolist(), strict=True):
            room = count - int(lengths[: sentence + 1].sum())
            written = self._finish(state, max(room, 0), rng, known)
            owners.append(np.full(written.size, sentence))
            tokens.append(written)
            lengths[sentence] += written.size
        by_sentence = np.argsort(np.concatenate(owners), kind="stable")
        return np.concatenate(tokens)[by_sentence][:count]

    def _finish(
        self, context: int, count: int, rng: np.random.Generator, known: dict[int, _Row]
    ) -> Whole:
        """Return the rest of one long sentence, at most ``count`` tokens.

        Text that has collapsed goes in circles for ever: few contexts, which are worth keeping.
        """
        base, longest = self.tables.base, self.tables.base ** (self.tables.order - 1)
        written: list[int] = []
        for uniform in rng.random(count).tolist():
            if context not in known:
                known[context] = self._row(context)
            tokens, running = known[context]
            token = tokens[bisect_right(running, uniform)]
            written.append(token)
            if token == END:
                break
            context = (context * base + token) % longest
        return np.array(written, dtype=np.int64)

    def _row(self, context: int) -> _Row:
        """Return the tokens that can follow a context, and their running probabilities."""
        choices = self._choices
        if choices is not None and not any(level.scale.any() for level in choices):
            return self._row_of_longest(choices, context)
        rows = self.tables.rows(np.array([context]))
        row = reshape_probabilities(rows, self.temperature, self.top_p)[0]
        tokens = np.flatnonzero(row)
        running = np.cumsum(row[tokens])[:-1]  # without the last, nothing lies beyond the end
        return tokens.tolist(), running.tolist()

    def _row_of_longest(self, levels: tuple[Level, ...], context: int) -> _Row:
        """Return what followed the longest context that was seen, where nothing is handed on."""
        for length in range(len(levels) - 1, -1, -1):
            level, code = levels[length], context % self.tables.base**length
            place = int(np.searchsorted(level.table.contexts, code))
            if place < level.table.contexts.size and level.table.contexts[place] == code:
                break
        start, stop = level.table.starts[place : place + 2].tolist()
        tokens = level.table.grams[start:stop] % self.tables.base
        running = np.cumsum(level.own[start:stop])[:-1]
        return tokens.tolist(), running.tolist()

    def _next(self, context: Whole, rng: np.random.Generator) -> Whole:
        """Return a token after each context."""
        if self._choices is not None:
            return self._next_by_level(self._choices, context, rng)
        return self._next_by_rows(context, rng)

    @cached_property
    def _choices(self) -> tuple[Level, ...] | None:
        """The levels to choose from one after the other, from no context to the longest.

        None where the probabilities of a context must be put together before one can choose.
        """
        levels = self.tables.levels
        plain = self.temperature == 1.0 and self.top_p == 1.0
        if all(not level.scale.any() for level in levels):
            if plain:
                return levels
            return tuple(_reshape_level(level, self.temperature, self.top_p) for level in levels)
        mixes = not any(level.replaces and level.scale.any() for level in levels)
        return levels if plain and mixes else None

    def _next_by_level(
        self, levels: tuple[Level, ...], context: Whole, rng: np.random.Generator
    ) -> Whole:
        """Choose at each level between the context's own share and the shorter context."""
        written = np.zeros(context.size, dtype=np.int64)
        open_places = np.arange(context.size)
        for length in range(len(levels) - 1, -1, -1):
            level = levels[length]
            place, known = level.table.find(self.tables.shortened(context[open_places], length))
            uniform = rng.random(open_places.size)
            stays = known & (uniform < 1.0 - level.scale[place])
            written[open_places[stays]] = level.pick(place[stays], uniform[stays])
            open_places = open_places[~stays]
        return written

    def _next_by_rows(self, context: Whole, rng: np.random.Generator) -> Whole:
        """Choose from the probabilities of all tokens, computed once per context."""
        distinct, which = np.unique(context, return_inverse=True)
        uniform = rng.random(context.size)
        written = np.zeros(context.size, dtype=np.int64)
        block = max(1, _LARGEST_BLOCK // (self.tables.base - 1))
        for first in range(0, distinct.size, block):
            rows = self.tables.rows(distinct[first : first + block])
            rows = reshape_probabilities(rows, self.temperature, self.top_p)
            mine = np.flatnonzero((which >= first) & (which < first + block))
            written[mine] = _pick_by_row(rows, which[mine] - first, uniform[mine])
        return written


def _pick_by_row(rows: Array, which: Whole, uniform: Array) -> Whole:
    """Return a token for each uniform number from row ``which``, all rows in one bisection."""
    running = np.cumsum(rows, axis=1)
    running /= running[:, -1:]
    running += np.arange(len(rows))[:, np.newaxis]
    # Rounding must not carry a number over the end of its row.
    target = np.minimum(which + uniform, np.nextafter(which + 1.0, 0.0))
    chosen = np.searchsorted(running.ravel(), target, side="right")
    return np.asarray(chosen - which * rows.shape[1], dtype=np.int64)
