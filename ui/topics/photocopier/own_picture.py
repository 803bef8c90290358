"""A picture of the reader's own: from a file, or from the camera once it is asked for."""

from __future__ import annotations

from typing import Any

import streamlit as st

from collapse_core.data.picture_file import ENDINGS
from collapse_core.echoes.pictures import LARGEST_FILE, OwnPicture, read_picture
from collapse_core.lessons.typed import in_markdown
from ui.page import Page
from ui.shell import say_errors

__all__ = ["own_picture"]


def own_picture(page: Page[Any]) -> OwnPicture | None:
    """Draw the places for a picture; return it, or None where there is none that can be used.

    Parameters
    ----------
    page : Page
        The opened page.
    """
    words, found, taken = page.words("own_picture"), None, None
    with page.stage.expander(words["label"], icon=":material/photo_camera:", expanded=True):
        file = st.file_uploader(
            words["upload"],
            type=list(ENDINGS),
            max_upload_size=LARGEST_FILE // 10**6,
            key=f"{page.key}/own/copied/file",
            help=words["help"],
        )
        # The browser asks for the camera as soon as its place is drawn.
        if file is None and st.checkbox(
            words["camera"], key=f"{page.key}/own/copied/camera", help=words["camera_help"]
        ):
            taken = st.camera_input(
                words["take"], key=f"{page.key}/own/copied/taken", label_visibility="collapsed"
            )
        given = file or taken
        if given is None:
            st.info(words["none"], icon=":material/info:")
        else:
            name = words["photograph"] if file is None else given.name
            content = given.getvalue()
            found = say_errors(lambda: read_picture(content, name))
        for note in found.notes if found else ():
            st.caption(in_markdown(note))
        st.caption(words["unlinked"])
    return found
