"""The prose of Python's language reference, from the standard library's own copy.

``pydoc_data.topics`` holds the reference as it is shown by ``help("if")``: topics of text with
grammar rules, examples and headings among the prose. Only the prose is kept.
"""

from __future__ import annotations

import re
import textwrap

__all__ = ["TOPICS", "python_reference_text"]

# In the order of a reader who begins. All are in Python 3.11 to 3.14; one that is missing is
# left out. Topics that contain another whole topic (like "compound") are not listed.
TOPICS = (
    "objects",
    "identifiers",
    "naming",
    "if",
    "while",
    "for",
    "try",
    "with",
    "function",
    "class",
    "assignment",
    "import",
    "comparisons",
    "booleans",
    "calls",
    "raise",
    "return",
    "yield",
    "assert",
    "pass",
    "del",
    "break",
    "continue",
    "global",
    "nonlocal",
    "lambda",
    "strings",
    "integers",
    "floating",
    "subscriptions",
    "slicings",
    "typesseq",
    "typesmapping",
    "types",
    "customization",
    "attribute-access",
    "string-methods",
    "formatstrings",
    "debugger",
)

_ADORNMENT = re.compile(r"^[*=\-~^\"#]{3,}$")
_BULLET = re.compile(r"^(?:[*+-]|\d+\.|\[\d+\])\s+")
_CODE = ("::=", ">>>", "...  ", "|  ", "+--", "+==", " = ", "def ", "print(", "#")
_MARKS = re.compile(r"``|\*\*|[`*|]|\"(?=\S)|(?<=\S)\"")


def python_reference_text() -> str:
    """Return paragraphs of prose, with a blank line between two.

    Raises
    ------
    ValueError
        If this Python comes without the text.
    """
    try:
        from pydoc_data.topics import topics
    except ImportError:
        raise ValueError(
            "This Python comes without its language reference (pydoc_data is missing). Choose "
            "another text, or install Python's documentation topics."
        ) from None
    paragraphs = []
    for name in TOPICS:
        paragraphs += _prose(topics.get(name, ""))
    return "\n\n".join(dict.fromkeys(paragraphs))  # a topic may be quoted in another one


def _prose(topic: str) -> list[str]:
    """Return the paragraphs of a topic that are sentences, in one line each."""
    kept = []
    for block in re.split(r"\n\s*\n", topic):
        lines = textwrap.dedent(block).strip().splitlines()
        if len(lines) > 1 and _ADORNMENT.match(lines[1].strip()):
            continue
        paragraph = _BULLET.sub("", " ".join(line.strip() for line in lines))
        if _is_prose(paragraph):
            kept.append(_MARKS.sub("", paragraph))
    return kept


def _is_prose(paragraph: str) -> bool:
    """Whether it has a few words, ends like a sentence and shows no code."""
    ends = paragraph.endswith((".", ".)", "!", "?"))
    return ends and len(paragraph.split()) > 5 and not any(mark in paragraph for mark in _CODE)
