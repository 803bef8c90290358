"""What the server holds for one reader is small: results belong to everyone, and go when full."""

import numpy as np
from opened import ENTRIES, open_page
from reached import bytes_reached
from some_pages import some_always

from ui import long_run
from ui.kept import SHARED
from ui.pictures import PICTURES

MOST = 200_000  # bytes


def bytes_of_session(at):
    shared = (SHARED, PICTURES, long_run.WORKERS, long_run.WORKERS._turns)
    return bytes_reached(at.session_state, shared)


@some_always(ENTRIES)
def test_a_session_keeps_no_results(entry, monkeypatch):
    monkeypatch.setattr(long_run, "go_on", lambda *runs: None)
    total, largest = bytes_of_session(open_page(entry))
    assert total < MOST, f"{total} bytes by way of{largest}"


def test_a_method_that_the_session_calls_would_be_found_out():
    class Page:
        def __init__(self):
            self.results = np.zeros(MOST)
            self.make = lambda: self.results

        def choose(self):
            """Be called by the session."""

    page = Page()
    for held in (page.choose, page.make, {"callbacks": [page.make]}, np.zeros(MOST)[:1]):
        assert bytes_reached(held)[0] > 8 * MOST
    assert bytes_reached(Page)[0] == bytes_reached(np)[0] == 0
