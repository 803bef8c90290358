"""What is shown of a network that listens to itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

from collapse_core.lessons.lesson import Lesson
from collapse_core.models.base import Report
from collapse_core.topics.experiment import Experiment
from collapse_core.topics.network.beside import BesideChoice, beside_of, names_of, shared_lines
from collapse_core.topics.network.figure import network_figure
from collapse_core.topics.network.guess import ASKED, network_prediction
from collapse_core.topics.network.question import ListeningNetwork
from collapse_core.topics.network.report import to_csv
from collapse_core.topics.network.sentences import NetworkSentences
from collapse_core.topics.network.steps import NetworkStep
from collapse_core.topics.shown import Shown, Topic

__all__ = ["TOPICS", "NetworkView", "show_network"]

# The steps of the loop that is asked for, and of the one beside it.
Found: TypeAlias = tuple[Sequence[NetworkStep], Sequence[NetworkStep]]


@dataclass(frozen=True)
class NetworkView(Experiment):
    """How a loop is looked at: alone, or with another one beside it."""

    beside: BesideChoice = "alone"


def find_loops(experiment: ListeningNetwork, view: NetworkView, report: Report) -> Found:
    """Return the steps of the loop, and of the one beside it if there is one."""
    other = beside_of(experiment, view.beside)
    if other is None:
        return experiment.run(report), ()
    steps = experiment.run(lambda share: report(share / 2.0))
    return steps, other.run(lambda share: report(0.5 + share / 2.0))


def show_network(
    lesson: Lesson,
    experiment: ListeningNetwork,
    view: NetworkView,
    found: Found,
    waiting: bool = False,
) -> Shown:
    """Return the picture and what is said of it; less while the reader is still to guess."""
    (steps, others), beside = found, view.beside
    spoken = NetworkSentences(lesson, experiment, steps, waiting, beside, others)
    first = min(ASKED, experiment.generations)
    return Shown(
        figure=partial(network_figure, experiment, steps, beside=beside, others=others),
        spoken=spoken,
        columns=lambda _: spoken.columns(),
        csv=lambda: to_csv(experiment, steps, names_of(experiment, beside)[1], others),
        python=lambda tick: shared_lines(experiment, beside, tick),
        start=first,
        last=experiment.generations,
        asked=network_prediction(lesson, experiment, steps, spoken.facts(first)),
        notes=spoken.notes,
        details=spoken.details,
        filename="{name}-pass-{tick}",
        first_look=2,
    )


TOPICS = (Topic("network", ListeningNetwork, find_loops, show_network, NetworkView),)
