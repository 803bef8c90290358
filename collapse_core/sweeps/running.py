"""Cells on several processes or machines: they finish in any order, and one never ends the others.

Processes are joblib's, a cluster is Dask's: neither the waiting nor the sending is written here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeAlias

from collapse_core.checks import check_whole_number
from collapse_core.extras import extra
from collapse_core.sweeps.grid import Cell
from collapse_core.sweeps.work import Failure, Outcome, version, work

__all__ = ["Numbered", "finished"]

Numbered: TypeAlias = tuple[int, Cell]
Finished: TypeAlias = Iterator[tuple[int, Outcome]]
SECONDS_TO_CONNECT, PATIENCE = 20, 30
KILLED = "its process was killed, perhaps because it needs more memory"


def finished(cells: Sequence[Numbered], workers: int = 1, cluster: Any = None) -> Finished:
    """Yield the number and the outcome of each cell as it is finished.

    Parameters
    ----------
    cells : sequence of (int, Cell)
        What is asked.
    workers : int
        Processes on this machine; 1 works in this one.
    cluster : str or dask.distributed.Client, optional
        The address of a Dask scheduler, or a client of one: its workers are used instead.

    Raises
    ------
    ValueError
        If ``workers`` is less than 1.
    RuntimeError
        If the cluster does not answer, or if none of its workers is left.
    """
    if cluster is not None:
        return _on_cluster(cells, cluster)
    if check_whole_number("workers", workers, 1) > 1 and len(cells) > 1:
        return _in_processes(cells, workers)
    return ((number, work(cell, version())) for number, cell in cells)


def _numbered(number: int, cell: Cell, asked_version: str) -> tuple[int, Outcome]:
    return number, work(cell, asked_version)


def _in_processes(cells: Sequence[Numbered], workers: int) -> Finished:
    """Yield outcomes of joblib's processes; a cell that kills its own is found by working alone."""
    remaining, alone = dict(cells), False
    while remaining:
        batch = list(remaining.items())[: 1 if alone else None]
        before = len(remaining)
        try:
            for number, outcome in _pool(batch, workers):
                del remaining[number]
                yield number, outcome
            alone = False
        except BrokenProcessPool:
            if alone:
                number = batch[0][0]
                del remaining[number]
                yield number, Failure(KILLED)
            alone = len(remaining) == before


def _pool(cells: Sequence[Numbered], workers: int) -> Finished:
    with extra("models"):  # scikit-learn brings joblib
        from joblib import Parallel, delayed

    pool = Parallel(n_jobs=workers, prefer="processes", return_as="generator_unordered")
    found: Finished = pool(delayed(_numbered)(*cell, version()) for cell in cells)
    return found


def _on_cluster(cells: Sequence[Numbered], cluster: Any) -> Finished:
    """Yield outcomes of a Dask cluster, which gives the cells of a lost worker to another one."""
    with extra("cluster"):
        from dask import distributed

    own = isinstance(cluster, str)
    client = _connected(distributed.Client, cluster) if own else cluster
    try:
        numbers, asked = zip(*cells, strict=True)
        futures = client.map(_numbered, numbers, asked, asked_version=version(), pure=False)
        which = dict(zip((future.key for future in futures), numbers, strict=True))
        for future in _as_completed(distributed.wait, client, set(futures)):
            failed = future.exception()
            yield which[future.key], Failure(_lost(failed)) if failed else future.result()[1]
            future.release()
    finally:
        if own:
            client.close()


def _as_completed(wait: Any, client: Any, pending: set[Any]) -> Iterator[Any]:
    """Yield futures as they are done; stop where no worker has been left for a while."""
    while pending:
        try:
            done = wait(pending, timeout=PATIENCE, return_when="FIRST_COMPLETED").done
        except TimeoutError:  # a cell may take its time
            if not client.scheduler_info()["workers"]:
                raise RuntimeError(
                    f"no worker of the cluster has been left for {PATIENCE} seconds: start workers "
                    "and ask again; finished cells are kept."
                ) from None
            continue
        pending -= done
        yield from done


def _connected(client: Any, address: str) -> Any:
    try:
        return client(address, timeout=SECONDS_TO_CONNECT)
    except (OSError, TimeoutError, ValueError) as error:
        raise RuntimeError(
            f"cluster={address!r} does not answer ({error}): give the address of a Dask "
            "scheduler, as in tcp://10.0.0.1:8786."
        ) from error


def _lost(error: BaseException) -> str:
    known = type(error).__name__ == "KilledWorker"
    return KILLED if known else f"{type(error).__name__}: {error}"
