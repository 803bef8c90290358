"""Two colours: what happens to the 10 % blue?"""

import streamlit as st

from collapse_core.topics.python_code import python_code
from collapse_core.topics.two_colours import sentences
from collapse_core.topics.two_colours.figure import two_colours_figure
from collapse_core.topics.two_colours.own_jar import Jar, parse_jar
from collapse_core.topics.two_colours.question import POLICY_CHOICES, TwoColours
from collapse_core.topics.two_colours.report import report_two_colours
from ui import controls, predict, sections, share
from ui.player.clock import TICK, clock, clock_tick
from ui.runs import absorption_times, exact_law, sampled_runs
from ui.shell import open_page, say_errors
from ui.topics.two_colours.slow_motion import slow_motion

KEY = "two_colours"
CHOICES = {"policy": POLICY_CHOICES, "fresh": ("true", "false"), "doubled": ("true", "false")}

page = open_page(KEY)
lesson, params = page.lesson, TwoColours.params
label = lesson.words("controls")
defaults = {item: param.default for item, param in params.items()}
defaults |= {"policy": "anchors", "fresh": True, "doubled": False, "jar": "", "percentile": 50}

controls.report_ignored((*params.values(), sections.PERCENTILE, TICK), CHOICES, {"jar"})
question = st.container()

# Controls: four in view, the rest under "More".
values: dict[str, object] = {}
columns = controls.row([3, 3, 3, 3, 2])
for column, name in zip(columns, ("sample_size", "generations", "anchors", "share"), strict=False):
    with column:
        values[name] = controls.number(params[name])
with columns[4].popover("More", icon=":material/tune:", width="stretch"):
    policies = lesson.words("sentences")["policy"]
    values["policy"] = controls.choice(
        "policy", label["policy"], policies, help_text=label["policy_help"]
    )
    values["fresh"] = controls.switch(
        "fresh", label["fresh"], default=True, help_text=label["fresh_help"]
    )
    for name in ("temperature", "prior_strength", "real_weight", "runs"):
        values[name] = controls.number(params[name])
    percentile = controls.number(sections.PERCENTILE)
    values["seed"] = controls.new_seed(
        params["seed"], "Seed", label["new_seed"], label["new_seed_help"]
    )
    jar_text = controls.words(
        "jar", label["jar"], help_text=label["jar_help"], placeholder=label["jar_placeholder"]
    )
current = {**values, "percentile": percentile, "jar": jar_text}
current["doubled"] = bool(st.session_state.get("doubled", False))
waiting = predict.is_waiting(KEY, page.embedded)
comment = "" if page.embedded else controls.presets(lesson.presets, defaults, current)
with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    st.caption("" if waiting else comment, width="content")
    values["doubled"] = controls.switch(
        "doubled", label["doubled"], help_text=label["doubled_help"]
    )

jar = say_errors(lambda: parse_jar(jar_text)) if jar_text else None
if isinstance(jar, Jar):
    values["share"] = jar.share
common, rare = (jar.common, jar.rare) if isinstance(jar, Jar) else ("yellow", "blue")

# Run.
experiment = TwoColours(**values)
loop = experiment.loop()
paths = sampled_runs(loop, experiment.runs, experiment.seed)
law = exact_law(loop)
highlighted = paths.run_nearest(percentile)
report = report_two_colours(paths, law, highlighted)
spoken = sentences.TwoColoursSentences(lesson, experiment, report, rare, waiting)

# Predict first.
asked = min(50, loop.generations)
truth = report.chance[asked] if report.chance is not None else report.lost[asked] / report.runs
with question:
    if waiting:
        predict.ask(KEY, lesson, lesson.say("predict", "question", rare=rare, generation=asked))
    elif not page.embedded:
        predict.show_reveal(
            KEY,
            lesson,
            lambda guess: spoken.reveal(guess, truth),
        )

# One figure, one clock.
guess = predict.guess_of(KEY)
moving = two_colours_figure(
    paths,
    law,
    highlighted,
    look=page.look,
    names=(common, rare),
    compared=exact_law(experiment.undoubled().loop()) if experiment.doubled else None,
    guess=None if guess is None else (asked, guess),
    hidden=lesson.say("predict", "hidden") if waiting else None,
    alt=spoken.alt(),
)
tick = clock_tick(KEY, loop.generations, 0 if waiting else asked)
clock(
    moving,
    spoken.captions(),
    tick,
    key=KEY,
    filename=f"two-colours-generation-{tick}",
)
if page.embedded:
    st.stop()

# Words, table, formulas, sharing.
life = None
if sentences.has_life(experiment):
    life = absorption_times(loop.sample_size, experiment.share, loop.temperature)
sections.say(
    spoken.notes(),
    spoken.summary(life),
)
slow_motion(page, paths, highlighted, tick, (common, rare))
sections.table(sentences.columns(lesson, paths, law, rare))
sections.why(lesson)
sections.try_next(lesson)
share.share_button(
    page.corner,
    share.Shared(
        parameters={**current, **values, "jar": jar_text, "generation": tick},
        csv=paths.to_csv,
        html=lambda: moving.html(lesson.title, tick),
        python=python_code(
            loop,
            experiment.runs,
            experiment.seed,
            "collapse_core.topics.two_colours",
            "two_colours_figure",
            f"paths, law, paths.run_nearest({percentile})",
            tick,
        ),
        filename="two-colours",
        title=lesson.title,
    ),
)
