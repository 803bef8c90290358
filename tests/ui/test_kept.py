"""What is kept: made once for all who ask, bounded by bytes, errors never."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pytest

from ui.kept import Kept, bytes_of

WAIT = 20
MEGABYTE = 10**6


class Stopped(BaseException):
    """What Streamlit raises in a run that is to end is no `Exception` either."""


class Maker:
    """Makes a result once the gate is open, and counts how often it was asked to."""

    def __init__(self, result, open_gate=False):
        self.result, self.calls = result, 0
        self.begun, self.gate = threading.Event(), threading.Event()
        if open_gate:
            self.gate.set()

    def __call__(self):
        self.calls += 1
        self.begun.set()
        assert self.gate.wait(WAIT)
        if isinstance(self.result, BaseException):
            raise self.result
        return self.result


def asked_by_many(kept, maker, readers=20):
    """Let readers ask at the same time; return what each of them got, or what was raised."""
    with ThreadPoolExecutor(readers) as pool:
        answers = [pool.submit(kept.get, "name", maker) for _ in range(readers)]
        assert maker.begun.wait(WAIT)
        maker.gate.set()
        return [answer.exception(WAIT) or answer.result() for answer in answers]


def test_twenty_who_ask_the_same_get_one_result():
    kept, maker = Kept(MEGABYTE), Maker(object())
    answers = asked_by_many(kept, maker)
    assert answers == [maker.result] * 20
    assert maker.calls == 1
    assert kept.get("name", Maker("never made")) is maker.result


def test_different_questions_do_not_wait_for_each_other():
    kept, slow = Kept(MEGABYTE), Maker("slow")
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(kept.get, "slow", slow)
        assert slow.begun.wait(WAIT)
        assert kept.get("quick", Maker("quick", open_gate=True)) == "quick"
        assert not answer.done()
        slow.gate.set()
        assert answer.result(WAIT) == "slow"


def test_an_error_is_raised_to_all_and_the_result_is_made_anew_next_time():
    kept, error = Kept(MEGABYTE), ValueError("no such law")
    broken = Maker(error)
    answers = asked_by_many(kept, broken)
    # Who came too late for the first error asked again.
    assert answers == [error] * 20
    assert kept.get("name", Maker("good", open_gate=True)) == "good"


def test_who_waits_takes_over_where_the_maker_was_stopped():
    kept, stopped, second = Kept(MEGABYTE), Maker(Stopped()), Maker("made", open_gate=True)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(kept.get, "name", stopped)
        assert stopped.begun.wait(WAIT)
        waiting = pool.submit(kept.get, "name", second)
        stopped.gate.set()
        assert isinstance(first.exception(WAIT), Stopped)
        assert waiting.result(WAIT) == "made"
    assert second.calls == 1


def test_the_least_recently_used_go_when_there_is_no_more_room():
    kept = Kept(3 * 8000 + 2000)
    made = []

    def ask(name):
        def make():
            made.append(name)
            return np.zeros(1000)

        kept.get(name, make)

    for name in ("one", "two", "three", "one", "four"):
        ask(name)
        assert kept.size <= kept.most_bytes
    assert len(kept) == 3
    made.clear()
    for name in ("one", "four", "three", "two"):
        ask(name)
    assert made == ["two"]


def test_the_newest_stays_even_if_it_is_too_large():
    kept = Kept(100)
    kept.get("small", lambda: np.zeros(1))
    large = kept.get("large", lambda: np.zeros(1000))
    assert kept.get("large", Maker("never made")) is large
    assert len(kept) == 1
    kept.clear()
    assert len(kept) == kept.size == 0


def test_what_is_derived_later_is_counted_when_it_is_asked_for_again():
    @dataclass
    class Runs:
        mean: np.ndarray

        @cached_property
        def lost(self):
            return self.mean == 0.0

    kept = Kept(MEGABYTE)
    runs = kept.get("runs", lambda: Runs(np.zeros(1000)))
    before = kept.size
    assert runs.lost.all()
    kept.get("runs", Maker("never made"))
    assert 1000 <= kept.size - before < 1200
    assert kept.size == pytest.approx(bytes_of(runs))


def test_what_is_derived_from_the_newest_is_counted_before_another_takes_its_room():
    @dataclass
    class Runs:
        mean: np.ndarray

        @cached_property
        def twice(self):
            return 2.0 * self.mean

    kept = Kept(3 * 16_000 + 2000)
    for number in range(50):
        assert kept.get(f"runs {number}", lambda: Runs(np.zeros(1000))).twice.size == 1000
        held = sum(bytes_of(entry.value) for entry in kept._entries.values())
        assert held <= kept.most_bytes + 8000, "only the newest may not be counted yet"
    assert len(kept) == 3


def test_a_view_counts_as_what_it_keeps_alive_and_nothing_counts_twice():
    whole = np.zeros(1000)
    assert bytes_of(whole) == bytes_of(whole[:10]) == bytes_of(whole[:500][:10])
    assert bytes_of([whole, whole[:10], {"again": whole}]) < 8000 + 500
    assert 300 < bytes_of(("x" * 300, b"", 1, None)) < 900


def test_a_function_whose_results_are_kept_is_asked_by_what_its_arguments_say():
    kept, calls = Kept(MEGABYTE), []

    @kept.of
    def total(first, second=1):
        """Add up."""
        calls.append((first, second))
        return first + second

    assert [total(1, 2), total(1, 2), total(1, second=2), total(1.0, 2), total(12)] == [
        3, 3, 3, 3.0, 13
    ]  # fmt: skip
    assert calls == [(1, 2), (1, 2), (1.0, 2), (12, 1)]
    assert total.__doc__ == "Add up."
