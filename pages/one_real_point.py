"""One real point: how much reality is enough?"""

from collapse_core.topics.one_real_point import sentences
from collapse_core.topics.one_real_point.doses import DoseQuestion
from collapse_core.topics.one_real_point.figure import one_real_point_figure
from collapse_core.topics.one_real_point.guess import one_real_point_prediction
from collapse_core.topics.one_real_point.question import OneRealPoint
from collapse_core.topics.one_real_point.report import report_one_real_point
from collapse_core.topics.python_code import shared_python
from ui.page import Page
from ui.runs import exact_law, sampled_runs
from ui.settings import PERCENTILE, Choice
from ui.topics.one_real_point.runs import dose_samples, long_run_absence
from ui.topics.one_real_point.views import VIEWS, draw_view

VIEW = Choice.of("view", tuple(VIEWS), side_by_side=True, preset=False)

page = Page("one_real_point", OneRealPoint, (PERCENTILE, VIEW))
lesson = page.lesson
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

experiment = page.experiment()
asked = one_real_point_prediction(lesson, experiment)
page.ask(asked)
waiting = page.waiting
loop, pure_loop = experiment.loop(), experiment.pure_loop()
paths, law = sampled_runs(loop, experiment.runs, experiment.seed), exact_law(loop)
pure, pure_law = sampled_runs(pure_loop, experiment.runs, experiment.seed), exact_law(pure_loop)
dose = DoseQuestion(loop.family, loop.sample_size, experiment.fresh, experiment.seed)
doses = None if waiting else dose_samples(dose)
highlighted = paths.run_nearest(page["percentile"])
report = report_one_real_point(experiment, paths, law, pure_law, highlighted)
spoken = sentences.OneRealPointSentences(lesson, experiment, report, waiting)

tick = page.picture(
    lambda: one_real_point_figure(
        paths,
        law,
        highlighted,
        pure=pure,
        pure_law=pure_law,
        doses=doses,
        family=experiment.family,
        look=page.look,
        guess=asked and asked.place,
        hidden=page.hidden,
        alt=spoken.alt(),
    ),
    spoken.captions,
    experiment,
    start=loop.generations,
    last=loop.generations,
)

page.say(
    spoken.notes(law.is_exact("distribution")),
    lambda: spoken.details(tick, long_run_absence(experiment), doses),
)
draw_view(page)
page.end(
    columns=lambda: sentences.columns(lesson, report),
    csv=paths.to_csv,
    python=shared_python(
        experiment,
        "one_real_point_figure",
        [
            "loop = experiment.loop()",
            f"paths = loop.simulate(replicates={experiment.runs}, seed={experiment.seed})",
            "law = loop.exact(approximate=True)",
            f"run = paths.run_nearest({page['percentile']})",
        ],
        f"paths, law, run, family={experiment.family!r}",
        tick,
    ),
)
