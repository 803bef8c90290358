"""What a reader guesses of a listening network: how many images are still different."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.network.question import ListeningNetwork
from collapse_core.topics.network.steps import NetworkStep
from collapse_core.topics.prediction import Prediction, share_prediction

__all__ = ["ASKED", "network_prediction"]

ASKED = 50


def network_prediction(
    lesson: Lesson, asked: ListeningNetwork, steps: Sequence[NetworkStep], facts: dict[str, Any]
) -> Prediction:
    """Return the question for the share of images that still differ.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    asked : ListeningNetwork
        The settings.
    steps : sequence of NetworkStep
        What is computed so far.
    facts : dict
        What the sentences of that pass tell.
    """
    at = min(ASKED, asked.generations)
    known = steps[min(at, len(steps) - 1)]
    return share_prediction(lesson, at, known.different, facts | {"passes": at})
