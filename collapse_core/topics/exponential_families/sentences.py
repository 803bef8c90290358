"""What the page on exponential families says about the pictures it shows."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.wording import chance, multiple, percent, short
from collapse_core.topics.exponential_families.question import ExponentialFamilies, boundary_of
from collapse_core.topics.exponential_families.report import LARGEST_ERROR, DiversityReport

__all__ = [
    "alt",
    "alt_all",
    "answer_of",
    "captions",
    "captions_all",
    "columns",
    "columns_all",
    "notes",
    "panel_names",
    "reveal",
    "summary",
]

UNMOVED = 0.005
_ABSORBING = {
    "bernoulli": "colours",
    "binomial": "colours",
    "poisson": "poisson",
    "negative_binomial": "counts",
    "geometric": "counts",
    "normal_mean": "wandering",
    "gaussian": "gaussian",
}
_WITH_ATOM = ("colours", "poisson", "counts")


def answer_of(report: DiversityReport) -> str:
    """Return where the average diversity ends: ``"lower"``, ``"same"`` or ``"higher"``."""
    return _direction(float(_expected(report)[-1]))


def alt(lesson: Lesson, experiment: ExponentialFamilies, report: DiversityReport) -> str:
    """Return the picture of one family in a sentence or two."""
    return lesson.fill(
        lesson.alt,
        "alt",
        family=lesson.words("families")[experiment.family],
        runs=report.runs,
        generations=experiment.effective_generations,
        exact=multiple(float(_expected(report)[-1])),
        median=multiple(float(report.median[-1])),
    )


def alt_all(lesson: Lesson, reports: Mapping[str, DiversityReport]) -> str:
    """Return the picture of all families in a sentence or two."""
    last = next(iter(reports.values())).median.size - 1
    return lesson.say("alts", "all", generations=last, **_counts(reports, last))


def panel_names(
    lesson: Lesson, reports: Mapping[str, DiversityReport], chosen: str
) -> dict[str, DiversityReport]:
    """Return the reports by the titles of their panels; the chosen family's is marked."""
    named = {}
    for family, report in reports.items():
        short_name = lesson.words("short")[family]
        title = lesson.say("short", "panel", family=short_name, v2=_signed(report.v2))
        named[lesson.say("short", "chosen", panel=title) if family == chosen else title] = report
    return named


def captions(
    lesson: Lesson,
    experiment: ExponentialFamilies,
    report: DiversityReport,
    waiting: bool = False,
) -> list[str]:
    """Return a sentence or two for every generation, to stand under the clock."""
    spoken = [lesson.say("captions", "start")]
    atom = _absorbing(experiment) in _WITH_ATOM
    for generation in range(1, report.median.size):
        caption = _diversity(lesson, experiment, report, generation, waiting)
        gone = _gone(lesson, report, generation) if atom else ""
        spoken.append(f"{caption} {gone}".strip())
    return spoken


def captions_all(
    lesson: Lesson,
    experiment: ExponentialFamilies,
    reports: Mapping[str, DiversityReport],
    waiting: bool = False,
) -> list[str]:
    """Return the captions of the chosen family, with what all families say at each generation."""
    name = lesson.words("short")[experiment.family]
    spoken = []
    for generation, own in enumerate(
        captions(lesson, experiment, reports[experiment.family], waiting)
    ):
        of_all = ""
        if generation and not waiting:
            of_all = lesson.say("captions", "families", **_counts(reports, generation)) + " "
        spoken.append(f"{of_all}{name}: {own[0].lower()}{own[1:]}" if generation else own)
    return spoken


def summary(
    lesson: Lesson,
    experiment: ExponentialFamilies,
    report: DiversityReport,
    waiting: bool = False,
    among_others: bool = False,
) -> list[str]:
    """Return what can be said of the whole picture of one family: a sentence, then a list.

    Parameters
    ----------
    among_others : bool
        Whether other families are in the picture, so that this one is named first.
    """
    spoken: list[str] = []
    name = lesson.say("sentences", "chosen", family=lesson.words("families")[experiment.family])
    first = name if among_others else ""
    if not waiting:
        first = f"{first} {_aha(lesson, experiment, report)}".strip()
    spoken.append(_martingale(lesson, report))
    if not waiting:
        spoken.append(_identity(lesson, report))
    spoken.append(_boundary(lesson, experiment, report))
    spoken.append(
        lesson.say(
            "sentences", "highlighted", percentile=f"{report.percentile:.0f}", runs=report.runs
        )
    )
    return ["\n".join([first, "", *(f"- {sentence}" for sentence in spoken)])]


