"""Who computes how much while a class meets: servers, phones, database, proxy, everybody else."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.class_place import Place
from benchmarks.serving import Server

__all__ = ["Meter"]

# What a class needs besides, by the name that the kernel has for it.
BESIDE = {"postgres": "database", "haproxy": "proxy"}


@dataclass
class Meter:
    """What is computed from now on; a server may end meanwhile, and another take its place.

    Where no kernel says it, numbers are no numbers.

    Parameters
    ----------
    place : Place
        Where the class meets; all that it needs was started by this process, and the phones are
        in it.
    """

    place: Place
    _began: float = field(init=False)
    _servers: dict[int, float] = field(init=False)
    _all: dict[str, float] = field(init=False)
    _over: float = field(init=False, default=0.0)

    def __post_init__(self) -> None:
        self._began = time.perf_counter()
        self._servers, self._all = self._now(), _seconds()

    def ends(self, server: Server) -> None:
        """Count what a server has computed that is about to end."""
        self._over += server.processor_seconds() - self._servers.pop(server.process, 0.0)

    def server_seconds(self) -> float:
        """Return how long all servers have computed."""
        spent = sum(now - self._servers.get(who, 0.0) for who, now in self._now().items())
        return spent + self._over

    def shares(self) -> dict[str, float]:
        """Return of how many processors each had the use, on average."""
        passed = time.perf_counter() - self._began
        spent = {who: now - self._all[who] for who, now in _seconds().items()}
        told = {"servers": self.server_seconds()}
        told |= {who: spent[who] for who in ("phones", *BESIDE.values())}
        told["others"] = max(0.0, spent["machine"] - sum(told.values()))
        return {f"{who}_processors": seconds / passed for who, seconds in told.items()}

    def _now(self) -> dict[int, float]:
        return {server.process: server.processor_seconds() for server in self.place.servers()}


def _seconds() -> dict[str, float]:
    """Return how long the machine, this process, the database and the proxy have computed."""
    found = {"phones": time.process_time(), "machine": _machine()} | dict.fromkeys(
        BESIDE.values(), 0.0
    )
    parents, spent = _processes()
    for process, (name, seconds) in spent.items():
        if name in BESIDE and _is_ours(process, parents):
            found[BESIDE[name]] += seconds
    return found


def _processes() -> tuple[dict[int, int], dict[int, tuple[str, float]]]:
    """Return the parent of each process; and its name, with what it and its dead have computed."""
    parents, spent = {}, {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            head, _, tail = place.read_text(encoding="utf-8", errors="replace").rpartition(")")
        except OSError:  # it has ended meanwhile
            continue
        numbers = tail.split()
        process = int(place.parent.name)
        parents[process] = int(numbers[1])
        ticks = sum(map(int, numbers[11:15]))
        spent[process] = head.partition("(")[2], ticks / os.sysconf("SC_CLK_TCK")
    return parents, spent


def _is_ours(process: int, parents: dict[int, int]) -> bool:
    """Return whether this process has started another one, or who started it."""
    while process > 1 and process != os.getpid():
        process = parents.get(process, 0)
    return process == os.getpid()


def _machine() -> float:
    try:
        line = Path("/proc/stat").read_text(encoding="utf-8").splitlines()[0]
    except OSError:
        return float("nan")
    user, nice, system, _, _, irq, softirq, *_ = map(int, line.split()[1:])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")
