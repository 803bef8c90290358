"""What a text is like: how many words are left, how often it repeats itself, what is new in it.

A text is rows of tokens, as `collapse_core.models.ngram` has them. The end of a sentence is a token
and is counted as one kind of word throughout, because the exact law counts it too. Phrases never
reach over the end of a sentence. How well a text can be guessed is `FittedNGram.perplexity`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_memory, check_whole_number
from collapse_core.horizon import furthest
from collapse_core.models.base import Array, Rows
from collapse_core.models.ngram import flat_tokens

__all__ = [
    "VocabularyLaw",
    "entropy_bits",
    "expected_vocabulary",
    "lost_tokens",
    "new_phrases",
    "rare_survivors",
    "repeated_share",
    "returned_tokens",
    "token_counts",
    "vocabulary_horizon",
    "vocabulary_left",
]

Whole = NDArray[np.int64]

LONGEST_PHRASE = 1000  # tokens


def token_counts(rows: Rows, vocabulary_size: int) -> Whole:
    """Return how often each token occurs, shape (vocabulary_size,)."""
    vocabulary_size = check_whole_number("vocabulary_size", vocabulary_size, 1)
    check_memory("vocabulary_size", vocabulary_size, vocabulary_size)
    return np.bincount(flat_tokens(rows)[0], minlength=vocabulary_size)


def vocabulary_left(counts: Whole) -> int:
    """Return how many different tokens there are."""
    return int(np.count_nonzero(counts))


def entropy_bits(counts: Whole) -> float:
    """Return Shannon's entropy of the tokens' shares, in bits; NaN for no token at all.

    The average number of yes-or-no questions that the best guesser needs for one token, if he is
    told nothing about its neighbours. No correction for the size of the sample is made.
    """
    shares = counts[counts > 0] / max(counts.sum(), 1)
    return float(-(shares @ np.log2(shares))) + 0.0 if shares.size else float("nan")


def repeated_share(rows: Rows, length: int) -> float:
    """Return the share of phrases that occur more than once in the text.

    Parameters
    ----------
    rows : ndarray of objects
        The text.
    length : int
        Tokens in a phrase, at least 1.

    Returns
    -------
    float
        Phrases whose tokens, in this order, come again somewhere, divided by all phrases; every
        place where a phrase begins counts. NaN where no sentence is long enough.
    """
    numbers, _ = _phrases(rows, length)
    if numbers.size == 0:
        return float("nan")
    _, counts = np.unique(numbers, return_counts=True)
    return float(counts[counts > 1].sum() / numbers.size)


def new_phrases(rows: Rows, training: Rows, length: int) -> tuple[NDArray[np.bool_], float]:
    """Find the phrases of a text that the training set does not have.

    Parameters
    ----------
    rows, training : ndarray of objects
        The text, and what its writer learned from.
    length : int
        Tokens in a phrase, at least 1. A model without a floor never writes a new token; a phrase
        one longer than its n-grams is the shortest that it cannot simply have copied.

    Returns
    -------
    marks : ndarray of bool, shape (tokens of the text,)
        Whether a new phrase ends at this token.
    share : float
        New phrases divided by all phrases of the text; NaN where no sentence is long enough.
    """
    both = np.concatenate((rows, training))
    numbers, ends = _phrases(both, length)
    size = flat_tokens(rows)[0].size
    mine = ends < size
    new = ~np.isin(numbers[mine], numbers[~mine])
    marks = np.zeros(size, dtype=bool)
    marks[ends[mine][new]] = True
    return marks, float(new.mean()) if new.size else float("nan")


def lost_tokens(before: Whole, after: Whole) -> Whole:
    """Return the tokens that were there before and are not there after."""
    return np.flatnonzero((before > 0) & (after == 0))


def returned_tokens(training: Whole, earlier: Whole) -> Whole:
    """Return the tokens of a training set that the training set before it did not have.

    Without real text (and without a memory) there are none: a lost word stays lost.
    """
    return np.flatnonzero((training > 0) & (earlier == 0))


def rare_survivors(counts: Whole, real: Whole, *, rare: int = 2, most: int | None = None) -> Whole:
    """Return the tokens that were rare in the real text and are still there.

    Parameters
    ----------
    counts, real : ndarray of int, shape (V,)
        How often each token occurs now, and in the real text.
    rare : int
        A token is rare if the real text has it at most so often (and at least once).
    most : int, optional
        Return only those that occur at most so often now, the ones about to go.
    """
    chosen = (real > 0) & (real <= rare) & (counts > 0)
    if most is not None:
        chosen &= counts <= most
    return np.flatnonzero(chosen)


@dataclass(frozen=True, eq=False)
class VocabularyLaw:
    """What the law of vanishing tails says about the vocabulary.

    Parameters
    ----------
    mean : ndarray, shape (generations + 1,)
        Expected number of different tokens. Index 0 is the text at the start.
    spread : ndarray, shape (generations + 1,)
        Approximate standard deviation between runs, as if tokens were lost independently. They
        compete, so it is a little too large: by 2 % after one generation and 17 % after 20, in the
        story with 4,000 tokens per generation.
    exact : bool
        Whether ``mean`` is exact; otherwise it is the branching approximation.
    """

    mean: Array
    spread: Array
    exact: bool

    def until(self, generations: int) -> VocabularyLaw:
        """Return the law of the first generations, as views: see `vocabulary_horizon`."""
        first = slice(generations + 1)
        return VocabularyLaw(self.mean[first], self.spread[first], self.exact)


def vocabulary_horizon(sample_size: int, generations: int) -> int:
    """Return a rounded-up number of generations over which the law has the same formulas."""
    from collapse_core.theory.tails import is_exact_feasible

    exact = is_exact_feasible(sample_size, generations)
    return furthest(generations, lambda reached: is_exact_feasible(sample_size, reached) == exact)


def expected_vocabulary(counts: Whole, sample_size: int, generations: int) -> VocabularyLaw:
    """Return the law of the vocabulary for a model without context (order 1).

    Given the counts of the text at the start, the tokens of each later text are independent draws
    from the shares of the text before: the Wright-Fisher model of `collapse_core.theory.tails`.

    Parameters
    ----------
    counts : ndarray of int, shape (V,)
        How often each token occurs in the text at the start.
    sample_size : int
        Tokens that each generation writes, at least 1.
    generations : int
        Number of generations, at least 0.

    Notes
    -----
    Exact up to rounding for up to 5,000 tokens; an approximation beyond. Source: two-type
    Wright-Fisher chain (Ewens 2004).
    """
    from collapse_core.theory.tails import (
        expected_ancestors_approximation,
        is_exact_feasible,
        survival_probabilities,
    )

    shares = counts[counts > 0] / counts.sum()
    exact = is_exact_feasible(sample_size, generations)
    if exact:
        survival = survival_probabilities(shares, sample_size, generations)
    else:
        ancestors = expected_ancestors_approximation(sample_size, generations)
        survival = -np.expm1(-ancestors[:, np.newaxis] * shares)
        survival[0] = 1.0
    survival = np.minimum(survival, 1.0)  # a certain one is a little more after rounding
    spread = np.sqrt((survival * (1.0 - survival)).sum(axis=1))
    return VocabularyLaw(survival.sum(axis=1), spread, exact)


def _phrases(rows: Rows, length: int) -> tuple[Whole, Whole]:
    """Return a number for each phrase, equal for equal phrases, and the place where it ends."""
    length = check_whole_number("length", length, 1, LONGEST_PHRASE)
    tokens, lengths = flat_tokens(rows)
    position = np.arange(tokens.size) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    ends = np.flatnonzero(position >= length - 1)
    numbers = np.zeros(ends.size, dtype=np.int64)
    base = int(tokens.max()) + 1 if tokens.size else 1
    highest = 1
    for back in range(length - 1, -1, -1):
        if highest > 2**62 // base:  # number the phrases anew before they overflow
            kinds, numbers = np.unique(numbers, return_inverse=True)
            highest = kinds.size
        numbers = numbers * base + tokens[ends - back]
        highest *= base
    return numbers, ends
