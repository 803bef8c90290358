"""A network listens to itself: what does it hum?"""

from collapse_core.topics.network.beside import names_of, shared_lines
from collapse_core.topics.network.figure import network_figure
from collapse_core.topics.network.guess import ASKED, network_prediction
from collapse_core.topics.network.question import ListeningNetwork
from collapse_core.topics.network.report import to_csv
from collapse_core.topics.network.sentences import NetworkSentences
from ui.page import Page
from ui.topics.network.views import BESIDE, PROBE, VIEW, draw_view, other_run

page = Page("network", ListeningNetwork, (BESIDE, VIEW, PROBE))
coded = page["model"] != "translators"
page.controls(
    ("images", "model", "code" if coded else None, "noise" if coded else None, "generations",
     "real"),
    (*(("loop", "beside") if coded else ()), "seed"),
)  # fmt: skip
experiment = page.experiment()
run = page.work(experiment, noun="pass")
beside, others = page["beside"], other_run(page, experiment, run.finished)
spoken = NetworkSentences(page.lesson, experiment, run.steps, page.waiting, beside, others)

first = min(ASKED, experiment.generations)
asked = network_prediction(page.lesson, experiment, run.steps, spoken.facts(first))
page.ask(asked, known=run.done >= first)
tick = page.picture(
    lambda: network_figure(
        experiment,
        run.steps,
        look=page.look,
        beside=beside,
        others=others,
        guess=asked.place,
        hidden=page.hidden,
        alt=spoken.alt(),
    ),
    spoken.captions,
    (experiment, beside, len(others)),
    start=first,
    last=run.total,
    done=run.done,
    filename="{name}-pass-{tick}",
    first_look=2,
)
page.say(spoken.notes(tick), lambda: spoken.details(tick))
draw_view(page, experiment, spoken)
page.end(
    columns=spoken.columns,
    csv=lambda: to_csv(experiment, run.steps, names_of(experiment, beside)[1], others),
    python=shared_lines(experiment, beside, tick),
)
