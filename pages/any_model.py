"""Any model: is it only simple families?"""

from dataclasses import replace

import streamlit as st

from collapse_core.topics.any_model import sentences
from collapse_core.topics.any_model.code import any_model_code
from collapse_core.topics.any_model.figure import any_model_figure
from collapse_core.topics.any_model.question import (
    DATA_CHOICES,
    MODEL_CHOICES,
    POLICY_CHOICES,
    AnyModel,
)
from collapse_core.topics.any_model.report import report_any_model, steps_as_csv
from ui import controls, long_run, predict, sections, share
from ui.player.clock import TICK, clock, clock_tick
from ui.shell import open_page
from ui.topics.any_model.views import VIEWS, chosen_values, draw_view, own_points

KEY = "any_model"
CHOICES = {
    "data": DATA_CHOICES,
    "model": MODEL_CHOICES,
    "policy": POLICY_CHOICES,
    "fresh": ("true", "false"),
    "view": VIEWS,
}

page = open_page(KEY)
lesson, params = page.lesson, AnyModel.params
defaults = {name: param.default for name, param in params.items()}
defaults |= {"data": "eight", "model": "mixture", "policy": "anchors", "fresh": True}
controls.report_ignored((*params.values(), TICK), CHOICES, ())
waiting = predict.is_waiting(KEY, page.embedded)
question = st.container()

# Controls.
values = chosen_values(lesson)
current = {**defaults, **values}
comment = "" if page.embedded else controls.presets(lesson.presets, defaults, current)
if comment and not waiting:
    st.caption(comment)
own = own_points(page) if values["data"] == "own" else None

# Run: while the answer is to be guessed, one generation only.
experiment = AnyModel(**values, own=own)
task = replace(experiment, generations=1) if waiting else experiment
run = long_run.long_run(task, key=KEY)
report = report_any_model(experiment, run.steps)

# Predict first.
with question:
    if waiting:
        asked, answers = lesson.say("predict", "question"), lesson.words("answers")
        predict.ask_choice(KEY, lesson, asked, answers)
    elif not page.embedded:
        predict.show_reveal(KEY, lesson, lambda answer: sentences.reveal(lesson, answer))

# One figure, one clock.
moving = any_model_figure(
    experiment,
    run.steps,
    look=page.look,
    labels=lesson.words("figure"),
    hidden=lesson.say("predict", "hidden") if waiting else None,
    alt=lesson.say("predict", "alt")
    if waiting
    else sentences.alt(lesson, experiment, report, run.steps),
)
tick = clock_tick(KEY, run.total, run.total, done=run.done)
clock(
    moving,
    sentences.captions(lesson, report, run.steps, waiting),
    tick,
    key=KEY,
    filename=f"any-model-generation-{tick}",
)

# Words, views, table, formulas, sharing.
if not (waiting or page.embedded):
    sections.say(
        sentences.notes(lesson, experiment, report),
        sentences.summary(lesson, report, run.steps),
    )
view, side_run = draw_view(page, experiment, waiting)
if not page.embedded:
    if not waiting:
        sections.table(sentences.columns(lesson, report, run.steps))
        sections.limits(lesson)
    sections.why(lesson)
    sections.try_next(lesson)
    share.share_button(
        page.corner,
        share.Shared(
            parameters={**values, "view": view, "generation": tick},
            csv=lambda: steps_as_csv(experiment, run.steps),
            html=lambda: moving.html(lesson.title, tick),
            python=any_model_code(experiment, tick),
            filename="any-model",
            title=lesson.title,
        ),
    )
    if own is not None:
        page.corner.caption(lesson.words("controls")["own_link"])
long_run.go_on(*(work for work in (run, side_run) if work is not None))
