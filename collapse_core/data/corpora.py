"""Texts to learn from: a story, Python's own language reference, or a text of your own.

Nothing is downloaded. A text becomes sentences of tokens: words in small letters, or single
signs. The end of a sentence is a token like any other, and is counted as one.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from collapse_core.assets import asset
from collapse_core.checks import (
    check_choice,
    check_switch,
    check_text,
    check_whole_number,
    shown,
)
from collapse_core.checks.messages import refusal
from collapse_core.data.language_reference import python_reference_text
from collapse_core.data.plain_text import read_plain_text
from collapse_core.data.sentences import END, Unit, cut_rows, sentence_lengths
from collapse_core.data.sources import Rows, RowSource, check_choosing, whole_copies
from collapse_core.lessons.messages import RefusedError
from collapse_core.reading.words import (
    in_small_letters,
    letters_of,
    sentences_of,
    signs_without_spaces,
    words_of,
)

__all__ = [
    "FEWEST_SENTENCES",
    "FEWEST_WORDS",
    "LARGEST_TEXT",
    "TextSource",
    "language_reference",
    "own_text",
    "read_text",
    "story",
]

STORY_FILE = asset("text/story.txt")

LARGEST_TEXT = 200_000  # bytes
FEWEST_WORDS = 50
FEWEST_SENTENCES = 5
HELD_OUT_EVERY = 5  # the first, sixth, ... sentence is held out
MOST_WORDS = 100_000


@dataclass(frozen=True, eq=False, repr=False)
class TextSource(RowSource):
    """Real text: sentences to train on, and one in five held out to judge by.

    Parameters
    ----------
    name : str
        What it is called.
    unit : {"words", "letters"}
        What a token is.
    vocabulary : tuple of str
        All tokens: the end of a sentence first, then from the most frequent to the rarest.
    training, testing : ndarray of objects
        Sentences, each an array of places in the vocabulary.
    used_words, all_words : int
        How many words of the text are in these sentences, and how many the whole text has; signs,
        if it is ``spaceless``.
    spaceless : bool
        Whether no space is between its words, as in Chinese, Japanese or Thai.
    """

    name: str
    unit: Unit
    vocabulary: tuple[str, ...]
    training: Rows
    testing: Rows
    used_words: int = 0
    all_words: int = 0
    spaceless: bool = False

    def __repr__(self) -> str:
        return f"TextSource({self.name!r}, {self.unit!r}, {self._digest})"

    @cached_property
    def _digest(self) -> str:
        digest = hashlib.sha256("\0".join(self.vocabulary).encode("utf-8", "replace"))
        for rows in (self.training, self.testing):
            digest.update(sentence_lengths(rows).tobytes())
            digest.update(b"".join(row.tobytes() for row in rows))
        return digest.hexdigest()[:32]

    @property
    def held_out(self) -> Rows:
        """Real sentences that no model is trained on."""
        return self.testing

    @property
    def tokens(self) -> int:
        """Number of tokens of the training part, ends of sentences included."""
        return int(self._lengths.sum())

    @property
    def sentence_length(self) -> float:
        """Tokens per sentence of the training part."""
        return self.tokens / len(self.training)

    @cached_property
    def _lengths(self) -> NDArray[np.int64]:
        return sentence_lengths(self.training)

    def draw(self, count: int, rng: np.random.Generator) -> Rows:
        """Return whole real sentences with ``count`` tokens in all, the last one cut.

        They come in random order, and none comes twice before all have come once.
        """
        places = self._enough(self._lengths, count, rng, replacement=False)
        return cut_rows(self.training[places], count)

    def take(self, rows: Rows, count: int) -> Rows:
        """Return the first sentences with ``count`` tokens in all, the last one cut."""
        return cut_rows(rows, count)

    def choose(
        self, rows: Rows, count: int, rng: np.random.Generator, *, replacement: bool
    ) -> NDArray[np.int64]:
        """Return the places of whole sentences that have at least ``count`` tokens in all.

        Sentences are picked until it is reached, so the last one may go beyond it.

        Parameters
        ----------
        rows : ndarray of objects
            What to choose from, at least one sentence that is not empty.
        count : int
            Tokens wanted, at least 1.
        rng : numpy.random.Generator
            Where the random numbers come from.
        replacement : bool
            Whether a sentence can be chosen twice before all were chosen once.

        Raises
        ------
        ValueError
            If no sentence has a token, or a parameter is out of range.
        """
        _, count = check_choosing(rows, count)
        replacement = check_switch("replacement", replacement)
        try:
            lengths = sentence_lengths(rows)
        except TypeError:  # numbers in place of sentences
            lengths = np.zeros(1, dtype=np.int64)
        if not lengths.any():
            raise refusal(
                "rows", shown(rows), "sentences with tokens", "Give one that is not empty."
            )
        return self._enough(lengths, count, rng, replacement=replacement)

    def decode(self, sentence: Iterable[int]) -> str:
        """Return the text of one sentence.

        A word sentence that was not cut ends with a full stop, whichever mark it had.
        """
        names = [self.vocabulary[token] for token in sentence if token != END]
        if self.unit == "letters":
            return "".join(names)
        ended = len(names) < len(list(sentence))
        return " ".join(names) + ("." if ended else "")

    def _enough(
        self, lengths: NDArray[np.int64], count: int, rng: np.random.Generator, *, replacement: bool
    ) -> NDArray[np.int64]:
        """Return the places of the first sentences in random order that reach ``count`` tokens."""
        places = np.empty(0, dtype=np.int64)
        while (reached := np.cumsum(lengths[places])).size == 0 or reached[-1] < count:
            more = whole_copies(lengths.size, lengths.size, rng)
            if replacement:
                more = rng.integers(lengths.size, size=lengths.size)
            places = np.concatenate((places, more))
        return places[: int(np.searchsorted(reached, count)) + 1]


def story(unit: Unit = "words", words: int = MOST_WORDS) -> TextSource:
    """Return the story that comes with the program, written for it.

    Parameters
    ----------
    unit : {"words", "letters"}
        What a token is.
    words : int
        How many words of it to use, 50 to 100,000; whole sentences until they are reached.

    Raises
    ------
    ValueError
        If a parameter is out of range or the file is missing.
    """
    try:
        text = STORY_FILE.read_text(encoding="utf-8")
    except OSError as error:
        raise ValueError(
            f"The story is missing ({STORY_FILE.name}: {error.strerror}). Choose another text, or "
            "install the program with its folder 'assets'."
        ) from None
    _, _, body = text.partition("\n")  # the first line is the title
    return _source("story", body, unit, words)


def language_reference(unit: Unit = "words", words: int = MOST_WORDS) -> TextSource:
    """Return the prose of Python's language reference, as the standard library has it.

    Licence: Python Software Foundation License. The text differs a little between versions of
    Python.

    Parameters
    ----------
    unit, words
        As for `story`.

    Raises
    ------
    ValueError
        If a parameter is out of range or this Python has no such text.
    """
    return _source("reference", _reference(), unit, words)


def own_text(text: str | bytes, unit: Unit = "words", words: int = MOST_WORDS) -> TextSource:
    """Return a text of your own.

    Parameters
    ----------
    text : str or bytes
        At most 200,000 bytes (bytes must be UTF-8), with at least 50 words in at least 5
        sentences.
    unit, words
        As for `story`.

    Raises
    ------
    ValueError
        If it is not such a text; the message says what was found and what to do.
    """
    return _source("own", read_text(text), unit, words)


def read_text(text: str | bytes) -> str:
    """Return a pasted or uploaded text, checked.

    Raises
    ------
    ValueError
        If it is too long, binary, empty, or has no letters.
    """
    if not isinstance(text, bytes):
        text = check_text("text", text).encode("utf-8", "surrogatepass")
    decoded = read_plain_text(text, LARGEST_TEXT, "text")
    if not decoded.strip():
        raise RefusedError("own_text", "empty")
    if not any(character.isalpha() for character in decoded):
        raise RefusedError("own_text", "no_letters")
    return decoded


_reference = lru_cache(maxsize=1)(python_reference_text)


def _source(name: str, text: str, unit: Unit, words: int) -> TextSource:
    unit = "words" if check_choice("unit", unit, ("words", "letters")) == "words" else "letters"
    return _kept(name, text, unit, check_whole_number("words", words, FEWEST_WORDS, MOST_WORDS))


@lru_cache(maxsize=16)
def _kept(name: str, text: str, unit: Unit, words: int) -> TextSource:
    """Return the source of a text, which is cut into sentences once and kept."""
    normal = in_small_letters(text)
    spaceless = _is_spaceless(normal)
    if spaceless and unit == "words":
        raise RefusedError("own_text", "no_spaces")
    found = [(sentence, words_of(sentence)) for sentence in sentences_of(normal)]
    found = [(sentence, parts) for sentence, parts in found if parts]
    sizes = [
        signs_without_spaces(sentence) if spaceless else len(parts) for sentence, parts in found
    ]
    used = _sentences_to_use(sizes, words, "signs" if spaceless else "words")
    if unit == "words":
        tokens, end = [parts for _, parts in found[:used]], "."
    else:
        tokens, end = [letters_of(" ".join(sentence.split())) for sentence, _ in found[:used]], "¶"
    tallies = Counter(token for sentence in tokens for token in sentence)
    names = sorted(tallies, key=lambda token: (-tallies[token], token))
    place = {token: number for number, token in enumerate(names, start=1)}
    rows = np.empty(len(tokens), dtype=object)
    for number, sentence in enumerate(tokens):
        rows[number] = np.array([*(place[token] for token in sentence), END], dtype=np.int32)
    held_out = np.arange(len(rows)) % HELD_OUT_EVERY == 0
    vocabulary = (end, *names)
    counted = (sum(sizes[:used]), sum(sizes), spaceless)
    return TextSource(name, unit, vocabulary, rows[~held_out], rows[held_out], *counted)


def _sentences_to_use(sizes: Sequence[int], words: int, counted: str) -> int:
    """Return how many of the first sentences have ``words`` words together."""
    total = sum(sizes)
    if total < FEWEST_WORDS:
        raise RefusedError("own_text", f"too_few_{counted}", count=total, least=FEWEST_WORDS)
    if len(sizes) < FEWEST_SENTENCES:
        few = {"count": len(sizes), "least": FEWEST_SENTENCES}
        raise RefusedError("own_text", "too_few_sentences", **few)
    return max(FEWEST_SENTENCES, int(np.searchsorted(np.cumsum(sizes), words)) + 1)


def _is_spaceless(text: str) -> bool:
    """Return whether most letters are of scripts that put no spaces between words."""
    without = signs_without_spaces(text)
    return without > 0 and 2 * without > sum(map(str.isalpha, text))
