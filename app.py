"""Home: the loop, one live jar, and the way to every page."""

import streamlit as st

from collapse_core import ClosedLoop, Replace, families
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.home.sentences import captions
from collapse_core.topics.two_colours.live_jar_figure import live_jar_figure
from ui import sections
from ui.catalogue import PAGES
from ui.page_link import PageLink
from ui.pictures import show
from ui.player.hand import clock_tick
from ui.runs import sampled_runs
from ui.shell import Page, menu_link, open_page
from ui.topics.home.loop_drawing import loop_drawing
from ui.warming import warm

FIRST_SEED, KEY = 3, "home_clock"


def cards(lesson: Lesson) -> None:
    """Draw the way to every page, two cards to a row."""
    st.header(lesson.words("cards")["heading"], anchor=False)
    for start in range(0, len(PAGES), 2):
        for place, entry in zip(st.columns(2), PAGES[start : start + 2], strict=False):
            with place.container(border=True, height="stretch"):
                menu_link(entry, f"**{entry.title}**")
                st.markdown(entry.question)


def another() -> None:
    """Start the live jar again with other random numbers."""
    st.session_state["home_seed"] += 1


def live_jar(lesson: Lesson, page: Page) -> None:
    """Draw one run of the loop, with its clock."""
    live = lesson.words("live")
    st.header(live["heading"], anchor=False)
    st.markdown(live["caption"])
    st.session_state.setdefault("home_seed", FIRST_SEED)
    loop = ClosedLoop(families.Bernoulli(0.1), Replace(), sample_size=100, generations=60)
    paths = sampled_runs(loop, 1, st.session_state["home_seed"])
    show(
        lambda: live_jar_figure(paths, look=page.look, alt=live["caption"]).picture(
            captions(lesson, paths), name=KEY, saves=False
        ),
        (paths.loop, paths.seed, page.look),
        key=KEY,
        tick=clock_tick(KEY, loop.generations, 0),
    )
    st.button(live["again"], on_click=another, help=live["again_help"], icon=":material/casino:")


page = open_page("home")
lesson = page.lesson
link = PageLink("home", {})
sections.ignored(link)

left, right = st.columns([3, 2], gap="large")
with left:
    st.image(loop_drawing(lesson, page.look), width="stretch", alt=lesson.alt)
    st.caption(lesson.words("loop")["caption"])
    if not page.embedded:
        cards(lesson)
with right:
    live_jar(lesson, page)
link.write()
warm()
