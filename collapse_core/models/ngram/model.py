"""An n-gram language model: a word depends on the few words before it.

The simplest model that writes text, and the one Shannon used in 1948. Refitted to its own text it
loses words for good, as any model of categories does; with order 1 it is exactly the loop of
"Vanishing tails", the words being the categories.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from collapse_core.checks import check_choice, check_number, check_whole_number
from collapse_core.data.sentences import Unit, flat_tokens, rows_of_tokens, sentence_lengths
from collapse_core.models.base import Array, FittedModel, Model, Report, Rows, no_report
from collapse_core.models.ngram.counts import context_codes, largest_vocabulary
from collapse_core.models.ngram.sampling import Writer
from collapse_core.models.ngram.smoothing import SMOOTHINGS, Smoothing, Tables, build_tables

__all__ = ["FLOOR", "LARGEST_ORDER", "FittedNGram", "NGramModel", "Smoothing", "Unit"]


LARGEST_ORDER: dict[Unit, int] = {"words": 4, "letters": 5}
FLOOR = 0.01  # weight of "any token of the original vocabulary" when text is judged


@dataclass(frozen=True)
class NGramModel(Model):
    """A model of the next token given the order - 1 tokens before it.

    Parameters
    ----------
    vocabulary_size : int
        Number V of different tokens of the original text, the end of a sentence included.
    order : int
        1 (no context) to 4 for words, to 5 for letters.
    unit : {"words", "letters"}
        What a token is; it only sets the largest order.
    smoothing : {"none", "backoff", "interpolation"}
        What happens to contexts that were seen too rarely. ``"none"``: the shares after the
        longest context that was seen. ``"backoff"``: Katz's back-off with an absolute discount of
        1/2. ``"interpolation"``: Witten's and Bell's. All three are probability distributions.
    temperature : float
        0.05 to 20. Text is written with p^(1/T), divided by the sum; judging uses p.
    top_p : float
        0.01 to 1. Text is written with the most likely tokens that make up this share; judging
        uses all.
    """

    vocabulary_size: int
    order: int = 2
    unit: Unit = "words"
    smoothing: Smoothing = "interpolation"
    temperature: float = 1.0
    top_p: float = 1.0

    def __post_init__(self) -> None:
        check_choice("unit", self.unit, tuple(LARGEST_ORDER))
        check_choice("smoothing", self.smoothing, SMOOTHINGS)
        order = check_whole_number("order", self.order, 1, LARGEST_ORDER[self.unit])
        size = check_whole_number(
            "vocabulary_size", self.vocabulary_size, 1, largest_vocabulary(order)
        )
        object.__setattr__(self, "order", order)
        object.__setattr__(self, "vocabulary_size", size)
        temperature = check_number("temperature", self.temperature, 0.05, 20.0)
        object.__setattr__(self, "temperature", temperature)
        object.__setattr__(self, "top_p", check_number("top_p", self.top_p, 0.01, 1.0))

    def fit(self, rows: Rows, rng: np.random.Generator, report: Report = no_report) -> FittedNGram:
        """Count the n-grams of sentences; nothing is random in it.

        Parameters
        ----------
        rows : ndarray of objects
            Sentences, each an array of token numbers from 0 to V - 1.
        rng : numpy.random.Generator
            Not used.
        report : callable
            Is told when it is done.

        Raises
        ------
        ValueError
            If there is no token, or one is not in the vocabulary.
        """
        tokens, lengths = flat_tokens(rows)
        if tokens.size == 0:
            raise ValueError("rows hold no token. Give at least one sentence with one word.")
        if tokens.min() < 0 or tokens.max() >= self.vocabulary_size:
            raise ValueError(
                f"rows hold a token outside 0 to {self.vocabulary_size - 1}. Set vocabulary_size "
                "to the number of different tokens."
            )
        base = self.vocabulary_size + 1
        tables = build_tables(tokens, lengths, self.order, base, self.smoothing)
        report(1.0)
        return FittedNGram(self, tables, tokens.size / lengths.size)


@dataclass(frozen=True, eq=False)
class FittedNGram(FittedModel):
    """An n-gram model after its fit.

    Parameters
    ----------
    model : NGramModel
        The settings.
    tables : Tables
        Counts and probabilities.
    sentence_length : float
        Tokens per sentence of the training set.
    """

    model: NGramModel
    tables: Tables
    sentence_length: float

    @cached_property
    def _writer(self) -> Writer:
        return Writer(self.tables, self.sentence_length, self.model.temperature, self.model.top_p)

    def sample(self, count: int, rng: np.random.Generator) -> Rows:
        """Write text of exactly ``count`` tokens: sentences, the last one cut.

        Parameters
        ----------
        count : int
            Words (or letters), ends of sentences included; at least 1.
        rng : numpy.random.Generator
            Where the random numbers come from.
        """
        count = check_whole_number("count", count, 1)
        return rows_of_tokens(*self._writer.write(count, rng))

    def log_density(self, rows: Rows) -> Array:
        """Return the natural logarithm of the probability of each sentence, shape (rows,).

        It is that of the model before temperature and top-p, with `FLOOR`; always finite.
        """
        lengths = sentence_lengths(rows)
        ends = np.cumsum(lengths)
        running = np.concatenate(([0.0], np.cumsum(self._log_probabilities(rows))))
        return np.asarray(running[ends] - running[ends - lengths])

    def perplexity(self, rows: Rows) -> float:
        """Return exp(-average log probability of a token): NaN where there is no token.

        The number of equally likely tokens that would be as hard to guess. It is judged with
        `FLOOR`, so a word that the model has lost costs much, but not everything.
        """
        logs = self._log_probabilities(rows)
        return float(np.exp(-logs.mean())) if logs.size else float("nan")

    def probabilities(self, context: Sequence[int] = (), *, floor: bool = False) -> Array:
        """Return the probability of every token after a context, shape (V,).

        Parameters
        ----------
        context : sequence of int
            The tokens before it from the start of its sentence; only the latest order - 1 count.
        floor : bool
            True: as for judging. False: before temperature and top-p, as for writing.
        """
        tokens = np.array([*context, 0], dtype=np.int64)
        lengths = np.array([tokens.size])
        base = self.tables.base
        codes = context_codes(tokens, lengths, self.model.order - 1, base)
        row = self.tables.rows(codes[-1:])[0]
        return self._with_floor(row) if floor else row

    def _log_probabilities(self, rows: Rows) -> Array:
        tokens, lengths = flat_tokens(rows)
        codes = context_codes(tokens, lengths, self.model.order - 1, self.tables.base)
        chances = self.tables.token_probabilities(codes, tokens)
        return np.asarray(np.log(self._with_floor(chances)))

    def _with_floor(self, chances: Array) -> Array:
        """Mix with the uniform law over the original vocabulary, so that nothing is impossible."""
        return (1.0 - FLOOR) * chances + FLOOR / self.model.vocabulary_size
