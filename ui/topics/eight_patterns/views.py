"""Further views of the page on eight patterns; each is computed only while it is shown."""

from __future__ import annotations

from typing import Any

import streamlit as st

from collapse_core.geometry import PATTERNS
from collapse_core.geometry.own_clouds import LARGEST_FILE, read_clouds
from collapse_core.lessons.typed import in_markdown
from collapse_core.streams import generator
from collapse_core.topics.eight_patterns.figure import eight_patterns_figure
from collapse_core.topics.eight_patterns.placed import PlacedExperiments
from collapse_core.topics.eight_patterns.question import CrumpledCloud
from collapse_core.topics.eight_patterns.sentences import (
    EightPatternsSentences,
    pattern_cards,
    placed_table,
)
from ui.page import Page
from ui.settings import Choice
from ui.shell import say_errors
from ui.tables import show_table
from ui.topics.eight_patterns.runs import cloud_report, own_report

__all__ = ["VIEW", "draw_view"]

VIEW = Choice.of("view", ("cards", "name", "placed", "embeddings"), side_by_side=True, preset=False)

AnyPage = Page[CrumpledCloud]


def draw_view(page: AnyPage, experiment: CrumpledCloud) -> None:
    """Draw the choice of views and the chosen one.

    Parameters
    ----------
    page : Page
        The opened page.
    experiment : CrumpledCloud
        The settings.
    """
    if page.embedded:
        return
    view = page.draw("view")
    if page.waiting:
        st.caption(page.words("view")["waiting"])
        return
    {"cards": _cards, "name": _name, "placed": _placed, "embeddings": _embeddings}[view](
        page, experiment
    )


def _cards(page: AnyPage, experiment: CrumpledCloud) -> None:
    st.markdown(page.lesson.text("cards", "text"))
    show_table(pattern_cards(page.lesson))


def _placed(page: AnyPage, experiment: CrumpledCloud) -> None:
    lesson = page.lesson
    st.markdown(lesson.text("placed", "text"))
    run = page.work(PlacedExperiments(), key=f"{page.key}_placed", noun="experiment")
    known = [step for step in run.steps if step is not None]
    if known:
        show_table(placed_table(lesson, known))
    st.markdown(lesson.text("placed", "note"))


def _name(page: AnyPage, experiment: CrumpledCloud) -> None:
    """Show a hidden pattern: its cloud first, its measures after a try, then its name."""
    lesson, words = page.lesson, page.lesson.words("name")
    state: Any = st.session_state
    number = state.setdefault(f"{page.key}/hidden", 1)
    names = list(PATTERNS)
    hidden = names[int(generator(number, 0, "hidden pattern").integers(len(names)))]
    report = cloud_report(CrumpledCloud(pattern=hidden, seed=number))  # type: ignore[arg-type]
    st.markdown(words["text"])
    tried = state.get(f"{page.key}/tried", [])
    solved = hidden in tried
    spoken = EightPatternsSentences(lesson, CrumpledCloud(), report, waiting=not (tried or solved))
    page.beside(
        lambda: eight_patterns_figure(
            report, look=page.look, hidden=None if tried else words["hidden"], alt=words["alt"]
        ),
        lambda: [words["moving"]] * len(report.shapes) if not solved else spoken.captions(),
        (number, bool(tried), solved),
        key=f"{page.key}_hidden",
    )
    with st.container(horizontal=True, gap="small"):
        for name in names:
            st.button(
                lesson.text("names", name),
                key=f"{page.key}/try/{name}",
                disabled=solved or name in tried,
                help=lesson.text("analogies", name),
                on_click=_try,
                args=(f"{page.key}/tried", name),
            )
    if solved:
        right = {"name": lesson.text("names", hidden), "tries": len(tried)}
        st.success(lesson.say("name", "right", right))
    elif tried:
        st.info(lesson.say("name", "wrong", name=lesson.text("names", tried[-1])))
    st.button(words["another"], key=f"{page.key}/another", on_click=_another, args=(page.key,))


def _embeddings(page: AnyPage, experiment: CrumpledCloud) -> None:
    """Measure the reader's own clouds with the same code."""
    lesson, words = page.lesson, page.words("embeddings")
    st.markdown(lesson.text("embeddings", "text"))
    files = st.file_uploader(
        words["label"],
        type=["csv", "tsv", "txt", "npz"],
        accept_multiple_files=True,
        max_upload_size=LARGEST_FILE // 10**6,
        key=f"{page.key}/own/embeddings/file",
        help=words["help"],
    )
    if not files:
        st.info(words["none"], icon=":material/info:")
        return
    given = [(file.name, file.getvalue()) for file in files]
    own = say_errors(lambda: read_clouds(given))
    if own is None:
        return
    for note in own.notes:
        st.caption(in_markdown(note))
    report = own_report(own, experiment.neighbours, experiment.seed)
    spoken = EightPatternsSentences(lesson, experiment, report)
    page.beside(
        lambda: eight_patterns_figure(report, look=page.look, alt=spoken.alt()),
        spoken.captions,
        (own, experiment.neighbours, experiment.seed),
        key=f"{page.key}_own",
        tick=len(report.shapes) - 1,
    )
    show_table(spoken.columns())


def _try(key: str, name: str) -> None:
    st.session_state[key] = [*st.session_state.get(key, []), name]


def _another(page: str) -> None:
    st.session_state[f"{page}/hidden"] += 1
    st.session_state[f"{page}/tried"] = []
