"""An image of the reader's own: ready-made, drawn with figures, or from a file."""

from __future__ import annotations

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from collapse_core.data.images import SIDE
from collapse_core.data.own_image import probe_from_drawing, probe_from_picture
from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.wording import as_typed
from ui import controls
from ui.shell import say_errors

__all__ = ["KEY", "PROBES", "probe_input", "read_drawing"]

KEY = "probe"
PROBES = ("heart", "letter", "checkerboard", "stripes", "slope", "drawing", "upload")
WHITEST = 9
BLANK = "\n".join(["00000000"] * SIDE)
READY = {
    "heart": ("00000000", "06900960", "09999990", "09999990", "04999940", "00499400", "00044000",
              "00000000"),
    "letter": ("00099000", "00999900", "00900900", "09900990", "09999990", "09000090", "99000099",
               "00000000"),
    "checkerboard": ("99009900", "99009900", "00990099", "00990099") * 2,
    "stripes": ("90009000", "09000900", "00900090", "00090009") * 2,
    "slope": tuple("12345678" for _ in range(SIDE)),
}  # fmt: skip


def probe_input(lesson: Lesson) -> tuple[str, NDArray[np.float64]]:
    """Draw the choice of an image; return its key for the link, and the image as 64 greys.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    """
    words = lesson.words("probe")
    name = controls.parts(
        KEY,
        words["choose"],
        {name: words[name] for name in PROBES},
        help_text=words["choose_help"],
        unlinked=("drawing", "upload"),
    )
    return name, _image(name, lesson)


def _image(name: str, lesson: Lesson) -> NDArray[np.float64]:
    if name == "drawing":
        return _drawn(lesson)
    if name == "upload":
        return _uploaded(lesson)
    return probe_from_drawing(read_drawing("\n".join(READY[name]), lesson))


def read_drawing(text: str, lesson: Lesson) -> NDArray[np.float64]:
    """Return the greys, 0 to 1, that eight lines of eight figures stand for.

    Parameters
    ----------
    text : str
        Lines of figures, 0 (black) to 9 (white); spaces are ignored.
    lesson : Lesson
        The words of complaints.

    Raises
    ------
    ValueError
        If there are not eight lines of eight figures; the message names the line.
    """
    lines = ["".join(line.split()) for line in text.strip().splitlines()]
    if len(lines) != SIDE:
        raise ValueError(lesson.say("probe", "lines", count=len(lines)))
    for number, line in enumerate(lines, start=1):
        if len(line) != SIDE or not (line.isascii() and line.isdigit()):
            raise ValueError(lesson.say("probe", "figures", number=number, line=line[:20]))
    return np.array([[int(figure) / WHITEST for figure in line] for line in lines])


def _drawn(lesson: Lesson) -> NDArray[np.float64]:
    """Return the drawing; where it cannot be read, say why and return the last good one."""
    words = lesson.words("probe")
    st.session_state.setdefault(
        "probe_drawing", st.session_state.get("probe_kept") or "\n".join(READY["heart"])
    )
    typed = st.text_area(
        words["draw"], height=225, key="probe_drawing", help=words["draw_help"], width=260
    )
    st.caption(words["unlinked"])
    st.session_state["probe_kept"] = typed
    found = say_errors(lambda: probe_from_drawing(read_drawing(str(typed), lesson)))
    if found is not None:
        st.session_state["probe_good"] = found
    good = st.session_state.get("probe_good")
    return probe_from_drawing(read_drawing(BLANK, lesson)) if good is None else np.asarray(good)


def _uploaded(lesson: Lesson) -> NDArray[np.float64]:
    """Return the picture of a file; without one that can be read, the heart."""
    words = lesson.words("probe")
    file = st.file_uploader(
        words["file"], type=["png", "jpg", "jpeg"], key="probe_file", help=words["file_help"]
    )
    st.caption(words["unlinked"])
    heart = probe_from_drawing(read_drawing("\n".join(READY["heart"]), lesson))
    if file is None:
        st.info(words["waiting_file"], icon=":material/info:")
        return heart
    found = say_errors(lambda: probe_from_picture(file.getvalue()))
    if found is None:
        return heart
    st.caption(as_typed(file.name))
    return np.asarray(found)
