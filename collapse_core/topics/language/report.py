"""What the generations of a text say: curves, lists of words, and sentences with marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from collapse_core.data.corpora import TextSource
from collapse_core.measures.text import (
    VocabularyLaw,
    lost_tokens,
    rare_survivors,
    returned_tokens,
    token_counts,
    vocabulary_left,
)
from collapse_core.models.ngram import END, cut_rows, flat_tokens
from collapse_core.topics.language.question import Language, LanguageStep

__all__ = ["RARE", "LanguageReport", "MarkedWord", "report_language"]

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
Mark = Literal["", "new", "rare", "last"]

RARE = 2  # a word is rare if the real text has it at most so often


@dataclass(frozen=True)
class MarkedWord:
    """A word (or letter) of a written text.

    Parameters
    ----------
    text : str
        As it is written; the end of a sentence is a full stop, or nothing between letters.
    mark : {"", "new", "rare", "last"}
        ``"last"``: a rare word of the real text that occurs once or twice now. ``"rare"``: a rare
        word of the real text that is more frequent now. ``"new"``: a phrase ends here that the
        training set does not have. The first that holds.
    """

    text: str
    mark: Mark


@dataclass(frozen=True, eq=False)
class LanguageReport:
    """Curves over the generations that are done. Arrays have shape (generations + 1,).

    Parameters
    ----------
    experiment : Language
        What was asked.
    steps : tuple of LanguageStep
        What was done.
    generations : ndarray of int
        0, 1, 2, ...
    vocabulary : ndarray of int
        Different tokens of each text, the end of a sentence being one.
    law : VocabularyLaw or None
        What theory says about it, for all generations asked for; None where there is no law.
    guide : VocabularyLaw or None
        The law of order 1 where it is only a guide, for a longer context; else None.
    entropy, repeated, new_share, real_perplexity, text_perplexity : ndarray
        Of each step, as there. The last one is at 0 that of the real text that no model has seen,
        as soon as there is a first model.
    half_gone : int or None
        First generation whose text has at most half of the vocabulary of the text at the start.
    """

    experiment: Language
    steps: tuple[LanguageStep, ...]
    generations: Whole
    vocabulary: Whole
    law: VocabularyLaw | None
    guide: VocabularyLaw | None
    entropy: Array
    repeated: Array
    new_share: Array
    real_perplexity: Array
    text_perplexity: Array
    half_gone: int | None

    @property
    def source(self) -> TextSource:
        """The real text."""
        return self.experiment.source()

    def facts(self) -> dict[str, Any]:
        """Return what is known of the whole picture, by name."""
        asked, source, last = self.experiment, self.source, len(self.steps) - 1
        return {
            "kinds": int(self.vocabulary[0]),
            "last": last,
            "total": asked.generations,
            "sample_size": asked.sample_size,
            "length": asked.order + 1,
            "half_gone": self.half_gone,
            "own_first": float(self.text_perplexity[min(1, last)]),
            "own_last": float(self.text_perplexity[last]),
            "real_first": float(self.real_perplexity[min(1, last)]),
            "real_last": float(self.real_perplexity[last]),
            "repeated": float(self.repeated[last]),
            "real_repeated": float(self.repeated[0]),
            "new": float(self.new_share[last]),
            "tokens": source.tokens,
            "used_words": source.used_words,
            "all_words": source.all_words,
        }

    def facts_at(self, t: int) -> dict[str, Any]:
        """Return what is known of one generation, by name."""
        left, law = int(self.vocabulary[t]), self.law or self.guide
        facts = {"t": t, "left": left, "share": left / int(self.vocabulary[0])}
        if law is not None:
            facts |= {"expected": float(law.mean[t]), "spread": float(law.spread[t])}
        return facts

    def lost(self, number: int) -> list[str]:
        """Return the words of the text before that this text no longer has, most frequent first.

        Frequent in the real text, that is.
        """
        if number == 0:
            return []
        tokens = lost_tokens(self.steps[number - 1].counts, self.steps[number].counts)
        return self._names(tokens)

    def returned(self, number: int) -> list[str]:
        """Return the words of a training set that the training set before did not have."""
        if number < 2:
            return []
        earlier = self.steps[number - 1].training_counts
        return self._names(returned_tokens(self.steps[number].training_counts, earlier))

    def survivors(self, number: int, most: int | None = None) -> list[str]:
        """Return the rare words of the real text that are still there.

        Parameters
        ----------
        number : int
            The generation.
        most : int, optional
            Only those that occur at most so often now.
        """
        counts = self.steps[number].counts
        return self._names(rare_survivors(counts, self._real_counts, rare=RARE, most=most))

    def sentences(
        self, number: int, most: int = 12, longest: int | None = None
    ) -> list[list[MarkedWord]]:
        """Return the first sentences of a text, each word with its mark.

        Parameters
        ----------
        number : int
            The generation.
        most : int
            How many sentences, at most.
        longest : int, optional
            How many words (or letters) in all, at most; the last sentence is cut.
        """
        step, names = self.steps[number], self.source.vocabulary
        rows = step.text[:most] if longest is None else cut_rows(step.text[:most], longest)
        tokens, lengths = flat_tokens(rows)
        marks = np.full(tokens.size, "", dtype="<U4")
        marks[step.new[: tokens.size]] = "new"
        if number:
            rare = (self._real_counts > 0) & (self._real_counts <= RARE)
            marks[rare[tokens]] = "rare"
            marks[(rare & (step.counts <= RARE))[tokens]] = "last"
        words = [
            MarkedWord(self._written(token, names), mark)
            for token, mark in zip(tokens.tolist(), marks.tolist(), strict=True)
        ]
        stops = np.cumsum(lengths).tolist()
        return [words[start:stop] for start, stop in zip([0, *stops], stops, strict=False)]

    def followed(self, word: str) -> Whole:
        """Return how often each text has a word (or letter); 0 for one that is not in the text."""
        vocabulary = self.source.vocabulary
        if word not in vocabulary:
            return np.zeros(len(self.steps), dtype=np.int64)
        token = vocabulary.index(word)
        return np.array([step.counts[token] for step in self.steps])

    def real_count(self, word: str) -> int:
        """Return how often the real text that is learned from has a word (or letter)."""
        vocabulary = self.source.vocabulary
        return int(self._real_counts[vocabulary.index(word)]) if word in vocabulary else 0

    @cached_property
    def _real_counts(self) -> Whole:
        return token_counts(self.source.training, len(self.source.vocabulary))

    def _names(self, tokens: Whole) -> list[str]:
        vocabulary = self.source.vocabulary
        return [vocabulary[token] for token in tokens.tolist() if token != END]

    def _written(self, token: int, names: tuple[str, ...]) -> str:
        return "" if token == END and self.experiment.unit == "letters" else names[token]


def report_language(experiment: Language, steps: Sequence[LanguageStep]) -> LanguageReport:
    """Return the report on the steps done so far.

    Parameters
    ----------
    experiment : Language
        What was asked.
    steps : sequence of LanguageStep
        Steps from 0 on, at least one.
    """
    vocabulary = np.array([vocabulary_left(step.counts) for step in steps])
    half = np.flatnonzero(vocabulary <= vocabulary[0] / 2)
    names = ("entropy", "repeated", "new_share", "real_perplexity", "text_perplexity")
    measured = {name: np.array([getattr(step, name) for step in steps]) for name in names}
    if len(steps) > 1:
        measured["text_perplexity"][0] = steps[1].real_perplexity
    return LanguageReport(
        experiment,
        tuple(steps),
        np.arange(len(steps)),
        vocabulary,
        experiment.law(steps[0]),
        experiment.guide(steps[0]),
        half_gone=int(half[0]) if half.size else None,
        **measured,
    )
