"""Digits and photographs: which lose their meaning first?"""

import streamlit as st

from collapse_core.topics.digits_photographs.question import DigitsPhotographs
from collapse_core.topics.digits_photographs.shown import show_digits_photographs
from collapse_core.topics.experiment import Experiment
from ui.page import Page
from ui.topics.digits_photographs.views import PROBE, VIEW, draw_view

page = Page("digits_photographs", DigitsPhotographs, (VIEW, PROBE))
chained = page["loop"] == "chain" and page["model"] != "mixture"
dose = "strength" if chained else None if page["policy"] == "accumulate" else "anchors"
more = ("components", *(() if chained else ("policy",)), "meaning", "evened", "seed")
page.controls(
    ("model", "loop", "sample_size", "generations", dose),
    more,
)

experiment = page.experiment()
with st.spinner(page.lesson.text("loading", "images"), show_time=False):
    experiment.image_sets()
run = page.work(experiment, noun="pass" if chained else "generation")
shown = show_digits_photographs(page.lesson, experiment, Experiment(), run.steps, page.waiting)

page.ask(shown.asked, known=run.done >= shown.start)
page.show(shown, experiment, last=run.total, done=run.done)
page.tell(shown)
draw_view(page, experiment, shown.spoken)
page.finish(shown)
