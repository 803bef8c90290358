"""Where a live class meets: one process with SQLite, or replicas that share a PostgreSQL.

And what its servers compute meanwhile, also where one of them ends and another takes its place.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import postgresql
from benchmarks.school import Replica, proxy_program, school
from benchmarks.serving import APP, Server, serving

__all__ = ["Meter", "Place", "missing", "place"]

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


@dataclass
class Meter:
    """Who computes how much from now on: the servers, the phones in this process, and the rest.

    The rest is the database, the proxy, and whatever else runs on the machine.
    """

    place: Place
    began: float = field(init=False)
    _servers: dict[int, float] = field(init=False)
    _phones: float = field(init=False)
    _machine: float = field(init=False)
    _over: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self.began = time.perf_counter()
        self._servers = self._now()
        self._phones, self._machine = time.process_time(), _machine_seconds()

    def ends(self, server: Server) -> None:
        """Count what a server has computed that is about to end."""
        self._over += server.processor_seconds() - self._servers.pop(server.process, 0.0)

    def server_seconds(self) -> float:
        """Return how long all servers have computed."""
        spent = sum(now - self._servers.get(who, 0.0) for who, now in self._now().items())
        return spent + self._over

    def shares(self) -> dict[str, float]:
        """Return of how many processors each had the use, on average."""
        passed = time.perf_counter() - self.began
        servers, phones = self.server_seconds(), time.process_time() - self._phones
        rest = _machine_seconds() - self._machine - servers - phones
        told = {"servers": servers, "phones": phones, "rest": max(0.0, rest)}
        return {f"{who}_processors": seconds / passed for who, seconds in told.items()}

    def _now(self) -> dict[int, float]:
        return {server.process: server.processor_seconds() for server in self.place.servers()}


def _machine_seconds() -> float:
    """Return how long the machine has computed; not a number where no kernel says it."""
    try:
        line = Path("/proc/stat").read_text(encoding="utf-8").splitlines()[0]
    except OSError:
        return float("nan")
    user, nice, system, _, _, irq, softirq, *_ = map(int, line.split()[1:])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")
