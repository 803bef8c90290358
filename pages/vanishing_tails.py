"""Vanishing tails: who disappears first?"""

from typing import Any

import streamlit as st

from collapse_core.topics.vanishing_tails.density import DensityTails
from collapse_core.topics.vanishing_tails.figure import vanishing_tails_figure
from collapse_core.topics.vanishing_tails.guess import vanishing_tails_prediction
from collapse_core.topics.vanishing_tails.question import START_CHOICES, VanishingTails
from collapse_core.topics.vanishing_tails.report import survivors_csv
from collapse_core.topics.vanishing_tails.sentences import VanishingTailsSentences, columns
from collapse_core.topics.vanishing_tails.starts import named_start, python_lines
from ui.page import Page
from ui.page_link import chosen_before
from ui.settings import PERCENTILE, Choice, Switch, Words
from ui.topics.vanishing_tails.own_list import own_list
from ui.topics.vanishing_tails.runs import tail_report, tail_runs
from ui.topics.vanishing_tails.views import density_view, errors_and_neighbours

KEY = "vanishing_tails"
VIEW = Choice.of("view", ("kinds", "density"), side_by_side=True, label_hidden=True, preset=False)
START, LOG_AXES = Choice.of("start", START_CHOICES), Switch(name="log_axes", default=False)
OWN = Words(name="counts", preset=False)

kinds: list[Any] = [VanishingTails, DensityTails]
if chosen_before(KEY, VIEW) == "density":
    kinds.reverse()
page: Page[Any] = Page(KEY, kinds[0], (VIEW, START, LOG_AXES, OWN, PERCENTILE), kinds[1:])
with page.corner:
    page.draw("view")
if page["view"] == "density":
    density_view(page)
    st.stop()

places = page.controls(
    ("start", "sample_size", "generations", "anchors")
    + (("kinds", "exponent") if page["start"] == "zipf" else (None, None)),
    ("finite", "favours_common", "too_simple", "temperature", "top_p", "minimum_count", "policy",
     "fresh", "log_axes", "runs", "percentile", "seed"),
)  # fmt: skip
own = own_list(page, places[4]) if page["start"] == "own" else None
named = named_start(page["start"], own)
names = named.names if named else ()
experiment = page.experiment(counts=named.counts if named else ())
runs = tail_runs(experiment, page["percentile"])
loop, report = runs.loop, tail_report(experiment, runs)
said = VanishingTailsSentences(page.lesson, experiment, report, names, page.waiting)

asked = vanishing_tails_prediction(page.lesson, report, page.values["log_axes"])
page.ask(asked)
tick = page.picture(
    lambda: vanishing_tails_figure(
        runs,
        report,
        names=names,
        look=page.look,
        log_axes=page.values["log_axes"],
        guess=asked.place,
        hidden=page.hidden,
        alt=said.alt(),
    ),
    said.captions,
    experiment,
    start=min(10, loop.generations),
    last=loop.generations,
)
page.say(said.notes(), lambda: said.details(tick))
errors_and_neighbours(page, experiment)
page.end(
    columns=lambda: columns(page.lesson, runs, report),
    csv=lambda: survivors_csv(
        runs,
        {
            **vars(experiment),
            **page.values,
            "made": runs.replicates,
            "truth": loop.family.truth,
        },
    ),
    python=python_lines(experiment, page["start"], page["percentile"], page["log_axes"], tick),
)
