"""The parts of the page about language: its text, the word it follows, and what stands below."""

from __future__ import annotations

import streamlit as st

from collapse_core.data.corpora import TextSource, own_text, read_text
from collapse_core.models.ngram.model import Unit
from collapse_core.topics.language.figure import tags_of_marks
from collapse_core.topics.language.followed_words import words_to_follow
from collapse_core.topics.language.question import Language
from collapse_core.topics.language.report import LanguageReport
from collapse_core.topics.language.sentences import LanguageSentences, follow_options
from collapse_core.topics.language.text_lines import marked_characters, tagged
from ui.own_data import OwnData
from ui.page import Page
from ui.settings import Choice

__all__ = ["draw_text_and_words", "follow_choice", "real_text"]

LONGEST_TEXT = {"words": 260, "letters": 1300}


def real_text(page: Page[Language], unit: Unit) -> dict[str, str]:
    """Return the fields of the real text; where it is the reader's own, draw the places for it.

    Until there is a text of the reader's own that can be used, the story stands in for it.
    """
    if page["corpus"] != "own":
        return {}
    words = page.words("own_text")

    def read(given: str | bytes) -> str:
        text = read_text(given)
        own_text(text, unit, page["corpus_words"])
        return text

    own = OwnData(page.key, words, read, endings=("txt",), height=220)
    with own.folded(page.messages) as folded:
        text = own.ask(None if folded.open else page.messages)
    try:
        return {"text": read(text or "")}
    except ValueError:  # none yet, or enough for other settings, which is said already
        return {"corpus": "story"}


def follow_choice(page: Page[Language], source: TextSource) -> str:
    """Draw the choice of the word to follow, and return the word.

    The link holds a place in the list and no word, so that it fits every text.
    """
    words, state = words_to_follow(source), st.session_state
    options = follow_options(page.lesson, source, words)
    if state.setdefault("language/followable", options) != options and not page.link.was_read:
        # Another text: without this the browser would go on showing a word of the last one.
        state[page.link.key("follow")] = next(iter(options))
    state["language/followable"] = options
    key = page.draw(Choice.of("follow", list(options), names=options))
    return words[list(options).index(key)]


def draw_text_and_words(page: Page[Language], spoken: LanguageSentences, tick: int) -> None:
    """Draw the text of the generation where the clock rests, and lists of its words.

    The lists would tell what a reader is still to guess.
    """
    text, words = st.container(), None
    if not page.waiting:
        text, words = st.columns([3, 2], gap="medium")
    with text, st.container(border=True):
        st.markdown(page.lesson.say("below", "text" if tick else "real_text", t=tick))
        st.html(_as_html(page, spoken.report, tick))
        st.caption(page.lesson.say("below", "marks"))
    if words is not None:
        with words, st.container(border=True):
            for line in spoken.lists(tick):
                st.markdown(line)


def _as_html(page: Page[Language], report: LanguageReport, tick: int) -> str:
    """Return a text with its marks; what a reader pasted is escaped."""
    unit = report.experiment.unit
    most = LONGEST_TEXT[unit]
    characters = marked_characters(report.sentences(tick, most, most), letters=unit == "letters")
    text = tagged(characters, tags_of_marks(page.look))
    return f'<p style="line-height:1.6;margin:0;overflow-wrap:anywhere">{text} …</p>'