def notes(
    lesson: Lesson,
    experiment: ExponentialFamilies,
    report: DiversityReport,
    before: float | None = None,
    waiting: bool = False,
) -> list[str]:
    """Return what a reader should know of unusual settings.

    Parameters
    ----------
    before : float, optional
        Expected diversity at the end before doubling.
    """
    said = []
    if report.beyond_from is not None:
        said.append(lesson.say("notes", "beyond", generation=report.beyond_from))
    if not waiting and report.unseen_from is not None:
        said.append(lesson.say("notes", "unseen", generation=report.unseen_from, runs=report.runs))
    if not waiting and not report.settles:
        said.append(lesson.say("notes", "unbounded", runs=report.runs))
    if report.gone[-1] and _absorbing(experiment) not in _WITH_ATOM:
        said.append(lesson.say("notes", "tiny", gone=int(report.gone[-1]), runs=report.runs))
    if before is not None and report.exact is not None and not waiting:
        said.append(
            lesson.say(
                "notes",
                "doubled",
                exact=_exactly(float(report.exact[-1])),
                before=_exactly(before),
            )
        )
    if experiment.policy == "anchors" and experiment.anchors > experiment.effective_sample_size:
        said.append(
            lesson.say(
                "notes",
                "more_anchors",
                anchors=experiment.anchors,
                sample_size=experiment.effective_sample_size,
            )
        )
    return said


def reveal(lesson: Lesson, guess: str, report: DiversityReport) -> str:
    """Return the sentence that sets an answer beside the truth."""
    answer = answer_of(report)
    words = lesson.words("predict")
    return lesson.say(
        "predict",
        "reveal",
        guess=str(words.get(guess, guess)).lower(),
        truth=_exactly(float(_expected(report)[-1])),
        answer=words[answer].lower(),
        verdict=words["right" if guess == answer else "wrong"],
    )


def columns(lesson: Lesson, report: DiversityReport) -> dict[str, Any]:
    """Return the numbers of one family's picture, by the heading of their column."""
    words = lesson.words("columns")
    return {
        words["generation"]: range(report.median.size),
        words["exact"]: report.exact,
        words["average"]: report.average,
        words["median"]: report.median,
        words["small"]: report.small,
        words["gone"]: report.gone,
        words["chance"]: report.chance_gone,
        words["mean"]: report.mean,
        words["mean_error"]: report.mean_error,
    }


def columns_all(
    lesson: Lesson,
    experiment: ExponentialFamilies,
    reports: Mapping[str, DiversityReport],
    generation: int,
) -> dict[str, Any]:
    """Return the numbers of all families at one generation, one row for each."""
    words, names = lesson.words("columns"), lesson.words("families")
    found = reports.values()
    return {
        words["family"]: [names[family] for family in reports],
        words["v2"]: [report.v2 for report in found],
        words["exact"]: [float(_expected(report)[generation]) for report in found],
        words["average"]: [float(report.average[generation]) for report in found],
        words["median"]: [float(report.median[generation]) for report in found],
        words["small"]: [int(report.small[generation]) for report in found],
        words["boundary"]: [
            boundary_of(experiment.of(family).truth()).fate  # type: ignore[arg-type]
            for family in reports
        ],
    }


def _expected(report: DiversityReport) -> Any:
    return report.average if report.exact is None else report.exact


def _direction(ratio: float) -> str:
    return "same" if abs(ratio - 1.0) <= UNMOVED else "lower" if ratio < 1.0 else "higher"


def _counts(reports: Mapping[str, DiversityReport], generation: int) -> dict[str, int]:
    directions = [_direction(float(_expected(report)[generation])) for report in reports.values()]
    below = sum(float(report.median[generation]) < 1.0 - UNMOVED for report in reports.values())
    return {
        "down": directions.count("lower"),
        "same": directions.count("same"),
        "up": directions.count("higher"),
        "below": below,
        "total": len(reports),
    }


