"""How this app draws: the picture of a page on the screen, and in what the server sends.

Everything that the benchmarks know of it is here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from streamlit.proto.Element_pb2 import Element

__all__ = [
    "CHART",
    "DRAWN",
    "FASTEST",
    "FLOOR_CHART",
    "FLOOR_DRAWN",
    "PLAYER",
    "SKETCHED",
    "is_picture",
]

# What is on the screen once the first picture is sketched, and once it is drawn: selectors.
SKETCHED = "section.player .sketch svg"
DRAWN = "section.player[data-picture] .main-svg"
# Which change of the document is a repaint: JavaScript, from a MutationRecord to a truth.
CHART = """change => change.attributeName === 'data-picture' &&
    change.oldValue !== change.target.dataset.picture"""
# Finds the first player of a page, and tells its tick and its parts: JavaScript.
PLAYER = """
() => {
    const root = document.querySelector('section.player');
    return {part: name => root.querySelector('.' + name), tick: () => root.dataset.tick};
}
"""
FASTEST = "40"

FLOOR_DRAWN = '[data-testid="stVegaLiteChart"]'
FLOOR_CHART = """change => inside(change.target, '[data-testid="stVegaLiteChart"]')"""


def is_picture(element: Element) -> bool:
    """Return whether an element that the server sends holds a page's picture."""
    kind = element.WhichOneof("type")
    return kind == "bidi_component" and element.bidi_component.WhichOneof("data") == "bytes"
