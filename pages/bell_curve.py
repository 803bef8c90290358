"""Bell curve: why does a Gaussian shrink when every fit is fair?"""

import streamlit as st

from collapse_core.topics.bell_curve import sentences
from collapse_core.topics.bell_curve.code import bell_curve_code
from collapse_core.topics.bell_curve.question import BELL_POLICIES, ESTIMATORS, BellCurve
from ui import controls, predict, sections, share
from ui.player.clock import TICK, clock, clock_tick
from ui.shell import open_page
from ui.topics.bell_curve import views

KEY = "bell_curve"
CHOICES = {
    "estimator": ESTIMATORS,
    "policy": BELL_POLICIES,
    "fresh": ("true", "false"),
}

page = open_page(KEY)
lesson, params = page.lesson, BellCurve.params
label = lesson.words("controls")
start = BellCurve()
defaults = {item: getattr(start, item) for item in (*params, *CHOICES)}
defaults |= {"picture": "one", "percentile": 50}

pictures = lesson.words("views")
linkable = CHOICES | {"picture": tuple(pictures)}
controls.report_ignored((*params.values(), sections.PERCENTILE, TICK), linkable, set())
question = st.container()

# Controls: six in view, the last of them the picture's own; the rest under "More".
values: dict[str, object] = {}
bar = st.container()
with st.container(horizontal=True, vertical_alignment="center"):
    view = controls.parts(
        "picture", label["view"], pictures, help_text=label["view_help"], label_hidden=True
    )
    comment = st.empty()
with bar:
    own = {"several": ("dimension",), "kernel": ("bandwidth",)}.get(view, ())
    columns = controls.row([3, 3, 3, 3, *(3 for _ in own), 2])
    for column, name in zip(columns, ("sample_size", "generations", "anchors"), strict=False):
        with column:
            values[name] = controls.number(params[name])
    with columns[3]:
        values["estimator"] = controls.choice(
            "estimator",
            label["estimator"],
            lesson.words("estimators"),
            help_text=label["estimator_help"],
        )
    for name in own:
        with columns[4]:
            values[name] = controls.number(params[name])
    with columns[4 + len(own)].popover("More", icon=":material/tune:", width="stretch"):
        values["policy"] = controls.choice(
            "policy", label["policy"], lesson.words("policy"), help_text=label["policy_help"]
        )
        values["fresh"] = controls.switch(
            "fresh", label["fresh"], default=True, help_text=label["fresh_help"]
        )
        for name in ("temperature", "prior_strength", "real_weight", "runs"):
            values[name] = controls.number(params[name])
        percentile = controls.number(sections.PERCENTILE, help_text=label["percentile_help"])
        values["seed"] = controls.new_seed(
            params["seed"], "Seed", label["new_seed"], label["new_seed_help"]
        )
    current = {**defaults, **values, "picture": view, "percentile": percentile}
    waiting = view == "one" and predict.is_waiting(KEY, page.embedded)
    if not page.embedded:
        said = controls.presets(lesson.presets, defaults, current)
        comment.caption(" " if waiting else said or " ")

# Run, one picture only. Predict first, in one dimension.
experiment = BellCurve(**values)
with question:
    if waiting:
        answers = {
            answer: lesson.say("predict", answer)
            for answer in ("average", "typical", "both", "neither")
        }
        predict.ask_choice(KEY, lesson, lesson.say("predict", "question"), answers)
    elif not page.embedded:
        predict.show_reveal(KEY, lesson, lambda guess: sentences.reveal(lesson, guess, experiment))
if view == "several":
    shown = views.several_dimensions(page, experiment, percentile)
elif view == "kernel":
    shown = views.kernel(page, experiment, percentile)
else:
    shown = views.one_dimension(page, experiment, percentile, waiting)

# One figure, one clock.
tick = clock_tick(KEY, experiment.generations, 0 if waiting else experiment.generations)
clock(shown.moving, shown.captions, tick, key=KEY, filename=f"bell-curve-generation-{tick}")
if page.embedded:
    st.stop()

# Words, table, formulas, sharing.
sections.say(shown.notes, shown.sentences)
if shown.columns:
    sections.table(shown.columns)
sections.why(lesson)
sections.try_next(lesson)
share.share_button(
    page.corner,
    share.Shared(
        parameters={
            **values,
            "picture": view,
            "percentile": percentile,
            "generation": tick,
        },
        csv=shown.csv,
        html=lambda: shown.moving.html(lesson.title, tick),
        python=bell_curve_code(experiment, view, percentile, tick),
        filename="bell-curve",
        title=lesson.title,
    ),
)
