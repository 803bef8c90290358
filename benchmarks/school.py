"""The app as a school runs it: replicas with the shipped proxy in front, all on this machine.

The proxy is Debian's ``haproxy`` with the very `deploy/haproxy.cfg`; each replica is one
`deploy/replica.py` on a loopback address of its own, which Linux has without being asked.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.serving import ROOT, START_WITHIN, Server

__all__ = ["CONFIG", "Replica", "School", "free_port", "proxy", "proxy_program", "school"]

CONFIG = ROOT / "deploy" / "haproxy.cfg"
LOOK_EVERY = 0.05


def proxy_program() -> str | None:
    """Return the path of HAProxy; None where there is none."""
    return shutil.which("haproxy", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")


@dataclass
class Replica:
    """One replica, which can be told to stop, killed, and started again."""

    host: str
    log: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    def start(self) -> None:
        """Start it; return when it is healthy."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "deploy/replica.py", "--logger.level=warning"],
                cwd=ROOT,
                env=os.environ | self.environment | {"ADDRESS": self.host},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        _wait_for(f"{self.address}{self.environment['BASE_PATH']}/_stcore/health", self.log)

    @property
    def address(self) -> str:
        """Where it is without the proxy."""
        return f"http://{self.host}:{self.environment['PORT']}"

    def server(self) -> Server:
        """Return the process that serves, for what it holds and computes."""
        return Server(self.address, self._app(), self.log)

    def kill(self) -> None:
        """End it at once, as a machine that fails."""
        os.kill(self._app(), signal.SIGKILL)

    def stop(self) -> None:
        """Tell it to stop; return when it has let its readers finish."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=60)

    def _app(self) -> int:
        assert self.process is not None, "it was started"
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return int(children.read_text(encoding="utf-8").split()[0])


@dataclass(frozen=True)
class School:
    """What a school runs."""

    address: str
    replicas: list[Replica]
    log: Path

    def logged(self) -> str:
        """Return what the proxy wrote to its log."""
        return self.log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def school(count: int = 2, drain: float = 3.0, **settings: str) -> Iterator[School]:
    """Run replicas behind the proxy.

    Parameters
    ----------
    count : int
        How many replicas.
    drain : float
        Seconds that a replica lets its readers finish once it was told to stop.
    settings : str
        Of the proxy and the replicas, as the environment names them.

    Raises
    ------
    RuntimeError
        If one of them does not start.
    """
    hosts = [f"127.0.0.{number + 1}" for number in range(count)]
    port, agent, front = (str(free_port(hosts)) for _ in range(3))
    path = settings.get("BASE_PATH", "")
    own = {"PORT": port, "AGENT_PORT": agent, "DRAIN_SECONDS": str(drain), "BASE_PATH": path}
    own["STREAMLIT_SERVER_COOKIE_SECRET"] = "of all replicas"
    named = {f"REPLICA_{number + 1}": host for number, host in enumerate(hosts)}
    named |= {"REPLICA_PORT": port, "AGENT_PORT": agent, "HTTP_BIND": f"127.0.0.1:{front}"}
    with tempfile.TemporaryDirectory() as folder:
        logs = Path(folder)
        replicas = [Replica(host, logs / f"{host}.txt", own | settings) for host in hosts]
        found = School(f"http://127.0.0.1:{front}{path}", replicas, logs / "proxy.txt")
        try:
            for replica in replicas:
                replica.start()
            with proxy(found.log, named | settings):
                _wait_for(f"http://127.0.0.1:{front}/proxy-health", found.log)
                yield found
        finally:
            for replica in replicas:
                _end(replica)


@contextmanager
def proxy(log: Path, settings: dict[str, str]) -> Iterator[None]:
    """Run the shipped proxy, whose settings the environment names; its log goes to a file."""
    program = proxy_program()
    if program is None:
        raise RuntimeError("there is no haproxy on this machine: apt-get install haproxy")
    with (
        log.open("wb") as file,
        subprocess.Popen(
            [program, "-db", "-f", str(CONFIG)],
            env=os.environ | settings,
            stdout=file,
            stderr=subprocess.STDOUT,
        ) as process,
    ):
        try:
            yield
        finally:
            process.terminate()


def _end(replica: Replica) -> None:
    """End a replica without letting anybody finish: told twice, it goes."""
    process = replica.process
    if process is None or process.poll() is not None:
        return
    process.terminate()
    time.sleep(LOOK_EVERY)
    process.terminate()
    process.wait(timeout=60)


def free_port(hosts: list[str]) -> int:
    """Return a port that is free on all of these addresses."""
    while True:
        with socket.socket() as probe:
            probe.bind((hosts[0], 0))
            port: int = probe.getsockname()[1]
        try:
            for host in hosts:
                with socket.socket() as probe:
                    probe.bind((host, port))
        except OSError:
            continue
        return port


def _wait_for(url: str, log: Path) -> None:
    until = time.monotonic() + START_WITHIN
    while True:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError as error:
            if time.monotonic() > until:
                said = log.read_text(encoding="utf-8", errors="replace")
                raise RuntimeError(f"{url} did not answer:\n{said}") from error
        time.sleep(LOOK_EVERY)
