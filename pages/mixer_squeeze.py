"""Mixer and squeeze: when does a loop resonate?"""

from collapse_core.topics.experiment import Experiment
from collapse_core.topics.mixer_squeeze.question import MixerSqueeze
from collapse_core.topics.mixer_squeeze.shown import show_mixer_squeeze
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
shown = show_mixer_squeeze(page.lesson, experiment, Experiment(), course, page.waiting)

page.ask(shown.asked)
page.show(shown, experiment)
page.tell(shown)
if experiment.chain == "plane":
    draw_map(page, experiment)
page.finish(shown)
