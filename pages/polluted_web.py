"""The polluted web: what does a crawler see?"""

from collapse_core.topics.polluted_web.figure import polluted_web_figure
from collapse_core.topics.polluted_web.guess import polluted_web_prediction
from collapse_core.topics.polluted_web.question import PollutedWeb
from collapse_core.topics.polluted_web.report import to_csv
from collapse_core.topics.polluted_web.sentences import PollutedWebSentences
from collapse_core.topics.python_code import shared_python
from ui.page import Page
from ui.settings import PERCENTILE
from ui.topics.polluted_web.runs import web_report
from ui.topics.polluted_web.views import FURTHER, draw_view

page = Page("polluted_web", PollutedWeb, (PERCENTILE, *FURTHER))
page.controls(
    ("sample_size", "generations", "growth", "true_positive", "reserve", "retention"),
    (
        *(("window",) if page["retention"] == "window" else ()),
        "human",
        "false_positive",
        "refill",
        "labelled",
        "honest",
        "temperature",
        "content",
        "rank" if page["content"] == "zipf" else "share",
        "line",
        "runs",
        "percentile",
        "seed",
    ),
)
experiment, percentile = page.experiment(), page["percentile"]
report = web_report(experiment)
spoken = PollutedWebSentences(page.lesson, experiment, report, page.waiting)

asked = polluted_web_prediction(page.lesson, report)
page.ask(asked)
last = experiment.generations
tick = page.picture(
    lambda: polluted_web_figure(
        report,
        percentile,
        look=page.look,
        guess=asked.place,
        hidden=page.hidden,
        alt=spoken.alt(),
    ),
    spoken.captions,
    experiment,
    start=last,
    last=last,
    filename="{name}-year-{tick}",
)
page.say(spoken.notes(), lambda: spoken.details(tick))
draw_view(page, experiment)
page.end(
    columns=spoken.columns,
    csv=lambda: to_csv(report),
    python=shared_python(
        experiment,
        "polluted_web_figure",
        ["report = report_web(experiment)"],
        f"report, {percentile}",
        tick,
        names=("report_web",),
    ),
)
