"""Two colours: what happens to the 10 % blue?"""

from collapse_core.topics.class_chains import parse_chains
from collapse_core.topics.experiment import Followed
from collapse_core.topics.two_colours.own_jar import parse_jar
from collapse_core.topics.two_colours.question import TwoColours
from collapse_core.topics.two_colours.shown import find_two_colours, show_two_colours
from ui.own_data import own_line
from ui.page import Page
from ui.runs import exact_law, sampled_runs
from ui.settings import CHAINS, PERCENTILE, Words
from ui.topics.two_colours.runs import kept_life_of
from ui.topics.two_colours.slow_motion import slow_motion

page = Page("two_colours", TwoColours, (PERCENTILE, Words(name="jar"), CHAINS))
lesson, colours = page.lesson, page.lesson.words("colours")
page.controls(
    ("sample_size", "generations", "anchors", "share"),
    ("doubled", "policy", "fresh", "temperature", "prior_strength", "real_weight", "runs",
     "percentile", "seed", "jar", "chains"),
)  # fmt: skip
jar = own_line(page["jar"], parse_jar)
names = (jar.common, jar.rare) if jar else (colours["common"], colours["rare"])

experiment, view = page.experiment(**({"share": jar.share} if jar else {})), page.view(Followed)
found = find_two_colours(experiment, sampled_runs, exact_law)
shown = show_two_colours(
    lesson,
    experiment,
    view,
    found,
    page.waiting,
    names=names,
    life=kept_life_of,
    chains=own_line(page["chains"], parse_chains),
)

page.ask(shown.asked)
tick = page.show(shown, experiment)
page.tell(shown)
if not page.embedded:
    paths = found[0]
    slow_motion(page, paths, paths.run_nearest(view.percentile), tick, names)
page.finish(shown)
