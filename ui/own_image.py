"""An image of the reader's own: ready-made, drawn with figures, or from a file."""

from __future__ import annotations

from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from collapse_core.data.images import SIDE
from collapse_core.data.own_image import (
    LARGEST_FILE,
    probe_from_drawing,
    probe_from_picture,
)
from collapse_core.data.picture_file import ENDINGS
from collapse_core.lessons.control_words import ControlWords
from collapse_core.reading.quoted import quoted
from ui.own_data import OwnData
from ui.page import Page
from ui.shell import say_errors

__all__ = ["PROBES", "probe_input", "read_drawing"]

PROBES = ("heart", "letter", "checkerboard", "stripes", "slope", "drawing", "upload")
WHITEST = 9
READY = {
    "heart": ("00000000", "06900960", "09999990", "09999990", "04999940", "00499400", "00044000",
              "00000000"),
    "letter": ("00099000", "00999900", "00900900", "09900990", "09999990", "09000090", "99000099",
               "00000000"),
    "checkerboard": ("99009900", "99009900", "00990099", "00990099") * 2,
    "stripes": ("90009000", "09000900", "00900090", "00090009") * 2,
    "slope": tuple("12345678" for _ in range(SIDE)),
}  # fmt: skip
BLANK = np.zeros((SIDE, SIDE))


def probe_input(page: Page[Any]) -> NDArray[np.float64]:
    """Draw the choice of an image; return it as 64 greys.

    Parameters
    ----------
    page : Page
        The opened page; the setting ``probe`` is one of ``PROBES``.
    """
    chosen, words = page.draw("probe"), page.words("drawing")
    heart = read_drawing("\n".join(READY["heart"]), words)
    if chosen in READY:
        return probe_from_drawing(read_drawing("\n".join(READY[chosen]), words))
    if chosen == "upload":
        found = _uploaded(page)
        return probe_from_drawing(heart) if found is None else found
    own = OwnData(
        page.key,
        words,
        lambda typed: read_drawing(str(typed), words),
        "\n".join(READY["heart"]),
        height=225,
        width=260,
    )
    # Where the drawing cannot be read, the last good one stays.
    drawn = own.ask()
    st.caption(page.lesson.text("probe", "unlinked"))
    return probe_from_drawing(BLANK if drawn is None else drawn)


def read_drawing(text: str, words: ControlWords) -> NDArray[np.float64]:
    """Return the greys, 0 to 1, that eight lines of eight figures stand for.

    Parameters
    ----------
    text : str
        Lines of figures, 0 (black) to 9 (white); spaces are ignored.
    words : ControlWords
        Has the words of complaints.

    Raises
    ------
    ValueError
        If there are not eight lines of eight figures; the message names the line.
    """
    lines = ["".join(line.split()) for line in text.strip().splitlines()]
    if len(lines) != SIDE:
        raise ValueError(words["lines"].format(count=len(lines)))
    for number, line in enumerate(lines, start=1):
        if len(line) != SIDE or not (line.isascii() and line.isdigit()):
            raise ValueError(words["figures"].format(number=number, line=quoted(line, 20)))
    return np.array([[int(figure) / WHITEST for figure in line] for line in lines])


def _uploaded(page: Page[Any]) -> NDArray[np.float64] | None:
    """Return the picture of a file, or None where there is none that can be read."""
    words = page.words("picture")
    file = st.file_uploader(
        words["label"],
        type=list(ENDINGS),
        max_upload_size=LARGEST_FILE // 10**6,
        key=f"{page.key}/own/picture/file",
        help=words["help"],
    )
    st.caption(page.lesson.text("probe", "unlinked"))
    if file is None:
        st.info(words["none"], icon=":material/info:")
        return None
    found: NDArray[np.float64] | None = say_errors(lambda: probe_from_picture(file.getvalue()))
    if found is not None:
        st.caption(page.lesson.numbers.typed(file.name))
    return found
