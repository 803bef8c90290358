"""The chains of a class on the exact law of the loop that they played."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import Panel
from collapse_core.figures.scene import Scene, share_axis, time_axis
from collapse_core.topics.teach.by_hand import ChainsLaw
from collapse_core.topics.teach.class_counts import ClassCounts

__all__ = ["class_figure"]

APART = 0.035  # between the first and the last of all chains, so that level ones can be told apart


def class_figure(
    law: ChainsLaw,
    counts: ClassCounts | None,
    *,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw what is expected of chains of people, and what a class drew.

    Parameters
    ----------
    law : ChainsLaw
        What is exactly expected.
    counts : ClassCounts, optional
        What was drawn, by as many people; None for the law alone.
    look, words, alt
        Colours and sizes; words instead of the lesson's; the picture in one sentence.
    """
    scene, last = Scene("teach", look, words), law.diversity.size - 1
    x: dict[str, Any] = time_axis(last)
    share = scene.panel(
        "share", "person", x=x, y=share_axis(-0.05, 1.05), leads=True, hover="%{y:.0%}"
    )
    share.band("band", law.share.quantile(0.1), law.share.quantile(0.9))
    if counts is not None:
        _chains(share, counts)
    share.line("exact", law.share.mean)
    left = scene.panel("left", "person", x=x, y=share_axis(), leads=True, hover="%{y:.0%}")
    left.line("exact", law.diversity, showlegend=False)
    most = max(1, law.chains if counts is None else len(counts.counts))
    heights = {"range": [-0.03 * most, 1.03 * most]} | ({"dtick": 1} if most <= 10 else {})
    fixed = scene.panel("fixed", "person", x=x, y=heights, hover="%{y:.1f}", button="fixed_button")
    fixed.line("exact", law.fixed, showlegend=False)
    unknown = np.full(last + 1, np.nan)
    if counts is not None:
        left.line("mean", counts.diversity, showlegend=False)
        fixed.line("mean", counts.fixed, showlegend=False)
    share.hand(unknown if counts is None else counts.shares.mean(axis=0), (-0.05, 1.05))
    left.hand(unknown if counts is None else counts.diversity)
    fixed.hand(unknown if counts is None else counts.fixed, (0.0, most))
    return scene.figure(alt, clock_name=scene.word("clock"))


def _chains(panel: Panel, counts: ClassCounts) -> None:
    """Add the chains, each a little above the one before."""
    shares: NDArray[np.float64] = counts.shares
    count, people = shares.shape
    apart = APART * np.linspace(-0.5, 0.5, count) if count > 1 else np.zeros(1)
    gap = np.full((count, 1), np.nan)
    panel.line(
        "chains",
        np.hstack([shares + apart[:, None], gap]).ravel(),
        np.tile(np.append(np.arange(people), np.nan), count),
        style=("blue", 0.8, "solid"),
        hover=None,
        mode="lines+markers",
        marker={"size": 7 * panel.scene.look.scale},
        opacity=0.75,
    )
    panel.line("mean", shares.mean(axis=0))
