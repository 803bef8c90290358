"""Further panels of the lab: who is ahead of replacement, and what each remedy has cost."""

from __future__ import annotations

import numpy as np

from collapse_core.figures.scene import Scene, time_axis
from collapse_core.topics.mitigation_lab.report import LabReport
from collapse_core.topics.mitigation_lab.signs import signs_of

__all__ = ["draw_leads", "draw_prices"]

HIGHEST = 2.5  # of a difference that is shown
APART = 0.2  # of the width, between names at curves


def draw_leads(scene: Scene, report: LabReport, hidden: str | None) -> None:
    """Draw by how much each remedy is ahead of the control, on the same seeds.

    Parameters
    ----------
    scene : Scene
        What it is added to.
    report : LabReport
        The remedies.
    hidden : str, optional
        Words over it while the answer is to be guessed.
    """
    last, share = report.experiment.last, report.measure != "distance"
    found = {course.name: report.leads(course, report.control) for course in report.courses}
    ends = [np.abs(mean) + np.nan_to_num(reach) for mean, reach in found.values()]
    most = 1.08 * min(max([1e-3, *[float(end.max()) for end in ends]]), HIGHEST)
    upwards = {"range": [-most, most], "nticks": 6} | ({"tickformat": "+.0%"} if share else {})
    panel = scene.panel(
        "leads",
        "generation",
        x=time_axis(last),
        y=upwards,
        hover="%{y:+.1%}" if share else "%{y:+.3f}",
        hidden=hidden,
    )
    level = ("muted", 0.8, "dot")
    panel.line("level", [0.0] * 2, [0, last], style=level, hover=None, showlegend=False)
    signs = signs_of(report)
    for place, (name, (mean, reach)) in enumerate(found.items()):
        sign = signs[name]
        if np.isfinite(reach).all():
            edges, whose = (mean - reach, mean + reach), scene.word(name)
            panel.band("interval", *edges, sign.tint, of=whose, showlegend=False)
        panel.line(name, mean, style=(sign.tint, 1.1, sign.dash), at_curve=1.0 - APART * place)
    if found:
        first = report.courses[0].name
        panel.hand(found[first][0], (-most, most), signs[first].tint)


def draw_prices(scene: Scene, report: LabReport) -> None:
    """Draw what each remedy has cost until each generation; parameters as for `draw_leads`."""
    last, signs = report.experiment.last, signs_of(report)
    curves = {course.name: report.paid(course) for course in report.everyone}
    top = 1.06 * max(10.0, *[float(curve[-1]) for curve in curves.values()])
    panel = scene.panel(
        f"costs_{report.experiment.price}",
        "generation",
        x=time_axis(last),
        y={"range": [-0.02 * top, top], "nticks": 6},
        hover="%{y:,.0f}",
        button="costs",
    )
    for place, (name, curve) in enumerate(curves.items()):
        style = (signs[name].tint, 1.1, signs[name].dash)
        panel.line(name, curve, style=style, at_curve=1.0 - APART * place)
    first = report.everyone[0].name
    panel.hand(curves[first], (-0.02 * top, top), signs[first].tint)
