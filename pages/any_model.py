"""Any model: is it only simple families?"""

from dataclasses import replace

from collapse_core.topics.any_model.question import AnyModel
from collapse_core.topics.any_model.shown import show_any_model
from collapse_core.topics.experiment import Experiment
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
shown = show_any_model(page.lesson, experiment, Experiment(), run.steps, page.waiting)

page.ask(shown.asked, known=run.done >= experiment.generations)
page.show(shown, experiment, last=run.total, done=run.done)
page.tell(shown)
draw_view(page, experiment)
page.finish(shown)
