"""What a reader typed, as it is: no text becomes a link, an icon, a formula or markup.

One function for each place where words are read as something more than words. A page's Markdown
looks for addresses, icons and arrows in what is left after its markup is read, so that a backslash
does not help there; an invisible sign in their midst does.
"""

from __future__ import annotations

import re
from html import escape

__all__ = ["in_a_caption", "in_a_chart", "in_code", "in_markdown"]

JOINER = "\u2060"
# Signs that move the cursor, turn the direction of all that follows, or are half of a sign.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# Between which signs something begins: ":name:", "http://", "www.", "a@b", "->", ">=", "1. item".
_BEGINNING = re.compile(
    r"(?<=:)(?=\S)|(?<=@)(?=\S)|(?<=www)(?=\.)|(?<=[<>~-])(?=[-=>])|^\d*(?=[-.](\s|$))",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"[\\`*_{}\[\]<>()#+!|$~&]")


def in_markdown(text: str) -> str:
    """Return text that Markdown shows as it is, on one line."""
    return _MARKUP.sub(r"\\\g<0>", _BEGINNING.sub(rf"\g<0>{JOINER}", _on_one_line(text)))


def in_code(text: str, longest: int = 60) -> str:
    """Return text, not too long, as Markdown shows it in the type of a program."""
    short = _shortened(_on_one_line(text), longest).replace(":material/", f":{JOINER}material/")
    fence = "`" * (1 + max(map(len, re.findall("`+", short)), default=0))
    return f"{fence} {short} {fence}" if "`" in short[:1] + short[-1:] else f"{fence}{short}{fence}"


def in_a_caption(text: str) -> str:
    """Return text for a caption or a question of the player, where two stars mark what is bold."""
    return text.replace("*", "∗")


def in_a_chart(text: str, longest: int = 30) -> str:
    """Return text that Plotly shows as it is: no markup, no placeholders, not too long."""
    short = escape(_shortened(text, longest), quote=False)
    return short.replace("%{", "%\u200b{").replace("$", "\u200b$")


def _on_one_line(text: str) -> str:
    return _UNSEEN.sub("", " ".join(text.split()))


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
