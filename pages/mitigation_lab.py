"""Mitigation lab: what actually helps?"""

from collapse_core.topics.experiment import Experiment
from collapse_core.topics.mitigation_lab.question import MitigationLab
from collapse_core.topics.mitigation_lab.shown import show_mitigation_lab
from ui.page import Page
from ui.topics.mitigation_lab.runs import lab_report
from ui.topics.mitigation_lab.views import FURTHER, draw_view, strengths

page = Page("mitigation_lab", MitigationLab, FURTHER)
page.controls(
    ("sample_size", "generations", "anchors", "model", "remedies", "measure"),
    ("price", *strengths(page["remedies"]), "runs", "seed"),
)
experiment = page.experiment()
with page.stage:
    report = lab_report(experiment)
shown = show_mitigation_lab(page.lesson, experiment, Experiment(), report, page.waiting)

page.ask(shown.asked)
tick = page.show(shown, experiment)
page.tell(shown)
draw_view(page, shown.spoken, tick)
page.finish(shown)
