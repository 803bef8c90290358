"""Bell curve: why does a Gaussian shrink when every fit is fair?"""

from collapse_core.topics.bell_curve.question import VIEWS, BellCurve
from ui.page import Page
from ui.settings import PERCENTILE, Choice
from ui.topics.bell_curve import views

PICTURE = Choice.of("picture", VIEWS, side_by_side=True, label_hidden=True)

page = Page("bell_curve", BellCurve, (PERCENTILE, PICTURE))
lesson, picture = page.lesson, page["picture"]
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
experiment = page.experiment()
draw = {"one": views.one_dimension, "several": views.several_dimensions, "kernel": views.kernel}
shown = draw[picture](page, experiment)
page.ask(shown.asked)
end = experiment.generations
tick = page.picture(shown.moving, shown.spoken.captions, experiment, start=end, last=end)

page.say(shown.spoken.notes(), lambda: shown.spoken.details(tick))
page.end(
    columns=shown.spoken.columns,
    csv=shown.csv,
    python=views.python_of(picture, experiment, page["percentile"], tick),
)
