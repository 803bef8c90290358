"""Exponential families: is it only Gaussians?"""

import streamlit as st

from collapse_core.topics.exponential_families.question import (
    FAMILY_CHOICES,
    FAMILY_POLICIES,
    ExponentialFamilies,
)
from collapse_core.topics.exponential_families.sentences import FamilySentences
from ui import controls, predict, sections, share
from ui.player.clock import TICK, clock, clock_tick
from ui.runs import diversity_report, exact_law, sampled_runs
from ui.shell import open_page
from ui.topics.exponential_families import views

KEY = "exponential_families"
ON_OFF = ("true", "false")
CHOICES = {
    "family": FAMILY_CHOICES,
    "policy": FAMILY_POLICIES,
    "fresh": ON_OFF,
    "doubled": ON_OFF,
    "side_by_side": ON_OFF,
}

page = open_page(KEY)
lesson, params = page.lesson, ExponentialFamilies.params
label = lesson.words("controls")
start = ExponentialFamilies()
defaults = {name: getattr(start, name) for name in (*params, *CHOICES) if name != "side_by_side"}
defaults |= {"side_by_side": False, "percentile": 50}

controls.report_ignored((*params.values(), sections.PERCENTILE, TICK), CHOICES, set())
question = st.container()
waiting = predict.is_waiting(KEY, page.embedded)

# Controls: family, its main parameter, n, t and k in view, the rest under "More".
values: dict[str, object] = {}
columns = controls.row([3.2, 3, 3, 3, 3, 2.6])
with columns[0]:
    values["family"] = family = controls.choice(
        "family",
        label["family"],
        {name: lesson.words("short")[name] for name in FAMILY_CHOICES},
        help_text=label["family_help"],
        default=start.family,
    )
main, *others = ExponentialFamilies.names_of(family)
for column, name in zip(columns[1:4], ("sample_size", "generations", "anchors"), strict=True):
    with column:
        values[name] = controls.number(params[name])
with columns[4]:
    values[main] = controls.number(
        ExponentialFamilies.param_of(family, main), label=lesson.words("parameters")[main]
    )
with columns[5].popover("More", icon=":material/tune:", width="stretch"):
    for name in others:
        values[name] = controls.number(ExponentialFamilies.param_of(family, name))
    values["doubled"] = controls.switch(
        "doubled", label["doubled"], help_text=label["doubled_help"]
    )
    values["policy"] = controls.choice(
        "policy", label["policy"], lesson.words("policy"), help_text=label["policy_help"]
    )
    values["fresh"] = controls.switch(
        "fresh", label["fresh"], default=True, help_text=label["fresh_help"]
    )
    for name in ("prior_strength", "real_weight", "runs"):
        values[name] = controls.number(params[name])
    percentile = controls.number(sections.PERCENTILE, help_text=label["percentile_help"])
    values["seed"] = controls.new_seed(
        params["seed"], "Seed", label["new_seed"], label["new_seed_help"]
    )
buttons = st.container()
with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
    comment = st.container(width="content")
    side_by_side = controls.switch(
        "side_by_side", label["side_by_side"], help_text=label["side_by_side_help"]
    )
current = {**defaults, **values, "percentile": percentile, "side_by_side": side_by_side}
if not page.embedded:
    with buttons:
        said = controls.presets(lesson.presets, defaults, current)
    comment.caption("" if waiting else said)

# Run.
experiment = ExponentialFamilies(**values)
loop, runs, seed = experiment.loop(), experiment.runs, experiment.seed
paths, law = sampled_runs(loop, runs, seed), exact_law(loop)
report = diversity_report(loop, runs, seed, percentile)
before = exact_law(experiment.undoubled().loop()) if experiment.doubled else None

reports = views.reports_of_all(experiment, percentile) if side_by_side else {}
spoken = FamilySentences(lesson, experiment, report, waiting, reports)

# Predict first.
with question:
    if waiting:
        answers = {name: lesson.say("predict", name) for name in ("lower", "same", "higher")}
        predict.ask_choice(KEY, lesson, spoken.question(), answers)
    elif not page.embedded:
        predict.show_reveal(KEY, lesson, spoken.reveal)

# One figure, one clock.
if side_by_side:
    moving, python = views.all_families(page, spoken, percentile)
else:
    moving, python = views.one_family(page, spoken)
tick = clock_tick(KEY, loop.generations, loop.generations)
filename = f"exponential-families-generation-{tick}"
clock(moving, spoken.captions(), tick, key=KEY, filename=filename)
if page.embedded:
    st.stop()

# Words, table, formulas, sharing.
ratio = None if before is None else float(before.diversity[-1] / before.diversity[0])
sections.say(
    spoken.notes(ratio),
    spoken.summary(),
)
sections.table(spoken.columns(tick))
sections.why(lesson)
sections.try_next(lesson)
share.share_button(
    page.corner,
    share.Shared(
        parameters={
            **values,
            "percentile": percentile,
            "side_by_side": side_by_side,
            "generation": tick,
        },
        csv=paths.to_csv,
        html=lambda: moving.html(lesson.title, tick),
        python=python(tick),
        filename="exponential-families",
        title=lesson.title,
    ),
)
