"""Long work in turns: shared, bounded, wanted or let go, and nobody waits behind a long piece."""

import threading

import pytest

from ui import workers
from ui.kept import Kept
from ui.workers import Job, Turns, Workers

WAIT = 20


class Steps:
    """Steps 1, 2, ..., each of which is made once its number is let through."""

    def __init__(self, name="a", log=None):
        self.name, self.log = name, [] if log is None else log
        self.through, self.reached = threading.Semaphore(0), threading.Semaphore(0)
        self.error = None

    def __call__(self, done, report):
        report(0.5)
        self.log.append((self.name, len(done)))
        self.reached.release()
        assert self.through.acquire(timeout=WAIT)
        if self.error:
            raise self.error
        report(0.75)
        return len(done)

    def let(self, count=1):
        """Let steps be made, once they are begun."""
        for _ in range(count):
            assert self.reached.acquire(timeout=WAIT)
            self.through.release()


def job_of(steps, turns=None):
    return Job(0, steps, turns or Turns(1))


def at_rest(job):
    """Wait until nobody works on a job."""
    for _ in range(2000):
        if not job._at_work:
            return True
        threading.Event().wait(0.01)
    return False


def test_steps_are_made_in_order_and_only_as_many_as_are_wanted():
    steps = Steps()
    job = job_of(steps)
    job.wish("me", 3)
    steps.let(3)
    assert job.wait(3, WAIT)
    assert job.steps == [0, 1, 2, 3]
    assert job.share == 0.0
    assert at_rest(job)
    assert steps.log == [("a", 1), ("a", 2), ("a", 3)]


def test_more_steps_go_on_where_it_stood():
    steps = Steps()
    job = job_of(steps)
    job.wish("me", 1)
    steps.let(1)
    assert job.wait(1, WAIT)
    job.wish("me", 3)
    steps.let(2)
    assert job.wait(3, WAIT)
    job.wish("me", 2)
    assert at_rest(job)
    assert steps.log == [("a", 1), ("a", 2), ("a", 3)]


def test_the_longest_wish_counts_while_it_lasts():
    steps = Steps()
    job = job_of(steps)
    job.wish("long", 9)
    job.wish("short", 1)
    steps.let(2)
    assert job.wait(2, WAIT)
    assert steps.reached.acquire(timeout=WAIT)
    job.leave("long")
    steps.through.release()
    assert at_rest(job)
    assert job.done <= 3
    assert job.steps == list(range(job.done + 1))


def test_who_leaves_keeps_what_was_done_and_what_is_unwanted_ends_at_the_next_report():
    steps = Steps()
    job = job_of(steps)
    job.wish("me", 5)
    steps.let(2)
    assert steps.reached.acquire(timeout=WAIT)  # in the third
    job.leave("me")
    steps.through.release()
    assert at_rest(job)
    assert job.steps == [0, 1, 2]
    job.wish("me", 3)
    steps.let(1)
    assert job.wait(3, WAIT)
    assert steps.log == [("a", 1), ("a", 2), ("a", 3), ("a", 3)]


def test_a_reader_who_went_away_holds_no_worker(monkeypatch):
    monkeypatch.setattr(workers, "WISH", 0.05)
    steps, turns = Steps(), Turns(1)
    gone, here = job_of(steps, turns), job_of(Steps("b", steps.log), turns)
    gone.wish("gone", 1000)
    assert steps.reached.acquire(timeout=WAIT)
    monkeypatch.setattr(workers, "WISH", 60.0)
    here.wish("here", 1)
    threading.Event().wait(0.1)
    steps.through.release()
    here._after.let(1)
    assert here.wait(1, WAIT)
    assert at_rest(gone)
    assert gone.done <= 1


def test_an_error_is_raised_to_who_watches_and_the_step_is_made_anew_next_time():
    steps = Steps()
    steps.error = ValueError("does not fit")
    job = job_of(steps)
    job.wish("me", 2)
    steps.let(1)
    assert not job.wait(1, WAIT)
    with pytest.raises(ValueError, match="does not fit"):
        job.renew("me", 2)
    assert at_rest(job)
    steps.error = None
    job.wish("me", 2)
    steps.let(2)
    assert job.wait(2, WAIT)
    job.renew("me", 2)
    assert job.steps == [0, 1, 2]


def test_only_so_many_work_at_once():
    at_once, most, lock = [], [], threading.Lock()

    def step(done, report):
        with lock:
            at_once.append(done)
            most.append(len(at_once))
        threading.Event().wait(0.01)
        with lock:
            at_once.pop()
        return len(done)

    turns = Turns(2)
    jobs = [job_of(step, turns) for _ in range(6)]
    for job in jobs:
        job.wish("me", 3)
    assert all(job.wait(3, WAIT) for job in jobs)
    assert max(most) <= 2


def test_who_had_no_turn_yet_comes_first_and_the_place_in_the_queue_is_known(monkeypatch):
    monkeypatch.setattr(workers, "TURN", 0.0)
    log, turns = [], Turns(1)
    long = Steps("long", log)
    long_job = job_of(long, turns)
    long_job.wish("me", 3)
    assert long.reached.acquire(timeout=WAIT)
    shorts = [Steps(f"short {number}", log) for number in range(3)]
    jobs = [job_of(steps, turns) for steps in shorts]
    for job in jobs:
        job.wish("me", 1)
        while job.before == 0:
            threading.Event().wait(0.001)
    assert [job.before for job in jobs] == [1, 2, 3]
    assert long_job.before == 0
    long.through.release()
    for steps in shorts:
        steps.let(1)
    long.let(2)
    assert long_job.wait(3, WAIT)
    assert all(job.wait(1, WAIT) for job in jobs)
    began = [name for name, _ in log]
    assert began[:4] == ["long", "short 0", "short 1", "short 2"]
    assert log[-1] == ("long", 3)


def test_work_under_way_is_found_even_where_there_is_no_room_to_keep_it():
    pool = Workers(Kept(1), count=1)
    steps = Steps()
    job = pool.job("one", lambda: 0, steps)
    job.wish("me", 1)
    pool.job("two", lambda: 0, Steps("b"))
    assert pool.job("one", lambda: 0, Steps("never made")) is job
    steps.let(1)
    assert job.wait(1, WAIT)


def test_what_a_job_made_is_counted_when_it_is_made():
    kept = Kept(10**6)
    pool = Workers(kept, count=1)
    job = pool.job("one", lambda: 0, lambda done, report: bytes(5000))
    job.wish("me", 3)
    assert job.wait(3, WAIT)
    assert at_rest(job)
    for _ in range(200):  # counted just after the last step
        if kept.size > 15_000:
            break
        threading.Event().wait(0.01)
    assert 15_000 < kept.size < 17_000
    pool.job("two", lambda: bytes(10**6), None)
    assert len(kept) == 1
    assert kept.size < 10**6 + 2000


def test_the_time_left_is_estimated_from_the_steps_that_are_done():
    steps = Steps()
    job = job_of(steps)
    assert job.seconds_left(4) == 0.0
    job.wish("me", 2)
    steps.let(2)
    assert job.wait(2, WAIT)
    assert job.seconds_left(3) > 0.0
    assert job.seconds_left(4) == pytest.approx(2 * job.seconds_left(3))
