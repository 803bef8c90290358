"""Codes cannot be tried by the thousand, and who knows one comes in all the same."""

import itertools
import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from ui.classroom.store import ALPHABET
from ui.classroom.tries import MOST_KEPT, TRIES, Slowed, Tries

RIGHT = "BCDFGH"
SCHOOL = "192.0.2.7"
HOUR = 3600


def codes():
    """Yield codes that are wrong, each once."""
    for letters in itertools.product(ALPHABET, repeat=6):
        if (code := "".join(letters)) != RIGHT:
            yield code


class Door:
    """A store that knows one code, and a counter of what it was asked."""

    def __init__(self):
        self.tries, self.wrong, self.asked = Tries(), codes(), []

    def find(self, code):
        self.asked.append(code)
        return "class" if code == RIGHT else None

    def enter(self, code=None, address=SCHOOL, now=0.0, visit=""):
        """Try a code, else another wrong one; return what it opens, or "slowed"."""
        try:
            return self.tries.look_up(
                self.find, next(self.wrong) if code is None else code, address, now, visit
            )
        except Slowed as slowed:
            return "slowed" if slowed.seconds > 0 else "slowed for no time"

    def through(self, seconds, per_second=10, **options):
        """Return how many of many wrong codes are looked up."""
        before = len(self.asked)
        for number in range(seconds * per_second):
            self.enter(now=number / per_second, **options)
        return len(self.asked) - before


@pytest.fixture
def door():
    return Door()


def test_one_address_tries_a_thousand_an_hour_at_most(door):
    assert 900 <= door.through(HOUR) <= 1000


def test_many_addresses_are_slowed_together(door):
    looked_up = 0
    for number in range(20_000):
        looked_up += door.enter(now=number / 20, address=f"198.51.100.{number % 250}") is None
    assert looked_up <= 300 + 1000 + 1
    assert door.enter(RIGHT, now=1e4) == "class"


def test_new_visits_of_one_address_do_not_get_around_it(door):
    for number in range(10_000):
        door.enter(now=number / 10, visit=f"visit {number}")
    assert len(door.asked) <= 2 * 60 + 1000 / 4 + 1


def test_a_right_code_costs_nothing(door):
    assert all(door.enter(RIGHT, visit=f"phone {n}") == "class" for n in range(2000))
    assert door.enter() is None


def test_a_school_that_mistypes_comes_in(door):
    """300 phones of one address in a minute; a fifth of them is wrong at first."""
    rng = random.Random(7)
    for number in range(300):
        now, visit = number / 5, f"phone {number}"
        if rng.random() < 0.2:
            assert door.enter(now=now, visit=visit) is None
        assert door.enter(RIGHT, now=now, visit=visit) == "class"


def test_a_right_code_comes_in_while_somebody_else_of_the_address_tries_thousands(door):
    """The one who tries is slowed; phones that come meanwhile are not."""
    slowed = 0
    for number in range(5000):
        now = number / 50
        slowed += door.enter(now=now, visit="the one who tries") == "slowed"
        slowed += door.enter(now=now) == "slowed"
        if number % 50 == 0:
            assert door.enter(RIGHT, now=now, visit=f"phone {number}") == "class"
    assert slowed > 9000


def test_who_is_slowed_comes_in_after_the_time_that_is_said(door):
    door.through(100)
    with pytest.raises(Slowed) as slowed:
        door.tries.look_up(door.find, RIGHT, SCHOOL, 100.0)
    assert 0 < slowed.value.seconds <= 4
    assert door.enter(RIGHT, now=100.0 + slowed.value.seconds) == "class"
    assert door.enter(RIGHT, now=100.0, address="192.0.2.8") == "class", "others are not concerned"


def test_what_is_slowed_is_not_looked_up(door):
    door.through(100)
    before = len(door.asked)
    assert door.enter(RIGHT, now=100.0) == "slowed"
    assert len(door.asked) == before


def test_a_code_that_was_wrong_is_free_for_a_while(door):
    """A page that is drawn again and again, and 300 phones whose class has ended."""
    assert door.enter("ZZZZZZ") is None
    assert all(door.enter("ZZZZZZ", now=n) is None for n in range(500))
    assert door.through(1, 59) == 59
    assert door.enter("ZZZZZY") == "slowed"
    assert door.enter("ZZZZZZ", now=0.5) is None
    assert door.enter("", now=0.5) is None, "what is no code opens nothing, and is not looked up"


def test_a_class_that_is_opened_later_with_a_code_that_was_wrong_is_found(door):
    assert door.enter("ZZZZZZ") is None
    assert door.tries.look_up(lambda code: "opened", "ZZZZZZ", SCHOOL, 1.0) == "opened"


def test_a_clock_that_goes_back_locks_nobody_out(door):
    door.through(100)
    assert door.enter(now=-1e6) == "slowed"
    assert door.enter(RIGHT, now=-1e6 + 4.1) == "class"


def test_memory_is_bounded(door):
    for number in range(3 * MOST_KEPT):
        door.enter(now=number, address=f"10.{number % 256}.{number // 256}.1", visit=str(number))
    assert 2 * MOST_KEPT < door.tries.kept() <= 3 * MOST_KEPT


def test_a_household_with_all_of_a_network_is_one_address(door):
    for number in range(200):
        door.enter(address=f"2001:db8:1:2::{number:x}")
    assert len(door.asked) == 60
    assert door.enter(address="2001:db8:1:3::1") is None
    assert door.enter(address="::ffff:192.0.2.9") is None
    for unknown in (None, "", "not an address", "fe80::1%eth0"):
        assert door.enter(address=unknown) is None


def test_threads_share_it(door):
    with ThreadPoolExecutor(8) as pool:
        wrong = list(itertools.islice(door.wrong, 400))
        found = list(pool.map(door.enter, wrong))
    assert found.count(None) == 60
    assert found.count("slowed") == 340


def test_the_process_has_one():
    assert isinstance(TRIES, Tries)
