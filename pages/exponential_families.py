"""Exponential families: is it only Gaussians?"""

from dataclasses import replace

from collapse_core.topics.exponential_families import ExponentialFamilies
from collapse_core.topics.exponential_families.shown import (
    FamiliesView,
    find_families,
    show_exponential_families,
)
from ui.page import Page
from ui.runs import exact_law, sampled_runs
from ui.settings import PERCENTILE, Number, Switch
from ui.topics.exponential_families.runs import diversity_report

SIDE_BY_SIDE = Switch(name="side_by_side", default=False)
page = Page("exponential_families", ExponentialFamilies, (PERCENTILE, SIDE_BY_SIDE))
family, params = page["family"], ExponentialFamilies.params
main, *others = ExponentialFamilies.names_of(family)
page.controls(
    ("family", "sample_size", "generations", "anchors",
     Number.of(replace(params[main], symbol=""), variant=family)),
    (*(Number.of(params[name], variant=family) for name in others),
     "doubled", "policy", "fresh", "prior_strength", "real_weight", "runs", "percentile", "seed"),
    beside=("side_by_side",),
)  # fmt: skip

if page["side_by_side"]:
    page.ask_nothing()
experiment, view = page.experiment(), page.view(FamiliesView)
found = find_families(experiment, view, sampled_runs, exact_law, diversity_report)
shown = show_exponential_families(page.lesson, experiment, view, found, page.waiting)

page.ask(shown.asked)
page.show(shown, experiment)
page.tell(shown)
page.finish(shown)
