"""Build a link: what shall your class see, and what may it move?"""

from ui.topics.link_builder.builder import Builder

builder = Builder()
with builder.left:
    builder.page_and_presets()
    builder.settings()
    builder.law()
    builder.picture()
    builder.frame()
with builder.right:
    builder.answer()
builder.preview()
builder.end()
