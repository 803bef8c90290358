"""A server of its own for each measurement: one process, with the settings that are shipped."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.sampled_server import BEGIN, END, PROFILE_FOLLOWS

ROOT = Path(__file__).resolve().parents[1]
APP = ROOT / "app.py"
START_WITHIN = 60
# Seconds: what a server does in the background begins within the first, and is waited for at most
# for the last; computing less than that part of the time is doing nothing.
IDLE_FOR, IDLE_PART, SETTLE = 3.0, 0.1, 60.0

# The least that the framework needs: one slider, one chart.
FLOOR = """
import numpy as np, streamlit as st
n = st.slider("n", 1, 1000, 20)
st.line_chart(np.sin(np.arange(100) * n / 50))
"""
EMPTY = 'import streamlit as st\nst.markdown("empty")\n'


@dataclass(frozen=True)
class Server:
    """A Streamlit server that runs on this machine."""

    address: str
    process: int
    log: Path
    profiled: bool = False

    def begin_profile(self) -> None:
        """Let a sampled server begin; others go on as they are."""
        if self.profiled:
            os.kill(self.process, BEGIN)

    def end_profile(self) -> None:
        """Let a sampled server write to its log where its time went."""
        if self.profiled:
            os.kill(self.process, END)

    def profile(self) -> str:
        """Return what a sampled server wrote."""
        return self.log.read_text(encoding="utf-8").partition(PROFILE_FOLLOWS)[2]

    def megabytes(self) -> float:
        """Return the memory that the process holds now; not a number where no kernel says it."""
        try:
            lines = Path(f"/proc/{self.process}/status").read_text(encoding="utf-8").splitlines()
        except OSError:
            return float("nan")
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))

    def processor_seconds(self) -> float:
        """Return how long the process has computed; not a number where no kernel says it."""
        try:
            text = Path(f"/proc/{self.process}/stat").read_text(encoding="utf-8")
        except OSError:
            return float("nan")
        user, system = text.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def wait_until_idle(self, most: float) -> None:
        """Wait until the server computes next to nothing: it goes on after a first picture."""
        until = time.monotonic() + most
        before = self.processor_seconds()
        while time.monotonic() < until:
            time.sleep(IDLE_FOR)
            now = self.processor_seconds()
            if not now - before > IDLE_PART * IDLE_FOR:
                return
            before = now

    def complaints(self) -> int:
        """Return how many tracebacks the server wrote."""
        return self.log.read_text(encoding="utf-8", errors="replace").count("Traceback")


@contextmanager
def serving(
    script: Path,
    *options: str,
    profiled: bool = False,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Serve a Streamlit script on a free port.

    Parameters
    ----------
    script : Path
        The app.
    options : str
        Of ``streamlit run``, over what the shipped settings say.
    profiled : bool
        Whether it can say where its time goes (`benchmarks.sampled_server`).
    environment : mapping, optional
        What is added to the environment.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = "benchmarks.sampled_server" if profiled else "streamlit"
    command = [sys.executable, "-m", program, "run", script.name]
    command += [f"--server.port={port}", "--server.headless=true", "--server.address=127.0.0.1"]
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log.txt"
        with (
            log.open("wb") as file,
            subprocess.Popen(
                [*command, *options],
                cwd=script.parent,
                env=os.environ | (environment or {}),
                stdout=file,
                stderr=subprocess.STDOUT,
            ) as process,
        ):
            try:
                address = f"http://127.0.0.1:{port}"
                _wait_until_healthy(address, process, log)
                yield Server(address, process.pid, log, profiled)
            finally:
                process.terminate()


@contextmanager
def serving_lines(lines: str, *options: str) -> Iterator[Server]:
    """Serve a few lines of Python with the settings that this project ships."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / ".streamlit", Path(folder) / ".streamlit")
        script = Path(folder) / "lines.py"
        script.write_text(lines, encoding="utf-8")
        with serving(script, *options) as server:
            yield server


def _wait_until_healthy(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START_WITHIN
    while True:
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()
            return
        except OSError as error:
            if process.poll() is not None or time.monotonic() > until:
                said = log.read_text(encoding="utf-8", errors="replace")
                raise RuntimeError(f"the server did not start:\n{said}") from error
        time.sleep(0.05)
