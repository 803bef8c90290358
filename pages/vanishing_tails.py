"""Vanishing tails: who disappears first?"""

import streamlit as st

from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.vanishing_tails import sentences
from collapse_core.topics.vanishing_tails.density import DensityTails
from collapse_core.topics.vanishing_tails.figure import vanishing_tails_figure
from collapse_core.topics.vanishing_tails.question import (
    START_CHOICES,
    TAIL_POLICIES,
    VanishingTails,
)
from collapse_core.topics.vanishing_tails.report import report_vanishing_tails, survivors_csv
from collapse_core.topics.vanishing_tails.starts import named_start, python_lines
from ui import controls, predict, sections, share
from ui.player.clock import TICK, clock, clock_tick
from ui.runs import tail_law, tail_runs
from ui.shell import open_page
from ui.topics.vanishing_tails.neighbours import neighbours
from ui.topics.vanishing_tails.own_list import fits_a_link, own_list
from ui.topics.vanishing_tails.views import (
    DENSITY_CHOICES,
    MODEL_CHOICES,
    VIEWS,
    density_view,
    view_choice,
)

KEY = "vanishing_tails"
SWITCHES = ("finite", "favours_common", "too_simple", "fresh", "log_axes")
CHOICES = {"start": START_CHOICES, "policy": TAIL_POLICIES, "view": VIEWS}
CHOICES |= {"density": DENSITY_CHOICES, "model": MODEL_CHOICES}
EXTRA = tuple(DensityTails.params[name] for name in ("tail_level", "bandwidth"))
CHOICES |= dict.fromkeys(SWITCHES, ("true", "false"))

page = open_page(KEY)
lesson, params = page.lesson, VanishingTails.params
label = lesson.words("controls")
defaults = {name: param.default for name, param in params.items()} | {"percentile": 50}
defaults |= {"start": "zipf", "policy": "anchors", "finite": True, "fresh": True}
defaults |= {"favours_common": False, "too_simple": False, "log_axes": False}

controls.report_ignored((*params.values(), *EXTRA, sections.PERCENTILE, TICK), CHOICES, {"counts"})
corner = (page.corner or st).container(horizontal=True)
with corner:
    view = view_choice(label)
if view == "density":
    density_view(page, read_lesson("density_tails"), corner)
    st.stop()
question = st.container()

# Controls: six in view, the rest under "More".
values: dict[str, object] = {}
columns = controls.row([3, 3, 3, 3, 3, 3, 2.6])
with columns[0]:
    start = controls.choice(
        "start", label["start"], lesson.words("start"), help_text=label["start_help"]
    )
for column, name in zip(columns[1:4], ("sample_size", "generations", "anchors"), strict=True):
    with column:
        values[name] = controls.number(params[name])
messages = st.container()
own, linked = None, ""
if start == "zipf":
    for column, name in zip(columns[4:6], ("kinds", "exponent"), strict=True):
        with column:
            values[name] = controls.number(params[name])
elif start == "own":
    own, linked = own_list(lesson, columns[4], messages)
with columns[6].popover("More", icon=":material/tune:", width="stretch"):
    for switch in ("finite", "favours_common", "too_simple"):
        values[switch] = controls.switch(
            switch, label[switch], default=defaults[switch], help_text=label[f"{switch}_help"]
        )
    for name in ("temperature", "top_p", "minimum_count"):
        values[name] = controls.number(params[name])
    values["policy"] = controls.choice(
        "policy", label["policy"], lesson.words("policy"), help_text=label["policy_help"]
    )
    values["fresh"] = controls.switch(
        "fresh", label["fresh"], default=True, help_text=label["fresh_help"]
    )
    log_axes = controls.switch("log_axes", label["log_axes"], help_text=label["log_axes_help"])
    values["runs"] = controls.number(params["runs"])
    percentile = controls.number(sections.PERCENTILE, help_text=label["percentile_help"])
    values["seed"] = controls.new_seed(
        params["seed"], "Seed", label["new_seed"], label["new_seed_help"]
    )
current = {**defaults, **values, "start": start, "percentile": percentile, "log_axes": log_axes}
waiting = predict.is_waiting(KEY, page.embedded)
comment = "" if page.embedded else controls.presets(lesson.presets, defaults, current)
if comment and not waiting:
    st.caption(comment)

# Run.
named = named_start(start, own)
experiment = VanishingTails(**values, counts=named.counts if named else ())
names = named.names if named else ()
loop, made = experiment.loop(), experiment.affordable_runs()
runs = tail_runs(loop, made, experiment.seed, percentile)
report = report_vanishing_tails(runs, tail_law(loop))

# Predict first.
asked = min(10, loop.generations)
with question:
    if waiting:
        words = lesson.say("predict", "question", generation=asked, kinds=f"{report.kinds:,}")
        predict.ask(KEY, lesson, words)
    elif not page.embedded:
        truth, kind = report.share_left(asked)
        predict.show_reveal(KEY, lesson, lambda guess: sentences.reveal(lesson, guess, truth, kind))

# One figure, one clock.
guess = predict.guess_of(KEY)
moving = vanishing_tails_figure(
    runs,
    report,
    names=names,
    look=page.look,
    log_axes=log_axes,
    guess=None if guess is None else (asked, guess),
    hidden=lesson.say("predict", "hidden") if waiting else None,
    alt=sentences.alt(lesson, experiment, report),
)
tick = clock_tick(KEY, loop.generations, 0 if waiting else asked)
comes_back = loop.policy.recipe(loop.sample_size).fresh > 0
captions = sentences.captions(lesson, report, names, comes_back, waiting)
clock(moving, captions, tick, key=KEY, filename=f"vanishing-tails-generation-{tick}")
if page.embedded:
    st.stop()

# Words, table, formulas, sharing.
sections.say(
    sentences.notes(lesson, experiment, report, made),
    sentences.summary(lesson, experiment, report, waiting),
)
st.caption(sentences.errors_at_work(lesson, experiment))
st.caption(label["stages"], help=label["stages_help"])
neighbours(page, experiment.seed)
sections.table(sentences.columns(lesson, runs, report))
sections.why(lesson)
sections.try_next(lesson)
if linked and not fits_a_link(linked):
    corner.caption(label["list_too_long"])
share.share_button(
    corner,
    share.Shared(
        parameters={**current, "counts": linked if fits_a_link(linked) else "", "generation": tick},
        csv=lambda: survivors_csv(runs, {**current, "made": made, "truth": loop.family.truth}),
        html=lambda: moving.html(lesson.title, tick),
        python=python_lines(experiment, start, percentile, log_axes, tick),
        filename="vanishing-tails",
        title=lesson.title,
    ),
)
