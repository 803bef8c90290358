"""What the server holds for one reader is small: results belong to everyone, and go when full."""

import gc
import sys
import types

import numpy as np
from opened import ENTRIES, open_page
from some_pages import some_always

from ui import long_run
from ui.kept import SHARED
from ui.pictures import PICTURES

MOST = 200_000  # bytes
NO_READERS = (type, types.ModuleType, types.FrameType)


def bytes_reached(value, shared=()):
    """Return the bytes of all that a value keeps alive, and the names of the largest part's way."""
    seen, waiting, total, largest = {id(item) for item in shared}, [(value, "")], 0, (0, "")
    while waiting:
        item, way = waiting.pop()
        if id(item) in seen or isinstance(item, NO_READERS):
            continue
        seen.add(id(item))
        is_view = isinstance(item, np.ndarray) and item.base is not None
        size = 0 if is_view else sys.getsizeof(item)
        total, largest = total + size, max(largest, (size, way))
        waiting.extend((held, f"{way} > {type(item).__name__}") for held in held_by(item))
    return total, largest[1]


def held_by(item):
    """Return what an item keeps alive; of a function what it closes over, not its module."""
    if isinstance(item, np.ndarray):
        return [item.base]
    if isinstance(item, types.FunctionType):
        return [cell.cell_contents for cell in item.__closure__ or () if holds_something(cell)]
    return gc.get_referents(item)


def holds_something(cell):
    try:
        return cell.cell_contents is not cell
    except ValueError:  # not set yet
        return False


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
