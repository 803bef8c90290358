"""A network listens to itself: what does it hum?"""

from collapse_core.topics.network.figure import network_figure
from collapse_core.topics.network.guess import ASKED, network_prediction
from collapse_core.topics.network.question import ListeningNetwork
from collapse_core.topics.network.report import to_csv
from collapse_core.topics.network.sentences import NetworkSentences
from collapse_core.topics.python_code import shared_python
from ui.page import Page
from ui.topics.network.views import PROBE, VIEW, draw_view

page = Page("network", ListeningNetwork, (VIEW, PROBE))
coded = page["model"] != "translators"
page.controls(
    ("images", "model", "code" if coded else None, "noise" if coded else None, "generations",
     "real"),
    (*(("loop",) if coded else ()), "seed"),
)  # fmt: skip
experiment = page.experiment()
run = page.work(experiment, noun="pass")
spoken = NetworkSentences(page.lesson, experiment, run.steps, page.waiting)

first = min(ASKED, experiment.generations)
asked = network_prediction(page.lesson, experiment, run.steps, spoken.facts(first))
page.ask(asked, known=run.done >= first)
tick = page.picture(
    lambda: network_figure(
        experiment,
        run.steps,
        look=page.look,
        guess=asked.place,
        hidden=page.hidden,
        alt=spoken.alt(),
    ),
    spoken.captions,
    experiment,
    start=first,
    last=run.total,
    done=run.done,
    filename="{name}-pass-{tick}",
    first_look=2,
)
page.say(spoken.notes(), lambda: spoken.details(tick))
draw_view(page, experiment, spoken)
page.end(
    columns=spoken.columns,
    csv=lambda: to_csv(experiment, run.steps),
    python=shared_python(
        experiment,
        "network_figure",
        ["steps = experiment.run()"],
        "experiment, steps",
        tick,
    ),
)
