"""The monitor's report to download: a table, and a page that opens without a network."""

from __future__ import annotations

import streamlit as st

from collapse_core.drift import DriftReport
from collapse_core.lessons.language import in_this_language
from collapse_core.lessons.lesson import Lesson

__all__ = ["report_buttons"]


def report_buttons(lesson: Lesson, report: DriftReport, title: str, filename: str) -> None:
    """Draw two buttons; what they give is made when they are pressed.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    report : DriftReport
        What was found.
    title : str
        Of the page.
    filename : str
        Without its ending.
    """
    words = lesson.words("own")
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            words["csv"],
            in_this_language(report.to_csv),
            file_name=f"{filename}.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/table:",
            key=f"{filename}/csv",
        )
        st.download_button(
            words["html"],
            in_this_language(lambda: report.to_html(title)),
            file_name=f"{filename}.html",
            mime="text/html",
            on_click="ignore",
            icon=":material/description:",
            key=f"{filename}/html",
            help=words["html_help"],
        )
