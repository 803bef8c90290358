"""Mitigation lab: what actually helps?"""

from collapse_core.topics.mitigation_lab.figure import mitigation_lab_figure
from collapse_core.topics.mitigation_lab.guess import mitigation_lab_prediction
from collapse_core.topics.mitigation_lab.question import MitigationLab
from collapse_core.topics.mitigation_lab.report import to_csv
from collapse_core.topics.mitigation_lab.sentences import MitigationLabSentences
from collapse_core.topics.python_code import shared_python
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
asked = mitigation_lab_prediction(page.lesson, report)
page.ask(asked)
spoken = MitigationLabSentences(page.lesson, report, page.waiting)

last = experiment.last
tick = page.picture(
    lambda: mitigation_lab_figure(
        report,
        look=page.look,
        guess=None if asked is None else asked.place,
        hidden=page.hidden,
        alt=spoken.alt(),
    ),
    spoken.captions,
    experiment,
    start=last,
    last=last,
)
page.say(spoken.notes(), lambda: spoken.details(tick))
draw_view(page, spoken, tick)
page.end(
    columns=spoken.columns,
    csv=lambda: to_csv(report),
    python=shared_python(
        experiment,
        "mitigation_lab_figure",
        ["report = report_lab(experiment)"],
        "report",
        tick,
        names=("report_lab",),
    ),
)
