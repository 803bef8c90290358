"""More of a polluted web: what a filter leaves, two errors, a crossing, and a reserve's worth."""

from __future__ import annotations

import numpy as np

from collapse_core.figures.scene import Scene, share_axis, time_axis
from collapse_core.topics.polluted_web.report import WebReport, yearly

__all__ = ["draw_contamination", "draw_crossing", "draw_errors", "draw_worth"]

SHARES = (-0.015, 1.03)


def draw_contamination(scene: Scene, report: WebReport) -> None:
    """Draw the share of synthetic items on the web and in training sets, exact over sampled."""
    known, years = report.known.contamination, report.experiment.generations
    panel = scene.panel(
        "contamination", "year", x=time_axis(years), y=share_axis(*SHARES), hover="%{y:.1%}"
    )
    sampled = report.runs.contamination
    panel.runs(sampled)
    panel.line("web", known, style=("collapse", 1.2, "dash"), at_curve=0.45)
    panel.line("sampled", sampled.mean(axis=0), style="mean", at_curve=True)
    panel.line("training", report.law.contamination, style="exact", at_curve=0.75)
    panel.hand(known, SHARES, tint="collapse")


def draw_errors(scene: Scene, report: WebReport, hidden: str | None) -> None:
    """Draw the error against the truth, and that against a test set that is crawled too."""
    curves, years = yearly(report), report.experiment.generations
    true, measured = curves["true_error"], curves["measured_error"]
    drawn = ("true_error", "true_known", "measured_error", "measured_known")
    top = 1.15 * max(float(np.max([curves[name].max() for name in drawn])), 0.01)
    ends = (-0.03 * top, top)
    panel = scene.panel(
        "errors",
        "year",
        x=time_axis(years),
        y={"range": list(ends), "nticks": 6},
        hover="%{y:.3f}",
        hidden=hidden,
    )
    exact = "exact" if report.law.exact else "approximation"
    panel.line("true_error", true, style=("collapse", 1.3, "solid"), at_curve=0.6)
    panel.line("measured_error", measured, style=("blue", 1.3, "dashdot"), at_curve=0.9)
    for name in ("true_known", "measured_known"):
        panel.line(exact, curves[name], showlegend=False)
    panel.hand(true, ends, tint="collapse")


def draw_crossing(scene: Scene, report: WebReport, hidden: str | None) -> None:
    """Draw which share of all runs has crossed the quality line; the rest has not, or not yet."""
    crossing, years = report.crossing, report.experiment.generations
    panel = scene.panel(
        "crossing",
        "year",
        x=time_axis(years),
        y=share_axis(*SHARES),
        hover="%{y:.1%}",
        hidden=hidden,
    )
    share = crossing.share_by_year
    panel.line("crossed", share, style=("collapse", 1.3, "solid"), shape="hv", at_curve=0.6)
    dotted = ("muted", 0.8, "dot")
    panel.line("half", [0.5, 0.5], [0, years], style=dotted, hover=None, at_curve=0.1)
    median = crossing.quantile(0.5)
    if median is not None:
        panel.points("median_year", [median], [0.5], "diamond", 11, "collapse", showlegend=False)
    panel.hand(share, SHARES, tint="collapse")


def draw_worth(scene: Scene, report: WebReport, hidden: str | None) -> None:
    """Draw what a reserve adds to the diversity, as paired differences with their error."""
    worth, years = report.worth, report.experiment.generations
    error = 2.0 * np.nan_to_num(worth.standard_error)
    low, high = worth.mean - error, worth.mean + error
    seen = np.concatenate([low, high, worth.expected, [-0.02, 0.02]])
    pad = 0.08 * float(np.ptp(seen))
    ends = (float(seen.min()) - pad, float(seen.max()) + pad)
    panel = scene.panel(
        "worth",
        "year",
        x=time_axis(years),
        y={"range": list(ends), "tickformat": ".0%", "nticks": 7},
        hover="%{y:+.1%}",
        hidden=hidden,
    )
    dotted = ("muted", 0.8, "dot")
    panel.line("no_worth", [0.0, 0.0], [0, years], style=dotted, hover=None, showlegend=False)
    panel.band("worth_band", low, high, "real", showlegend=False)
    panel.line("sampled_worth", worth.mean, style=("real", 1.2, "solid"), at_curve=0.9)
    panel.known(worth.expected, worth.exact, at_curve=0.5)
    panel.hand(worth.mean, ends, tint="real")
