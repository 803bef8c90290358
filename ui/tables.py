"""Tables with numbers as the language writes them: Streamlit has a decimal point in every one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from collapse_core.lessons.lesson import read_lesson

__all__ = ["show_table"]


def show_table(columns: Mapping[str, Any], **options: Any) -> None:
    """Draw a table; it is sorted, and saved, by its numbers and not by how they are written.

    Parameters
    ----------
    columns : mapping
        Columns of equal length by their heading.
    **options
        Further ones of ``st.dataframe``.
    """
    numbers = read_lesson("shell").numbers
    drawn: Any = columns
    if not numbers.separators.startswith("."):
        drawn = pd.DataFrame(columns).style.format(
            lambda cell: numbers.in_a_table(cell) if isinstance(cell, float) else cell
        )
    st.dataframe(drawn, hide_index=True, **options)
