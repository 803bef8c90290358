"""Early warning: would you have noticed?"""

from collapse_core.topics.early_warning.calibration import calibration_table
from collapse_core.topics.early_warning.question import WatchedHistory
from collapse_core.topics.early_warning.shown import show_early_warning
from collapse_core.topics.early_warning.watched import watched
from collapse_core.topics.experiment import Experiment
from ui.page import Page
from ui.topics.early_warning.runs import history_and_work
from ui.topics.early_warning.views import VIEW, draw_view

page = Page("early_warning", WatchedHistory, (VIEW,))
page.controls(
    ("history", "sample_size", "generations", "anchors", "reference"),
    ("false_alarm", "seed"),
)
experiment = page.experiment()
history, work = history_and_work(experiment)
run = page.work(work)
found = watched(history, work, run.steps)
shown = show_early_warning(page.lesson, experiment, Experiment(), found, page.waiting)

page.ask(shown.asked, known=run.finished)
tick = page.show(shown, experiment, last=run.total, done=run.done)
page.tell(shown)
draw_view(page, shown.spoken, tick)
page.finish(shown, measured=("calibration", lambda: calibration_table(page.lesson)))
