"""What share a detector's count stands for, once both of its error rates are taken out.

A detector that calls a share f of human texts synthetic, and misses a share b of synthetic ones,
finds s (1 - b) + (1 - s) f where s is the true share. Solved for s this is Rogan and Gladen's
estimate (1978, Am. J. Epidemiol. 107, 71). It is only as good as the two rates: they were measured
on some texts of some models, and hold for those.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from collapse_core.checks import check_number, check_share, check_whole_number

__all__ = ["CorrectedShare", "corrected_share", "crossing_rate"]


@dataclass(frozen=True)
class CorrectedShare:
    """A share with its interval.

    Attributes
    ----------
    share, low, high : float
        The estimate and the ends of its interval, each held inside 0 to 1.
    raw : float
        The estimate as the formula gives it: below 0 or above 1 if the rates do not fit the count.
    """

    share: float
    low: float
    high: float
    raw: float

    def holds(self, share: float) -> bool:
        """Return whether a share lies inside the interval, its ends included."""
        return self.low <= share <= self.high


def corrected_share(
    observed: float,
    false_positive: float,
    false_negative: float,
    sample_size: int | None = None,
    *,
    false_positive_size: int | None = None,
    false_negative_size: int | None = None,
    standard_errors: float = 1.96,
) -> CorrectedShare:
    """Return (observed - f) / (1 - f - b), with an interval.

    Parameters
    ----------
    observed : float
        Share of texts that a detector calls synthetic.
    false_positive, false_negative : float
        Shares f and b of human texts called synthetic, and of synthetic texts called human.
    sample_size : int, optional
        Texts that the detector looked at; None leaves out the error of their sampling.
    false_positive_size, false_negative_size : int, optional
        Texts on which each rate was measured; None takes a rate as known.
    standard_errors : float
        Half width of the interval; 1.96 for 95 %.

    Returns
    -------
    CorrectedShare
        The interval is the usual normal one, by the delta method; it is too narrow where fewer
        than about five texts of a kind were counted.

    Raises
    ------
    ValueError
        If a number is out of range, or f + b is 1 or more: such a detector tells nothing.
    """
    seen = check_share("observed", observed)
    wrong, missed = check_rates(false_positive, false_negative)
    z = check_number("standard_errors", standard_errors, 0.0)
    telling = 1.0 - wrong - missed
    raw = (seen - wrong) / telling
    share = min(max(raw, 0.0), 1.0)
    variance = (
        _sampling("sample_size", seen, sample_size)
        + (1.0 - share) ** 2 * _sampling("false_positive_size", wrong, false_positive_size)
        + share**2 * _sampling("false_negative_size", missed, false_negative_size)
    )
    half = z * math.sqrt(variance) / telling
    low, high = (min(max(raw + side * half, 0.0), 1.0) for side in (-1.0, 1.0))
    return CorrectedShare(share, low, high, raw)


def crossing_rate(observed: float, false_negative: float, line: float = 0.5) -> float | None:
    """Return the false positive rate at which a corrected share is just on a line.

    With a higher one it lies below. From (observed - f) / (1 - f - b) = line:
    f = (observed - line (1 - b)) / (1 - line).

    Parameters
    ----------
    observed, false_negative : float
        As for `corrected_share`.
    line : float
        The line, at least 0 and below 1.

    Returns
    -------
    float or None
        None where no rate from 0 to 1 leads there.

    Raises
    ------
    ValueError
        If a number is out of range.
    """
    seen, missed = check_share("observed", observed), check_share("false_negative", false_negative)
    line = check_number("line", line, 0.0, 1.0, high_open=True)
    rate = (seen - line * (1.0 - missed)) / (1.0 - line)
    return rate if 0.0 <= rate < 1.0 - missed else None


def check_rates(false_positive: float, false_negative: float) -> tuple[float, float]:
    """Return both error rates of a detector, checked.

    Raises
    ------
    ValueError
        If one is no share, or together they are 1 or more.
    """
    wrong = check_share("false_positive", false_positive)
    missed = check_share("false_negative", false_negative)
    if wrong + missed >= 1.0:
        raise ValueError(
            f"false_positive={wrong:g} and false_negative={missed:g} together are 1 or more: such "
            "a detector tells nothing. Choose rates with a sum below 1."
        )
    return wrong, missed


def _sampling(name: str, share: float, size: int | None) -> float:
    """Return the variance of a share that was counted in so many texts."""
    return 0.0 if size is None else share * (1.0 - share) / check_whole_number(name, size, 1)
