"""Words that are worth following through the generations: rare ones first, then frequent ones."""

from __future__ import annotations

import numpy as np

from collapse_core.data.corpora import TextSource
from collapse_core.measures.text import token_counts
from collapse_core.models.ngram import END

__all__ = ["MOST_WORDS_TO_FOLLOW", "words_to_follow"]

MOST_WORDS_TO_FOLLOW = 16

# Who the story is about. The names of the grandmother and of the wife stand in it once.
_OF_THE_STORY = (
    "averil",
    "petronel",
    "thorald",
    "kittiwake",
    "custard",
    "corvin",
    "dunlin",
    "tamsel",
    "hesk",
    "gull",
    "wenna",
)
# How many words to take of those that the real text has once, two to five times, and more often.
_SHARES = ((1, 1, 7), (2, 5, 5), (6, None, 4))


def words_to_follow(source: TextSource) -> tuple[str, ...]:
    """Return up to 16 different words (or letters) of the real text, the rare ones first.

    Parameters
    ----------
    source : TextSource
        The real text.
    """
    counts = token_counts(source.training, len(source.vocabulary))
    counts[END] = 0
    spelled = np.array([name.isalpha() for name in source.vocabulary])
    if spelled[counts > 0].any():  # signs are less worth following than letters
        counts[~spelled] = 0
    known = set(np.array(source.vocabulary, dtype=object)[counts > 0])
    chosen = [word for word in _OF_THE_STORY if source.name == "story" and word in known]
    for low, high, most in _SHARES:
        kinds = np.flatnonzero((counts >= low) & (counts <= (high or counts.max())))
        places = np.unique(
            np.linspace(0, kinds.size - 1, min(most, kinds.size)).round().astype(int)
        )
        chosen += [source.vocabulary[token] for token in kinds[places].tolist()]
    found = list(dict.fromkeys(chosen))[:MOST_WORDS_TO_FOLLOW]
    if not found:  # a text of ends only cannot be, but a tiny one may hold out all its words
        found = list(source.vocabulary[1:2])
    number = {word: int(counts[source.vocabulary.index(word)]) for word in found}
    return tuple(sorted(found, key=lambda word: number[word]))
