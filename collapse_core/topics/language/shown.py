"""What is shown of language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, get_args

from collapse_core.lessons.lesson import Lesson
from collapse_core.lessons.table_text import table_as_csv
from collapse_core.topics.experiment import Experiment
from collapse_core.topics.language.figure import language_figure, language_python
from collapse_core.topics.language.followed_words import words_to_follow
from collapse_core.topics.language.guess import language_prediction
from collapse_core.topics.language.question import Language, LanguageStep
from collapse_core.topics.language.report import report_language
from collapse_core.topics.language.sentences import LanguageSentences
from collapse_core.topics.shown import Shown, Topic

__all__ = ["FOLLOWED", "MODELS", "TOPICS", "LanguageView", "model_fields", "show_language"]

ASKED = 10

ModelChoice = Literal[
    "words1", "words2", "words3", "words4", "letters1", "letters2", "letters3", "letters4"
]
FollowedChoice = Literal[
    "w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8",
    "w9", "w10", "w11", "w12", "w13", "w14", "w15", "w16",
]  # fmt: skip
MODELS, FOLLOWED = get_args(ModelChoice), get_args(FollowedChoice)


@dataclass(frozen=True)
class LanguageView(Experiment):
    """Which model it is, and which word is followed: its place in the list of such words."""

    model: ModelChoice = "words3"
    follow: FollowedChoice = "w1"


def model_fields(model: str) -> dict[str, Any]:
    """Return what a token is and how many are counted in a row, from the name of a model."""
    return {"unit": model[:-1], "order": int(model[-1])}


def show_language(
    lesson: Lesson,
    experiment: Language,
    view: LanguageView,
    steps: Sequence[LanguageStep],
    waiting: bool = False,
    *,
    word: str = "",
) -> Shown:
    """Return the picture and what is said of it; less while the reader is still to guess.

    Parameters
    ----------
    lesson, experiment, view, steps, waiting
        As for every topic.
    word : str
        The word that is followed, where it is chosen already.
    """
    word = word or _followed(experiment, view)
    report = report_language(experiment, steps)
    spoken = LanguageSentences(lesson, report, word, waiting)
    said = {**experiment.settings(), **view.settings()}
    return Shown(
        figure=partial(language_figure, report, word),
        spoken=spoken,
        columns=lambda _: spoken.columns(),
        csv=lambda: table_as_csv(spoken.columns(), said),
        python=lambda tick: language_python(experiment, word, tick),
        start=min(ASKED, experiment.generations),
        last=experiment.generations,
        asked=language_prediction(lesson, report),
        notes=lambda _: spoken.notes(),
        details=spoken.details,
    )


def _followed(experiment: Language, view: LanguageView) -> str:
    words = words_to_follow(experiment.source())
    place = int(view.follow[1:])
    if place > len(words):
        raise ValueError(
            f"follow={view.follow} is no word of this text: choose one of w1 to w{len(words)}."
        )
    return words[place - 1]


def _make(fields: dict[str, Any], view: LanguageView) -> Language:
    return Language(**fields, **model_fields(view.model))


TOPICS = (
    Topic(
        "language",
        Language,
        lambda asked, _, report: asked.run(report),
        show_language,
        LanguageView,
        _make,
        without=("unit", "order"),
    ),
)
