"""What a reader guesses of two sets of images: how much of the meaning of each is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from collapse_core.figures.guess_place import guessed_share
from collapse_core.lessons.lesson import Lesson
from collapse_core.measures.image_pair import IMAGE_SETS
from collapse_core.topics.digits_photographs.question import DigitsPhotographs, PairStep
from collapse_core.topics.prediction import Prediction

__all__ = ["ASKED", "digits_photographs_prediction"]

ASKED = 5
ALIKE = 0.05


def digits_photographs_prediction(
    lesson: Lesson, experiment: DigitsPhotographs, steps: Sequence[PairStep], turns: str
) -> Prediction:
    """Return the question for the share of images that are still read as at the start.

    Parameters
    ----------
    lesson : Lesson
        The words of the page.
    experiment : DigitsPhotographs
        What was asked.
    steps : sequence
        The steps that are there so far.
    turns : str
        How often the loop has turned by then, in words.
    """
    asked = min(ASKED, experiment.generations)
    facts, aside = {"turns": turns}, 0.02 * experiment.generations
    labels = [lesson.say("predict", f"label_{name}", facts) for name in IMAGE_SETS]
    place = replace(
        guessed_share(asked, labels[0]),
        at=[asked - aside, asked + aside],  # so that neither hides the other
        start=[0.5] * len(IMAGE_SETS),
        labels=labels,
        names=[lesson.text("predict", name) for name in IMAGE_SETS],
    )

    def truth() -> list[float]:
        return [float(steps[asked][name].kept) for name in IMAGE_SETS]

    def judge(guess: Sequence[float]) -> str:
        guessed, kept = (dict(zip(IMAGE_SETS, one, strict=True)) for one in (guess, truth()))
        return "close" if _first(guessed) == _first(kept) else "wrong"

    def reveal(guess: Sequence[float]) -> str:
        guessed, kept = (dict(zip(IMAGE_SETS, one, strict=True)) for one in (guess, truth()))
        told = facts | kept | {f"guess_{name}": value for name, value in guessed.items()}
        said = lesson.say("predict", "reveal", told)
        return f"{said} {lesson.say('predict', f'first_{_first(kept)}', told)} " + lesson.say(
            "predict", "right" if judge(guess) == "close" else "wrong", told
        )

    return Prediction(lesson.say("predict", "question", facts), place, reveal, truth, judge)


def _first(kept: dict[str, float]) -> str:
    """Return which set keeps less, or that both keep alike."""
    apart = kept["digits"] - kept["photographs"]
    return "alike" if abs(apart) <= ALIKE else "digits" if apart < 0.0 else "photographs"
