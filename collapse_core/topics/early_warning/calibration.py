"""How often the monitor was wrong and right where it is known, as a table in words."""

from __future__ import annotations

from typing import Any

from collapse_core.drift.calibration import recorded
from collapse_core.lessons.lesson import Lesson

__all__ = ["calibration_table"]

# Those in which nothing happens come first.
SERIES = (
    "gaussian",
    "heavy_tailed",
    "clustered",
    "few_rows",
    "near_copies",
    "drifting_with_reference",
    "drifting",
    "retrained",
    "retrained_with_reference",
)


def calibration_table(lesson: Lesson) -> dict[str, list[Any]]:
    """Return the shares of series with an alarm, and with a collapse, that are kept as data.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    """
    words, numbers = lesson.words("calibration"), lesson.numbers
    found = sorted(
        ((name.partition(",")[0], each) for name, each in recorded()["scenarios"].items()),
        key=lambda pair: (SERIES.index(pair[0]), pair[1]["generations"]),
    )

    def shares(name: str) -> list[str]:
        # A standard error of 0 would say more than 200 series can know.
        return [
            lesson.pick(
                "shares",
                {"share": each[name], "error": each[f"{name}_error"], "series": each["series"]},
                none=each[name] == 0.0,
                all=each[name] == 1.0,
                some=True,
            )
            for _, each in found
        ]

    firsts = [each["alarm_median_first"] for _, each in found]
    return {
        words["series"]: [words[name] for name, _ in found],
        words["generations"]: [each["generations"] for _, each in found],
        words["healthy"]: [words["yes" if each["healthy"] else "no"] for _, each in found],
        words["alarm"]: shares("alarm"),
        words["collapse"]: shares("collapse"),
        words["first"]: ["–" if each is None else numbers.average(each) for each in firsts],
    }
