"""The question of a round: a page's own, with the settings that the teacher chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from collapse_core.checks import check_choice
from collapse_core.lessons.language import language
from collapse_core.lessons.lesson import Preset, read_lesson, shell_words
from collapse_core.topics.prediction import Prediction
from collapse_core.topics.registry import all_topics, topic_named
from collapse_core.topics.shown import Asked, Shown, Topic
from collapse_core.topics.typed_settings import read_values
from ui.catalogue import EXPERIMENTS
from ui.kept import SHARED
from ui.long_run import watched

__all__ = [
    "GUESS",
    "RESULTS",
    "Question",
    "guess_settings",
    "is_results",
    "link_of",
    "pages_that_ask",
    "preset_link",
    "question_of",
]

GUESS = "guess"  # the kind of a round
RESULTS = {"kind": GUESS, "results": True}  # a round that asks nothing, and shows how good all were
# What shows another view of a page, without its question.
WITHOUT_QUESTION = {"bell_curve": {"picture"}, "exponential_families": {"side_by_side"}}
# Settings with which alone a page asks something.
ASKS_ONLY = {
    "one_real_point": {"family": {"bernoulli", "gaussian"}},
    "mitigation_lab": {"measure": {"diversity", "tail"}},
}


@dataclass(frozen=True)
class Question:
    """What a class is asked, in the language of the moment.

    Parameters
    ----------
    page, link : str
        Key of the page, and its settings as a link spells them.
    asking, told : Shown
        What the page shows before the answer is told, and after.
    """

    page: str
    link: str
    asking: Shown
    told: Shown

    @property
    def asked(self) -> Prediction:
        """What is guessed."""
        assert self.told.asked is not None, "checked as the question was made"
        return self.told.asked

    @property
    def title(self) -> str:
        """What the page is called in the menu."""
        return read_lesson(self.page).menu

    @property
    def hidden(self) -> str:
        """What stands in the panel in place of the answer."""
        return str({**shell_words("predict"), **read_lesson(self.page).words("predict")}["hidden"])

    def usable(self, values: Any) -> list[float] | None:
        """Return a guess, moved inside the scale; None where it is none for this question."""
        try:
            numbers = [float(value) for value in values]
        except (TypeError, ValueError, OverflowError):
            return None
        place = self.asked.place
        return list(place.inside(numbers)) if place.usable(numbers) else None


def pages_that_ask() -> list[str]:
    """Return the keys of the pages that can ask a class, in the order of the menu."""
    return [entry.key for entry in EXPERIMENTS]


def link_of(page: str, values: Mapping[str, Any]) -> str:
    """Return how a link spells the settings of a page; what is as at first is left out.

    Parameters
    ----------
    page : str
        Its key.
    values : mapping
        By name; what is no setting of the page's picture, such as the language, is left out.

    Raises
    ------
    ValueError
        If there is no such page, or if a value is not allowed; the message says what is.
    """
    topic = topic_named(check_choice("page", page, pages_that_ask()))
    view = next((other for other in all_topics() if _is_view(other, page, values)), None)
    if view is not None:
        raise ValueError(f"{page} asks nothing in this view: take its first view.")
    known = topic.settings()
    texts = {name: _spelled(value) for name, value in values.items() if name in known}
    read = read_values(topic, texts)
    changed = {n: texts[n] for n in sorted(texts) if read[n] != known[n].defaults[n]}
    silent = any(
        read.get(name, known[name].defaults[name]) not in asks
        for name, asks in ASKS_ONLY.get(page, {}).items()
    )
    if silent or WITHOUT_QUESTION.get(page, set()) & set(changed):
        raise ValueError(f"{page} asks nothing in this view: take its first view.")
    return urlencode(changed)


def is_results(settings: Mapping[str, Any]) -> bool:
    """Return whether a round shows the results of those before it."""
    return bool(settings.get("results"))


def guess_settings(page: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of a round that asks a page's question; they raise as `link_of`."""
    return {"kind": GUESS, "page": page, "link": link_of(page, values)}


def preset_link(page: str, preset: Preset) -> str | None:
    """Return the link of a page's preset; None where it shows what cannot be asked here."""
    try:
        known = topic_named(page).settings()
        return link_of(page, preset.values) if set(preset.values) <= set(known) else None
    except ValueError:
        return None


def question_of(settings: Mapping[str, Any]) -> Question:
    """Return the question of a round; what it needs is computed once for everyone.

    Parameters
    ----------
    settings : mapping
        Of the round, as `guess_settings` returns them.

    Raises
    ------
    ValueError
        If there is no such page or setting, or nothing to guess.
    """
    page = str(settings.get("page", ""))
    link = link_of(page, dict(parse_qsl(str(settings.get("link", "")))))
    topic = topic_named(page)
    asked = topic.ask(read_values(topic, dict(parse_qsl(link))))
    name = f"class question {page} {link}"
    found = watched(name, lambda report: topic.find(asked.experiment, asked.view, report))
    return SHARED.get(f"{name} {language()}", lambda: _made(page, link, topic, asked, found))


def _made(page: str, link: str, topic: Topic, asked: Asked, found: Any) -> Question:
    def shown(waiting: bool) -> Shown:
        return topic.show(read_lesson(page), asked.experiment, asked.view, found, waiting)

    question = Question(page, link, shown(True), shown(False))
    if question.told.asked is None:
        raise ValueError(f"{page} asks nothing with these settings: take its first view.")
    return question


def _is_view(topic: Topic, page: str, values: Mapping[str, Any]) -> bool:
    return topic.page == page and topic.linked.items() <= values.items()


def _spelled(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
