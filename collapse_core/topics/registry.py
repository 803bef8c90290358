"""All topics by their key; a topic is found by the file ``shown.py`` in its room."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path

from collapse_core.checks import check_choice
from collapse_core.topics.shown import Topic

__all__ = ["all_topics", "topic_named"]


@cache
def all_topics() -> tuple[Topic, ...]:
    """Return every topic, in the order of their keys."""
    rooms = sorted(path.parent.name for path in Path(__file__).parent.glob("*/shown.py"))
    found = [topic for room in rooms for topic in _topics_in(room)]
    return tuple(sorted(found, key=lambda topic: topic.key))


def topic_named(key: str) -> Topic:
    """Return a topic.

    Raises
    ------
    ValueError
        If there is none of this name; the message names those that there are.
    """
    # Mostly one room holds one topic of the same name: the others need not be read.
    if (Path(__file__).parent / key / "shown.py").is_file() and key.isidentifier():
        return next(topic for topic in _topics_in(key) if topic.key == key)
    found = {topic.key: topic for topic in all_topics()}
    return found[check_choice("page", key, tuple(found))]


def _topics_in(room: str) -> tuple[Topic, ...]:
    topics: tuple[Topic, ...] = import_module(f"collapse_core.topics.{room}.shown").TOPICS
    return topics
