"""The polluted web: what does a crawler see?"""

from collapse_core.topics.experiment import Followed
from collapse_core.topics.polluted_web.question import PollutedWeb
from collapse_core.topics.polluted_web.shown import show_polluted_web
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
experiment, view = page.experiment(), page.view(Followed)
report = web_report(experiment)
shown = show_polluted_web(page.lesson, experiment, view, report, page.waiting)

page.ask(shown.asked)
page.show(shown, experiment)
page.tell(shown)
draw_view(page, experiment)
page.finish(shown)
