"""Turns of telephone: claimed, answered, freed after the wait, and skipped."""

import pytest
from class_rooms import JAR

from ui.classroom.store import RoundClosed

HALF = {"share": 0.5}


@pytest.fixture
def game(room):
    """A round of two chains of three, and its phones as they are needed."""
    room.asked = room.begin(JAR)
    room.claim = lambda token: room.store.claim(room.asked.id, token)
    return room


def test_a_turn_stays_a_seats_until_it_is_answered(game):
    seat, token = game.phone()
    turn = game.claim(token)
    assert (turn.seat_id, turn.step, turn.attempt, turn.answered) == (seat.id, 0, 0, None)
    assert game.claim(token) == turn, "a page that is loaded again, or a second tab"
    answered = game.store.answer(turn.id, token, HALF)
    assert (answered.value, answered.answered) == (HALF, game.clock.now)
    game.clock.now += 1
    version = game.version()
    assert game.store.answer(turn.id, token, {"share": 0.0}) == answered
    assert game.version() == version
    assert len(game.store.answers(game.asked.id)) == 1


def test_two_seats_have_two_chains_and_a_third_has_none(game):
    first, second = (game.claim(game.phone()[1]) for _ in range(2))
    assert {first.chain, second.chain} == {0, 1}
    assert game.claim(game.phone()[1]) is None


def test_nobody_answers_for_another(game):
    turn = game.claim(game.phone()[1])
    _, other = game.phone()
    for wrong in (other, game.teacher, "", None):
        with pytest.raises(PermissionError):
            game.store.answer(turn.id, wrong, HALF)
    with pytest.raises(PermissionError):
        game.claim("nobody")
    assert game.store.answers(game.asked.id) == [turn]
    with pytest.raises(RoundClosed):
        game.store.answer(turn.id + 1000, other, HALF)


def test_a_turn_is_freed_after_the_wait_and_taken_by_another(game):
    (_, sleeper), (_, next_one) = game.phone(), game.phone()
    slept = game.claim(sleeper)
    game.clock.now += 59.9
    assert game.store.pulse(game.of.id).version == game.version()
    assert game.claim(sleeper) == slept
    version = game.version()
    game.clock.now += 0.1
    assert game.version() == version + 1, "the poll frees it"
    assert game.version() == version + 1, "once"
    with pytest.raises(RoundClosed):
        game.store.answer(slept.id, sleeper, HALF)
    taken = [game.claim(token) for token in (next_one, game.phone()[1])]
    again = next(turn for turn in taken if turn.chain == slept.chain)
    assert (again.step, again.attempt) == (0, 1)
    freed = game.store.answers(game.asked.id)[0]
    assert (freed.id, freed.value) == (slept.id, None)
    assert freed.answered == game.clock.now


def test_a_claim_frees_too_and_the_sleeper_plays_on(game):
    _, sleeper = game.phone()
    slept = game.claim(sleeper)
    game.clock.now += 60
    again = game.claim(sleeper)
    assert again.id != slept.id
    game.store.answer(again.id, sleeper, HALF)
    with pytest.raises(RoundClosed):
        game.store.answer(slept.id, sleeper, HALF)


def test_a_late_answer_counts_where_nobody_missed_it(game):
    _, token = game.phone()
    turn = game.claim(token)
    game.clock.now += 600
    assert game.store.answer(turn.id, token, HALF).value == HALF


def test_a_clock_that_goes_back_frees_nothing_and_waits_no_longer(game):
    _, token = game.phone()
    turn = game.claim(token)
    game.clock.now -= 7200
    assert game.claim(token).id == turn.id
    game.clock.now += 59
    assert game.claim(token).id == turn.id
    game.clock.now += 1
    assert game.claim(token).id != turn.id, "it waited from the moment when the clock went back"
    assert all(row.attempt >= 0 for row in game.store.answers(game.asked.id))
    export = game.store.export(game.of.id, game.teacher)
    assert min(row["begun_after"] for row in export) >= 0


def test_clocks_of_two_servers_may_differ_by_a_little(game):
    _, token = game.phone()
    turn = game.claim(token)
    game.clock.now -= 2
    assert game.claim(token) == turn


def test_the_teacher_skips_a_sleeper_once(game):
    _, sleeper = game.phone()
    slept, other = game.claim(sleeper), game.claim(game.phone()[1])
    for _ in range(2):
        game.store.skip(game.asked.id, game.teacher, slept.chain, slept.id)
    with pytest.raises(RoundClosed):
        game.store.answer(slept.id, sleeper, HALF)
    taken = game.claim(game.phone()[1])
    assert (taken.chain, taken.attempt) == (slept.chain, 1)
    game.store.skip(game.asked.id, game.teacher, slept.chain, slept.id)
    open_turns = [row.id for row in game.store.answers(game.asked.id) if row.answered is None]
    assert open_turns == [other.id, taken.id], "sent again, it skips nobody else"
    game.store.skip(game.asked.id, game.teacher, slept.chain)
    open_turns = [row.id for row in game.store.answers(game.asked.id) if row.answered is None]
    assert open_turns == [other.id]


def test_a_closed_round_takes_no_turn_and_no_answer(game):
    _, token = game.phone()
    turn = game.claim(token)
    game.store.set_state(game.asked.id, game.teacher, "closed")
    with pytest.raises(RoundClosed):
        game.store.answer(turn.id, token, HALF)
    with pytest.raises(RoundClosed):
        game.claim(token)
    game.store.set_state(game.asked.id, game.teacher, "asking")
    assert game.store.answer(turn.id, token, HALF).value == HALF
    game.store.set_state(game.asked.id, game.teacher, "closed")
    assert game.store.answer(turn.id, token, HALF).value == HALF, "what was sent before is known"


def test_six_people_finish_two_chains_of_three(game):
    people = [game.phone() for _ in range(6)]
    for _ in range(3):
        for _seat, token in people:
            if (turn := game.claim(token)) is not None and turn.answered is None:
                game.store.answer(turn.id, token, HALF)
    rows = game.store.answers(game.asked.id)
    assert sorted((row.chain, row.step) for row in rows) == [
        (chain, step) for chain in range(2) for step in range(3)
    ]
    assert {row.seat_id for row in rows} == {seat.id for seat, _ in people}
    assert [game.claim(token) for _, token in people] == [None] * 6


def test_who_left_is_not_waited_for(game):
    """Six came and three left: the three who are there play twice."""
    people = [game.phone() for _ in range(6)]
    stayed = people[:3]
    for _ in range(20):
        game.clock.now += 20
        for seat, token in stayed:
            game.store.saw(seat.id)
            if (turn := game.claim(token)) is not None:
                game.store.answer(turn.id, token, HALF)
    rows = game.store.answers(game.asked.id)
    assert len([row for row in rows if row.value is not None]) == 6
    assert {row.seat_id for row in rows} == {seat.id for seat, _ in stayed}


def test_a_judge_says_no_and_it_is_answered_again(room):
    asked = room.begin({**JAR, "chains": 1, "variant": "judge"})
    tokens = dict(room.phone() for _ in range(4))
    by_seat = {seat.id: token for seat, token in tokens.items()}
    roles = []
    for verdict in (False, True):
        for value in (HALF, verdict):
            turn = next(t for token in by_seat.values() if (t := room.store.claim(asked.id, token)))
            roles.append((turn.role, turn.attempt, turn.step))
            room.store.answer(turn.id, by_seat[turn.seat_id], value)
    assert roles == [("model", 0, 0), ("judge", 0, 0), ("model", 1, 0), ("judge", 1, 0)]
