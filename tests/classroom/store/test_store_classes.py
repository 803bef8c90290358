"""Classes and seats: who comes in, who may do what, and when it is over."""

import gc
import re
import time

import pytest
from class_rooms import GUESS
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from ui.classroom.store import (
    ALPHABET,
    NAMES,
    ClassClosed,
    ClassStore,
    RoundClosed,
    keep_sweeping,
    new_token,
)
from ui.classroom.store.classes import DAY
from ui.classroom.store.tables import METADATA, classes, seats


def test_a_code_is_six_letters_that_are_found_however_they_are_typed(store):
    opened, _ = store.open_class("de")
    assert re.fullmatch(f"[{ALPHABET}]{{6}}", opened.code)
    assert not set(ALPHABET) & set("AEIOUQL0123456789")
    spaced = f" {opened.code[:3].lower()}-{opened.code[3:]} "
    assert store.find(spaced) == store.find(opened.code) == store.class_of(opened.id) == opened
    other = opened.code[:-1] + next(letter for letter in ALPHABET if letter != opened.code[-1])
    for wrong in (other, "", "%", opened.code * 50, "\x00", "\ud800", None):
        assert store.find(wrong) is None


def test_opened_again_with_the_same_token_it_is_the_same_class(store):
    token = new_token()
    first, kept = store.open_class("en", token)
    assert kept == token
    assert store.open_class("en", token)[0] == first
    assert store.open_class("en")[0].id != first.id
    with pytest.raises(ValueError, match="new_token"):
        store.open_class("en", "guessable")
    with pytest.raises(ValueError, match="language"):
        store.open_class("")


def test_a_seat_is_kept_by_its_token_and_has_a_name_of_its_own(room):
    seat, token = room.phone()
    assert room.phone(seat_token=token) == (seat, token)
    assert room.store.seat(room.of.id, token) == seat
    for wrong in ("", token[:-1], token + "a", None, "\ud800"):
        assert room.store.seat(room.of.id, wrong) is None
    others = [room.phone()[0] for _ in range(20)]
    assert len({s.name for s in (seat, *others)}) == 21
    assert all(0 <= s.name < NAMES for s in others)
    assert room.store.seats(room.of.id) == [seat, *others]


def test_a_token_made_by_the_phone_can_be_sent_again(room):
    token = new_token()
    assert room.phone(seat_token=token) == room.phone(seat_token=token)
    assert room.phone(seat_token="too-short")[1] != "too-short"
    assert len(room.store.seats(room.of.id)) == 2


def test_a_seat_of_one_class_is_none_in_another(store, room):
    seat, token = room.phone()
    other, _ = store.open_class("en")
    assert store.seat(other.id, token) is None
    there, _ = store.join(other.code, token)
    assert there.id != seat.id
    asked = room.begin()
    stranger = store.join(other.code)[1]
    with pytest.raises(PermissionError):
        store.guess(asked.id, stranger, 1)


def test_a_shut_class_lets_back_in_who_was_there(room):
    seat, token = room.phone()
    room.store.set_joinable(room.of.id, room.teacher, False)
    assert not room.store.find(room.of.code).joinable
    assert room.phone(seat_token=token)[0] == seat
    with pytest.raises(ClassClosed) as refused:
        room.phone()
    assert refused.value.reason == "shut"
    room.store.set_joinable(room.of.id, room.teacher, True)
    room.phone()


def test_a_full_class_says_so(room, monkeypatch):
    monkeypatch.setattr("ui.classroom.store.seats.MOST_SEATS", 2)
    _, token = room.phone()
    room.phone()
    with pytest.raises(ClassClosed) as refused:
        room.phone()
    assert refused.value.reason == "full"
    room.phone(seat_token=token)


def test_an_unknown_class_and_an_unknown_kind_are_refused(room):
    with pytest.raises(ClassClosed) as refused:
        room.store.join("XXXXXX")
    assert refused.value.reason == "unknown"
    with pytest.raises(ValueError, match="kind"):
        room.phone(kind="parrot")
    assert room.phone(kind="ideal")[0].kind == "ideal"


def test_only_the_teacher_opens_closes_hides_reads_out_and_ends(room):
    store, asked, (_, token) = room.store, room.begin(), room.phone()
    assert store.teacher(room.of.id, room.teacher)
    for wrong in (token, "", room.teacher[:-1], new_token(), None):
        assert not store.teacher(room.of.id, wrong)
        for forbidden in (
            lambda wrong=wrong: store.set_joinable(room.of.id, wrong, False),
            lambda wrong=wrong: store.begin_round(room.of.id, wrong, GUESS),
            lambda wrong=wrong: store.set_state(asked.id, wrong, "closed"),
            lambda wrong=wrong: store.set_hidden(asked.id, wrong, True),
            lambda wrong=wrong: store.skip(asked.id, wrong, 0),
            lambda wrong=wrong: store.export(room.of.id, wrong),
            lambda wrong=wrong: store.end_class(room.of.id, wrong),
        ):
            with pytest.raises(PermissionError):
                forbidden()
    assert store.rounds(room.of.id) == [asked]
    assert store.find(room.of.code).joinable
    other, teacher = store.open_class("en")
    with pytest.raises(PermissionError):
        store.end_class(room.of.id, teacher)
    assert store.teacher(other.id, teacher)


