"""Many phones at once, over two stores of one database, as two replicas have them."""

import itertools
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from class_rooms import GUESS, JAR
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ui.classroom.store import ClassStore, RoundClosed, new_token
from ui.classroom.store.tables import answers, seats

PHONES = 30
HALF = {"share": 0.5}
WHOLE = {"kind": "telephone", "game": "jar", "chains": 6, "length": 5}


@pytest.fixture
def replicas(address):
    """Two stores of one database, made at the same time."""
    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(ClassStore.at, [address] * 2))
    yield made
    for store in made:
        store.engine.dispose()


@pytest.fixture
def memory():
    return [ClassStore.at("sqlite://")] * 2


def at_once(work, count=PHONES):
    """Run a piece of work in many threads that start together; return what they return."""
    gate = threading.Barrier(count)

    def one(number):
        gate.wait(60)
        return work(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def play(stores):
    """Let all phones join and play a game of 30 turns; return the class's store and round."""
    opened, teacher = stores[0].open_class("en")
    asked = stores[0].begin_round(opened.id, teacher, WHOLE)

    def phone(number):
        mine, other = stores[number % 2], stores[(number + 1) % 2]
        _, token = mine.join(opened.code)
        while (turn := mine.claim(asked.id, token)) is None:
            pass
        return mine.answer(turn.id, token, HALF), other.answer(turn.id, token, {"share": 1.0})

    return opened, asked, at_once(phone)


def assert_each_turn_once(stores, opened, asked, given):
    rows = stores[1].answers(asked.id)
    assert sorted((row.chain, row.step) for row in rows) == list(
        itertools.product(range(6), range(5))
    ), "none double, none lost"
    assert len({row.seat_id for row in rows}) == PHONES
    assert {row.id: row for row in rows} == {first.id: first for first, _ in given}
    assert all(first == second for first, second in given)
    assert len({seat.name for seat in stores[0].seats(opened.id)}) == PHONES
    pulse = stores[0].pulse(opened.id)
    assert (pulse.seats, pulse.answered) == (PHONES, PHONES)
    assert pulse.version == 2 + 3 * PHONES, "each change was counted"


def test_thirty_phones_claim_and_answer_at_once(replicas):
    assert_each_turn_once(replicas, *play(replicas))


def test_thirty_threads_share_a_database_in_memory(memory):
    assert_each_turn_once(memory, *play(memory))


def test_thirty_guesses_sent_twice_are_thirty(replicas):
    opened, teacher = replicas[0].open_class("en")
    asked = replicas[0].begin_round(opened.id, teacher, GUESS)
    tokens = [replicas[0].join(opened.code)[1] for _ in range(PHONES // 2)]
    given = at_once(lambda n: replicas[n % 2].guess(asked.id, tokens[n // 2], {"from": n}), PHONES)
    kept = replicas[0].answers(asked.id)
    assert len(kept) == PHONES // 2
    assert {row.id: row for row in given} == {row.id: row for row in kept}


def test_two_tabs_of_a_seat_are_one_seat_and_have_one_turn(replicas):
    opened, teacher = replicas[0].open_class("en")
    asked = replicas[0].begin_round(opened.id, teacher, WHOLE)
    token = new_token()
    taken = at_once(lambda n: replicas[n % 2].join(opened.code, token)[0].id, 8)
    assert len(set(taken)) == 1
    turns = at_once(lambda n: replicas[n % 2].claim(asked.id, token), 8)
    assert len({turn.id for turn in turns}) == 1
    assert len(replicas[0].answers(asked.id)) == 1


def test_what_is_closed_meanwhile_takes_nothing_afterwards(replicas):
    opened, teacher = replicas[0].open_class("en")
    asked = replicas[0].begin_round(opened.id, teacher, GUESS)
    tokens = [replicas[0].join(opened.code)[1] for _ in range(12)]
    at_closing = []

    def work(number):
        store = replicas[number % 2]
        if number == 6:
            store.set_state(asked.id, teacher, "closed")
            at_closing.append(len(store.answers(asked.id)))
            return False
        try:
            store.guess(asked.id, tokens[number], number)
        except RoundClosed:
            return False
        return True

    accepted = sum(at_once(work, 12))
    assert len(replicas[0].answers(asked.id)) == accepted == at_closing[0]


def test_a_wait_that_is_over_is_freed_once(replicas):
    for store in replicas:
        store.clock = lambda: 1e9
    opened, teacher = replicas[0].open_class("en")
    asked = replicas[0].begin_round(opened.id, teacher, JAR)
    replicas[0].claim(asked.id, replicas[0].join(opened.code)[1])
    version = replicas[0].pulse(opened.id).version
    for store in replicas:
        store.clock = lambda: 1e9 + 60
    pulses = at_once(lambda n: replicas[n % 2].pulse(opened.id), 10)
    assert {pulse.version for pulse in pulses} == {version + 1}


def test_a_class_ended_while_all_answer_leaves_nothing(replicas):
    opened, teacher = replicas[0].open_class("en")
    asked = replicas[0].begin_round(opened.id, teacher, GUESS)
    tokens = [replicas[0].join(opened.code)[1] for _ in range(12)]

    def work(number):
        if number == 6:
            replicas[0].end_class(opened.id, teacher)
            return
        try:
            replicas[number % 2].guess(asked.id, tokens[number], number)
        except RoundClosed:
            return

    at_once(work, 12)
    with replicas[1].engine.connect() as connection:
        assert not connection.execute(select(answers)).all()
        assert not connection.execute(select(seats)).all()


def test_the_tables_themselves_refuse_what_is_double(store):
    """Not the program's care alone: the same rows are refused by the database."""
    opened, teacher = store.open_class("en")
    asked = store.begin_round(opened.id, teacher, JAR)
    one, token = store.join(opened.code)
    two, _ = store.join(opened.code)
    turn = store.claim(asked.id, token)
    row = {"round_id": asked.id, "seat_id": two.id, "claimed": 0.0, "chain": turn.chain}
    row |= {"step": 0, "role": "model", "attempt": 0}
    of_seat = {"class_id": opened.id, "kind": "person", "joined": 0.0, "seen": 0.0}
    for table, wrong in (
        (answers, row),  # the same turn for another
        (answers, {**row, "chain": 1 - turn.chain, "seat_id": one.id}),  # two turns at once
        (answers, {**row, "seat_id": 10**6}),  # nobody's
        (seats, {**of_seat, "token": "x" * 64, "name": one.name}),
    ):
        with pytest.raises(IntegrityError), store.writing() as connection:
            connection.execute(table.insert().values(**wrong))
    with store.writing() as connection:
        again = store.insert(answers).values(**row).returning(answers)
        assert connection.execute(again).first() is None
