"""What is said of a reader's guesses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from collapse_core.lessons.lesson import Lesson, read_lesson
from collapse_core.lessons.table_text import table_as_csv
from collapse_core.topics.your_guesses.kept import VERDICTS, KeptGuess

__all__ = ["as_csv", "columns", "summary", "surprise"]


def summary(lesson: Lesson, guesses: Sequence[KeptGuess]) -> str:
    """Return how many guesses there are, and how good they are.

    Parameters
    ----------
    lesson : Lesson
        Its table ``[summary]`` has the words.
    guesses : sequence of KeptGuess
        At least one.
    """
    counts = {name: sum(one.verdict == name for one in guesses) for name in VERDICTS}
    facts: dict[str, Any] = {
        **counts,
        "guesses": len(guesses),
        "distance": sum(one.distance for one in guesses) / len(guesses),
        "off": len(guesses) - counts["close"],
    }
    case = {"all_close": counts["close"] == len(guesses), "none_close": counts["close"] == 0}
    return lesson.pick("summary", facts, **case, some_close=True)


def surprise(lesson: Lesson, number: int, guess: KeptGuess) -> str:
    """Return what was guessed, what is so, and which intuition that was."""
    facts = {
        "number": number,
        "title": read_lesson(guess.page).menu,
        "guess": guess.said_guess,
        "truth": guess.said_truth,
    }
    told = lesson.words("intuitions").get(guess.page, {})
    said = lesson.say("surprise", guess.verdict, facts)
    return f"{said} {told['text']}" if told else said


def columns(lesson: Lesson, guesses: Sequence[KeptGuess]) -> Mapping[str, Sequence[Any]]:
    """Return the table of all guesses, by the heading of each column."""
    words, verdicts = lesson.words("columns"), lesson.words("verdicts")
    return {
        words["number"]: list(range(1, len(guesses) + 1)),
        words["page"]: [read_lesson(one.page).menu for one in guesses],
        words["question"]: [one.question for one in guesses],
        words["guess"]: [one.said_guess for one in guesses],
        words["truth"]: [one.said_truth for one in guesses],
        words["verdict"]: [verdicts[one.verdict] for one in guesses],
    }


def as_csv(lesson: Lesson, guesses: Sequence[KeptGuess]) -> str:
    """Return the guesses as a table in text, with their places on the scale of each question."""
    named = columns(lesson, guesses)
    quoted = {_quoted(name): [_quoted(v) for v in values] for name, values in named.items()}
    places = {
        _quoted(lesson.text("columns", name)): [
            " ".join(f"{value:.4g}" for value in getattr(one, part)) for one in guesses
        ]
        for name, part in (("guess_along", "guess"), ("truth_along", "truth"))
    }
    return table_as_csv({**quoted, **places}, {})


def _quoted(value: Any) -> str:
    """Return a cell that may hold commas."""
    text = str(value).replace('"', '""')
    return f'"{text}"'