def test_no_token_is_kept(room):
    _, token = room.phone()
    with room.store.engine.connect() as connection:
        for table in METADATA.sorted_tables:
            for row in connection.execute(select(table)):
                assert not {token, room.teacher} & set(map(str, row))
        kept = connection.execute(select(seats.c.token)).scalar_one()
    assert re.fullmatch("[0-9a-f]{64}", kept)


def test_an_ended_class_is_gone_and_can_be_ended_again(store, room):
    other, teacher = store.open_class("en")
    asked, (_, token) = room.begin(), room.phone()
    store.guess(asked.id, token, 0.5)
    store.end_class(room.of.id, room.teacher)
    store.end_class(room.of.id, room.teacher)
    assert_gone(room, asked, token)
    assert store.teacher(other.id, teacher)


def assert_gone(room, asked, token):
    store = room.store
    assert store.find(room.of.code) is None
    assert store.class_of(room.of.id) is None
    assert store.pulse(room.of.id) is None
    assert store.seat(room.of.id, token) is None
    assert not store.teacher(room.of.id, room.teacher)
    with pytest.raises(RoundClosed):
        store.guess(asked.id, token, 0.5)
    with pytest.raises(PermissionError):
        store.begin_round(room.of.id, room.teacher, GUESS)
    with pytest.raises(PermissionError):
        store.export(room.of.id, room.teacher)


def test_a_class_lasts_a_day_and_is_then_swept_away(room):
    store, asked, (_, token) = room.store, room.begin(), room.phone()
    room.clock.now += DAY - 1
    store.guess(asked.id, token, 0.5)
    assert store.sweep() == 0
    room.clock.now += 1
    assert_gone(room, asked, token)
    assert rows(store) > 0
    assert store.sweep() == 1
    assert rows(store) == 0
    assert store.rounds(room.of.id) == store.seats(room.of.id) == store.answers(asked.id) == []


def rows(store):
    with store.engine.connect() as connection:
        return sum(len(connection.execute(select(t)).all()) for t in METADATA.sorted_tables)


def test_opening_a_class_sweeps(room):
    room.clock.now += DAY
    room.store.open_class("en")
    assert rows(room.store) == 1


def test_a_number_is_never_given_out_again(room):
    seat, _ = room.phone()
    asked = room.begin()
    room.store.end_class(room.of.id, room.teacher)
    opened, teacher = room.store.open_class("en")
    again = room.store.begin_round(opened.id, teacher, GUESS)
    assert opened.id > room.of.id
    assert again.id > asked.id
    assert room.store.join(opened.code)[0].id > seat.id


def test_a_class_of_a_clock_that_was_ahead_lasts_a_day_from_now(room):
    room.clock.now -= 30 * DAY
    assert room.store.find(room.of.code) is not None
    room.store.sweep()
    assert room.store.find(room.of.code).ends == room.clock.now + DAY
    room.clock.now += DAY
    assert room.store.sweep() == 1


def test_a_seat_is_seen_with_one_write_in_20_seconds(room):
    seat, token = room.phone()
    version, start = room.version(), room.clock.now

    def seen_after(seconds):
        room.clock.now = start + seconds
        room.store.saw(seat.id)
        return room.store.seat(room.of.id, token).seen - start

    assert [seen_after(s) for s in (5, 19, 20, 25, 39, 40)] == [0, 0, 20, 20, 20, 40]
    assert seen_after(-3600) == -3600, "the clock went back"
    assert room.version() == version, "nothing that a screen shows has changed"
    room.store.saw(10**9)


def test_codes_are_drawn_again_where_one_is_taken(store, monkeypatch):
    drawn = iter(["BBBBBB", "BBBBBB", "BBBBBB", "CCCCCC"])
    monkeypatch.setattr("ui.classroom.store.classes.new_code", lambda: next(drawn))
    assert [store.open_class("en")[0].code for _ in range(2)] == ["BBBBBB", "CCCCCC"]
    with store.engine.connect() as connection:
        assert len(connection.execute(select(classes)).all()) == 2


def test_a_thread_sweeps_although_nobody_comes(room):
    thread = keep_sweeping(room.store, every=0.02)
    room.clock.now += DAY
    until = time.monotonic() + 30
    while rows(room.store) and time.monotonic() < until:
        time.sleep(0.02)
    assert rows(room.store) == 0
    assert thread.daemon


def test_the_thread_ends_with_its_store_and_not_with_an_error(file, caplog):
    store = ClassStore.at(file)
    store.sweep = lambda: store_that_is_away()
    thread = keep_sweeping(store, every=0.02)
    until = time.monotonic() + 30
    while len(caplog.records) < 2 and time.monotonic() < until:
        time.sleep(0.02)
    assert len(caplog.records) >= 2, "it tries again"
    del store
    gc.collect()
    thread.join(30)
    assert not thread.is_alive()


def store_that_is_away():
    raise OperationalError("SELECT", {}, Exception("away"))
