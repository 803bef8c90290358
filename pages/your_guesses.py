"""Your guesses: how good is your intuition?"""

import streamlit as st

from ui.guide import Guide
from ui.kept_guesses import kept_guesses
from ui.topics.your_guesses.views import calibration, nothing_yet, surprises, take_along

page = Guide("your_guesses")
guesses = kept_guesses()
if not guesses:
    nothing_yet(page)
else:
    picture, words = st.columns([1.0, 1.0], gap="medium")
    with picture:
        calibration(page, guesses)
    with words:
        surprises(page, guesses)
        take_along(page, guesses)
page.end()
