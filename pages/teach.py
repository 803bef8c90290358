"""Teach: plans, sheets to print, a quiz, a glossary, and the loop with real marbles."""

from ui.guide import Guide
from ui.topics.teach.views import draw_view, teach_settings

page = Guide("teach", teach_settings())
page.draw("view")
draw_view(page)
page.end()
