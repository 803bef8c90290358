"""Whoever came first is let in first."""

import threading
import time

import pytest

from ui.classroom.store.queueing import InTurn


def test_threads_are_let_in_one_at_a_time_in_their_order():
    queue, inside, order = InTurn(), [], []

    def work(number):
        with queue:
            inside.append(number)
            assert inside == [number]
            order.append(number)
            inside.remove(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(20)]
    with queue:
        for count, thread in enumerate(threads, start=1):
            thread.start()
            while len(queue._waiting) <= count:
                time.sleep(0.001)
    for thread in threads:
        thread.join(30)
    assert order == list(range(20))


def test_who_asks_again_and_again_does_not_keep_others_out():
    queue, over, waited = InTurn(), threading.Event(), []

    def greedy():
        while not over.is_set():
            with queue:
                time.sleep(0.001)

    threads = [threading.Thread(target=greedy) for _ in range(10)]
    for thread in threads:
        thread.start()
    for _ in range(20):
        start = time.monotonic()
        with queue:
            waited.append(time.monotonic() - start)
    over.set()
    for thread in threads:
        thread.join(30)
    assert max(waited) < 10


def test_an_error_inside_lets_the_next_one_in():
    queue = InTurn()
    with pytest.raises(ZeroDivisionError), queue:
        raise ZeroDivisionError
    with queue:
        pass
