"""What a reader guesses of a history: at which generation the monitor alarms."""

from __future__ import annotations

from collections.abc import Sequence

from collapse_core.figures.guess_place import GuessPlace
from collapse_core.lessons.lesson import Lesson
from collapse_core.topics.early_warning.watched import Watched
from collapse_core.topics.prediction import Prediction, side_of

__all__ = ["early_warning_prediction"]

CLOSE = 2  # generations
AT = 0.25  # of the strip's width, which is 2: room for a name on the right


def early_warning_prediction(lesson: Lesson, found: Watched) -> Prediction:
    """Return the question for the generation of the alarm; one above the last means never.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    found : Watched
        The history, and what was found in it.
    """
    last, alarm = found.total, found.report.alarm
    question = lesson.say("predict", "question", last=last)
    place = GuessPlace(
        at=[AT],
        start=[0.0],  # where no alarm can be; the answer may not be computed yet
        low=0.0,
        high=float(last + 1),
        step=1.0,
        labels=[lesson.say("predict", "label", last=last, never=last + 1)],
    )

    truth = last + 1 if alarm is None else alarm

    def judge(guess: Sequence[float]) -> str:
        said = min(max(round(guess[0]), 0), last + 1)
        # One above the last means never, which is no generation that could be close to another.
        return side_of(said, truth, 0 if last + 1 in (said, truth) else CLOSE)

    def reveal(guess: Sequence[float]) -> str:
        said = min(max(round(guess[0]), 0), last + 1)
        facts = {"guess": said, "alarm": truth, "last": last}
        first = lesson.pick("guessed", facts, never=said > last, at=True)
        second = lesson.pick("found", facts, never=alarm is None, at=True)
        verdict = lesson.say("predict", "right" if said == truth else judge(guess), facts)
        return f"{first} {second} {verdict}"

    return Prediction(question, place, reveal, lambda: [float(truth)], judge)
