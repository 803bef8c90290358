"""Where a live class meets: one process with SQLite, or replicas that share a PostgreSQL."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import postgresql
from benchmarks.school import Replica, proxy_program, school
from benchmarks.serving import APP, Server, serving

__all__ = ["Place", "missing", "place"]

DATABASE = "COLLAPSE_CLASS_DATABASE"


@dataclass(frozen=True)
class Place:
    """Where a class meets.

    Parameters
    ----------
    name : str
        Said in the table.
    address : str
        Where phones go.
    database : str
        Address of the database.
    alone : tuple of Server
        The server, where it is one process.
    replicas : tuple of Replica
        The replicas, where there are any.
    """

    name: str
    address: str
    database: str
    alone: tuple[Server, ...] = ()
    replicas: tuple[Replica, ...] = ()

    def servers(self) -> list[Server]:
        """Return the processes that serve now."""
        return [*self.alone, *(replica.server() for replica in self.replicas)]

    def complaints(self) -> int:
        """Return how many tracebacks the servers wrote."""
        return sum(server.complaints() for server in self.servers())


def missing(replicas: int, shared: bool) -> str:
    """Return why a class cannot meet so here; the empty text where it can.

    Parameters
    ----------
    replicas : int
        How many are wanted; 0 for one process without a proxy.
    shared : bool
        Whether PostgreSQL is wanted.
    """
    if replicas and sys.platform != "linux":
        return "each replica has a loopback address of its own, which Linux alone gives"
    if replicas and proxy_program() is None:
        return "no haproxy on this machine: apt-get install haproxy"
    return postgresql.missing() if shared else ""


@contextmanager
def place(replicas: int = 0, shared: bool = False) -> Iterator[Place]:
    """Serve a class.

    Parameters
    ----------
    replicas : int
        How many are behind the proxy; 0 for one process without one.
    shared : bool
        Whether the database is a PostgreSQL that waits for the disk at each commit; else it is
        SQLite in a file.
    """
    with _database(shared) as database:
        kind = "PostgreSQL" if shared else "SQLite"
        if not replicas:
            with serving(APP, environment={DATABASE: database}) as server:
                yield Place(f"one process, {kind}", server.address, database, alone=(server,))
            return
        with school(replicas, **{DATABASE: database}) as found:
            name = f"{replicas} replicas, {kind}"
            yield Place(name, found.address, database, replicas=tuple(found.replicas))


@contextmanager
def _database(shared: bool) -> Iterator[str]:
    if shared:
        with postgresql.postgresql(safe=True) as address:
            yield address
        return
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{Path(folder) / 'class.sqlite'}"
