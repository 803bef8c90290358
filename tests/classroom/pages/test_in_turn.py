"""Whole pages are drawn one after the other; whoever fails or waits too long holds nobody up."""

import threading
import time

import pytest

from ui.classroom import in_turn as turns
from ui.classroom.in_turn import AT_ONCE, in_turn


def test_no_more_are_drawn_at_once_than_said():
    inside, most, lock = [], [], threading.Lock()

    def page(number):
        with in_turn():
            with lock:
                inside.append(number)
                most.append(len(inside))
            time.sleep(0.01)
            with lock:
                inside.remove(number)

    threads = [threading.Thread(target=page, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(most) == 12
    assert max(most) == AT_ONCE


def test_a_page_that_fails_gives_its_place_to_the_next():
    for _ in range(AT_ONCE + 1):
        with pytest.raises(RuntimeError, match="stopped"), in_turn():
            raise RuntimeError("stopped")
    with in_turn():
        pass


def test_who_waits_too_long_goes_on_and_frees_no_place_of_another(monkeypatch):
    monkeypatch.setattr(turns, "_PLACES", threading.Semaphore(1))
    monkeypatch.setattr(turns, "LONGEST_WAIT", 0.01)
    with in_turn():
        with in_turn():
            pass
        assert not turns._PLACES.acquire(blocking=False)
