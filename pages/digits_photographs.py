"""Digits and photographs: why do photos go first?"""

import streamlit as st

from collapse_core.topics.digits_photographs import sentences
from collapse_core.topics.digits_photographs.figure import digits_photographs_figure
from collapse_core.topics.digits_photographs.question import (
    LOOP_CHOICES,
    MEANING_CHOICES,
    MODEL_CHOICES,
    POLICY_CHOICES,
    DigitsPhotographs,
)
from collapse_core.topics.digits_photographs.report import kept_at_defaults, to_csv
from ui import controls, long_run, predict, sections, share
from ui.player.clock import TICK, clock, clock_tick
from ui.shell import open_page
from ui.topics.digits_photographs.own_image_input import PROBES
from ui.topics.digits_photographs.views import VIEWS, draw_view

KEY = "digits_photographs"
CHOICES = {
    "model": MODEL_CHOICES,
    "loop": LOOP_CHOICES,
    "policy": POLICY_CHOICES,
    "meaning": MEANING_CHOICES,
    "evened": ("true", "false"),
    "view": VIEWS,
    "probe": PROBES,
}
ANSWERS = ("digits", "photographs", "alike")
ASKED_PASSES = 5

page = open_page(KEY)
lesson, params = page.lesson, DigitsPhotographs.params
label = lesson.words("controls")
defaults = {item: param.default for item, param in params.items()}
defaults |= {"model": "pca", "loop": "chain", "policy": "replace", "meaning": "own", "evened": True}
controls.report_ignored((*params.values(), TICK), CHOICES, ())
waiting = predict.is_waiting(KEY, page.embedded)
question = st.container()

# Controls: five in view, the rest under "More".
values: dict[str, object] = {}
columns = controls.row([3.5, 2.7, 2.5, 2.6, 2.6, 2.1])
with columns[0]:
    values["model"] = controls.choice(
        "model", label["model"], lesson.words("model"), help_text=label["model_help"]
    )
with columns[1]:
    values["loop"] = controls.choice(
        "loop", label["loop"], lesson.words("loop"), help_text=label["loop_help"]
    )
chained = values["loop"] == "chain" and values["model"] != "mixture"
accumulates = st.session_state.get("policy", st.query_params.get("policy")) == "accumulate"
for column, name in zip(columns[2:4], ("sample_size", "generations"), strict=True):
    with column:
        values[name] = controls.number(params[name])
with columns[4]:
    if chained:
        values["strength"] = controls.number(params["strength"])
    elif not accumulates:
        values["anchors"] = controls.number(params["anchors"])
with columns[5].popover("More", icon=":material/tune:", width="stretch"):
    values["components"] = controls.number(params["components"])
    if not chained:
        values["policy"] = controls.choice(
            "policy", label["policy"], lesson.words("policy"), help_text=label["policy_help"]
        )
    values["meaning"] = controls.choice(
        "meaning", label["meaning"], lesson.words("meaning"), help_text=label["meaning_help"]
    )
    values["evened"] = controls.switch(
        "evened", label["evened"], default=True, help_text=label["evened_help"]
    )
    values["seed"] = controls.new_seed(
        params["seed"], "Seed", label["new_seed"], label["new_seed_help"]
    )
current = {**defaults, **values}
comment = "" if page.embedded else controls.presets(lesson.presets, defaults, current)
if comment and not waiting:
    st.caption(comment)

# Run: one slice of it; the page shows what is there so far.
experiment = DigitsPhotographs(**values)
with st.spinner(label["loading"], show_time=False):
    experiment.image_sets()
run = long_run.long_run(experiment, key=KEY, noun="pass" if chained else "generation")

# Predict first.
with question:
    if waiting:
        answers = {answer: lesson.say("predict", answer) for answer in ANSWERS}
        predict.ask_choice(KEY, lesson, lesson.say("predict", "question"), answers)
    elif not page.embedded and predict.choice_of(KEY) is not None:
        kept = kept_at_defaults(ASKED_PASSES)
        predict.show_reveal(KEY, lesson, lambda guess: sentences.reveal(lesson, guess, kept))

# One figure, one clock.
moving = digits_photographs_figure(
    run.steps,
    experiment.generations,
    look=page.look,
    labels=sentences.figure_words(lesson, experiment),
    hidden=lesson.say("predict", "hidden") if waiting else None,
    alt=lesson.say("predict", "alt") if waiting else sentences.alt(lesson, experiment, run.steps),
)
tick = clock_tick(KEY, run.total, run.total, done=run.done)
spoken = sentences.captions(lesson, experiment, run.steps, waiting)
clock(moving, spoken, tick, key=KEY, filename=f"digits-photographs-{tick}")

# Words, further views, table, formulas, sharing.
if not (waiting or page.embedded):
    sections.say(
        sentences.notes(lesson, experiment), sentences.summary(lesson, experiment, run.steps)
    )
values |= draw_view(page, experiment, run, waiting)
if not page.embedded:
    if not waiting:
        sections.table(sentences.columns(lesson, run.steps))
        sections.limits(lesson)
    sections.why(lesson)
    sections.try_next(lesson)
    share.share_button(
        page.corner,
        share.Shared(
            parameters={**current, **values, "generation": tick},
            csv=lambda: to_csv(experiment, run.steps),
            html=lambda: moving.html(lesson.title, tick),
            python=sentences.python_lines(experiment, tick),
            filename="digits-photographs",
            title=lesson.title,
        ),
    )
long_run.go_on(run)
