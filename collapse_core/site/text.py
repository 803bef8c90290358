"""The words of lessons as HTML: Markdown's bold, italic, code, lists and links."""

from __future__ import annotations

import re
from html import escape

from collapse_core.checks import check_text

__all__ = ["blocks", "inline"]

_INLINE = (
    (re.compile(r"(\d) (?=%)"), "\\1\u00a0"),
    (re.compile(r"`([^`]+)`"), r"<code>\1</code>"),
    (re.compile(r"\*\*(.+?)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"(?<!\*)\*([^*\s](?:[^*]*[^*\s])?)\*(?!\*)"), r"<em>\1</em>"),
    (re.compile(r"\[([^\]]+)\]\((https?://[^)\s]+)\)"), r'<a href="\2">\1</a>'),
)


def inline(words: str) -> str:
    """Return one piece of text as HTML; what is no markup is shown as it is."""
    made = escape(check_text("words", words).strip())
    for pattern, html in _INLINE:
        made = pattern.sub(html, made)
    return made


def blocks(words: str) -> str:
    """Return paragraphs and lists as HTML; an empty line or a star begins a new one."""
    made = []
    for part in re.split(r"\n\s*\n|\n(?=[*-] )", check_text("words", words).strip()):
        point = re.match(r"[*-] (.*)", part, re.DOTALL)
        made.append(f"<li>{inline(point[1])}</li>" if point else f"<p>{inline(part)}</p>")
    joined = "".join(made)
    return re.sub(r"(?:<li>.*?</li>)+", r"<ul>\g<0></ul>", joined, flags=re.DOTALL)
