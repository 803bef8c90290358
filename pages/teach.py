"""Teach: plans, sheets to print, a quiz, a glossary, the loop with real marbles, a live class."""

from ui.guide import Guide
from ui.topics.teach.live import to_a_class
from ui.topics.teach.views import draw_view, teach_settings

page = Guide("teach", teach_settings())
to_a_class(page)
page.draw("view")
draw_view(page)
page.end()
