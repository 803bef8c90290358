"""Long work: watched, stopped, taken up again, and shared between readers."""

import threading
import time
from dataclasses import dataclass

import pytest
from streamlit.testing.v1 import AppTest

from collapse_core.lessons.lesson import shell_words
from ui import long_run, workers
from ui.kept import SHARED

CALLS = []
WAIT = 20


@dataclass(frozen=True)
class Counting:
    """Steps 0, 1, 2, ..., of which each takes some time; it notes which it has made."""

    total: int
    seconds: float
    name: str

    @property
    def identity(self):
        return self.name

    def start(self):
        return 0

    def after(self, done, report):
        for part in range(4):
            time.sleep(self.seconds / 4)
            report(part / 4)
        CALLS.append((self.name, len(done)))
        return len(done)


def page(total, seconds, name):
    import streamlit as st
    from test_long_run import Counting

    from ui import long_run

    run = long_run.long_run(Counting(total, seconds, name), key="work")
    st.text(f"steps {list(run.steps)} of {run.total}, {'running' if run.running else 'resting'}")
    long_run.go_on(run)


@pytest.fixture(autouse=True)
def fresh():
    CALLS.clear()
    SHARED.clear()


def opened(total, seconds, name="a"):
    return AppTest.from_function(page, args=(total, seconds, name), default_timeout=WAIT)


def steps_made(name="a"):
    return [step for maker, step in CALLS if maker == name]


def steps_shown(at):
    """Return how many steps a page shows; they are the first ones, in order."""
    shown, _, _ = at.text[0].value.removeprefix("steps ").partition(" of ")
    steps = [int(step) for step in shown.strip("[]").split(",")]
    assert steps == list(range(len(steps)))
    return len(steps) - 1


def test_all_steps_are_made_once_and_in_order():
    at = opened(5, 0.2, "once").run()
    assert at.text[0].value == "steps [0, 1, 2, 3, 4, 5] of 5, resting"
    assert steps_made("once") == [1, 2, 3, 4, 5]
    assert not at.button
    assert at.caption[0].value == "5 generations computed."
    at.run()
    assert steps_made("once") == [1, 2, 3, 4, 5]


def test_more_generations_go_on_where_it_stood_and_fewer_are_cut():
    opened(3, 0.02, "longer").run()
    at = opened(6, 0.02, "longer").run()
    assert steps_shown(at) == 6
    at = opened(2, 0.02, "longer").run()
    assert at.text[0].value == "steps [0, 1, 2] of 2, resting"
    assert at.caption[0].value == "2 generations computed."
    assert steps_made("longer") == [1, 2, 3, 4, 5, 6]


def test_a_script_watches_for_a_while_and_draws_what_is_there(monkeypatch):
    monkeypatch.setattr(long_run, "go_on", lambda *runs: None)
    at = opened(100, 0.1, "slice").run()
    first = steps_shown(at)
    assert 1 <= first < 100
    assert "running" in at.text[0].value
    assert "of 100 generations · about " in at.get("progress")[0].proto.text
    at.run()
    assert first < steps_shown(at) < 100


def test_stopping_keeps_what_was_computed_and_going_on_continues(monkeypatch):
    monkeypatch.setattr(long_run, "go_on", lambda *runs: None)
    at = opened(100, 0.1, "stopped").run()
    at.button[0].click().run()
    kept = steps_shown(at)
    assert at.text[0].value.endswith("of 100, resting")
    assert at.button[0].label == shell_words("long_run")["go_on"]
    assert at.get("progress")[0].proto.text == f"Stopped at {kept} of 100 generations."
    time.sleep(0.3)  # nobody waits for the work
    at.run()
    # A step may have been in its last quarter.
    assert kept <= steps_shown(at) <= kept + 1
    at.button[0].click().run()
    assert steps_shown(at) > kept + 1
    made = steps_made("stopped")
    assert made == list(range(1, len(made) + 1))


