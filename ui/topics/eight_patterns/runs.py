"""What the page computes, kept for everyone."""

from __future__ import annotations

from collapse_core.geometry.own_clouds import OwnClouds
from collapse_core.topics.eight_patterns.question import CrumpledCloud
from collapse_core.topics.eight_patterns.report import CloudReport, report_cloud, report_of_clouds
from ui.long_run import watched

__all__ = ["cloud_report", "own_report"]


def cloud_report(experiment: CrumpledCloud) -> CloudReport:
    """Return what is measured in a cloud; how far it is is shown meanwhile."""
    return watched(
        f"cloud {experiment!r}", lambda report: report_cloud(experiment, report), "measuring"
    )


def own_report(own: OwnClouds, neighbours: int, seed: int) -> CloudReport:
    """Return what is measured in a reader's own clouds."""
    return watched(
        f"own clouds {own!r} {neighbours} {seed}",
        lambda report: report_of_clouds(own.clouds, neighbours, seed, report),
        "measuring",
    )
