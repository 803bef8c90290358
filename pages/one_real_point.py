"""One real point: how much reality is enough?"""

import streamlit as st

from collapse_core.theory.quadratic_variance import QuadraticVariance, stationary_anchors
from collapse_core.topics.one_real_point import sentences
from collapse_core.topics.one_real_point.doses import DoseQuestion
from collapse_core.topics.one_real_point.figure import one_real_point_figure
from collapse_core.topics.one_real_point.question import FAMILY_CHOICES, OneRealPoint
from collapse_core.topics.one_real_point.report import report_one_real_point
from collapse_core.topics.python_code import python_code
from ui import controls, predict, sections, share
from ui.player.clock import TICK, clock, clock_tick
from ui.runs import dose_samples, exact_law, long_run_absence, sampled_runs
from ui.shell import open_page
from ui.topics.one_real_point.views import VIEWS, chosen_view, draw_view

KEY = "one_real_point"
CHOICES = {"family": FAMILY_CHOICES, "fresh": ("true", "false")}
QUESTION = (QuadraticVariance(0.0, 1.0, -1.0), 0.1, 100, 1)

page = open_page(KEY)
lesson, params = page.lesson, OneRealPoint.params
label = lesson.words("controls")
defaults = {item: param.default for item, param in params.items()}
defaults |= {"family": "bernoulli", "fresh": True, "percentile": 50}

choices = CHOICES | {"view": VIEWS}
controls.report_ignored((*params.values(), sections.PERCENTILE, TICK), choices, ())
waiting = predict.is_waiting(KEY, page.embedded)
question = st.container()

# Controls: four in view, the rest under "More".
values: dict[str, object] = {}
columns = controls.row([4, 3, 3, 3, 2])
with columns[0]:
    values["family"] = controls.choice(
        "family", label["family"], lesson.words("families"), help_text=label["family_help"]
    )
for column, name in zip(columns[1:], ("sample_size", "generations", "anchors"), strict=False):
    with column:
        values[name] = controls.number(params[name])
with columns[4].popover("More", icon=":material/tune:", width="stretch"):
    values["fresh"] = controls.switch(
        "fresh", label["fresh"], default=True, help_text=label["fresh_help"]
    )
    truth_of = "share" if values["family"] == "bernoulli" else "mean"
    values[truth_of] = controls.number(params[truth_of])
    if chosen_view() != "weight":
        values["real_weight"] = controls.number(params["real_weight"])
    values["runs"] = controls.number(params["runs"])
    percentile = controls.number(sections.PERCENTILE, help_text=label["percentile_help"])
    values["seed"] = controls.new_seed(
        params["seed"], "Seed", label["new_seed"], label["new_seed_help"]
    )
current = {**defaults, **values, "percentile": percentile}
comment = "" if page.embedded else controls.presets(lesson.presets, defaults, current)
if comment and not waiting:
    st.caption(comment)

# Run.
experiment = OneRealPoint(**values)
loop, pure_loop = experiment.loop(), experiment.pure_loop()
paths = sampled_runs(loop, experiment.runs, experiment.seed)
pure = sampled_runs(pure_loop, experiment.runs, experiment.seed)
law, pure_law = exact_law(loop), exact_law(pure_loop)
asked = DoseQuestion(loop.family, loop.sample_size, experiment.fresh, experiment.seed)
doses = None if waiting else dose_samples(asked)
highlighted = paths.run_nearest(percentile)
report = report_one_real_point(experiment, paths, law, pure_law, highlighted)

# Predict first.
with question:
    if waiting:
        predict.ask(KEY, lesson, lesson.say("predict", "question"))
    elif not page.embedded:
        answer = float(stationary_anchors(*QUESTION)[1]) / QUESTION[0](QUESTION[1])
        predict.show_reveal(KEY, lesson, lambda guess: sentences.reveal(lesson, guess, answer))

# One figure, one clock.
moving = one_real_point_figure(
    paths,
    law,
    highlighted,
    pure=pure,
    pure_law=pure_law,
    doses=doses,
    family=experiment.family,
    look=page.look,
    guess=predict.guess_of(KEY) if experiment.family == "bernoulli" else None,
    hidden=lesson.say("predict", "hidden") if waiting else None,
    alt=lesson.say("predict", "alt") if waiting else sentences.alt(lesson, experiment, report),
)
tick = clock_tick(KEY, loop.generations, loop.generations)
clock(
    moving,
    sentences.captions(lesson, experiment, report, waiting),
    tick,
    key=KEY,
    filename=f"one-real-point-generation-{tick}",
)

# Words, further views, table, formulas, sharing.
if not (waiting or page.embedded):
    absence = None
    if experiment.family == "bernoulli" and experiment.fresh:
        absence = long_run_absence(loop.sample_size, experiment.share, experiment.anchors)
    sections.say(
        sentences.notes(lesson, experiment, report, law.is_exact("distribution")),
        sentences.summary(lesson, experiment, report, absence, doses),
    )
values |= draw_view(page, experiment, waiting)
if page.embedded:
    st.stop()
if not waiting:
    sections.table(sentences.columns(lesson, report))
    sections.limits(lesson)
sections.why(lesson)
sections.try_next(lesson)
share.share_button(
    page.corner,
    share.Shared(
        parameters={**current, **values, "generation": tick},
        csv=paths.to_csv,
        html=lambda: moving.html(lesson.title, tick),
        python=python_code(
            loop,
            experiment.runs,
            experiment.seed,
            "collapse_core.topics.one_real_point",
            "one_real_point_figure",
            f"paths, law, paths.run_nearest({percentile}), family={experiment.family!r}",
            tick,
        ),
        filename="one-real-point",
        title=lesson.title,
    ),
)
