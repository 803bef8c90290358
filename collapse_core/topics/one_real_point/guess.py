"""What a reader guesses of one real point: how much of the diversity it keeps."""

from __future__ import annotations

from dataclasses import replace

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.one_real_point.dose_panel import place
from collapse_core.topics.one_real_point.question import OneRealPoint
from collapse_core.topics.one_real_point.report import long_run
from collapse_core.topics.prediction import Prediction, share_prediction

__all__ = ["one_real_point_prediction"]


def one_real_point_prediction(lesson: Lesson, experiment: OneRealPoint) -> Prediction | None:
    """Return the question for what one fresh real point keeps in the long run.

    None for families of which it keeps more than all, or without bound: a share of them is nothing
    that a reader could guess.
    """
    if experiment.known[0].v2 >= 0:
        return None
    answer = long_run(replace(experiment, anchors=1, fresh=True))
    facts = {"sample_size": experiment.sample_size}
    return share_prediction(lesson, float(place(1)), answer, facts)
