"""Two colours: what happens to the 10 % blue?"""

from collapse_core.topics.python_code import shared_python
from collapse_core.topics.two_colours import sentences
from collapse_core.topics.two_colours.figure import two_colours_figure
from collapse_core.topics.two_colours.guess import ASKED, two_colours_prediction
from collapse_core.topics.two_colours.own_jar import parse_jar
from collapse_core.topics.two_colours.question import TwoColours
from collapse_core.topics.two_colours.report import report_two_colours
from ui.own_data import own_line
from ui.page import Page
from ui.runs import exact_law, sampled_runs
from ui.settings import PERCENTILE, Words
from ui.topics.two_colours.runs import life_of
from ui.topics.two_colours.slow_motion import slow_motion

page = Page("two_colours", TwoColours, (PERCENTILE, Words(name="jar")))
lesson, waiting = page.lesson, page.waiting
page.controls(
    ("sample_size", "generations", "anchors", "share"),
    ("doubled", "policy", "fresh", "temperature", "prior_strength", "real_weight", "runs",
     "percentile", "seed", "jar"),
)  # fmt: skip
jar = own_line(page["jar"], parse_jar)
colours = lesson.words("colours")
common, rare = (jar.common, jar.rare) if jar else (colours["common"], colours["rare"])

experiment = page.experiment(**({"share": jar.share} if jar else {}))
loop = experiment.loop()
paths, law = sampled_runs(loop, experiment.runs, experiment.seed), exact_law(loop)
highlighted = paths.run_nearest(page["percentile"])
report = report_two_colours(paths, law, highlighted)
spoken = sentences.TwoColoursSentences(lesson, experiment, report, rare, waiting)

asked = two_colours_prediction(lesson, report, rare)
page.ask(asked)
tick = page.picture(
    lambda: two_colours_figure(
        paths,
        law,
        highlighted,
        look=page.look,
        names=(common, rare),
        compared=exact_law(experiment.undoubled().loop()) if experiment.doubled else None,
        guess=asked.place,
        hidden=page.hidden,
        alt=spoken.alt(),
    ),
    spoken.captions,
    experiment,
    start=min(ASKED, loop.generations),
    last=loop.generations,
)

page.say(spoken.notes(), lambda: spoken.details(tick, life_of(experiment)))
if not page.embedded:
    slow_motion(page, paths, highlighted, tick, (common, rare))
page.end(
    columns=lambda: sentences.columns(lesson, paths, law, rare),
    csv=paths.to_csv,
    python=shared_python(
        experiment,
        "two_colours_figure",
        [
            "loop = experiment.loop()",
            f"paths = loop.simulate(replicates={experiment.runs}, seed={experiment.seed})",
            "law = loop.exact(approximate=True)",
            f"run = paths.run_nearest({page['percentile']})",
        ],
        "paths, law, run",
        tick,
    ),
)
