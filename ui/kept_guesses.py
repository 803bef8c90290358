"""The reader's own guesses: kept in the session, and nowhere else."""

from __future__ import annotations

import streamlit as st

from collapse_core.topics.your_guesses.kept import KeptGuess

__all__ = ["forget_guesses", "keep", "kept_guesses"]

KEPT = "kept_guesses"


def keep(guess: KeptGuess, settings: str) -> None:
    """Keep a guess that was judged.

    The first one for a question counts: who guesses again knows the answer.

    Parameters
    ----------
    guess : KeptGuess
        The guess beside its answer.
    settings : str
        For which settings of the page it was made; others are another question.
    """
    st.session_state.setdefault(KEPT, {}).setdefault((guess.page, settings), guess)


def kept_guesses() -> tuple[KeptGuess, ...]:
    """Return the guesses of this visit, the oldest first."""
    return tuple(st.session_state.get(KEPT, {}).values())


def forget_guesses() -> None:
    """Forget all guesses of this visit, those that the links of the pages hold too."""
    for guess in kept_guesses():
        st.session_state[f"{guess.page}/guess"] = ""
        for name in ("values", "written"):
            st.session_state.get(f"{guess.page}/{name}", {}).pop("guess", None)
    st.session_state.pop(KEPT, None)
