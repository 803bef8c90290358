"""Remedies on one clock: a small panel for each, what they cost, and who is ahead of whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.guess_place import GuessPlace
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.scene import MARGIN, Scene, share_axis
from collapse_core.topics.mitigation_lab.balance_panel import draw_balance
from collapse_core.topics.mitigation_lab.further_panels import draw_leads, draw_prices
from collapse_core.topics.mitigation_lab.place_panel import draw_place
from collapse_core.topics.mitigation_lab.remedy_panels import NAMES_ABOVE, draw_remedies
from collapse_core.topics.mitigation_lab.report import LabReport

__all__ = ["mitigation_lab_figure"]

Array = NDArray[np.float64]

HIGHEST = 2.5  # of what is relative to the truth


def mitigation_lab_figure(
    report: LabReport,
    *,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    guess: GuessPlace | None = None,
    hidden: str | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw what each remedy keeps, generation by generation, and at what price.

    Parameters
    ----------
    report : LabReport
        The remedies.
    look, words, alt
        Colours and sizes; words instead of the lesson's; the picture in one sentence.
    guess : GuessPlace, optional
        Where the reader's guess on the first remedy is made.
    hidden : str, optional
        Words over what the remedies keep, while that is to be guessed.
    """
    scene = Scene("mitigation_lab", look, words, margin={"t": MARGIN["t"] + NAMES_ABOVE})
    height = _height(report)
    draw_remedies(scene, report, height, guess, hidden)
    draw_balance(scene, report, height, hidden)
    draw_leads(scene, report, hidden)
    draw_prices(scene, report)
    draw_place(scene, report, hidden)
    return scene.figure(alt)


def _height(report: LabReport) -> dict[str, Any]:
    """Return the vertical axis that all small panels share."""
    averages = [course.average(report.measure) for course in report.everyone]
    known = [course.exact[report.measure] for course in report.everyone]
    every = np.concatenate([*averages, *[curve for curve in known if curve is not None]])
    top = float(every[np.isfinite(every)].max())
    if report.measure == "distance":
        top = 1.08 * max(top, 1e-3)
        return {"range": [-0.02 * top, top], "nticks": 5}
    top = min(max(1.06, 1.06 * top), HIGHEST)
    return share_axis(-0.015 * top, top) | ({"dtick": 0.5} if top > 1.5 else {})
