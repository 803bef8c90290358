"""A PostgreSQL of this machine, started in a temporary folder for a test or a measurement.

Debian has it: ``apt-get install postgresql``. It listens on a socket in the folder alone, runs as
an ordinary user (as ``postgres`` where the caller is root), and ends with the caller's block.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

__all__ = ["missing", "postgresql"]

USER = "postgres"
READY_WITHIN = 60.0  # seconds


def missing() -> str:
    """Return why there is no PostgreSQL to be had here; the empty text where there is one."""
    if sys.platform == "win32":
        return "PostgreSQL is started on Unix alone"
    if _programs() is None:
        return "no PostgreSQL on this machine: apt-get install postgresql"
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return "no psycopg: pip install 'psycopg[binary]'"
    if os.geteuid() == 0 and not _known(USER):
        return f"PostgreSQL does not run as root, and there is no user {USER}"
    return ""


@contextmanager
def postgresql(*, safe: bool = False) -> Iterator[str]:
    """Start a server; yield the address of its first database.

    Parameters
    ----------
    safe : bool
        Whether it waits for the disk at each commit, as a school's server does. Tests need not.
    """
    programs = _programs()
    assert programs is not None, missing()
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    owner: dict[str, Any] = {"cwd": folder, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    if os.geteuid() == 0:
        shutil.chown(folder, USER, USER)
        owner |= {"user": USER, "group": USER, "extra_groups": []}
    data = folder / "data"
    make = [programs / "initdb", "-D", data, "-U", USER, "-A", "trust", "-E", "UTF8", "--no-sync"]
    try:
        made = subprocess.run([*make, "--locale=C"], **owner, check=False)
        assert made.returncode == 0, made.stdout.decode()
        settings = ["listen_addresses=", "max_connections=200"]
        settings += [] if safe else ["fsync=off", "synchronous_commit=off"]
        options = [part for setting in settings for part in ("-c", setting)]
        log = folder / "log"
        with log.open("wb") as said:
            server = subprocess.Popen(
                [programs / "postgres", "-D", data, "-k", folder, *options],
                **{**owner, "stdout": said, "start_new_session": True},
            )
        try:
            address = f"postgresql+psycopg://{USER}@/{USER}?host={folder}"
            _wait_for(f"host={folder} user={USER} dbname={USER}", server, log)
            yield address
        finally:
            server.send_signal(signal.SIGINT)  # ends without waiting for those who are connected
            server.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(place: str, server: subprocess.Popen[bytes], log: Path) -> None:
    import psycopg

    until = time.monotonic() + READY_WITHIN
    while True:
        try:
            psycopg.connect(place).close()
        except psycopg.OperationalError:
            assert server.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < until, log.read_text(encoding="utf-8")
            time.sleep(0.05)
        else:
            return


def _programs() -> Path | None:
    """Return the folder of the newest server that is installed."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    found = [path.parent for path in debian]
    if on_path := shutil.which("initdb"):
        found.append(Path(on_path).resolve().parent)
    return next((place for place in reversed(found) if (place / "postgres").is_file()), None)


def _known(user: str) -> bool:
    import pwd

    return any(entry.pw_name == user for entry in pwd.getpwall())
