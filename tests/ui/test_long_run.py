"""Long work: in slices, watched, stopped, taken up again, and shared between readers."""

import threading
import time
from dataclasses import dataclass

import pytest
from streamlit.testing.v1 import AppTest

from collapse_core.lessons.lesson import shell_words
from ui import long_run

CALLS = []


@dataclass(frozen=True)
class Counting:
    """Steps 0, 1, 2, ..., of which each takes some time; it notes which it has made."""

    total: int
    seconds: float
    name: str

    def start(self):
        return 0

    def after(self, done, report):
        CALLS.append((self.name, len(done)))
        for part in range(4):
            time.sleep(self.seconds / 4)
            report(part / 4)
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
    long_run._work.clear()
    long_run._result.clear()


def opened(total, seconds, name="a"):
    return AppTest.from_function(page, args=(total, seconds, name), default_timeout=20)


def steps_made(name="a"):
    return [step for maker, step in CALLS if maker == name]


def test_all_steps_are_made_once_and_in_order():
    at = opened(5, 0.2).run()
    assert at.text[0].value == "steps [0, 1, 2, 3, 4, 5] of 5, resting"
    assert steps_made() == [1, 2, 3, 4, 5]
    assert not at.button
    assert at.caption[0].value == "5 generations computed."
    at.run()
    assert steps_made() == [1, 2, 3, 4, 5]


def test_one_script_run_does_one_slice(monkeypatch):
    monkeypatch.setattr(long_run, "go_on", lambda *runs: None)
    at = opened(100, 0.1).run()
    first = len(steps_made())
    assert 1 <= first < 30
    assert "running" in at.text[0].value
    assert "of 100 generations · about " in at.get("progress")[0].proto.text
    at.run()
    assert first < len(steps_made()) < 60


def test_stopping_keeps_what_was_computed_and_going_on_continues(monkeypatch):
    monkeypatch.setattr(long_run, "go_on", lambda *runs: None)
    at = opened(100, 0.1).run()
    at.button[0].click().run()
    kept = len(steps_made())
    assert at.text[0].value == f"steps {list(range(kept + 1))} of 100, resting"
    assert at.button[0].label == shell_words("long_run")["go_on"]
    assert at.get("progress")[0].proto.text == f"Stopped at {kept} of 100 generations."
    at.run()
    assert len(steps_made()) == kept
    at.button[0].click().run()
    assert len(steps_made()) > kept
    assert steps_made() == list(range(1, len(steps_made()) + 1))


def test_another_setting_starts_although_the_last_was_stopped(monkeypatch):
    monkeypatch.setattr(long_run, "go_on", lambda *runs: None)
    at = opened(100, 0.1).run()
    at.button[0].click().run()
    other = AppTest.from_function(page, args=(100, 0.1, "b"), default_timeout=20)
    other.session_state["work_stopped"] = at.session_state["work_stopped"]
    other.run()
    assert steps_made("b")
    assert "running" in other.text[0].value


def test_two_readers_share_the_work():
    threads = [threading.Thread(target=opened(6, 0.15).run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert steps_made() == list(range(1, 7))


def test_an_interrupted_step_is_made_anew():
    class Interrupted(BaseException):
        pass

    work = long_run.Work([0])
    task = Counting(3, 0.4, "c")

    class Bar:
        broken = True

        def progress(self, share, text):
            if self.broken and share > 0:
                raise Interrupted

        def caption(self, text):
            pass

    bar = Bar()
    with pytest.raises(Interrupted):
        long_run._slice(work, task, bar, "generation")
    assert work.steps == [0]
    assert not work.lock.locked()
    bar.broken = False
    while len(work.steps) <= task.total:
        long_run._slice(work, task, bar, "generation")
    assert work.steps == [0, 1, 2, 3]


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


def test_work_in_one_piece_that_was_interrupted_is_made_anew():
    def broken(report):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        long_run.watched("broken", broken)
    assert long_run.watched("broken", lambda report: 7) == 7


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
