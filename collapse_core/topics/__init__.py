"""Topics: all that one page asks and draws, each in a room of its own.

A topic has an experiment (``question``), what is read off its runs (``report``), its main picture
(``figure``) and what is said of it (``sentences``). Nothing here knows of screens, so a
notebook can run the same experiment and draw the same picture.
"""
