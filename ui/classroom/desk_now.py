"""What is on now, at the desk: its state, and the buttons that move it on."""

from __future__ import annotations

import streamlit as st

from collapse_core.lessons.lesson import read_lesson
from ui.classroom.guess.question import GUESS, is_results, question_of
from ui.classroom.opening import Room
from ui.classroom.store import Pulse, Round
from ui.classroom.teacher import Teacher, pressed
from ui.classroom.telephone.rehearsal import rehearsal
from ui.shell import entry_of, say_errors

__all__ = ["draw_now"]

HIDDEN = "desk/hidden"
# From a state to the states that a button leads to: the first is what comes next.
BUTTONS = {
    "asking": (("close", "closed", ":material/lock:"),),
    "closed": (("show", "shown", ":material/visibility:"), ("reopen", "asking", ":material/undo:")),
    "shown": (),
}


def draw_now(room: Room, teacher: Teacher, pulse: Pulse) -> None:
    """Draw the newest round with its buttons.

    Parameters
    ----------
    room : Room
        The opened page.
    teacher : Teacher
        Of the class.
    pulse : Pulse
        How many have answered.
    """
    st.header(room.text("now", "heading"), anchor=False)
    asked = None if pulse.round_id is None else teacher.store.round(pulse.round_id)
    with st.container(border=True, key="desk_now"):
        if asked is None:
            st.markdown(room.text("now", "nothing"))
            return
        if is_results(asked.settings):
            st.markdown(room.text("now", "results"))
        elif asked.settings["kind"] == GUESS:
            _guess(room, asked, pulse)
        else:
            st.markdown(room.lesson.say("now", "game", number=asked.number))
        _buttons(room, teacher, asked)
        if asked.settings["kind"] != GUESS and asked.state == "asking":
            _chains(room, teacher, asked)
            rehearsal(teacher.store, asked, teacher.token, read_lesson("telephone"))


def _guess(room: Room, asked: Round, pulse: Pulse) -> None:
    """Draw where a question is; its answer is computed here, before anybody is to see it."""
    title = entry_of(asked.settings["page"]).title
    counts = {"answered": pulse.answered, "phones": pulse.seats}
    facts = {"number": asked.number, "page": title, **counts}
    st.markdown(room.lesson.say("now", asked.state, facts))
    question = say_errors(lambda: question_of(asked.settings))
    if question is not None:
        st.caption(question.asked.question)


def _buttons(room: Room, teacher: Teacher, asked: Round) -> None:
    """Draw the buttons of a round, and the switch that takes it from the wall."""
    words, store, token = room.lesson.words("now"), teacher.store, teacher.token
    state = st.session_state
    state[HIDDEN] = asked.hidden
    with st.container(horizontal=True, vertical_alignment="center"):
        buttons = () if is_results(asked.settings) else BUTTONS[asked.state]
        for number, (name, leads_to, icon) in enumerate(buttons):
            st.button(
                words[name],
                key=f"desk/{name}",
                icon=icon,
                type="secondary" if number else "primary",
                help=words[f"{name}_help"],
                on_click=pressed,
                args=(lambda to=leads_to: store.set_state(asked.id, token, to),),
            )
        if asked.state != "shown":
            st.button(
                words["skip"],
                key="desk/skip",
                icon=":material/skip_next:",
                help=words["skip_help"],
                on_click=pressed,
                args=(lambda: _skip(teacher, asked),),
            )
        st.toggle(
            words["hide"],
            key=HIDDEN,
            help=words["hide_help"],
            on_change=lambda: pressed(
                lambda: store.set_hidden(asked.id, token, bool(state[HIDDEN]))
            ),
        )


def _chains(room: Room, teacher: Teacher, asked: Round) -> None:
    """Draw a button for each chain whose learner has not answered yet: it frees that turn."""
    store, token = teacher.store, teacher.token
    open_turns = [row for row in store.answers(asked.id) if row.answered is None]
    with st.container(horizontal=True):
        for row in sorted(open_turns, key=lambda row: row.chain):
            st.button(
                room.lesson.say("now", "skip_chain", chain=row.chain + 1),
                key=f"desk/skip/{row.chain}",
                icon=":material/skip_next:",
                help=room.text("now", "chain_help"),
                on_click=pressed,
                args=(lambda turn=row: store.skip(asked.id, token, turn.chain, turn.id),),
            )


def _skip(teacher: Teacher, asked: Round) -> None:
    """Leave a round without its answer: nobody can answer any more, and the wall shows nothing."""
    teacher.store.set_state(asked.id, teacher.token, "closed")
    teacher.store.set_hidden(asked.id, teacher.token, True)
