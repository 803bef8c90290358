"""Words of the glossary in a page's texts, as links in the language of the visit."""

from __future__ import annotations

from urllib.parse import urlencode

from collapse_core.lessons import glossary
from ui import visit

__all__ = ["with_terms"]


def with_terms(markdown: str) -> str:
    """Return a text in which each word of the glossary is a link where it first appears."""
    spoken = visit.language_in_links()
    return glossary.with_terms(markdown, f"&{urlencode(spoken)}" if spoken else "")
