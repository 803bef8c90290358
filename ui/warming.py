"""What other pages will need is imported in the background, once the first picture has been sent.

A page imports what it needs itself, and heavy libraries where they are first used, so that the
first visit is short. Whoever opens the other pages then finds them there.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
import threading
import time
from collections.abc import Iterator

import collapse_core.topics
import ui.topics

__all__ = ["warm"]

WAIT = 2.0  # seconds: by then the first picture has been drawn
PAUSE = 0.02  # between two modules, for whoever presses a key meanwhile
# From the leaves to the root, so that no page meets one that is half imported.
LIBRARIES = (
    "scipy.special",
    "scipy.linalg",
    "scipy.sparse",
    "scipy.stats",
    "sklearn.cluster",
    "sklearn.mixture",
    "sklearn.datasets",
)


@functools.cache
def warm() -> None:
    """Begin to import what other pages need; once, however often it is asked for."""
    waiting = threading.Timer(WAIT, _import_all)
    waiting.daemon = True
    waiting.start()


def _import_all() -> None:
    for name in _modules():
        try:
            importlib.import_module(name)
        except ModuleNotFoundError:  # the page that needs it says what is missing
            continue
        time.sleep(PAUSE)


def _modules() -> Iterator[str]:
    """Yield the names of all modules that some page needs: first what is light."""
    for package in (collapse_core.topics, ui.topics):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield module.name
    yield from LIBRARIES
