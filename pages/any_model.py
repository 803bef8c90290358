"""Any model: is it only simple families?"""

from dataclasses import replace

from collapse_core.topics.any_model.code import any_model_code
from collapse_core.topics.any_model.figure import any_model_figure
from collapse_core.topics.any_model.guess import any_model_prediction
from collapse_core.topics.any_model.question import AnyModel
from collapse_core.topics.any_model.report import report_any_model, steps_as_csv
from collapse_core.topics.any_model.sentences import AnyModelSentences
from ui.page import Page
from ui.topics.any_model.views import VIEW, draw_view, own_points

# What only one model, or one policy, asks.
OWN_SETTINGS = {"mixture": "components", "kernel": "bandwidth", "vae": "latent"}
DOSES = {"anchors": "fresh", "real_share": "share"}

page = Page("any_model", AnyModel, (VIEW,))
own = (OWN_SETTINGS.get(page["model"]), DOSES.get(page["policy"]), "seed")
page.controls(
    ("data", "model", "policy", "sample_size", "generations", "anchors"),
    [name for name in own if name is not None],
)
experiment = page.experiment(own=own_points(page) if page["data"] == "own" else None)

# While the answer is to be guessed, one generation only.
run = page.work(replace(experiment, generations=1) if page.waiting else experiment)
report = report_any_model(experiment, run.steps)
spoken = AnyModelSentences(page.lesson, report, page.waiting)

asked = any_model_prediction(page.lesson, report)
page.ask(asked, known=run.done >= experiment.generations)
tick = page.picture(
    lambda: any_model_figure(
        experiment,
        run.steps,
        look=page.look,
        guess=asked.place,
        hidden=page.hidden,
        alt=spoken.alt(),
    ),
    spoken.captions,
    experiment,
    start=run.total,
    last=run.total,
    done=run.done,
)
page.say(spoken.notes(), lambda: spoken.details(tick))
draw_view(page, experiment)
page.end(
    columns=spoken.columns,
    csv=lambda: steps_as_csv(experiment, run.steps),
    python=any_model_code(experiment, tick),
)
