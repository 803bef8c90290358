"""What a phone shows in its class: the round that is on, and nothing of anybody else."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import streamlit as st

from collapse_core.lessons.language import in_this_language
from ui.classroom.guess.phone import draw_guess, draw_own_results
from ui.classroom.guess.question import GUESS, is_results
from ui.classroom.names import seat_name
from ui.classroom.opening import Room
from ui.classroom.polling import PHONE_EVERY, follow, rhythm
from ui.classroom.seats import Seated
from ui.classroom.store import Pulse, Round
from ui.classroom.telephone.phone import Stands, draw_telephone, standing, stands_still

__all__ = ["draw_phone"]

SEEN_EVERY = 20.0  # seconds
SEEN = "class/seen"
SHOWN = "class/shown"  # what the phone shows


@dataclass(frozen=True)
class _Shown:
    """What a phone shows: of a guess it is not how many have answered."""

    pulse: Pulse | None
    asked: Round | None
    stands: Stands | None = None  # of telephone alone


def draw_phone(room: Room, place: Seated) -> None:
    """Draw the name of a seat and its round; go on when the round does."""
    name = seat_name(place.of, place.seat.name)
    st.caption(room.lesson.say("phone", "seat", name=name, code=place.of.code))

    def changed() -> bool:
        return _has_changed(place, anew=_note_that_it_is_there(place))

    follow(changed, False, rhythm(PHONE_EVERY))  # first: a drawing that fails is drawn again
    with st.container(key="class_phone"):
        # A fragment runs in a thread of its own, which speaks no language yet.
        st.fragment(in_this_language(_draw_round))(room, place)


def _draw_round(room: Room, place: Seated) -> None:
    """Draw the round that is on; what the phone sends draws this anew, and not the page."""
    st.session_state.pop(SHOWN, None)
    pulse = place.store.pulse(place.of.id)
    asked = None if pulse is None or pulse.round_id is None else place.store.round(pulse.round_id)
    stands = None
    if asked is None:
        st.header(room.text("phone", "wait"), anchor=False)
    elif str(asked.settings["kind"]) != GUESS:
        stands = standing(place.store, asked, place.seat, place.token)
        draw_telephone(place.store, asked, stands, room.look, token=place.token)
    elif is_results(asked.settings):
        draw_own_results(room, place)
    else:
        draw_guess(room, place, asked)
    st.session_state[SHOWN] = _Shown(pulse, asked, stands)


def _has_changed(place: Seated, anew: bool = False) -> bool:
    """Return whether the phone shows what is not so any more.

    Who is there changes in silence: ``anew`` is whether to ask for a turn although nobody has done
    anything.
    """
    shown: _Shown | None = st.session_state.get(SHOWN)
    if shown is None:  # what was drawn last has failed
        return True
    before, now = shown.pulse, place.store.pulse(place.of.id)
    if before is None or now is None or shown.asked is None:
        return (before and before.round_id) != (now and now.round_id) or now is None
    if (before.round_id, before.state) != (now.round_id, now.state):
        return True
    waits = shown.stands is not None and shown.stands.turn is None
    if shown.stands is None or (before.version == now.version and not (anew and waits)):
        return False
    # Somebody in the class has done something: that this phone is told is seldom.
    if not stands_still(place.store, shown.asked, place.seat, shown.stands, now.version):
        return True
    st.session_state[SHOWN] = replace(shown, pulse=now)
    return False


def _note_that_it_is_there(place: Seated) -> bool:
    """Tell the store now and then that somebody sits there; return whether it was told now."""
    state, now = st.session_state, time.monotonic()
    if now - state.get(SEEN, -SEEN_EVERY) >= SEEN_EVERY:
        state[SEEN] = now
        place.store.saw(place.seat.id)
        return True
    return False
