"""Exponential families: is it only Gaussians?"""

from dataclasses import replace

from collapse_core.figures.moving import MovingFigure
from collapse_core.topics.exponential_families import (
    ExponentialFamilies,
    exponential_families_figure,
    exponential_overview_figure,
)
from collapse_core.topics.exponential_families.guess import exponential_families_prediction
from collapse_core.topics.exponential_families.question import FAMILY_CHOICES
from collapse_core.topics.exponential_families.sentences import FamilySentences
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
experiment, percentile = page.experiment(), page["percentile"]
loop, runs, seed = experiment.loop(), experiment.runs, experiment.seed
paths, law = sampled_runs(loop, runs, seed), exact_law(loop)
before = exact_law(experiment.undoubled().loop()) if experiment.doubled else None
report = diversity_report(loop, runs, seed, percentile)
reports = {
    name: diversity_report(experiment.of(name).loop(), runs, seed, percentile)
    for name in (FAMILY_CHOICES if page["side_by_side"] else ())
}
spoken = FamilySentences(page.lesson, experiment, report, page.waiting, reports)

asked = exponential_families_prediction(page.lesson, report, spoken.facts)
page.ask(None if reports else asked)


def figure() -> MovingFigure:
    """Draw one family, or all of them side by side."""
    shown = {"look": page.look, "hidden": page.hidden, "alt": spoken.alt()}
    if reports:
        return exponential_overview_figure(reports, names=spoken.panel_names(), **shown)
    return exponential_families_figure(
        paths, law, report.highlighted, compared=before, guess=asked.place, **shown
    )


end = loop.generations
tick = page.picture(figure, spoken.captions, experiment, start=end, last=end)
page.say(spoken.notes(before), lambda: spoken.details(tick))
page.end(
    columns=lambda: spoken.columns(tick),
    csv=paths.to_csv,
    python=experiment.python(report.highlighted, percentile, tick, side_by_side=bool(reports)),
)
