"""Words drawn from a list; the answer is the list that the learner remembers."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from collapse_core.checks import check_text, check_whole_number, shown
from collapse_core.classroom.games.game import MOST_DRAWS, Features, Model
from collapse_core.classroom.games.kinds import ListGame

__all__ = ["WORDS", "WordsGame"]

LONGEST_WORD = 24
WORDS = (
    "apple", "river", "lamp", "horse", "cloud", "bread", "stone", "window", "music", "garden",
    "boat", "winter",
)  # fmt: skip


@dataclass(frozen=True)
class WordsGame(ListGame):
    """A list of words, each as likely as the others.

    A learner may write other words than those of the list; the ideal copier does not.

    Parameters
    ----------
    vocabulary : tuple of str
        From 2 to 60 different words. Their writing is kept; capitals make no difference.

    Raises
    ------
    ValueError
        If there are too few or too many, or a word twice.
    """

    key: ClassVar[str] = "words"
    fields: ClassVar[tuple[str, ...]] = ("words",)
    vocabulary: tuple[str, ...] = WORDS

    def __post_init__(self) -> None:
        if not isinstance(self.vocabulary, tuple | list):
            raise ValueError(
                f"vocabulary={shown(self.vocabulary)} is out of range: it must be a tuple of "
                "words. Choose 2 to 60."
            )
        words = tuple(_clean(word) for word in self.vocabulary)
        check_whole_number("len(vocabulary)", len({word.casefold() for word in words}), 2, 60)
        if len({word.casefold() for word in words}) < len(words):
            raise ValueError(
                f"vocabulary={shown(self.vocabulary)} is out of range: its words must differ. "
                "Leave out what is there twice."
            )
        object.__setattr__(self, "vocabulary", words)

    @property
    def kinds(self) -> tuple[Any, ...]:
        """The words."""
        return self.vocabulary

    @property
    def shares(self) -> Features:
        """All alike."""
        return np.full(len(self.vocabulary), 1.0 / len(self.vocabulary))

    @property
    def truth(self) -> Model:
        """Each word once."""
        return {"words": list(self.vocabulary)}

    def _read(self, answer: dict[str, Any]) -> Model:
        given = answer["words"]
        most = max(MOST_DRAWS, len(self.vocabulary))
        if not isinstance(given, list | tuple) or not 1 <= len(given) <= most:
            raise ValueError(
                f"words={shown(given)} is out of range: it must be a list of 1 to {most} words. "
                "Write at least one."
            )
        known = {word.casefold(): word for word in self.vocabulary}
        words = [_clean(word) for word in given]
        return {"words": [known.get(word.casefold(), word.casefold()) for word in words]}


def _clean(word: Any) -> str:
    """Return a word without spaces around it, and with at most 24 signs that can be seen."""
    text = " ".join(unicodedata.normalize("NFC", check_text("words", word)).split())
    if not 1 <= len(text) <= LONGEST_WORD or not text.isprintable():
        raise ValueError(
            f"words={shown(word)} is out of range: a word must have 1 to {LONGEST_WORD} signs "
            "that can be seen. Write a shorter one, or leave it out."
        )
    return text
