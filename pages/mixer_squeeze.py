"""Mixer and squeeze: when does a loop resonate?"""

from collapse_core.topics.mixer_squeeze.figure import mixer_squeeze_figure
from collapse_core.topics.mixer_squeeze.guess import ASKED, mixer_squeeze_prediction
from collapse_core.topics.mixer_squeeze.question import MixerSqueeze
from collapse_core.topics.mixer_squeeze.sentences import MixerSqueezeSentences
from collapse_core.topics.python_code import shared_python
from ui.page import Page
from ui.topics.mixer_squeeze.regime_map import draw_map
from ui.topics.mixer_squeeze.runs import crowds

OWN = {
    "plane": ("mixing", "contraction", "turn"),
    "surfer": ("damping", "web", None),
    "cards": (None, None, None),
    "gaussian": (None, None, None),
}

page = Page("mixer_squeeze", MixerSqueeze)
page.controls(("chain", *OWN[page["chain"]], "generations"), ("sample_size", "seed"))
experiment = page.experiment()
course = crowds(experiment)
spoken = MixerSqueezeSentences(page.lesson, experiment, course, page.waiting)

first = min(ASKED, experiment.generations)
asked = mixer_squeeze_prediction(page.lesson, course, spoken.facts(first))
page.ask(asked)
tick = page.picture(
    lambda: mixer_squeeze_figure(
        course,
        finite=experiment.is_finite,
        look=page.look,
        guess=asked.place,
        hidden=page.hidden,
        alt=spoken.alt(),
    ),
    spoken.captions,
    experiment,
    start=first,
    last=experiment.generations,
    filename="{name}-step-{tick}",
    first_look=3,
)
page.say((), lambda: spoken.details(tick))
if experiment.chain == "plane":
    draw_map(page, experiment)
finite = ", finite=True" if experiment.is_finite else ""
page.end(
    columns=spoken.columns,
    csv=spoken.to_csv,
    python=shared_python(
        experiment,
        "mixer_squeeze_figure",
        ["course = crowds_of(experiment)"],
        f"course{finite}",
        tick,
        names=("crowds_of",),
    ),
)
