"""What a page says with some settings at some generation: computed, as the page computes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from collapse_core.checks import check_choice
from collapse_core.lessons.facts import curves_at
from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.bell_curve.question import BellCurve
from collapse_core.topics.bell_curve.report import run_bell_curve
from collapse_core.topics.bell_curve.sentences import BellCurveSentences
from collapse_core.topics.one_real_point.question import OneRealPoint
from collapse_core.topics.one_real_point.report import report_one_real_point
from collapse_core.topics.one_real_point.sentences import OneRealPointSentences
from collapse_core.topics.two_colours.question import TwoColours
from collapse_core.topics.two_colours.report import report_two_colours
from collapse_core.topics.two_colours.sentences import TwoColoursSentences
from collapse_core.topics.vanishing_tails.law import tails_law
from collapse_core.topics.vanishing_tails.question import VanishingTails
from collapse_core.topics.vanishing_tails.report import COMMON_MASS, report_vanishing_tails
from collapse_core.topics.vanishing_tails.runs import run_tails
from collapse_core.topics.vanishing_tails.sentences import VanishingTailsSentences

__all__ = ["TOLD_PAGES", "Told", "told"]

# From a generation to its facts; and a sentence for each.
Answer = tuple[Callable[[int], dict[str, Any]], list[str]]

MIDDLE = 50.0  # percentile of the run that a page follows, unless its reader chooses another


@dataclass(frozen=True)
class Told:
    """What a page tells of one generation.

    Parameters
    ----------
    facts : mapping
        Its numbers, by the names that its own sentences use.
    sentence : str
        What stands under its clock.
    """

    facts: Mapping[str, Any]
    sentence: str


def told(page: str, settings: Mapping[str, Any], seed: int, generation: int) -> Told:
    """Return what a page says, from the same runs, law and sentences.

    Parameters
    ----------
    page : str
        One of ``TOLD_PAGES``.
    settings : mapping
        Fields of the page's experiment that are not at their start.
    seed : int
        Of the runs, 0 to 2**32 - 1.
    generation : int
        Which one is told of, from 0 to the last one.

    Raises
    ------
    ValueError
        If the page is not one of these, or a setting, the seed or the generation is out of range.
    """
    say = TOLD_PAGES[check_choice("page", page, tuple(TOLD_PAGES))]
    facts_at, captions = say({**settings, "seed": seed})
    if not 0 <= generation < len(captions):
        raise ValueError(
            f"generation={generation} is not among the generations of {page}: choose one from 0 to "
            f"{len(captions) - 1}, or let the page run longer."
        )
    facts = {**facts_at(generation), "t": generation, "generation": generation}
    return Told(facts, captions[generation])


def _two_colours(settings: Mapping[str, Any]) -> Answer:
    asked, lesson = TwoColours(**settings), read_lesson("two_colours")
    loop = asked.loop()
    paths, law = loop.simulate(asked.runs, asked.seed), loop.exact(approximate=True)
    report = report_two_colours(paths, law, paths.run_nearest(MIDDLE))
    spoken = TwoColoursSentences(lesson, asked, report, lesson.text("colours", "rare"))
    return lambda t: spoken.facts | report.facts_at(t), spoken.captions()


def _vanishing_tails(settings: Mapping[str, Any]) -> Answer:
    asked, lesson = VanishingTails(**settings), read_lesson("vanishing_tails")
    loop = asked.loop()
    runs = run_tails(loop, asked.affordable_runs(), asked.seed, MIDDLE, common_mass=COMMON_MASS)
    report = report_vanishing_tails(runs, tails_law(loop))
    spoken = VanishingTailsSentences(lesson, asked, report)
    return lambda t: spoken.facts | report.facts_at(t), spoken.captions()


def _bell_curve(settings: Mapping[str, Any]) -> Answer:
    asked = BellCurve(**settings)
    _, report = run_bell_curve(asked, MIDDLE)
    spoken = BellCurveSentences(read_lesson("bell_curve"), asked, report)
    return lambda t: spoken.facts | report.facts_at(t), spoken.captions()


def _one_real_point(settings: Mapping[str, Any]) -> Answer:
    asked = OneRealPoint(**settings)
    loop, pure_loop = asked.loop(), asked.pure_loop()
    paths, law = loop.simulate(asked.runs, asked.seed), loop.exact(approximate=True)
    pure = pure_loop.exact(approximate=True)
    report = report_one_real_point(asked, paths, law, pure, paths.run_nearest(MIDDLE))
    spoken = OneRealPointSentences(read_lesson("one_real_point"), asked, report)
    return lambda t: spoken.facts | curves_at(t, report), spoken.captions()


TOLD_PAGES: Mapping[str, Callable[[Mapping[str, Any]], Answer]] = {
    "two_colours": _two_colours,
    "vanishing_tails": _vanishing_tails,
    "bell_curve": _bell_curve,
    "one_real_point": _one_real_point,
}
