"""Eight patterns: how does a cloud crumple?"""

from collapse_core.topics.eight_patterns.figure import eight_patterns_figure
from collapse_core.topics.eight_patterns.guess import eight_patterns_prediction
from collapse_core.topics.eight_patterns.question import CrumpledCloud
from collapse_core.topics.eight_patterns.report import to_csv
from collapse_core.topics.eight_patterns.sentences import EightPatternsSentences
from collapse_core.topics.python_code import shared_python
from ui.page import Page
from ui.topics.eight_patterns.runs import cloud_report
from ui.topics.eight_patterns.views import VIEW, draw_view

page = Page("eight_patterns", CrumpledCloud, (VIEW,))
page.controls(
    ("pattern", "sample_size", "generations", "dimension"),
    ("neighbours", "seed"),
)
experiment = page.experiment()
report = cloud_report(experiment)
spoken = EightPatternsSentences(page.lesson, experiment, report, page.waiting)

asked = eight_patterns_prediction(page.lesson, report)
page.ask(asked)
last = experiment.generations
tick = page.picture(
    lambda: eight_patterns_figure(
        report, look=page.look, guess=asked.place, hidden=page.hidden, alt=spoken.alt()
    ),
    spoken.captions,
    experiment,
    start=last,
    last=last,
)
page.say((), lambda: spoken.details(tick))
draw_view(page, experiment)
page.end(
    columns=spoken.columns,
    csv=lambda: to_csv(experiment, report),
    python=shared_python(
        experiment,
        "eight_patterns_figure",
        ["report = report_cloud(experiment)"],
        "report",
        tick,
        names=("report_cloud",),
    ),
)
