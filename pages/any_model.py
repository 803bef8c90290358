"""Any model: is it only simple families?"""

from dataclasses import replace

from collapse_core.topics.any_model.code import any_model_code
from collapse_core.topics.any_model.figure import any_model_figure
from collapse_core.topics.any_model.question import AnyModel
from collapse_core.topics.any_model.report import report_any_model, steps_as_csv
from collapse_core.topics.any_model.sentences import AnyModelSentences, reveal
from ui.page import Page
from ui.topics.any_model.views import VIEW, draw_view, own_points

# What only one model, or one policy, asks.
OWN_SETTINGS = {"mixture": "components", "kernel": "bandwidth", "vae": "latent"}
DOSES = {"anchors": "fresh", "real_share": "share"}

page = Page("any_model", AnyModel, (VIEW,))
asked = (OWN_SETTINGS.get(page["model"]), DOSES.get(page["policy"]), "seed")
page.controls(
    ("data", "model", "policy", "sample_size", "generations", "anchors"),
    [name for name in asked if name is not None],
    widths=(3.1, 2.9, 2.9, 2.5, 2.5, 2.5, 2.7),
    symbols=False,  # six labels side by side have little room
)
experiment = page.experiment(own=own_points(page) if page["data"] == "own" else None)

# While the answer is to be guessed, one generation only.
run = page.work(replace(experiment, generations=1) if page.waiting else experiment)
report = report_any_model(experiment, run.steps)
spoken = AnyModelSentences(page.lesson, report, page.waiting)

page.ask(
    page.lesson.text("predict", "question"),
    lambda guess: reveal(page.lesson, guess),
    answers=("8", "7", "5", "3", "1"),
)
tick = page.picture(
    lambda: any_model_figure(
        experiment, run.steps, look=page.look, hidden=page.hidden, alt=spoken.alt()
    ),
    spoken.captions,
    experiment,
    start=run.total,
    last=run.total,
    done=run.done,
)
if page.open:
    page.say(spoken.notes(), spoken.summary())
draw_view(page, experiment)
page.end(
    columns=None if page.waiting else spoken.columns(),
    csv=lambda: steps_as_csv(experiment, run.steps),
    python=any_model_code(experiment, tick),
)
