"""Digits and photographs: which lose their meaning first?"""

import streamlit as st

from collapse_core.topics.digits_photographs.figure import digits_photographs_figure
from collapse_core.topics.digits_photographs.guess import ASKED, digits_photographs_prediction
from collapse_core.topics.digits_photographs.question import DigitsPhotographs
from collapse_core.topics.digits_photographs.report import to_csv
from collapse_core.topics.digits_photographs.sentences import DigitsPhotographsSentences, columns
from collapse_core.topics.python_code import shared_python
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
said = DigitsPhotographsSentences(page.lesson, experiment, run.steps, page.waiting)

first = min(ASKED, experiment.generations)
asked = digits_photographs_prediction(page.lesson, experiment, run.steps, said.turns(first))
page.ask(asked, known=run.done >= first)
tick = page.picture(
    lambda: digits_photographs_figure(
        run.steps,
        experiment.generations,
        chained=chained,
        look=page.look,
        guess=asked.place,
        hidden=page.hidden,
        alt=said.alt(),
    ),
    said.captions,
    experiment,
    start=first,
    last=run.total,
    done=run.done,
    filename="{name}-{tick}",
    first_look=2,
)
page.say(said.notes(), lambda: said.details(tick))
draw_view(page, experiment, said)
chain = "" if chained else ", chained=False"
page.end(
    columns=lambda: columns(page.lesson, run.steps),
    csv=lambda: to_csv(experiment, run.steps),
    python=shared_python(
        experiment,
        "digits_photographs_figure",
        ["steps = experiment.run()"],
        f"steps, experiment.generations{chain}",
        tick,
    ),
)
