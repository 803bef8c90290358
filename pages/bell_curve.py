"""Bell curve: why does a Gaussian shrink when every fit is fair?"""

from collapse_core.topics.bell_curve.question import VIEWS, BellCurve
from collapse_core.topics.bell_curve.shown import BellView, show_bell_curve
from collapse_core.topics.class_chains import parse_chains
from ui.own_data import own_line
from ui.page import Page
from ui.settings import CHAINS, PERCENTILE, Choice
from ui.topics.bell_curve.runs import found_of

PICTURE = Choice.of("picture", VIEWS, side_by_side=True, label_hidden=True)

page = Page("bell_curve", BellCurve, (PERCENTILE, PICTURE, CHAINS))
picture = page["picture"]
if picture != "one":
    page.ask_nothing()
own = {"several": ["dimension"], "kernel": ["bandwidth"]}.get(picture, [])
page.controls(
    ("sample_size", "generations", "anchors", "estimator", *own),
    ("policy", "fresh", "temperature", "prior_strength", "real_weight", "runs", "percentile",
     "seed", *(("chains",) if picture == "one" else ())),
    beside=("picture",),
)  # fmt: skip

# One picture only is computed.
experiment, view = page.experiment(), page.view(BellView)
found = found_of(experiment, view)
chains = own_line(page["chains"], parse_chains) if picture == "one" else None
shown = show_bell_curve(page.lesson, experiment, view, found, page.waiting, chains=chains)

page.ask(shown.asked)
page.show(shown, experiment)
page.tell(shown)
page.finish(shown)
