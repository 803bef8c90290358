"""Whose turn it is: any order of arrivals, answers, naps and refusals, and what never happens."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collapse_core.classroom.rounds import telephone_settings
from collapse_core.classroom.turns import JUDGE, MODEL, Turn, chains, freed, next_turn


@dataclass(frozen=True)
class Taken:
    """A row as a store keeps it."""

    seat_id: int
    chain: int
    step: int
    role: str
    attempt: int
    claimed: float
    answered: float | None = None
    value: Any = None


class Table:
    """The rows of a round, with the rules that every store keeps."""

    def __init__(self, **asked):
        self.settings = telephone_settings({"wait": 60, **asked})
        self.rows, self.now = [], 0.0

    def claim(self, seat, people=None):
        turn = next_turn(self.rows, self.settings, seat, self.now, seats=people)
        mine = [row for row in self.rows if row.seat_id == seat and row.answered is None]
        if any(Turn(r.chain, r.step, r.role, r.attempt) == turn for r in mine):
            return turn
        if turn:
            taken = [Turn(r.chain, r.step, r.role, r.attempt) for r in self.rows]
            assert turn not in taken, "two turns for the same place"
            for row in freed(self.rows, self.settings, self.now):
                self.put(row, answered=self.now)
            self.rows.append(Taken(seat, *turn, claimed=self.now))
        return turn

    def put(self, row, **changes):
        self.rows[self.rows.index(row)] = replace(row, **changes)

    def answer(self, seat, value):
        for row in self.rows:
            if row.seat_id == seat and row.answered is None:
                self.put(row, answered=self.now, value=value)
                return row
        return None

    def skip(self, chain):
        for row in self.rows:
            if row.chain == chain and row.answered is None:
                self.put(row, answered=self.now)

    def chains(self):
        return chains(self.rows, self.settings, self.now)


def answer_of(table, seat, refuse=False):
    turn = table.claim(seat)
    value = (not refuse) if turn and turn.role == JUDGE else {"share": 0.5}
    return table.answer(seat, value)


MOVES = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from(["claim", "answer", "refuse", "nap", "skip"])),
    max_size=120,
)


@given(
    moves=MOVES,
    variant=st.sampled_from(["alone", "judge"]),
    size=st.tuples(st.integers(1, 3), st.integers(1, 4)),
    people=st.integers(7, 40),
)
@settings(max_examples=120, deadline=None)
def test_whatever_happens_each_place_has_one_turn(moves, variant, size, people):
    table = Table(chains=size[0], length=size[1], variant=variant)
    lengths = [0] * size[0]
    for seat, move in moves:
        if move == "claim":
            table.claim(seat, people)
        elif move == "nap":
            table.now += 70.0
        elif move == "skip":
            table.skip(seat % size[0])
        else:
            row = next((r for r in table.rows if r.seat_id == seat and r.answered is None), None)
            if row:
                table.answer(seat, move == "answer" if row.role == JUDGE else {"share": 0.5})
        standing = table.chains()
        grown = [len(chain.models) for chain in standing]
        assert all(now >= before for now, before in zip(grown, lengths, strict=True))
        lengths = grown
        check(table, standing)


def check(table, standing):
    places = [(r.chain, r.step, r.role, r.attempt) for r in table.rows]
    assert len(set(places)) == len(places)
    for chain in standing:
        waiting = [
            row
            for row in table.rows
            if row.chain == chain.number
            and row.answered is None
            and table.now - row.claimed < table.settings["wait"]
        ]
        assert len(waiting) <= 1, "one thing is open at a time"
        assert (chain.turn is None) == (len(chain.models) == table.settings["length"])
        assert chain.seat == (waiting[0].seat_id if waiting else None)
        for row in waiting:
            assert row.role != JUDGE or row.seat_id != chain.author
    open_seats = [chain.seat for chain in standing if chain.seat is not None]
    assert len(open_seats) == len(set(open_seats)), "one turn per seat at a time"


@given(
    seed=st.integers(0, 10**6),
    variant=st.sampled_from(["alone", "judge"]),
    size=st.tuples(st.integers(1, 4), st.integers(1, 5)),
    people=st.integers(1, 30),
)
@settings(max_examples=40, deadline=None)
def test_whoever_is_there_every_round_comes_to_its_end(seed, variant, size, people):
    """Half of the turns are slept over, refused or skipped; some stay awake, and ask in turn."""
    rng = np.random.default_rng(seed)
    if variant == "judge" and people == 1:
        people = 2
    table = Table(chains=size[0], length=size[1], variant=variant)
    seats = list(range(people))
    for _ in range(3000):
        if all(chain.turn is None for chain in table.chains()):
            break
        table.now += 5.0
        seat = int(rng.choice(seats))
        turn = table.claim(seat, people)
        if turn and rng.random() < 0.7:
            verdict = bool(rng.random() < 0.6)
            table.answer(seat, verdict if turn.role == JUDGE else {"share": 0.5})
        elif turn and rng.random() < 0.2:
            table.skip(turn.chain)
    assert all(chain.turn is None for chain in table.chains())
    assert all(len(chain.models) == size[1] for chain in table.chains())


def test_a_reload_has_the_same_turn():
    table = Table()
    assert table.claim(3) == table.claim(3) == table.claim(3)
    assert len(table.rows) == 1


def test_late_comers_join_the_shortest_chain():
    table = Table(chains=3, length=4)
    for seat in (1, 2):
        answer_of(table, seat)
    longer = {row.chain for row in table.rows}
    assert table.claim(9).chain not in longer
    for seat in range(9, 14):
        answer_of(table, seat)
    lengths = [len(chain.models) for chain in table.chains()]
    assert max(lengths) - min(lengths) <= 1


def test_a_sleeper_is_passed_over_and_loses_nothing_for_others():
    table = Table(chains=1, length=2)
    assert table.claim(1, 5) == Turn(0, 0, MODEL, 0)
    assert table.claim(2, 5) is None
    table.now = 59.0
    assert table.claim(2, 5) is None
    assert freed(table.rows, table.settings, table.now) == []
    table.now = 60.0
    assert [row.seat_id for row in freed(table.rows, table.settings, table.now)] == [1]
    assert table.claim(1, 5) is None, "the same turn is not for the one who slept"
    assert table.claim(2, 5) == Turn(0, 0, MODEL, 1)
    table.answer(2, {"share": 0.3})
    standing = table.chains()[0]
    assert (standing.models, standing.seats, standing.attempts) == (({"share": 0.3},), (2,), (1,))


def test_an_answer_that_comes_late_but_before_anybody_else_counts():
    table = Table(chains=1)
    table.claim(1)
    table.now = 90.0
    table.answer(1, {"share": 0.4})
    assert table.chains()[0].models == ({"share": 0.4},)


def test_the_teacher_skips_a_turn_at_once():
    table = Table(chains=1)
    table.claim(1, 5)
    table.skip(0)
    assert table.claim(2, 5) == Turn(0, 0, MODEL, 1)


def test_a_clock_that_goes_back_frees_nobody_and_harms_nothing():
    table = Table(chains=1)
    table.now = 1000.0
    turn = table.claim(1)
    table.now = 10.0
    assert freed(table.rows, table.settings, table.now) == []
    assert table.claim(1) == turn
    assert table.chains()[0].waiting_since == 1000.0


def test_one_turn_each_where_there_are_people_enough():
    table = Table(chains=2, length=3)
    for seat in range(6):
        assert table.claim(seat, 6)
        assert table.answer(seat, {"share": 0.5})
        assert table.claim(seat, 6) is None
    assert all(chain.turn is None for chain in table.chains())


def test_few_people_play_again_but_never_twice_in_a_row_in_one_chain():
    table = Table(chains=1, length=6)
    for step in range(6):
        turns = {seat: next_turn(table.rows, table.settings, seat, 0.0, seats=2) for seat in (1, 2)}
        last = table.chains()[0].seats[-1:]
        assert [seat for seat, turn in turns.items() if turn] == [
            seat for seat in (1, 2) if (seat,) != last
        ]
        seat = next(seat for seat, turn in turns.items() if turn)
        table.claim(seat, 2)
        table.answer(seat, {"share": step / 10})
    assert table.chains()[0].turn is None


def test_one_person_alone_plays_the_whole_chain():
    table = Table(chains=1, length=3)
    for _ in range(3):
        assert table.claim(1, 1)
        table.answer(1, {"share": 0.5})
    assert table.chains()[0].seats == (1, 1, 1)


def test_a_judge_is_somebody_else_and_a_refusal_asks_another():
    table = Table(chains=1, length=2, variant="judge")
    assert table.claim(1, 9) == Turn(0, 0, MODEL, 0)
    table.answer(1, {"share": 0.9})
    assert table.chains()[0].unjudged == {"share": 0.9}
    assert table.claim(1, 9) is None
    assert table.claim(2, 9) == Turn(0, 0, JUDGE, 0)
    table.answer(2, False)
    standing = table.chains()[0]
    assert (standing.models, standing.refused) == ((), 1)
    assert table.claim(1, 9) is None, "whose answer was refused"
    assert table.claim(3, 9) == Turn(0, 0, MODEL, 1)
    table.answer(3, {"share": 0.6})
    assert table.claim(3, 9) is None
    assert table.claim(4, 9) == Turn(0, 0, JUDGE, 1)
    table.answer(4, True)
    standing = table.chains()[0]
    assert (standing.models, standing.seats, standing.attempts) == (({"share": 0.6},), (3,), (1,))
    assert standing.turn == Turn(0, 1, MODEL, 0)


def test_a_judge_who_sleeps_is_passed_over_too():
    table = Table(chains=1, length=1, variant="judge")
    table.claim(1, 9)
    table.answer(1, {"share": 0.9})
    assert table.claim(2, 9).role == JUDGE
    table.now = 61.0
    assert table.claim(3, 9) == Turn(0, 0, JUDGE, 1)
    table.answer(3, True)
    assert table.chains()[0].models == ({"share": 0.9},)


@pytest.mark.parametrize("variant", ["alone", "judge"])
def test_two_who_ask_at_once_get_what_one_table_can_hold(variant):
    """Both see the same rows; the table takes one of equal turns, and the other asks again."""
    table = Table(chains=2, length=2, variant=variant)
    asked = [next_turn(table.rows, table.settings, seat, 0.0) for seat in range(8)]
    assert set(asked) == {Turn(0, 0, MODEL, 0), Turn(1, 0, MODEL, 0)}
    assert len({turn.chain for turn in asked[:2]}) == 2, "neighbours try different chains"
