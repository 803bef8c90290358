"""What is shown of two colours."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from collapse_core.law import Law
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics import computed
from collapse_core.topics.class_chains import Chains, WithChains, chains_argument
from collapse_core.topics.experiment import Followed
from collapse_core.topics.python_code import shared_python
from collapse_core.topics.shown import Shown, Topic
from collapse_core.topics.swept import FAMILY_SWEPT
from collapse_core.topics.two_colours import sentences
from collapse_core.topics.two_colours.figure import two_colours_figure
from collapse_core.topics.two_colours.guess import ASKED, two_colours_prediction
from collapse_core.topics.two_colours.question import TwoColours
from collapse_core.topics.two_colours.report import (
    AbsorptionTimes,
    lifetimes,
    report_two_colours,
)
from collapse_core.trajectory import Trajectory

__all__ = ["TOPICS", "find_two_colours", "life_of", "show_two_colours"]

# The runs, their law, and the law before n and t were doubled, if they were.
Found: TypeAlias = tuple[Trajectory, Law, Law | None]


def find_two_colours(
    experiment: TwoColours,
    sampled: computed.Sampled = computed.sampled_runs,
    known: computed.Known = computed.exact_law,
) -> Found:
    """Return the runs and what is known of them."""
    loop = experiment.loop()
    before = known(experiment.undoubled().loop()) if experiment.doubled else None
    return sampled(loop, experiment.runs, experiment.seed), known(loop), before


def life_of(
    experiment: TwoColours,
    measured: Callable[[int, float, float], AbsorptionTimes] = lifetimes,
) -> AbsorptionTimes | None:
    """Return how long both colours live, where that is finite and known at once."""
    if not sentences.has_life(experiment):
        return None
    loop = experiment.loop()
    return measured(loop.sample_size, experiment.share, loop.temperature)


def show_two_colours(
    lesson: Lesson,
    experiment: TwoColours,
    view: Followed,
    found: Found,
    waiting: bool = False,
    *,
    names: tuple[str, str] | None = None,
    life: Callable[[TwoColours], AbsorptionTimes | None] = life_of,
    chains: Chains | None = None,
) -> Shown:
    """Return the picture and what is said of it; less while the reader is still to guess.

    Parameters
    ----------
    lesson, experiment, view, found, waiting
        As for every topic.
    names : pair of str, optional
        What the common and the rare colour are called, where a reader named them.
    life : callable
        Tells how long both colours live.
    chains : tuple of tuple of float, optional
        What a class's chains had of the rare colour.
    """
    paths, law, before = found
    colours = lesson.words("colours")
    common, rare = names or (colours["common"], colours["rare"])
    highlighted = paths.run_nearest(view.percentile)
    report = report_two_colours(paths, law, highlighted)
    spoken = sentences.TwoColoursSentences(lesson, experiment, report, rare, waiting)
    return Shown(
        figure=partial(
            two_colours_figure,
            paths,
            law,
            highlighted,
            names=(common, rare),
            compared=before,
            chains=chains,
        ),
        spoken=WithChains(spoken, lesson, chains, {"rare": rare}) if chains else spoken,
        columns=lambda _: sentences.columns(lesson, paths, law, rare),
        csv=paths.to_csv,
        python=lambda tick: _python(experiment, view, tick, chains),
        start=min(ASKED, paths.generations),
        last=paths.generations,
        asked=two_colours_prediction(lesson, report, rare),
        notes=lambda _: spoken.notes(),
        details=lambda tick: spoken.details(tick, life(experiment)),
    )


def _python(experiment: TwoColours, view: Followed, tick: int, chains: Chains | None) -> str:
    lines = [
        "loop = experiment.loop()",
        f"paths = loop.simulate(replicates={experiment.runs}, seed={experiment.seed})",
        "law = loop.exact(approximate=True)",
        f"run = paths.run_nearest({view.percentile})",
    ]
    drawn = f"paths, law, run{chains_argument(chains)}"
    return shared_python(experiment, "two_colours_figure", lines, drawn, tick)


TOPICS = (
    Topic(
        "two_colours",
        TwoColours,
        lambda asked, _, __: find_two_colours(asked),
        show_two_colours,
        Followed,
        swept=FAMILY_SWEPT,
    ),
)
