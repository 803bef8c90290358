"""What a web is: who writes how much, what a crawler takes and keeps, and what is written about."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Literal, TypeAlias, get_args

from collapse_core.checks import (
    check_choice,
    check_number,
    check_positive,
    check_switch,
    check_whole_number,
)
from collapse_core.web.contents import Content
from collapse_core.web.kinds import MinorityContent

__all__ = ["RETENTIONS", "Retention", "Web"]

Retention: TypeAlias = Literal["append", "window", "replace"]
RETENTIONS: tuple[Retention, ...] = get_args(Retention)
MOST_YEARS = 500
MOST_GROWTH = 10.0
MOST_ITEMS = 10**9
MOST_POWERS = 200.0


@dataclass(frozen=True)
class Web:
    """A web and its crawler.

    Parameters
    ----------
    content : Content
        What items are about.
    years : int
        How many models are trained, one a year, 1 to 500.
    stock, human : float
        Human items at the start, and how many are added each year, in any unit (say millions),
        0 or more; the stock above 0.
    synthetic, growth : float
        Items that model 1 publishes, in the same unit, above 0; and by which factor each model
        publishes more than the one before, above 0, at most 10.
    crawl : int
        Items that a crawler sets out to take for each model, 2 to 10**9. The web is far larger:
        each of them is drawn anew from what humans and models write.
    refill : bool
        Whether the crawler goes on until so many items have passed its filter. If not, it looks at
        so many, and the training set is what passes: a subject on which there is no more.
    retention : {"append", "window", "replace"}
        What the web still holds: everything, the last `window` years, or the last year alone.
    window : int
        Years, at least 1.
    true_positive, false_positive : float
        Shares of synthetic and of human items that the crawler's detector calls synthetic, and
        drops. From 0 to 1; the second below 1, as otherwise nothing is left in year 1.
    labelled : float
        Share of all items that say who made them. The crawler believes a label and does not ask
        its detector.
    honest : float
        Share of the labels on synthetic items that say so; the others say "human".
    reserve : int
        Verified human items, drawn once, that are in every training set.
    temperature : float
        At which models publish, above 0: below 1 what is common becomes more common.

    Raises
    ------
    ValueError
        If a value is out of range; the message names it.
    """

    content: Content = field(default_factory=MinorityContent)
    years: int = 40
    stock: float = 100.0
    human: float = 20.0
    synthetic: float = 5.0
    growth: float = 1.5
    crawl: int = 30
    refill: bool = True
    retention: Retention = "window"
    window: int = 3
    true_positive: float = 0.0
    false_positive: float = 0.0
    labelled: float = 0.0
    honest: float = 1.0
    reserve: int = 0
    temperature: float = 1.0

    def __post_init__(self) -> None:
        if not isinstance(self.content, Content):
            raise ValueError(
                f"content={self.content!r} is no content: choose MinorityContent(), ZipfContent() "
                "or NormalContent()."
            )
        for name, low, high in (
            ("years", 1, MOST_YEARS),
            ("crawl", 2, MOST_ITEMS),
            ("window", 1, MOST_YEARS),
            ("reserve", 0, MOST_ITEMS),
        ):
            checked = check_whole_number(name, getattr(self, name), low, high)
            object.__setattr__(self, name, checked)
        for name in ("stock", "synthetic", "growth", "temperature"):
            check_positive(name, getattr(self, name))
        for name, above in (("stock", 1e12), ("human", 1e12), ("synthetic", 1e12)):
            check_number(name, getattr(self, name), 0.0, above)
        check_number("growth", self.growth, 0.0, MOST_GROWTH, low_open=True)
        self._check_amounts()
        check_number("temperature", self.temperature, 0.01, 100.0)
        for name in ("true_positive", "labelled", "honest"):
            check_number(name, getattr(self, name), 0.0, 1.0)
        check_number("false_positive", self.false_positive, 0.0, 1.0, high_open=True)
        check_switch("refill", self.refill)
        check_choice("retention", self.retention, RETENTIONS)

    def _check_amounts(self) -> None:
        """Refuse a growth after which an amount would be no number any more."""
        powers = math.log10(self.synthetic) + self.years * math.log10(self.growth)
        if abs(powers) > MOST_POWERS:
            raise ValueError(
                f"growth={self.growth!r} is out of range: after {self.years} years the models "
                f"would publish 10^{powers:.0f} items. Choose a growth nearer 1, or fewer years."
            )

    @property
    def span(self) -> int:
        """How many years back the web reaches."""
        return {"append": self.years + 1, "window": self.window, "replace": 1}[self.retention]
