"""The strip above a page: which stop of a guided path it is, what to notice and try, and the next.

The link alone holds the place, so that Back, a reload and a link sent to somebody else keep it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from collapse_core.lessons.lesson import read_lesson
from ui.guided_path.stops import PATH, STOP, Place, Stop, guided_paths, place_in_link

__all__ = ["END", "LEFT", "strip"]

# Draws the link to a page: its key, the label, an icon, and what the link holds.
PageLink = Callable[[str, str, str, Mapping[str, str]], None]

# Where a reader left a path, for home to lead back to.
LEFT = "path_left"
END = "your_guesses"
BACK, NEXT = ":material/arrow_back:", ":material/arrow_forward:"


def strip(page: str, link: PageLink, title: Callable[[str], str]) -> None:
    """Draw the strip above a page, where its link says that it belongs to a path.

    Parameters
    ----------
    page : str
        Key of the page that is drawn.
    link : callable
        Draws a link to a page.
    title : callable
        From the key of a page to its title.
    """
    place = place_in_link()
    if place is None:
        return
    number = place.path.number_of(page)
    with st.container(key="guided_path"):
        if number is not None:
            _at_a_stop(place.at(number), link, title)
        else:
            _beside(page, place, link, title)


def _at_a_stop(place: Place, link: PageLink, title: Callable[[str], str]) -> None:
    """Draw the strip of a page that is a stop."""
    lesson, stop = read_lesson("guided_path"), place.stop
    st.markdown(lesson.say("strip", "notice", notice=stop.notice))
    with st.container(horizontal=True, vertical_alignment="center", key="guided_path_ways"):
        _stops(place, link, title)
        _onward(place, link, title)
        st.button(
            lesson.say("strip", "try", attempt=stop.attempt),
            key="guided_path_try",
            icon=":material/science:",
            type="tertiary",
            help=lesson.text("strip", "try_help"),
            on_click=_try,
            args=(stop,),
        )
        if place.number > 1:
            before = place.at(place.number - 1)
            name = title(before.stop.page)
            link(before.stop.page, lesson.say("strip", "back", title=name), BACK, before.query())
        _close(place)
    if place.path.key != next(iter(guided_paths())):
        st.markdown(lesson.say("strip", "further", further=stop.further))


def _onward(place: Place, link: PageLink, title: Callable[[str], str]) -> None:
    lesson = read_lesson("guided_path")
    if place.last:
        link(END, lesson.text("strip", "guesses"), NEXT, place.query())
        return
    after = place.at(place.number + 1)
    name = title(after.stop.page)
    link(after.stop.page, lesson.say("strip", "next", title=name), NEXT, after.query())


def _beside(page: str, place: Place, link: PageLink, title: Callable[[str], str]) -> None:
    """Draw the strip of a page that is no stop: the way back to the path."""
    lesson, name = read_lesson("guided_path"), title(place.stop.page)
    ended = page == END and place.last
    facts = {"stop": place.number, "stops": len(place.path.stops), "title": name}
    st.markdown(lesson.say("strip", "end" if ended else "off", facts))
    with st.container(horizontal=True, vertical_alignment="center", key="guided_path_ways"):
        _stops(place, link, title)
        if not ended:
            label = lesson.say("strip", "on", title=name)
            link(place.stop.page, label, NEXT, place.query())
        _close(place)


def _stops(place: Place, link: PageLink, title: Callable[[str], str]) -> None:
    """Draw the button that says which stop it is, and opens the list of all."""
    lesson, path = read_lesson("guided_path"), place.path
    opened = st.popover(
        lesson.say("strip", "stop", stop=place.number, stops=len(path.stops)),
        icon=":material/route:",
        help=lesson.text("strip", "stops_help"),
        on_change="rerun",
        key="guided_path_stops",
        width="content",
    )
    if not opened.open:
        return
    with opened:
        for number, stop in enumerate(path.stops, start=1):
            name = lesson.say("strip", "all", title=title(stop.page), minutes=stop.minutes)
            icon = ":material/location_on:" if number == place.number else ":material/circle:"
            link(stop.page, f"{number}. {name}", icon, place.at(number).query())
        for other in guided_paths().values():
            if other.key != path.key:
                begin = Place(other, other.number_of(place.stop.page) or 1)
                facts = {"minutes": other.minutes, "stops": len(other.stops)}
                label = lesson.say("strip", "other", facts)
                link(begin.stop.page, label, ":material/route:", begin.query())


def _close(place: Place) -> None:
    words = read_lesson("guided_path").words("strip")
    st.button(
        words["close"],
        key="guided_path_close",
        icon=":material/close:",
        type="tertiary",
        help=words["close_help"],
        on_click=_leave,
        args=(place,),
    )


def _leave(place: Place) -> None:
    """Take the path out of the link, and remember where it was left."""
    st.session_state[LEFT] = place.query()
    for name in (PATH, STOP):
        st.query_params.pop(name, None)


def _try(stop: Stop) -> None:
    """Move the controls of the page: one action, as a preset."""
    for name, value in stop.values.items():
        st.session_state[f"{stop.page}/{name}"] = value
