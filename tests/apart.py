"""Work in a thread of its own: the browser's driver keeps an event loop in that of the tests."""

from concurrent.futures import ThreadPoolExecutor


def apart(work, *asked):
    """Return what a function gives; it may start an event loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work, *asked).result()
