"""Lesson plans: what to do in which minutes, on which page, what to ask and what to expect."""

from __future__ import annotations

from dataclasses import dataclass

from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.teach.steps import Stop, filled, stop_of

__all__ = ["Plan", "Step", "lesson_plans"]


@dataclass(frozen=True)
class Step:
    """One part of a lesson.

    Parameters
    ----------
    first, last : int
        Minutes of the lesson in which it is, from 0.
    heading, do, ask, expect : str
        What it is about, what to do, what to ask the class, and what to expect.
    stop : Stop, optional
        The page that is looked at; None for a part without one.
    """

    first: int
    last: int
    heading: str
    do: str
    ask: str
    expect: str
    stop: Stop | None = None


@dataclass(frozen=True)
class Plan:
    """A lesson.

    Parameters
    ----------
    minutes : int
        How long it takes.
    title, needs : str
        What it is called, and what has to be there.
    goals : tuple of str
        What learners can do afterwards.
    steps : tuple of Step
        In order; together as long as the lesson.
    """

    minutes: int
    title: str
    needs: str
    goals: tuple[str, ...]
    steps: tuple[Step, ...]


def lesson_plans(lesson: Lesson, seed: int, minutes: int | None = None) -> tuple[Plan, ...]:
    """Return the plans of the lesson file, with the numbers that its pages will show.

    Parameters
    ----------
    lesson : Lesson
        The words of the page on teaching.
    seed : int
        Of all runs that are looked at.
    minutes : int, optional
        Only the plan of this length; the others are not computed.
    """
    entries = lesson.words("plans")["entries"]
    return tuple(
        Plan(
            entry["minutes"],
            entry["title"],
            entry["needs"],
            tuple(entry["goals"]),
            _steps(lesson, entry, seed),
        )
        for entry in entries
        if minutes in (None, entry["minutes"])
    )


def _steps(lesson: Lesson, plan: dict[str, list[dict[str, str]]], seed: int) -> tuple[Step, ...]:
    made, now = [], 0
    for number, entry in enumerate(plan["steps"], start=1):
        last = now + int(entry["minutes"])
        stop = stop_of(entry, seed) if "page" in entry else None
        where = f"[plans] {plan['minutes']}, step {number}"
        expect = filled(lesson, entry["expect"], stop.told() if stop else None, where)
        made.append(Step(now, last, entry["heading"], entry["do"], entry["ask"], expect, stop))
        now = last
    return tuple(made)
