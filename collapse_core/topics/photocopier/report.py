"""What copies of copies amount to: how far off, in grey levels, and how they end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from collapse_core.echoes.copier_measures import Copies
from collapse_core.lessons.table_text import table_as_csv
from collapse_core.theory.copied import BlurLaw
from collapse_core.topics.photocopier.question import CopiedPicture

__all__ = ["CopiesReport", "Ending", "report_copies", "to_csv"]

Array = NDArray[np.float64]
Ending = Literal["unchanged", "settled", "round", "on"]

# Where an axis of drift may end, in grey levels. Few ends: pictures can be compared, and the axis
# on which the answer is guessed hardly tells it.
ENDS = (60.0, 120.0, 500.0)
ROOM = 1.05
GROWTH = 1.05


@dataclass(frozen=True, eq=False)
class CopiesReport:
    """Copies of copies with what is known beforehand.

    Parameters
    ----------
    copies : Copies
        The copies.
    law : BlurLaw, optional
        Exact, where it is known.
    """

    copies: Copies
    law: BlurLaw | None

    @property
    def cumulative(self) -> Array:
        """Cumulative drift: root mean square difference from the original, in grey levels."""
        return np.sqrt(self.copies.cumulative)

    @property
    def local(self) -> Array:
        """Local drift: the same to the copy before."""
        return np.sqrt(self.copies.local)

    @property
    def farthest(self) -> float:
        """Where the axis of drift ends: the same for most copiers, and above all that is drawn."""
        highest = ROOM * max(float(self.cumulative.max()), float(self.local.max()))
        return next((end for end in ENDS if end >= highest), highest)

    @property
    def exact_cumulative(self) -> Array | None:
        """Cumulative drift by the law; with noise it is the root of an expectation."""
        return None if self.law is None else np.sqrt(self.law.cumulative)

    @property
    def exact_local(self) -> Array | None:
        """Local drift by the law."""
        return None if self.law is None else np.sqrt(self.law.local)

    @property
    def ending(self) -> Ending:
        """How it ends, as far as it is computed: proven where it settles or goes round."""
        if self.copies.settled is not None:
            if self.copies.cycle > 1:
                return "round"
            return "unchanged" if self.copies.settled == 0 else "settled"
        return "on"

    @property
    def still_grows(self) -> bool:
        """Whether cumulative drift has grown by a twentieth in the second half of the copies."""
        last = self.copies.passes
        return bool(self.cumulative[last] > GROWTH * self.cumulative[last // 2])


def report_copies(asked: CopiedPicture) -> CopiesReport:
    """Return the copies that are asked for, with what is known beforehand.

    Parameters
    ----------
    asked : CopiedPicture
        The settings.
    """
    return CopiesReport(asked.copies(), asked.exact())


def to_csv(asked: CopiedPicture, report: CopiesReport) -> str:
    """Return what is measured on every copy as a table, with all settings in its header.

    Parameters
    ----------
    asked : CopiedPicture
        The settings.
    report : CopiesReport
        What is measured.
    """
    copies = report.copies
    measured = {
        "generation": range(copies.passes + 1),
        "cumulative": report.cumulative,
        "local": report.local,
        "entropy": copies.entropy,
        "file bytes": copies.file_bytes,
    }
    octaves = enumerate(copies.octaves.tolist())
    detail = {f"detail up to {octave} pixels": copies.detail[:, n] for n, octave in octaves}
    return table_as_csv(measured | detail, asked.settings())
