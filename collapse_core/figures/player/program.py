"""The player's program, style and frame, as whoever mounts it needs them: as text."""

from __future__ import annotations

import functools
import re
from html import escape
from pathlib import Path

from collapse_core.lessons.lesson import shell_words

__all__ = ["frame", "program", "style"]

_FOLDER = Path(__file__).parent
# In the order in which one needs the other.
_FILES = (
    "picture.js",
    "arrange.js",
    "sketch.js",
    "nimble.js",
    "chart.js",
    "guessing.js",
    "asking.js",
    "saving.js",
    "keys.js",
    "player.js",
)
_GIVEN = ("Player", "rendered", "shownPanels", "unpack")


@functools.cache
def program() -> str:
    """Return JavaScript that holds what others use in one object, ``modelCollapse``."""
    texts = [(_FOLDER / name).read_text(encoding="utf-8") for name in _FILES]
    joined = "\n".join(re.sub(r"^import .*\n", "", text, flags=re.M) for text in texts)
    body = re.sub(r"^export ", "", joined, flags=re.M)
    given = ", ".join(_GIVEN)
    return f"const modelCollapse = (() => {{\n{body}\nreturn {{ {given} }};\n}})();\n"


@functools.cache
def style() -> str:
    """Return the player's style sheet."""
    return (_FOLDER / "player.css").read_text(encoding="utf-8")


def frame() -> str:
    """Return the HTML that a player fills."""
    text, words = (_FOLDER / "player.html").read_text(encoding="utf-8"), shell_words("player")
    return text.format(**{name: escape(words[name]) for name in ("trouble", "play")})
