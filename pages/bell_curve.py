"""Bell curve: why does a Gaussian shrink when every fit is fair?"""

from collapse_core.topics.bell_curve.question import VIEWS, BellCurve
from collapse_core.topics.bell_curve.shown import BellView, show_bell_curve
from ui.page import Page
from ui.settings import PERCENTILE, Choice
from ui.topics.bell_curve.runs import found_of

PICTURE = Choice.of("picture", VIEWS, side_by_side=True, label_hidden=True)

page = Page("bell_curve", BellCurve, (PERCENTILE, PICTURE))
picture = page["picture"]
if picture != "one":
    page.ask_nothing()
own = {"several": ["dimension"], "kernel": ["bandwidth"]}.get(picture, [])
page.controls(
    ("sample_size", "generations", "anchors", "estimator", *own),
    ("policy", "fresh", "temperature", "prior_strength", "real_weight", "runs", "percentile",
     "seed"),
    beside=("picture",),
)  # fmt: skip

# One picture only is computed.
experiment, view = page.experiment(), page.view(BellView)
found = found_of(experiment, view)
shown = show_bell_curve(page.lesson, experiment, view, found, page.waiting)

page.ask(shown.asked)
page.show(shown, experiment)
page.tell(shown)
page.finish(shown)
