"""Vanishing tails: who disappears first?"""

from typing import Any

import streamlit as st

from collapse_core.topics.vanishing_tails.density import DensityTails
from collapse_core.topics.vanishing_tails.question import START_CHOICES, VanishingTails
from collapse_core.topics.vanishing_tails.shown import TailsView, show_vanishing_tails
from collapse_core.topics.vanishing_tails.starts import named_start
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
names = tuple(named.names) if named else ()
experiment, view = page.experiment(counts=named.counts if named else ()), page.view(TailsView)
runs = tail_runs(experiment, view.percentile)
found = runs, tail_report(experiment, runs)
shown = show_vanishing_tails(page.lesson, experiment, view, found, page.waiting, names=names)

page.ask(shown.asked)
page.show(shown, experiment)
page.tell(shown)
errors_and_neighbours(page, experiment)
page.finish(shown)
