"""Early warning: would you have noticed?"""

from collapse_core.topics.early_warning.calibration import calibration_table
from collapse_core.topics.early_warning.figure import early_warning_figure
from collapse_core.topics.early_warning.guess import early_warning_prediction
from collapse_core.topics.early_warning.question import WatchedHistory
from collapse_core.topics.early_warning.sentences import EarlyWarningSentences
from collapse_core.topics.early_warning.watched import to_csv, watched
from collapse_core.topics.python_code import shared_python
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
spoken = EarlyWarningSentences(page.lesson, found, experiment, page.waiting)

asked = early_warning_prediction(page.lesson, found)
page.ask(asked, known=run.finished)
tick = page.picture(
    lambda: early_warning_figure(
        found, look=page.look, guess=asked.place, hidden=page.hidden, alt=spoken.alt()
    ),
    spoken.captions,
    experiment,
    start=experiment.generations,
    last=run.total,
    done=run.done,
)
page.say(spoken.notes(), lambda: spoken.details(tick))
draw_view(page, spoken, tick)
page.end(
    columns=spoken.columns,
    csv=lambda: to_csv(experiment, found),
    python=shared_python(
        experiment,
        "early_warning_figure",
        ["found = report_history(experiment)"],
        "found",
        tick,
        names=("report_history",),
    ),
    measured=("calibration", lambda: calibration_table(page.lesson)),
)