def test_another_setting_starts_although_the_last_was_stopped(monkeypatch):
    monkeypatch.setattr(long_run, "go_on", lambda *runs: None)
    at = opened(100, 0.1, "this").run()
    at.button[0].click().run()
    for total, name in ((100, "that"), (99, "this")):
        other = opened(total, 0.1, name)
        other.session_state["work_stopped"] = at.session_state["work_stopped"]
        other.run()
        assert "running" in other.text[0].value


def test_two_readers_share_the_work():
    threads = [threading.Thread(target=opened(6, 0.15, "shared").run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=WAIT)
    assert steps_made("shared") == list(range(1, 7))


def test_who_turns_to_other_settings_no_longer_waits_for_the_last_ones(monkeypatch):
    monkeypatch.setattr(long_run, "go_on", lambda *runs: None)
    monkeypatch.setattr(workers, "WISH", 1000.0)
    at = opened(1000, 0.04, "left").run()
    other = opened(3, 0.02, "new")
    for name in ("reader", "work_job"):
        other.session_state[name] = at.session_state[name]
    other.run()
    assert steps_shown(other) == 3
    job = long_run.WORKERS.job("steps left", None, None)
    assert not job._wishes


def test_a_long_run_does_not_block_another_readers_press(monkeypatch):
    monkeypatch.setattr(long_run, "go_on", lambda *runs: None)
    monkeypatch.setattr(workers, "WISH", 1000.0)
    long = opened(1000, 0.04, "long").run()
    at = opened(3, 0.04, "short").run()
    assert steps_shown(at) == 3
    assert "running" in long.text[0].value
    long.button[0].click().run()


def test_the_place_in_the_queue_is_shown(monkeypatch):
    monkeypatch.setattr(workers.Job, "before", 2)
    job = workers.Job(0, None, workers.Turns(1))

    class Place:
        def progress(self, share, text):
            assert share == 0.0
            assert text == "0 of 5 generations · 2 before you"

    long_run._Bar(Place(), "generation", 5).show(job)


# ------------------------------------------------------------------------- work in one piece


def test_work_in_one_piece_is_done_once_and_shows_how_far_it_is():
    told = []

    def make(report):
        told.append("made")
        for part in range(5):
            report(part / 5)
            time.sleep(0.12)
        return "answer"

    assert long_run.watched("one", make) == "answer"
    assert long_run.watched("one", make) == "answer"
    assert long_run.watched("another", lambda report: "other") == "other"
    assert told == ["made"]


def test_an_error_in_work_in_one_piece_is_raised_and_not_kept():
    answers = iter((ValueError("no law"), 7))

    def make(report):
        answer = next(answers)
        if isinstance(answer, Exception):
            raise answer
        return answer

    with pytest.raises(ValueError, match="no law"):
        long_run.watched("broken", make)
    assert long_run.watched("broken", make) == 7


def test_work_in_one_piece_ends_when_its_reader_turns_away(monkeypatch):
    class Stopped(BaseException):
        pass

    class Bar:
        def empty(self):
            return self

        def progress(self, share, text):
            raise Stopped

    reports = threading.Semaphore(0)
    ended = threading.Event()

    def make(report):
        try:
            while True:
                reports.release()
                report(0.5)
                time.sleep(0.01)
        finally:
            ended.set()

    monkeypatch.setattr(long_run.st, "empty", Bar)
    with pytest.raises(Stopped):
        long_run.watched("endless", make)
    assert ended.wait(WAIT)


def piece():
    import time

    import streamlit as st

    from ui import long_run

    def make(report):
        time.sleep(0.15)
        report(0.5)
        return 1

    long_run.watched("piece", make)
    st.text("done")


def test_nothing_of_the_progress_stays_on_the_page():
    at = AppTest.from_function(piece, default_timeout=20).run()
    assert not at.exception
    assert not at.get("progress")
    assert at.text[0].value == "done"
