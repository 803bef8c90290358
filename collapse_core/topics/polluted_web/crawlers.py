"""Seven crawlers on one web: what each keeps, and at what price."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from collapse_core.models.base import Report, no_report
from collapse_core.topics.polluted_web.question import PollutedWeb
from collapse_core.web import composition, expected_web, simulate_web

__all__ = ["CRAWLERS", "CrawlerRow", "crawler_rows"]

PLAIN: Mapping[str, Any] = {
    "true_positive": 0.0,
    "false_positive": 0.0,
    "labelled": 0.0,
    "honest": 1.0,
    "reserve": 0,
    "refill": True,
}
CRAWLERS: Mapping[str, Mapping[str, Any]] = {
    "plain": {},
    "detector": {"true_positive": 0.9, "false_positive": 0.02},
    "strict": {"true_positive": 0.99, "false_positive": 0.6, "refill": False},
    "honest_labels": {"labelled": 0.9},
    "lying_labels": {"true_positive": 0.9, "false_positive": 0.02, "labelled": 0.9, "honest": 0.0},
    "small_reserve": {"reserve": 5},
    "large_reserve": {"reserve": 50},
}


@dataclass(frozen=True)
class CrawlerRow:
    """What one crawler's last model learned from, and what it keeps.

    Parameters
    ----------
    name : str
        A key of ``CRAWLERS``.
    training : float
        Expected share of synthetic items in its training set.
    size, looked_at : float
        Items of its training set, the reserve counted, and items looked at for them.
    kept, error, known : float
        Average diversity of the runs, its standard error, and what is known of it.
    exact : bool
        Whether that is exact.
    """

    name: str
    training: float
    size: int
    looked_at: float
    kept: float
    error: float
    known: float
    exact: bool


def crawler_rows(experiment: PollutedWeb, report: Report = no_report) -> list[CrawlerRow]:
    """Return what each crawler keeps of the same web, with the same seed.

    Parameters
    ----------
    experiment : PollutedWeb
        The web; its own filter and reserve do not count.
    report : callable
        Is told how much is done.
    """
    rows = []
    for number, (name, settings) in enumerate(CRAWLERS.items()):
        web = experiment.web(**{**PLAIN, **settings})
        known, law = composition(web), expected_web(web)
        kept = simulate_web(web, experiment.runs, experiment.seed).diversity[:, -1]
        passes = float(known.passes[-2])
        taken = int(known.sizes[-1])
        looked_at = taken / passes if web.refill and passes > 0.0 else float(web.crawl)
        error = float(kept.std(ddof=1) / np.sqrt(kept.size)) if kept.size > 1 else float("nan")
        rows.append(
            CrawlerRow(
                name,
                float(law.contamination[-1]),
                taken + web.reserve,
                looked_at,
                float(kept.mean()),
                error,
                float(law.diversity[-1]),
                law.exact,
            )
        )
        report((number + 1) / len(CRAWLERS))
    return rows
