"""The original, the copy that is shown, and their difference, at full size."""

from __future__ import annotations

import streamlit as st

from collapse_core.topics.photocopier.question import CopiedPicture
from collapse_core.topics.photocopier.report import CopiesReport
from collapse_core.topics.photocopier.sentences import PhotocopierSentences
from collapse_core.topics.photocopier.small_picture import difference_picture
from ui.page import Page

__all__ = ["show_large"]


def show_large(
    page: Page[CopiedPicture], report: CopiesReport, spoken: PhotocopierSentences, tick: int
) -> None:
    """Draw them side by side.

    Parameters
    ----------
    page : Page
        The opened page.
    report : CopiesReport
        The copies.
    spoken : PhotocopierSentences
        The words.
    tick : int
        Which copy is shown.
    """
    if page.embedded:
        return
    lesson, copies = page.lesson, report.copies
    st.header(lesson.text("large", "heading"), anchor=False)
    shown = (copies.pictures[0], copies.pictures[tick], difference_picture(copies.difference(tick)))
    for place, picture, words in zip(st.columns(3), shown, spoken.places(tick), strict=True):
        place.image(picture, caption=words, alt=words, width="stretch", output_format="PNG")
