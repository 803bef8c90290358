"""The driver of a live class: what it counts as lost or double, and small classes that meet."""

import asyncio
import json
import random

import pytest
from streamlit.proto.Element_pb2 import Element

from benchmarks.class_compared import compare
from benchmarks.class_measured import Size, a_class
from benchmarks.class_place import missing, place
from benchmarks.live_class import LARGE, SMALL
from benchmarks.phone import Given, Phone
from benchmarks.phone_screen import GUESS, TURN, Screen, Task
from ui.classroom.store import ClassStore

LATER = Task(GUESS, "hand", "How likely?", {})
JAR = {"kind": "telephone", "game": "jar", "chains": 2, "length": 2}


class OneClass:
    """A store with one class, and phones that need no server."""

    def __init__(self, settings, count):
        self.store = ClassStore.at("sqlite://")
        self.of, teacher = self.store.open_class("en")
        self.round = self.store.begin_round(self.of.id, teacher, settings)
        self.phones = [self.phone() for _ in range(count)]

    def phone(self):
        _, token = self.store.join(self.of.code)
        return Phone("http://nowhere", f"class={self.of.code}&seat={token}", random.Random(1))

    def guessed(self, phone, value):
        self.store.guess(self.round.id, phone.seat, [value])

    def compared(self):
        found = compare(self.store, self.of.id, self.round.id, self.phones)
        return found.stored, found.lost, found.unknown, found.double


@pytest.fixture
def guessing():
    return OneClass({"kind": "guess", "page": "two_colours", "link": ""}, 3)


def believe(phone, value, task=LATER):
    phone.given.append(Given(task, [value], 0.0, 0, 1, 0.1))


def test_who_agrees_with_the_store_has_lost_nothing(guessing):
    for place_of, phone in enumerate(guessing.phones):
        guessing.guessed(phone, 0.1 * place_of)
        believe(phone, 0.1 * place_of)
    assert guessing.compared() == (3, 0, 0, 0)


def test_what_a_phone_believes_and_the_store_has_not_is_lost(guessing):
    believe(guessing.phones[0], 0.5)
    assert guessing.compared() == (0, 1, 0, 0)


def test_another_value_than_was_given_is_lost(guessing):
    guessing.guessed(guessing.phones[0], 0.4)
    believe(guessing.phones[0], 0.5)
    assert guessing.compared() == (1, 1, 1, 0)


def test_what_nobody_knows_of_is_told(guessing):
    guessing.guessed(guessing.phones[2], 0.5)
    assert guessing.compared() == (1, 0, 1, 0)


def test_a_phone_that_came_in_twice_is_double(guessing):
    guessing.phone()
    assert guessing.compared() == (0, 0, 0, 1)


def test_a_phone_that_lost_its_seat_lost_its_answer(guessing):
    guessing.guessed(guessing.phones[0], 0.5)
    believe(guessing.phones[0], 0.5)
    guessing.phones[0].query = "class=NOBODY"
    assert guessing.compared() == (1, 1, 1, 1)


def test_a_turn_is_known_by_its_number():
    playing = OneClass(JAR, 2)
    for phone in playing.phones:
        turn = playing.store.claim(playing.round.id, phone.seat)
        playing.store.answer(turn.id, phone.seat, {"share": 0.25})
        believe(phone, 0.25, Task(TURN, "turn", "", {"turn": turn.id}))
    assert playing.compared() == (2, 0, 0, 0)
    playing.phones[0].given[0] = playing.phones[1].given[0]
    assert playing.compared() == (2, 1, 1, 0)


def drawn(name, data):
    element = Element()
    element.bidi_component.id = "$$ID-1"
    element.bidi_component.component_name = name
    element.bidi_component.json = json.dumps(data)
    screen = Screen()
    screen.draw(element, "the round")
    return screen


def test_a_guess_is_taken_when_the_page_shows_it():
    phone = Phone("http://nowhere", "class=ABCDEF", random.Random(1))
    shown = [
        ({"ask": {"state": "told", "text": ""}, "guess": None}, (0, 1)),
        ({"ask": {"state": "told", "text": ""}, "guess": [0.2]}, (0, 1)),
        ({"ask": {"state": "told", "text": ""}, "guess": [0.5]}, (1, 0)),
    ]
    for data, counts in shown:
        phone.given, phone.refused = [], []
        phone._open = Given(LATER, [0.5], 0.0, 0, 1)
        phone.screen = drawn(GUESS, data)
        phone.looked()
        assert (len(phone.given), len(phone.refused)) == counts


def test_a_turn_is_open_until_it_leaves_the_page():
    phone = Phone("http://nowhere", "class=ABCDEF", random.Random(1), sent="Sent.")
    phone.screen = drawn(TURN, {"turn": 7, "before": ""})
    phone.looked()
    phone._open = Given(phone.screen.task, [0.5], 0.0, 0, 1)
    phone.looked()
    assert not phone.given + phone.refused
    phone.screen = drawn(TURN, {"turn": 9, "before": "Sent."})
    phone.looked()
    assert [given.task.turn for given in phone.given] == [7]
    assert phone.screen.task.turn == 9
    assert phone.screen.task.fragment == "the round"


def test_the_large_class_is_what_was_promised():
    assert (LARGE.phones, LARGE.arrive_within, LARGE.answer_within, LARGE.kill) == (
        300,
        50.0,
        30.0,
        True,
    )


def meet(size, replicas=0, shared=False):
    """Let a class meet; return what was measured by the end of its name."""
    if why := missing(replicas, shared):
        pytest.skip(why)
    with place(replicas, shared) as where:
        rows = asyncio.run(a_class(where, size))
    assert all(row.beside.get("errors", 0) == 0 for row in rows), "\n".join(map(str, rows))
    return {row.what.partition(": ")[2].partition(",")[0]: row for row in rows}


def test_a_small_class_meets():
    guesses = meet(SMALL)["a guess is in"].beside
    assert guesses["taken"] == guesses["stored"] == guesses["told"] == SMALL.phones


@pytest.mark.full
def test_a_class_plays_telephone():
    size = Size(30, arrive_within=5.0, quiet=1.5, answer_within=1.0, telephone=True, pace=5.0)
    turns = meet(size)["a turn of telephone is in"].beside
    assert turns["taken"] == turns["stored"] == 30


@pytest.mark.full
def test_a_replica_ends_in_the_middle():
    size = Size(40, arrive_within=10.0, quiet=2.0, answer_within=10.0, kill=True, pace=2.0)
    rows = meet(size, 2, True)
    guesses, back = rows["a guess is in"].beside, rows["back after its end"]
    assert guesses["taken"] == guesses["stored"] == guesses["told"] == size.phones
    assert 1 <= back.beside["phones"] < size.phones
    assert back.measured < 30.0
