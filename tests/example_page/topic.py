"""Rare events: when does a count of rare events fall silent?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from collapse_core.families import Poisson
from collapse_core.figures.guess_place import GuessPlace
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.scene import Scene, share_axis, time_axis
from collapse_core.law import Law
from collapse_core.lessons.lesson import Lesson
from collapse_core.loop import ClosedLoop
from collapse_core.topics.experiment import Experiment, generations, number, runs, sample_size, seed
from collapse_core.topics.policy_choice import policy_of
from collapse_core.trajectory import Trajectory

__all__ = ["RareEvents", "columns", "facts", "rare_events_figure"]


@dataclass(frozen=True)
class RareEvents(Experiment):
    """How long rare events are counted when each model learns from the counts of the last."""

    sample_size: int = sample_size(20, "Days counted in each generation.", unit="days")
    generations: int = generations(60, 300)
    anchors: int = number(0, 0, 20, "Real days in each training set.", symbol="k", unit="days")
    mean: float = number(0.5, 0.1, 5.0, "Events a day in the truth.", symbol="m", step=0.1)
    runs: int = runs(200)
    seed: int = seed()

    def loop(self) -> ClosedLoop:
        """Return the closed loop of the experiment."""
        policy = policy_of("anchors", self.sample_size, self.anchors)
        return ClosedLoop(Poisson(self.mean), policy, self.sample_size, self.generations)


def rare_events_figure(
    paths: Trajectory,
    law: Law,
    run: int,
    *,
    look: Look = LIGHT,
    hidden: str | None = None,
    guess: GuessPlace | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw the mean count, and the chance that all counts are 0."""
    scene, x = Scene("rare_events", look), time_axis(paths.generations)
    top = 1.05 * float(np.quantile(paths.mean, 0.99))
    mean = scene.panel("mean_panel", "generation", x=x, y={"range": [0.0, top]}, leads=True)
    mean.runs(paths.mean)
    mean.lines(highlighted=paths.mean[run], mean=paths.mean.mean(axis=0))
    mean.law(law, "mean")
    mean.hand(paths.mean[run], (0.0, top))
    lost = scene.panel("lost_panel", "generation", x=x, y=share_axis(), leads=True, hidden=hidden)
    lost.line("simulated", paths.lost.mean(axis=0))
    lost.law(law, "lost")
    lost.guess(guess)
    lost.hand(paths.lost.mean(axis=0), tint="collapse")
    return scene.figure(alt)


def facts(paths: Trajectory, law: Law, t: int) -> dict[str, Any]:
    """Return what is known of one generation, by name."""
    known = {"t": t, "lost": int(paths.lost[:, t].sum()), "runs": paths.replicates}
    return known | ({} if law.lost is None else {"chance": float(law.lost[t])})


def columns(lesson: Lesson, paths: Trajectory, law: Law) -> dict[str, Any]:
    """Return the numbers of the picture, by the heading of their column."""
    words = lesson.words("columns")
    lost = paths.lost.sum(axis=0)
    return {words["mean"]: paths.mean.mean(axis=0), words["lost"]: lost, words["chance"]: law.lost}
