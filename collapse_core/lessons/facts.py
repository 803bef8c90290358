"""Facts: what reports know, by the names of their fields, as plain numbers for sentences."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["curves_at", "numbers_of"]


def numbers_of(*reports: Any) -> dict[str, Any]:
    """Return the fields that are one number or unknown; of a report that is None there are none."""
    return {
        name: value
        for report in reports
        if report is not None
        for name, value in vars(report).items()
        if value is None or isinstance(value, (int, float))
    }


def curves_at(t: int, *reports: Any) -> dict[str, float]:
    """Return the fields that have one number for each generation, at one of them."""
    return {
        name: float(value[t])
        for report in reports
        if report is not None
        for name, value in vars(report).items()
        if isinstance(value, np.ndarray) and value.ndim == 1
    }
