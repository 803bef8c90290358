"""A list of names and counts that a learner types, pastes or uploads."""

from __future__ import annotations

from typing import Any

from collapse_core.topics.vanishing_tails.own_counts import Counts, parse_counts
from collapse_core.topics.vanishing_tails.starts import EXAMPLE
from ui.own_data import OwnData, plain
from ui.page import Page

__all__ = ["fits_a_link", "own_list"]

LONGEST_IN_A_LINK = 1500
LARGEST_FILE = 2_000_000  # bytes; 10,000 rows of the longest names are fewer


def own_list(page: Page[Any], place: Any) -> Counts:
    """Draw the places for a list; return it. The link holds it, if it is short.

    Parameters
    ----------
    page : Page
        Its link has ``counts``.
    place : streamlit container
        Where the list is folded in.
    """
    words, read = page.words("counts"), plain(parse_counts, LARGEST_FILE)
    own = OwnData(page.key, words, read, EXAMPLE, ("csv", "tsv", "txt"), LARGEST_FILE)
    own.follow(page.link)
    with own.folded(place, width="stretch") as folded:
        counts = own.ask(None if folded.open else page.messages) or parse_counts(EXAMPLE)
    text = counts.to_text()
    own.lead(page.link, text, LONGEST_IN_A_LINK)
    if not (page.embedded or fits_a_link(text)):
        page.corner.caption(words["too_long"])
    return counts


def fits_a_link(text: str) -> bool:
    """Return whether a list is short enough to be part of a link."""
    return len(text) <= LONGEST_IN_A_LINK