def _diversity(
    lesson: Lesson,
    experiment: ExponentialFamilies,
    report: DiversityReport,
    generation: int,
    waiting: bool,
) -> str:
    values = {
        "generation": generation,
        "runs": report.runs,
        "median": multiple(float(report.median[generation])),
        "small": int(report.small[generation]),
    }
    if waiting:
        return lesson.say("captions", "waiting", **values)
    values["average"] = multiple(float(report.average[generation]))
    if report.exact is None:
        return lesson.say("captions", "unknown", **values)
    values["exact"] = _exactly(float(report.exact[generation]))
    if not report.pure:
        return lesson.say("captions", "mixed", **values)
    size = experiment.effective_sample_size
    formula = f"(1 {_term(report.v2)}/{size})^{generation}"
    error = ""
    if report.exact_error is not None and report.exact_error[generation] > 0:
        share = float(report.exact_error[generation])
        huge = share > 10
        error = lesson.say("captions", "error_huge" if huge else "error", percent=percent(share, 0))
    return lesson.say("captions", "pure", **values, formula=formula, error=error)


def _gone(lesson: Lesson, report: DiversityReport, generation: int) -> str:
    gone = int(report.gone[generation])
    if report.chance_gone is None or report.errors_apart is None:
        return lesson.say("captions", "gone_unknown", gone=gone) if gone else ""
    errors = float(report.errors_apart[generation])
    apart = ""
    if errors and math.isfinite(errors):
        side = lesson.say("captions", "above" if errors > 0 else "below")
        apart = lesson.say("captions", "apart", errors=f"{abs(errors):.1f}", side=side)
    return lesson.say(
        "captions",
        "gone",
        gone=gone,
        chance=chance(float(report.chance_gone[generation])),
        apart=apart,
    )


def _aha(lesson: Lesson, experiment: ExponentialFamilies, report: DiversityReport) -> str:
    values = {"v2": _signed(report.v2), "below": report.below, "runs": report.runs}
    if experiment.family == "normal_mean":
        return lesson.say("sentences", "constant")
    if not report.pure:
        return lesson.say(
            "sentences", "held", **values, exact=_exactly(float(_expected(report)[-1]))
        )
    kind = "up" if report.v2 > 0 else "down" if report.v2 < 0 else "stay"
    return lesson.say("sentences", kind, **values)


def _martingale(lesson: Lesson, report: DiversityReport) -> str:
    return lesson.say(
        "sentences",
        "martingale",
        mean=_small(float(report.mean[-1])),
        error=_small(float(report.mean_error[-1])),
        truth=_small(report.true_mean),
        median=_small(float(report.middle_mean[-1])),
    )


def _identity(lesson: Lesson, report: DiversityReport) -> str:
    balance = report.inside - report.outside
    unseen = report.exact_error is not None and report.exact_error[-1] > LARGEST_ERROR
    if not math.isfinite(balance) or (unseen and abs(balance - 1.0) > 4 * report.identity_error):
        shown = _small(balance) if math.isfinite(balance) else "nothing"
        return lesson.say("sentences", "identity_unseen", balance=shown)
    return lesson.say(
        "sentences",
        "identity",
        inside=_small(report.inside),
        outside=_small(report.outside),
        balance=_small(balance),
        error=_small(report.identity_error),
    )


def _boundary(lesson: Lesson, experiment: ExponentialFamilies, report: DiversityReport) -> str:
    kind = _absorbing(experiment)
    recipe = experiment.recipe_policy().recipe(experiment.effective_sample_size)
    if kind in _WITH_ATOM and recipe.fresh:
        kind = "fresh"
    elif kind == "poisson" and not report.pure:
        kind = "counts"
    known = report.chance_gone
    absorbing = lesson.say(
        "absorbing",
        kind,
        gone=int(report.gone[-1]),
        runs=report.runs,
        chance="" if known is None else chance(float(known[-1])),
    )
    fate = boundary_of(experiment.truth()).fate
    return lesson.say("sentences", "boundary", fate=fate, absorbing=absorbing)


def _absorbing(experiment: ExponentialFamilies) -> str:
    return _ABSORBING.get(experiment.family, "sinking")


def _signed(v2: float) -> str:
    return f"{v2:.3g}".replace("-", "−")


def _term(v2: float) -> str:
    return f"{'−' if v2 < 0 else '+'} {abs(v2):.3g}"


def _exactly(ratio: float) -> str:
    """Return a ratio with enough digits to tell it from 1."""
    near = 0.0 < abs(ratio - 1.0) < 0.005
    return f"{ratio:.5f}".rstrip("0").rstrip(".") if near else multiple(ratio)


def _small(number: float) -> str:
    """Return a number with three significant digits or three decimals, whichever is shorter."""
    if np.isnan(number):
        return "unknown"
    return short(number).replace("-", "−") if abs(number) >= 100 else _plain(number)


def _plain(number: float) -> str:
    text = f"{number:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text.replace("-", "−")
