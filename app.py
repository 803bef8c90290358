"""Home: a live loop that asks why, the place to start, and a map of all pages."""

import streamlit as st

from ui import sections
from ui.page_link import PageLink
from ui.shell import open_page, rest_of_the_menu
from ui.topics.home.live import another_jar, live_jar
from ui.topics.home.map import let_the_picture_come_first, page_map
from ui.topics.home.start import one_turn, start_here
from ui.warming import warm

page = open_page("home")
link = PageLink("home", {})
sections.ignored(link)

if page.embedded:
    another_jar(page.lesson)  # above: the picture has the height that is left
    live_jar(page.lesson, page.look, embedded=True)
else:
    with st.container(key="home"):
        stage, panel = st.columns([3.4, 1.0], gap="medium")
    with stage:
        live_jar(page.lesson, page.look)
    with panel:
        start_here(page.lesson)
    let_the_picture_come_first()
    with panel:
        one_turn(page.lesson, page.look)
        another_jar(page.lesson)
    rest_of_the_menu()
    page_map(page.look)
link.write()
warm()
