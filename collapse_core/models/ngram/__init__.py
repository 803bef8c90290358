"""Language models that know how often short runs of words, or letters, occur: n-grams.

Rows are sentences: arrays of token numbers. A token is a word or a letter, or the end of a
sentence, which is a token like any other. Sizes count tokens.
"""

from collapse_core.data.sentences import END, cut_rows, flat_tokens, rows_of_tokens
from collapse_core.models.ngram.model import FLOOR, FittedNGram, NGramModel, Smoothing

__all__ = [
    "END",
    "FLOOR",
    "FittedNGram",
    "NGramModel",
    "Smoothing",
    "cut_rows",
    "flat_tokens",
    "rows_of_tokens",
]
