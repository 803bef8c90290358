"""Classes whose day is over are deleted although nobody comes: a thread looks now and then."""

from __future__ import annotations

import logging
import threading
import weakref

from sqlalchemy.exc import SQLAlchemyError

from ui.classroom.store.store import ClassStore

__all__ = ["SWEEP_EVERY", "keep_sweeping"]

SWEEP_EVERY = 600.0  # seconds
LOG = logging.getLogger(__name__)


def keep_sweeping(store: ClassStore, every: float = SWEEP_EVERY) -> threading.Thread:
    """Sweep a store now, and then as long as it is there; return the thread that does it.

    It ends with the process, or once nobody has the store any more. Where the database cannot be
    reached it tries again the next time.

    Parameters
    ----------
    store : ClassStore
        What is swept.
    every : float
        Seconds between two times.
    """
    known = weakref.ref(store)
    thread = threading.Thread(target=_sweep, args=(known, every), daemon=True, name="class-sweep")
    thread.start()
    return thread


def _sweep(known: weakref.ref[ClassStore], every: float) -> None:
    pause = threading.Event()
    while (store := known()) is not None:
        try:
            store.sweep()
        except SQLAlchemyError as error:
            LOG.warning("Ended classes could not be deleted now: %s", type(error).__name__)
        del store  # nobody is kept by this thread while it waits
        pause.wait(every)
