"""References: who found what, and which statements rest on it?"""

import streamlit as st

from collapse_core.lessons.origins import has_origins
from collapse_core.topics.references.sources import sources, sources_for
from ui.catalogue import PAGES
from ui.guide import Guide
from ui.settings import Choice, Words
from ui.topics.references.views import ALL, choose_page, draw_sources, offer_bibtex

keys = [entry.key for entry in PAGES if has_origins(entry.key)]
PAGE = Choice.of("page", (ALL, *keys))

guide = Guide("references", (PAGE, Words(name="search")))
lesson = guide.lesson
with st.container(horizontal=True, vertical_alignment="bottom", key="sources_asked"):
    page = choose_page(guide, PAGE)
    search = guide.draw("search")
found = sources(lesson, keys)
shown = sources_for(found, page, search)
with st.container(horizontal=True, vertical_alignment="center"):
    st.markdown(lesson.say("list", "shown", shown=len(shown), all=len(found)))
    offer_bibtex(lesson, shown)
if not shown:
    st.info(lesson.say("list", "nothing", search=search), icon=":material/info:")
draw_sources(lesson, shown)
guide.end()
