"""The parts of the page about language: its text, the word it follows, and what stands below."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any

import streamlit as st

from collapse_core.data.corpora import TextSource, language_reference, own_text, read_text, story
from collapse_core.figures.look import Look
from collapse_core.lessons.control_words import control_words
from collapse_core.lessons.lesson import Lesson
from collapse_core.models.ngram.model import Unit
from collapse_core.topics.language import sentences
from collapse_core.topics.language.followed_words import words_to_follow
from collapse_core.topics.language.question import Corpus
from collapse_core.topics.language.report import RARE, LanguageReport
from collapse_core.topics.language.text_lines import marked_characters
from ui import controls
from ui.own_data import OwnData
from ui.shell import Page

__all__ = ["ChosenText", "chosen_text", "draw_text_and_words", "follow_choice"]

LONGEST_TEXT = {"words": 260, "letters": 1300}
MOST_LISTED = 30


@dataclass(frozen=True)
class ChosenText:
    """The real text of the page.

    Parameters
    ----------
    corpus : {"story", "reference", "own"}
        Which one: the story until there is a text of the reader's own.
    text : str
        The reader's own, else empty.
    source : TextSource
        Its sentences.
    used : str or None
        How much of the reader's own text is used.
    """

    corpus: Corpus
    text: str
    source: TextSource
    used: str | None


def chosen_text(
    lesson: Lesson, messages: Any, corpus: Corpus, unit: Unit, words: int
) -> ChosenText:
    """Return the real text; where it is the reader's own, draw the places for it.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    messages : streamlit container
        Where the places and complaints are drawn.
    corpus, unit, words
        What the controls say.
    """
    if corpus == "reference":
        return ChosenText(corpus, "", language_reference(unit, words), None)
    if corpus == "own":
        said = control_words(lesson, "own_text")

        def checked(given: str | bytes) -> str:
            found = read_text(given)
            own_text(found, unit, words)
            return found

        own = OwnData(lesson.key, said, checked, endings=("txt",), height=220)
        with messages.popover(said["open"], icon=":material/edit_note:"):
            given = own.ask(messages)
        if given is not None:
            try:
                source = own_text(given, unit, words)
            except ValueError:  # enough for other settings, and said by the input
                given = None
            else:
                used = sentences.used_words(lesson, source)
                return ChosenText(corpus, given, source, used)
    return ChosenText("story", "", story(unit, words), None)


def follow_choice(lesson: Lesson, chosen: ChosenText) -> tuple[str, str]:
    """Draw the choice of the word to follow; return its key in the link, and the word.

    The link holds a place in the list and no word, so that it fits every text.
    """
    label, words = lesson.words("controls"), words_to_follow(chosen.source)
    options = sentences.follow_options(lesson, chosen.source, words)
    shown = list(options.values())
    if st.session_state.setdefault("follow_shown", shown) != shown:
        # Another text: without this the browser would go on showing a word of the last one.
        st.session_state.update(follow=next(iter(options)), follow_shown=shown)
    key = controls.choice("follow", label["follow"], options, help_text=label["follow_help"])
    return key, words[list(options).index(key)]


def draw_text_and_words(page: Page, report: LanguageReport, tick: int, waiting: bool) -> None:
    """Draw the text of the generation where the clock rests, and lists of its words.

    Parameters
    ----------
    page : Page
        The opened page.
    report : LanguageReport
        The generations that are done.
    tick : int
        The generation.
    waiting : bool
        Whether the reader is still to guess; the lists would tell the answer.
    """
    lesson = page.lesson
    text, words = st.container(), None
    if not waiting:
        text, words = st.columns([3, 2], gap="medium")
    with text, st.container(border=True):
        st.markdown(lesson.say("below", "text" if tick else "real_text", generation=tick))
        st.html(_as_html(report, tick, page.look))
        st.caption(lesson.say("below", "marks"))
    if words is not None:
        with words, st.container(border=True):
            _draw_lists(lesson, report, tick)


def _draw_lists(lesson: Lesson, report: LanguageReport, tick: int) -> None:
    about_to_go = report.survivors(tick, most=RARE) if tick else []
    lists = {
        "lost": report.lost(tick),
        "back": report.returned(tick),
        "last": about_to_go,
        "rare": [name for name in report.survivors(tick) if name not in set(about_to_go)],
    }
    st.markdown(lesson.say("below", report.experiment.unit, generation=tick))
    for name, found in lists.items():
        if name == "back" and not found:
            continue
        heading = lesson.say("below", name, number=len(found))
        shown = sentences.escaped(found, lesson, MOST_LISTED) or lesson.say("below", "none")
        st.markdown(f"{heading} {shown}")


def _as_html(report: LanguageReport, tick: int, look: Look) -> str:
    """Return a text with its marks; what a reader pasted is escaped."""
    unit = report.experiment.unit
    most = LONGEST_TEXT[unit]
    characters = marked_characters(report.sentences(tick, most, most), letters=unit == "letters")
    styles = {
        "new": "text-decoration:underline",
        "rare": f"font-weight:700;color:{look.blue}",
        "last": f"font-weight:700;font-style:italic;color:{look.collapse}",
    }
    pieces = []
    for mark, group in groupby(characters, key=lambda character: character[1]):
        text = escape("".join(sign for sign, _ in group))
        pieces.append(f'<span style="{styles[mark]}">{text}</span>' if mark in styles else text)
    return f'<p style="line-height:1.6;margin:0;overflow-wrap:anywhere">{"".join(pieces)} …</p>'
