"""Eight patterns: how does a cloud crumple?"""

from collapse_core.topics.eight_patterns.question import CrumpledCloud
from collapse_core.topics.eight_patterns.shown import show_eight_patterns
from collapse_core.topics.experiment import Experiment
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
shown = show_eight_patterns(page.lesson, experiment, Experiment(), report, page.waiting)

page.ask(shown.asked)
page.show(shown, experiment)
page.tell(shown)
draw_view(page, experiment)
page.finish(shown)
