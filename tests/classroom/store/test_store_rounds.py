"""Rounds, guesses, the pulse, and what the teacher reads out."""

import math

import pytest
from class_rooms import GUESS, JAR
from sqlalchemy import event

from ui.classroom.store import RoundClosed


def test_a_round_is_asked_closed_and_shown(room):
    asked = room.begin()
    assert (asked.number, asked.state, asked.hidden, asked.settings) == (1, "asking", False, GUESS)
    assert room.store.round(asked.id) == asked
    for state in ("closed", "asking", "closed", "shown"):
        assert room.store.set_state(asked.id, room.teacher, state).state == state
        assert room.store.rounds(room.of.id)[0].state == state
    # What was shown is known: by no way round are answers taken again.
    assert room.store.set_state(asked.id, room.teacher, "closed").state == "shown"
    with pytest.raises(RoundClosed):
        room.store.set_state(asked.id, room.teacher, "asking")
    with pytest.raises(ValueError, match="state"):
        room.store.set_state(asked.id, room.teacher, "open")


def test_a_new_round_closes_the_one_before(room):
    first, second = room.begin(), room.begin(JAR)
    assert [r.state for r in room.store.rounds(room.of.id)] == ["closed", "asking"]
    assert (first.number, second.number) == (1, 2)
    assert room.store.pulse(room.of.id).round_id == second.id


def test_begun_twice_it_is_one_round_until_somebody_has_answered(room):
    first = room.begin()
    assert room.begin() == first
    room.store.guess(first.id, room.phone()[1], 1)
    assert room.begin().number == 2


@pytest.mark.parametrize(
    "settings",
    [
        None,
        {},
        {"kind": "dance"},
        {"kind": "guess", "x": math.nan},
        {"kind": "guess", "x": object()},
        {"kind": "guess", "x": "a" * 30_000},
        {"kind": "telephone", "game": "chess"},
        {"kind": "telephone", "wait": -1},
    ],
)
def test_settings_that_are_none_are_refused(room, settings):
    version = room.version()
    with pytest.raises(ValueError, match="out of range"):
        room.begin(settings)
    assert room.version() == version


def test_settings_of_telephone_are_completed(room):
    settings = room.begin({"kind": "telephone", "game": "jar"}).settings
    assert (settings["wait"], settings["chains"], settings["variant"]) == (60, 6, "alone")


def test_the_first_guess_stands(room):
    asked, (seat, token), (_, other) = room.begin(), room.phone(), room.phone()
    first = room.store.guess(asked.id, token, {"value": 0.25})
    room.clock.now += 5
    version = room.version()
    assert room.store.guess(asked.id, token, {"value": 0.75}) == first
    assert room.version() == version
    assert (first.seat_id, first.value, first.role) == (seat.id, {"value": 0.25}, "guess")
    room.store.guess(asked.id, other, [1, 2])
    assert [row.value for row in room.store.answers(asked.id)] == [{"value": 0.25}, [1, 2]]


def test_a_closed_round_refuses_but_says_again_what_it_has(room):
    asked, (_, token), (_, late) = room.begin(), room.phone(), room.phone()
    first = room.store.guess(asked.id, token, 3)
    for state in ("closed", "shown"):
        room.store.set_state(asked.id, room.teacher, state)
        with pytest.raises(RoundClosed):
            room.store.guess(asked.id, late, 3)
        assert room.store.guess(asked.id, token, 4) == first
    with pytest.raises(RoundClosed):
        room.store.guess(asked.id + 1000, token, 3)
    assert len(room.store.answers(asked.id)) == 1


@pytest.mark.parametrize("value", [None, math.inf, object(), {1, 2}, "x" * 30_000])
def test_values_that_are_no_json_are_refused(room, value):
    asked, (_, token) = room.begin(), room.phone()
    with pytest.raises(ValueError, match="value"):
        room.store.guess(asked.id, token, value)
    assert room.store.answers(asked.id) == []


@pytest.mark.parametrize(
    "value", ["'; DROP TABLE seats; --", "<b>\x00\ud800", {"ü": [0, -1e-9, False]}, 0, ""]
)
def test_values_come_back_as_they_were(room, value):
    asked, (_, token) = room.begin(), room.phone()
    room.store.guess(asked.id, token, value)
    assert room.store.answers(asked.id)[0].value == value
    assert room.store.export(room.of.id, room.teacher)[0]["value"] == value


def test_a_guess_is_no_telephone(room):
    (_, token), asked = room.phone(), room.begin()
    with pytest.raises(ValueError, match="telephone"):
        room.store.claim(asked.id, token)
    with pytest.raises(ValueError, match="guess"):
        room.store.guess(room.begin(JAR).id, token, 1)


def test_the_version_grows_with_each_change_and_with_nothing_else(room):
    store, seen = room.store, [room.version()]

    def grew(by=1):
        seen.append(room.version())
        return seen[-1] - seen[-2] == by

    _, token = room.phone()
    assert grew()
    room.phone(seat_token=token)
    assert grew(0)
    asked = room.begin()
    assert grew()
    room.begin()
    assert grew(0)
    store.guess(asked.id, token, 1)
    assert grew()
    store.guess(asked.id, token, 1)
    assert grew(0)
    for change in (
        lambda: store.set_hidden(asked.id, room.teacher, True),
        lambda: store.set_state(asked.id, room.teacher, "closed"),
        lambda: store.set_joinable(room.of.id, room.teacher, False),
    ):
        change()
        assert grew()
        change()
        assert grew(0)
    store.export(room.of.id, room.teacher)
    store.skip(asked.id, room.teacher, 0)
    assert grew(0)


def test_a_pulse_is_one_query_and_says_what_is(room):
    pulse = room.store.pulse(room.of.id)
    assert (pulse.round_id, pulse.state, pulse.hidden, pulse.seats) == (None, None, None, 0)
    asked = room.begin()
    for value in range(3):
        room.store.guess(asked.id, room.phone()[1], value)
    room.phone()
    room.store.set_hidden(asked.id, room.teacher, True)
    sent = []
    event.listen(room.store.engine, "before_cursor_execute", lambda *given: sent.append(given[2]))
    pulse = room.store.pulse(room.of.id)
    assert (pulse.round_id, pulse.state, pulse.hidden) == (asked.id, "asking", True)
    assert (pulse.seats, pulse.answered) == (4, 3)
    assert len(sent) == 1, sent


def test_the_teacher_reads_out_everything_but_tokens(room):
    asked, (seat, token) = room.begin(), room.phone()
    room.clock.now += 12.5
    room.store.guess(asked.id, token, {"value": 0.5})
    told = room.begin(JAR)
    _, ideal = room.phone(kind="ideal")
    turn = room.store.claim(told.id, ideal)
    guess, open_turn = room.store.export(room.of.id, room.teacher)
    assert guess == {
        "round": 1, "settings": GUESS, "name": seat.name, "learner": "person",
        "chain": seat.id, "step": 0, "role": "guess", "attempt": 0,
        "begun_after": 12.5, "answered_after": 12.5, "value": {"value": 0.5},
    }  # fmt: skip
    assert (open_turn["learner"], open_turn["chain"]) == ("ideal", turn.chain)
    assert open_turn["answered_after"] is None
    assert token not in str(guess)
