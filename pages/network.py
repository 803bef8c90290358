"""A network listens to itself: what does it hum?"""

from collapse_core.topics.network.question import ListeningNetwork
from collapse_core.topics.network.shown import NetworkView, show_network
from ui.page import Page
from ui.topics.network.views import BESIDE, PROBE, VIEW, draw_view, other_run

page = Page("network", ListeningNetwork, (BESIDE, VIEW, PROBE))
coded = page["model"] != "translators"
page.controls(
    ("images", "model", "code" if coded else None, "noise" if coded else None, "generations",
     "real"),
    (*(("loop", "beside") if coded else ()), "seed"),
)  # fmt: skip
experiment, view = page.experiment(), page.view(NetworkView)
run = page.work(experiment, noun="pass")
others = other_run(page, experiment, run.finished)
shown = show_network(page.lesson, experiment, view, (run.steps, others), page.waiting)

page.ask(shown.asked, known=run.done >= shown.start)
page.show(shown, (experiment, view, len(others)), last=run.total, done=run.done)
page.tell(shown)
draw_view(page, experiment, shown.spoken)
page.finish(shown)
