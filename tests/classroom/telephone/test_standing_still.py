"""A phone that waits draws its page anew when something is told to it, and then alone."""

import random
from contextlib import suppress

import pytest
from telephone_class import playing, rehearsed

from ui.classroom.store import RoundClosed
from ui.classroom.telephone.phone import standing, stands_still


def version(room):
    return room.store.pulse(room.of.id).version


@pytest.mark.parametrize("variant", ["alone", "judge", "accumulate", "anchor"])
@pytest.mark.parametrize("seed", range(3))
def test_it_stands_still_exactly_where_asking_again_finds_the_same(variant, seed):
    room, chance = playing(chains=3, length=4, variant=variant, wait=60), random.Random(seed)
    phones = [room.store.join(room.code) for _ in range(5)]
    stands = [standing(room.store, room.round, seat, token) for seat, token in phones]
    found = []
    for _ in range(30):
        who = chance.randrange(len(phones))
        seat, token = phones[who]
        if stands[who].turn is not None and chance.random() < 0.7:
            value = True if stands[who].turn.role == "judge" else {"share": 0.5}
            with suppress(RoundClosed):  # it slept too long, and somebody else has the turn
                room.store.answer(stands[who].turn.id, token, value)
        room.clock.now += chance.choice([1.0, 1.0, 40.0])
        rehearsed(room, kinds=("ideal",), turns=chance.randrange(2))
        still = stands_still(room.store, room.round, seat, stands[who], version(room))
        before, stands[who] = stands[who], standing(room.store, room.round, seat, token)
        assert still == (stands[who] == before)
        found.append(still)
    assert {True, False} == set(found), "both happened"


def test_what_others_do_is_no_news_until_a_turn_comes(monkeypatch):
    room = playing(chains=1, length=3)
    (first, mine), (second, other) = room.store.join(room.code), room.store.join(room.code)
    at_it = standing(room.store, room.round, first, mine)
    waits = standing(room.store, room.round, second, other)
    assert at_it.turn is not None
    assert waits.turn is None
    room.store.join(room.code)  # somebody else comes
    assert stands_still(room.store, room.round, second, waits, version(room))
    room.store.answer(at_it.turn.id, mine, {"share": 0.5})
    assert not stands_still(room.store, room.round, second, waits, version(room))
    assert not stands_still(room.store, room.round, first, at_it, version(room))


def test_who_leaves_makes_room_though_nothing_is_written():
    """Two of three are there for two turns; once the third has gone, one plays again."""
    room = playing(chains=1, length=3, wait=1000)
    phones = [room.store.join(room.code) for _ in range(3)]
    for _, token in phones[:2]:
        room.store.answer(room.store.claim(room.round.id, token).id, token, {"share": 0.5})
    seat, token = phones[0]
    waits = standing(room.store, room.round, seat, token)
    assert waits.turn is None
    before = version(room)
    room.clock.now += 61.0
    for one, _ in phones[:2]:
        room.store.saw(one.id)
    assert version(room) == before
    assert not stands_still(room.store, room.round, seat, waits, before)


def test_after_a_rehearsal_the_people_who_are_there_play_to_the_end():
    room = playing(chains=1, length=3, wait=1000)
    rehearsed(room)
    again = room.store.begin_round(room.of.id, room.teacher, room.round.settings)
    room.clock.now += 61.0
    phones = [room.store.join(room.code) for _ in range(2)]
    for _ in range(6):
        for _, token in phones:
            if (turn := room.store.claim(again.id, token)) is not None:
                room.store.answer(turn.id, token, {"share": 0.5})
    assert sum(row.value is not None for row in room.store.answers(again.id)) == 3


def test_who_asks_is_there_though_not_seen_for_a_while():
    room = playing(chains=1, length=3, wait=1000)
    (_, mine), (other, _) = room.store.join(room.code), room.store.join(room.code)
    room.store.answer(room.store.claim(room.round.id, mine).id, mine, {"share": 0.5})
    room.clock.now += 70.0
    room.store.saw(other.id)
    assert room.store.claim(room.round.id, mine) is None, "somebody else is there for it"


def test_turns_are_read_once_for_all_phones_until_something_happens(monkeypatch):
    room, read = playing(chains=1, length=3), []
    _, token = room.store.join(room.code)
    answers = room.store.answers
    monkeypatch.setattr(room.store, "answers", lambda at: read.append(at) or answers(at))
    for _ in range(4):
        assert room.store.answers_at(room.round.id, version(room)) == []
    assert len(read) == 1
    taken = room.store.claim(room.round.id, token)
    assert room.store.answers_at(room.round.id, version(room)) == [taken]
    assert len(read) == 2


def test_a_class_that_ended_leaves_no_turns_behind():
    room = playing(chains=1, length=3)
    _, token = room.store.join(room.code)
    room.store.claim(room.round.id, token)
    assert room.store.answers_at(room.round.id, version(room))
    room.store.end_class(room.of.id, room.teacher)
    assert not room.store._seen
    assert room.store.pulse(room.of.id) is None


def test_another_process_forgets_what_it_saw_of_a_class_that_ended(monkeypatch):
    room = playing(chains=1, length=3)
    room.store._seen[room.round.id] = 1, []
    room.clock.now += 25 * 3600.0
    assert room.store.pulse(room.of.id) is None
    assert not room.store._seen
