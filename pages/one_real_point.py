"""One real point: how much reality is enough?"""

from collapse_core.topics.experiment import Followed
from collapse_core.topics.one_real_point.guess import one_real_point_prediction
from collapse_core.topics.one_real_point.question import OneRealPoint
from collapse_core.topics.one_real_point.shown import (
    dose_question,
    find_loops,
    show_one_real_point,
)
from ui.page import Page
from ui.runs import exact_law, sampled_runs
from ui.settings import PERCENTILE, Choice
from ui.topics.one_real_point.runs import dose_samples, kept_absence
from ui.topics.one_real_point.views import VIEWS, draw_view

VIEW = Choice.of("view", tuple(VIEWS), side_by_side=True, preset=False)

page = Page("one_real_point", OneRealPoint, (PERCENTILE, VIEW))
page.controls(
    ("family", "sample_size", "generations", "anchors"),
    (
        "fresh",
        "share" if page["family"] == "bernoulli" else "mean",
        *(() if page["view"] == "weight" else ("real_weight",)),
        "runs",
        "percentile",
        "seed",
    ),
)

experiment, view = page.experiment(), page.view(Followed)
page.ask(one_real_point_prediction(page.lesson, experiment))
doses = None if page.waiting else dose_samples(dose_question(experiment))
found = find_loops(experiment, doses, sampled_runs, exact_law)
shown = show_one_real_point(
    page.lesson, experiment, view, found, page.waiting, absence=kept_absence
)

page.show(shown, experiment)
page.tell(shown)
draw_view(page)
page.finish(shown)
