"""Published figures on synthetic text and pictures: examples with their dates, no forecasts.

Each was read in a report of it and not checked. Words, dates and sources are in the lesson.
"""

from __future__ import annotations

from dataclasses import dataclass

from collapse_core.web import CorrectedShare, corrected_share

__all__ = ["COUNTS", "OTHERS", "DetectorCount"]


@dataclass(frozen=True)
class DetectorCount:
    """A share that a detector found, and what is known of the detector's errors.

    Parameters
    ----------
    observed : float
        Share of texts called synthetic.
    false_positive, false_negative : float
        Its two error rates, as far as they were published; 0 where they were not.
    texts : int
        How many texts were looked at, roughly.
    """

    observed: float
    false_positive: float
    false_negative: float
    texts: int

    def corrected(self) -> CorrectedShare:
        """Return the share that this stands for, with its interval."""
        rates = (self.false_positive, self.false_negative)
        return corrected_share(self.observed, *rates, self.texts)


# By the key of their words in the lesson's tables [published] and [counts].
COUNTS: dict[str, DetectorCount] = {
    # 65,000 articles of 65 months: about 1,000 in a month.
    "articles": DetectorCount(0.503, 0.042, 0.006, 1000),
    "websites": DetectorCount(0.35, 0.0, 0.0, 10_000),
    # All were written by people: the count is the rate of false positives itself.
    "essays": DetectorCount(0.61, 0.61, 0.0, 100),
}
OTHERS = ("abstracts", "labels", "wordfreq")
