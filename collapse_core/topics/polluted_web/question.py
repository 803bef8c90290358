"""A web that fills with what models publish: every parameter of the page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from collapse_core.topics.experiment import (
    Experiment,
    generations,
    number,
    runs,
    sample_size,
    seed,
    share,
)
from collapse_core.web import Content, MinorityContent, NormalContent, Retention, Web, ZipfContent

__all__ = ["STOCK", "SYNTHETIC", "ContentChoice", "PollutedWeb"]

ContentChoice = Literal["minority", "zipf", "normal"]
STOCK, SYNTHETIC = 100.0, 5.0  # human items at the start, and what model 1 publishes
KINDS = 50


@dataclass(frozen=True)
class PollutedWeb(Experiment):
    """What models learn from a web that models fill.

    Parameters
    ----------
    content : str
        What items are about.
    retention : str
        What the web still holds.
    refill : bool
        Whether the crawler goes on until its training set is full.
    sample_size, generations, growth, human, window, true_positive, false_positive, labelled
        See ``PollutedWeb.params``.
    honest, reserve, temperature, share, rank, line, runs, seed
        See ``PollutedWeb.params``.

    Raises
    ------
    ValueError
        If a value is out of range; the message names it.
    """

    sample_size: int = sample_size(
        20, "Items that a crawl takes for each model.", most=10_000, unit="items"
    )
    generations: int = generations(40, 60)
    growth: float = number(
        1.2, 1.0, 2.0, "By which factor models publish more each year.", symbol="g", step=0.05
    )
    human: float = number(20.0, 0.0, 100.0, "Human items added each year.", step=5.0)
    retention: Retention = "window"
    window: int = number(2, 1, 20, "Years that the web holds.", symbol="w")
    true_positive: float = share(
        0.0, 0.0, 1.0, "Synthetic items that the detector finds.", symbol="t", step=0.01
    )
    false_positive: float = share(
        0.0, 0.0, 0.95, "Human items that the detector drops.", symbol="f", step=0.01
    )
    refill: bool = True
    labelled: float = share(0.0, 0.0, 1.0, "Items with a label.", step=0.05)
    honest: float = share(1.0, 0.0, 1.0, "Labels on synthetic items that are true.", step=0.05)
    reserve: int = number(
        0, 0, 200, "Verified human items in each training set.", symbol="r", step=5
    )
    temperature: float = number(
        1.0, 0.5, 1.2, "At which models publish; below 1 sharpens.", symbol="T", step=0.05
    )
    line: float = share(0.5, 0.05, 0.95, "Diversity left at the quality line.", step=0.05)
    content: ContentChoice = "minority"
    share: float = share(0.3, 0.01, 0.5, "Share of the group in the truth.", step=0.01)
    rank: int = number(10, 1, KINDS, "Which kind is followed; 1 is the most frequent one.")
    runs: int = runs(200, 500)
    seed: int = seed()

    def subject(self) -> Content:
        """Return what items are about."""
        if self.content == "zipf":
            return ZipfContent(KINDS, 1.0, self.rank)
        return (
            MinorityContent(self.share) if self.content == "minority" else NormalContent(self.share)
        )

    def web(self, **changes: object) -> Web:
        """Return the web, with some of its fields changed."""
        asked: dict[str, object] = {
            name: getattr(self, name)
            for name in (
                "human",
                "growth",
                "retention",
                "window",
                "true_positive",
                "false_positive",
                "refill",
                "labelled",
                "honest",
                "reserve",
                "temperature",
            )
        }
        asked |= {"content": self.subject(), "years": self.generations, "crawl": self.sample_size}
        return Web(**{**asked, "stock": STOCK, "synthetic": SYNTHETIC, **changes})  # type: ignore[arg-type]
