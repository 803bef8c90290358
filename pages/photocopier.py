"""Photocopier: what does a copy of a copy lose?"""

from collapse_core.topics.experiment import Experiment
from collapse_core.topics.photocopier.question import CopiedPicture
from collapse_core.topics.photocopier.shown import show_photocopier
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
shown = show_photocopier(page.lesson, experiment, Experiment(), report, page.waiting)

page.ask(shown.asked)
tick = page.show(shown, experiment)
page.tell(shown)
show_large(page, report, shown.spoken, tick)
page.finish(shown)
