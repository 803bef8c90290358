"""A polluted web on one clock: who wrote it, and what models that learn from it keep."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from collapse_core.figures.guess_place import GuessPlace
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.scene import Scene, share_axis, time_axis
from collapse_core.measures.monte_carlo import middle_of_runs
from collapse_core.topics.polluted_web.composition_panel import draw_composition
from collapse_core.topics.polluted_web.further_panels import (
    draw_contamination,
    draw_crossing,
    draw_errors,
    draw_worth,
)
from collapse_core.topics.polluted_web.report import WebReport

__all__ = ["polluted_web_figure"]

HIGHEST = 1.6  # two kinds can be more even than the truth was


def polluted_web_figure(
    report: WebReport,
    percentile: float = 50.0,
    *,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    guess: GuessPlace | None = None,
    hidden: str | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw a web over its years, and what its models keep.

    Parameters
    ----------
    report : WebReport
        The web.
    percentile : float
        Of the run that is followed: 0 has the least diversity at the end, 100 the most.
    look, words, alt
        Colours and sizes; words instead of the lesson's; the picture in one sentence.
    guess : GuessPlace, optional
        Where the reader's guess is made.
    hidden : str, optional
        Words over what models keep, while that is to be guessed.
    """
    line = round(100 * report.experiment.line)
    followed = report.run_at(percentile)
    scene = Scene("polluted_web", look, words, reserve=report.worth.reserve, line=line)
    draw_composition(scene, report)
    _draw_diversity(scene, report, followed, guess, hidden)
    draw_contamination(scene, report)
    _draw_group(scene, report, followed, hidden)
    draw_errors(scene, report, hidden)
    draw_crossing(scene, report, hidden)
    draw_worth(scene, report, hidden)
    return scene.figure(alt, clock_name=scene.word("clock"))


def _draw_diversity(
    scene: Scene, report: WebReport, followed: int, guess: GuessPlace | None, hidden: str | None
) -> None:
    """Draw the diversity of the runs, what is known of it, and the quality line."""
    values, law, group = report.runs.diversity, report.law, report.runs.web.content.group
    last = report.experiment.generations
    most = {"zipf": 1.0, "normal": HIGHEST}.get(
        report.experiment.content, min(0.25 / (group * (1.0 - group)), HIGHEST)
    )
    ends = (-0.03, 1.06 * most)
    height = share_axis(*ends)
    panel = scene.panel(
        "diversity",
        "year",
        x=time_axis(last),
        y=height,
        leads=True,
        hover="%{y:.1%}",
        hidden=hidden,
    )
    panel.runs(values)
    panel.line("highlighted", values[followed])
    level = [report.experiment.line] * 2
    panel.line("line", level, [0, last], style=("collapse", 0.9, "dot"), hover=None, at_curve=0.3)
    panel.line("mean", values.mean(axis=0), at_curve=0.75)
    panel.line("median", middle_of_runs(values), at_curve=True)
    panel.known(law.diversity, law.exact, at_curve=0.5)
    panel.guess(guess, "blue")
    panel.hand(values[followed], ends)


def _draw_group(scene: Scene, report: WebReport, followed: int, hidden: str | None) -> None:
    """Draw the share that models give to the group that is followed."""
    values, law, asked = report.runs.group, report.law, report.experiment
    truth = report.runs.web.content.group
    top = min(1.0, max(2.5 * truth, 0.02))
    ends = (-0.02 * top, top)
    height = {"range": list(ends), "tickformat": ".0%" if top >= 0.1 else ".1%", "nticks": 6}
    panel = scene.panel(
        f"group_{asked.content}",
        "year",
        x=time_axis(asked.generations),
        y=height,
        hover="%{y:.2%}",
        hidden=hidden,
    )
    panel.runs(np.minimum(values, top))
    panel.line("highlighted", np.minimum(values[followed], top))
    panel.line("truth", [truth] * 2, [0, asked.generations], at_curve=0.25)
    panel.line("median", np.minimum(middle_of_runs(values), top), at_curve=True)
    panel.line("mean", np.minimum(values.mean(axis=0), top), at_curve=0.7)
    if law.group is not None:
        panel.known(law.group, law.exact, at_curve=0.5)
    panel.hand(np.minimum(values[followed], top), ends)
