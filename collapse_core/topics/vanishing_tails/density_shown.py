"""What is shown of the tail of a density."""

from __future__ import annotations

from functools import partial

from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.table_text import table_as_csv
from collapse_core.models.density_refit import TailMass
from collapse_core.topics.experiment import Experiment
from collapse_core.topics.python_code import shared_python
from collapse_core.topics.shown import Shown, Topic
from collapse_core.topics.vanishing_tails.density import DensityTails, report_density_tails
from collapse_core.topics.vanishing_tails.density_figure import density_tails_figure
from collapse_core.topics.vanishing_tails.density_sentences import DensityTailsSentences

__all__ = ["DENSITY_TOPIC", "show_density_tails"]


def show_density_tails(
    lesson: Lesson, experiment: DensityTails, view: Experiment, tail: TailMass
) -> Shown:
    """Return the picture and what is said of it."""
    report = report_density_tails(experiment, tail)
    spoken = DensityTailsSentences(lesson, experiment, report)
    return Shown(
        figure=partial(density_tails_figure, tail, report),
        spoken=spoken,
        columns=lambda _: spoken.columns(),
        csv=lambda: table_as_csv(spoken.columns(), experiment.settings()),
        python=lambda tick: _python(experiment, tick),
        start=min(10, experiment.generations),
        last=experiment.generations,
        notes=lambda _: spoken.notes(),
        details=spoken.details,
        filename="density-tail",
    )


def _python(experiment: DensityTails, tick: int) -> str:
    made = experiment.affordable_runs()
    return shared_python(
        experiment,
        "density_tails_figure",
        [
            f"tail = experiment.refit().run(replicates={made}, seed=experiment.seed)",
            "report = report_density_tails(experiment, tail)",
        ],
        "tail, report",
        tick,
        names=("report_density_tails",),
    )


def _find(experiment: DensityTails) -> TailMass:
    return experiment.refit().run(experiment.affordable_runs(), experiment.seed)


DENSITY_TOPIC = Topic(
    "density_tails",
    DensityTails,
    lambda asked, _, __: _find(asked),
    show_density_tails,
    page="vanishing_tails",
    linked={"view": "density"},
)
