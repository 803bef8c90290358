"""The stops of the guided paths, and which of them the link says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from collapse_core.lessons.lesson import read_lesson

__all__ = ["GuidedPath", "Place", "Stop", "carried", "guided_paths", "place_in_link"]

PATH, STOP = "path", "stop"


@dataclass(frozen=True)
class Stop:
    """One stop of a path.

    Parameters
    ----------
    page : str
        Key of the page.
    minutes : int
        How long it takes.
    notice, attempt, further : str
        What to look at, what to try, and what to try where there is more time.
    values : mapping
        Settings of the page for what is to be tried.
    """

    page: str
    minutes: int
    notice: str
    attempt: str
    further: str
    values: Mapping[str, Any]


@dataclass(frozen=True)
class GuidedPath:
    """Some pages in an order; its key in the link is how many minutes it takes."""

    key: str
    stops: tuple[Stop, ...]

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return sum(stop.minutes for stop in self.stops)

    def number_of(self, page: str) -> int | None:
        """Return which stop a page is, from 1; None if it is none."""
        pages = [stop.page for stop in self.stops]
        return pages.index(page) + 1 if page in pages else None


@dataclass(frozen=True)
class Place:
    """A place on a path: the number of a stop, from 1."""

    path: GuidedPath
    number: int

    @property
    def stop(self) -> Stop:
        """The stop."""
        return self.path.stops[self.number - 1]

    @property
    def last(self) -> bool:
        """Whether it is the last stop."""
        return self.number == len(self.path.stops)

    def at(self, number: int) -> Place:
        """Return another place on the same path, the nearest end where it has no such stop."""
        return Place(self.path, max(1, min(len(self.path.stops), number)))

    def query(self) -> dict[str, str]:
        """Return how a link spells it."""
        return {PATH: self.path.key, STOP: str(self.number)}


def guided_paths() -> dict[str, GuidedPath]:
    """Return the paths by their key, the shortest first."""
    lesson = read_lesson("guided_path")
    told = lesson.words("stops")
    paths = {}
    for key, listed in lesson.words("paths").items():
        pairs = zip(listed["pages"], listed["minutes"], strict=True)
        paths[key] = GuidedPath(key, tuple(Stop(page, time, **told[page]) for page, time in pairs))
    return paths


def place_in_link() -> Place | None:
    """Return the place that the link says, if it says one."""
    path = guided_paths().get(st.query_params.get(PATH, ""))
    text = st.query_params.get(STOP, "1")
    if path is None or not (text.isascii() and text.isdigit()):
        return None
    return Place(path, 1).at(int(text[:4]))


def carried(page: str) -> dict[str, str]:
    """Return what a link to a page holds besides its settings, so that the path goes on there."""
    place = place_in_link()
    if place is None:
        return {}
    return place.at(place.path.number_of(page) or place.number).query()
