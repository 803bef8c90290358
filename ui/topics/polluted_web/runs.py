"""What the page computes, kept for everyone."""

from __future__ import annotations

from collapse_core.topics.polluted_web.crawlers import CrawlerRow, crawler_rows
from collapse_core.topics.polluted_web.question import PollutedWeb
from collapse_core.topics.polluted_web.report import WebReport, report_web
from ui.kept import SHARED
from ui.long_run import watched

__all__ = ["crawlers_of", "web_report"]

_at_once = SHARED.of(report_web)


def web_report(experiment: PollutedWeb) -> WebReport:
    """Return what is read off a web; how far it is is shown where that takes a while."""
    if experiment.content != "zipf":
        return _at_once(experiment)
    return watched(f"web {experiment!r}", lambda report: report_web(experiment, report))


def crawlers_of(experiment: PollutedWeb) -> list[CrawlerRow]:
    """Return what each crawler keeps; how far it is is shown meanwhile."""
    return watched(f"crawlers {experiment!r}", lambda report: crawler_rows(experiment, report))
