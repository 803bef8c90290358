"""Matrix products in one thread: on a busy machine several threads wait for each other.

With two threads on two busy cores, fits of 64 coordinates were measured to take seconds instead of
tenths, and ten times as much of both processors. The matrices here are small, and other readers
need the other cores.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from collapse_core.extras import extra

__all__ = ["one_thread"]


def one_thread() -> AbstractContextManager[Any]:
    """Limit the linear algebra that is loaded now to one thread.

    The limit holds from the call on, for the whole process; as a context manager it ends with the
    block. The package that sets it comes with scikit-learn; without it nothing is limited.
    """
    try:
        with extra("models"):
            from threadpoolctl import threadpool_limits
    except ModuleNotFoundError:
        return nullcontext()
    limit: AbstractContextManager[Any] = threadpool_limits(limits=1, user_api="blas")
    return limit
