"""Free memory goes back to the system: seldom, on nobody's thread, and only where that is known."""

import ctypes
import os
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from opened import HOME, ROOT, open_page

from ui import memory
from ui.memory import GiveBack, give_back, given_back_soon, small_heaps

WAIT = 20
on_glibc = pytest.mark.skipif(memory._glibc() is None, reason="only glibc keeps heaps")

# Forty threads at a time each keep a little of what they computed; then most of it is let go.
THREADS = """
import threading
from pathlib import Path
from ui import memory

def resident():
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) // 1024

together = threading.Barrier(40)

def compute(held):
    together.wait()
    held.extend(bytes(10_000 + number) for number in range(300))
    together.wait()

held = [[] for _ in range(40)]
threads = [threading.Thread(target=compute, args=(mine,)) for mine in held]
"""
RUN = "[thread.start() for thread in threads]; [thread.join() for thread in threads];"


def said_by(program, **environment):
    """Return what a new process says, whose heaps no other test has made."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MALLOC_")}
    done = subprocess.run(
        [sys.executable, "-c", THREADS + program],
        cwd=ROOT, check=True, capture_output=True, text=True, env=clean | environment,
    )  # fmt: skip
    return done.stdout.split()


COUNT = """
import ctypes, sys, tempfile
library = ctypes.CDLL(None)
library.fopen.restype = ctypes.c_void_p
library.fopen.argtypes = [ctypes.c_char_p, ctypes.c_char_p]
library.malloc_info.argtypes = [ctypes.c_int, ctypes.c_void_p]
library.fclose.argtypes = [ctypes.c_void_p]
with tempfile.NamedTemporaryFile() as file:
    stream = library.fopen(file.name.encode(), b"w")
    library.malloc_info(0, stream)
    library.fclose(stream)
    print(Path(file.name).read_text().count("<heap nr="))
"""


@on_glibc
def test_threads_share_a_few_heaps():
    assert int(said_by(RUN + COUNT)[0]) > 4
    assert said_by("print(memory.small_heaps());" + RUN + COUNT) == ["True", "2"]


@on_glibc
def test_who_starts_the_server_says_how_many_heaps():
    said = said_by("memory.small_heaps();" + RUN + COUNT, MALLOC_ARENA_MAX="4")
    assert said == ["4"]


@on_glibc
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no kernel says what is held")
def test_what_is_free_goes_back():
    few = "for mine in held: mine[:] = mine[::20]"
    program = f"{RUN}\nfull = resident()\n{few}\nmemory.give_back()\nprint(full, resident())"
    full, left = map(int, said_by(program))
    # About 115 MB were held, and a twentieth of that still is.
    assert full - left > 70


@pytest.fixture
def given():
    """A `GiveBack` that notes on which thread it gave, and can be waited for."""
    done, threads = threading.Semaphore(0), []

    def give():
        threads.append(threading.current_thread())
        done.release()

    return SimpleNamespace(back=GiveBack(give, 0.05), done=done, threads=threads)


def test_many_who_ask_at_once_are_served_once_and_do_not_wait(given):
    for _ in range(100):
        given.back.soon()
    assert given.done.acquire(timeout=WAIT)
    assert not given.done.acquire(timeout=0.2)
    (thread,) = given.threads
    assert thread is not threading.current_thread()
    assert thread.daemon


def test_who_asks_later_is_served_again(given):
    for _ in range(3):
        given.back.soon()
        assert given.done.acquire(timeout=WAIT)
    assert len(given.threads) == 3


def test_an_error_ends_nothing():
    done = threading.Semaphore(0)

    def give():
        done.release()
        raise OSError("no memory to give")

    back = GiveBack(give, 0.0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(threading, "excepthook", lambda _: None)
        for _ in range(2):
            back.soon()
            assert done.acquire(timeout=WAIT)


def windows(name):
    raise TypeError("argument of type 'NoneType' is not iterable")


OTHERS = {"Windows": windows, "another C library": lambda name: SimpleNamespace()}


@pytest.mark.parametrize("system", OTHERS)
def test_on_other_systems_nothing_is_done(system, monkeypatch):
    asked = []
    monkeypatch.setattr(ctypes, "CDLL", OTHERS[system])
    monkeypatch.setattr(memory, "_SOON", SimpleNamespace(soon=lambda: asked.append(1)))
    for cached in (memory._glibc, small_heaps):
        cached.cache_clear()
    try:
        assert not give_back()
        assert not small_heaps()
        given_back_soon()
        assert asked == []
    finally:
        for cached in (memory._glibc, small_heaps):
            cached.cache_clear()


@on_glibc
def test_each_page_asks_for_it(monkeypatch):
    asked = []
    monkeypatch.setattr(memory, "_SOON", SimpleNamespace(soon=lambda: asked.append(1)))
    assert not open_page(HOME).exception
    assert asked
