"""Sentences, words and letters of a text in any script, by Unicode's own properties."""

from __future__ import annotations

import unicodedata
from functools import cache
from itertools import pairwise
from typing import Any

from collapse_core.extras import extra

__all__ = ["in_small_letters", "letters_of", "sentences_of", "signs_without_spaces", "words_of"]

# A letter with the marks on it; joiners are inside words of Persian and Hindi.
_LETTER = r"\p{L}[\p{M}\u200c\u200d]*"
_APOSTROPHES = "['’׳״·]"
_WORD = rf"(?:{_LETTER})+(?:{_APOSTROPHES}(?:{_LETTER})+)*"
# A point, a question or an exclamation mark ends a sentence before a space only: "3.50". The marks
# of Arabic, Hindi, Chinese and other scripts end one wherever they are; so does a blank line.
_LATIN_END = r"(?<![.!?…])[.!?…]++[\p{SB=Close}]*+(?=\s|$)"
_OTHER_END = r"[\p{SB=STerm}--[!?]]++[\p{SB=Close}]*+"
_BLANK_LINE = r"\n[^\S\n]*+\n\s*+"
# What is seen as one sign: a letter with its marks, a flag, an emoji of several.
_ON_IT = r"[\p{GCB=Extend}\p{GCB=SpacingMark}]*+"
_PICTURE = rf"\p{{Extended_Pictographic}}{_ON_IT}"
_SIGN = rf"(?s:\p{{RI}}{{2}}|{_PICTURE}(?:\u200d{_PICTURE})*+\u200d?|.{_ON_IT}\u200d?)"
# Scripts in which no space is between words.
_WITHOUT_SPACES = "|".join(
    rf"\p{{{script}}}"
    for script in ("Han", "Hiragana", "Katakana", "Thai", "Lao", "Khmer", "Myanmar", "Tibetan")
)


@cache
def _pattern(written: str) -> Any:
    with extra("text"):
        import regex

    return regex.compile(written, regex.VERSION1)


def in_small_letters(text: str) -> str:
    """Return a text in small letters, each letter in the one form of all that look like it."""
    # The small letter of a Turkish capital I with a dot is i; Python would leave the dot.
    return unicodedata.normalize("NFC", text.replace("İ", "i").lower())


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text with their closing marks, the last one with or without.

    Parameters
    ----------
    text : str
        A sentence ends at a mark of any script that ends one, with the quotation marks and
        brackets behind it, or at a blank line.

    Notes
    -----
    Source of the marks: Unicode Standard Annex 29, property Sentence_Break.
    """
    ends = _pattern(f"{_LATIN_END}|{_OTHER_END}|{_BLANK_LINE}")
    stops = [0, *(mark.end() for mark in ends.finditer(text)), len(text)]
    return [text[start:stop] for start, stop in pairwise(stops)]


def words_of(text: str) -> list[str]:
    """Return the words of a text: letters with their marks, and apostrophes between them."""
    return [word.replace("’", "'") for word in _pattern(_WORD).findall(text)]


def letters_of(text: str) -> list[str]:
    """Return what a reader sees as single signs: a letter together with the marks on it.

    Notes
    -----
    Source: Unicode Standard Annex 29, extended grapheme clusters, but for the parts of which old
    Hangul is composed. (The library's own are quadratic in a row of flags.)
    """
    signs: list[str] = _pattern(_SIGN).findall(text)
    return signs


def signs_without_spaces(text: str) -> int:
    """Return how many letters are of scripts that put no spaces between words."""
    return len(_pattern(_WITHOUT_SPACES).findall(text))
