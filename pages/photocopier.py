"""Photocopier: what does a copy of a copy lose?"""

from collapse_core.topics.photocopier.figure import photocopier_figure
from collapse_core.topics.photocopier.guess import photocopier_prediction
from collapse_core.topics.photocopier.question import CopiedPicture
from collapse_core.topics.photocopier.report import to_csv
from collapse_core.topics.photocopier.sentences import PhotocopierSentences
from collapse_core.topics.python_code import shared_python
from ui.page import Page
from ui.topics.photocopier.large import show_large
from ui.topics.photocopier.own_picture import own_picture
from ui.topics.photocopier.runs import copies_report

page = Page("photocopier", CopiedPicture)
page.controls(
    ("picture", "generations", "quality", "shift", "blur", "real"),
    ("pixels", "noise", "contrast", "levels", "turn", "resize", "chroma", "fresh_every", "seed"),
)
experiment = page.experiment(own=own_picture(page) if page["picture"] == "own" else None)
report = copies_report(experiment)
spoken = PhotocopierSentences(page.lesson, experiment, report, page.waiting)

last = experiment.generations
asked = photocopier_prediction(page.lesson, report, spoken.facts(last))
page.ask(asked)
tick = page.picture(
    lambda: photocopier_figure(
        report, look=page.look, guess=asked.place, hidden=page.hidden, alt=spoken.alt()
    ),
    spoken.captions,
    experiment,
    start=last,
    last=last,
    filename="{name}-copy-{tick}",
    first_look=2,
)
page.say((), lambda: spoken.details(tick))
show_large(page, report, spoken, tick)
page.end(
    columns=spoken.columns,
    csv=lambda: to_csv(experiment, report),
    python=shared_python(
        experiment,
        "photocopier_figure",
        ["report = report_copies(experiment)"],
        "report",
        tick,
        names=("report_copies",),
    ),
)
