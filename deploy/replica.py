"""One replica: the app, and a second port that tells the proxy whether to send readers here.

    python deploy/replica.py

HAProxy asks the second port every second (``agent-check``). It hears "ready", and after SIGTERM
"drain": nobody new is sent here, and who is here stays for at most so many seconds. Then the app
ends, and the pages that are still open come back on another replica by themselves. A second SIGTERM
ends the app at once.

The app's threads share two of glibc's heaps, for each would keep what others could use; what
``MALLOC_ARENA_MAX`` says goes before. ``PORT``, ``AGENT_PORT``, ``BASE_PATH`` and
``DRAIN_SECONDS`` come from the environment; arguments are handed on to ``streamlit run``.
"""

from __future__ import annotations

import os
import signal
import socketserver
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

__all__ = ["main"]

ROOT = Path(__file__).resolve().parents[1]
LOOK_EVERY = 0.2  # seconds
END_WITHIN = 10.0  # seconds: what a replica has for ending itself before it is ended
SESSIONS = "active_sessions"
# ui/memory.py says the same of heaps, to a server that runs already. Nobody but the proxy should
# reach a replica: what it says of a reader's address is taken for true.
DEFAULTS = {"MALLOC_ARENA_MAX": "2", "FORWARDED_ALLOW_IPS": "*"}


class _Agent(socketserver.ThreadingTCPServer):
    """Answers whoever connects with one line, and hangs up."""

    allow_reuse_address = True
    daemon_threads = True
    says = b"ready up\n"


class _Answer(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        assert isinstance(self.server, _Agent), "it answers for an agent"
        self.request.sendall(self.server.says)


def main(options: list[str]) -> int:
    """Serve until told to stop; return the app's exit code.

    Parameters
    ----------
    options : list of str
        For ``streamlit run``.
    """
    port, path = os.environ.get("PORT", "8501"), os.environ.get("BASE_PATH", "")
    address = os.environ.get("ADDRESS", "0.0.0.0")
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true"]
    command += [f"--server.port={port}", f"--server.address={address}"]
    command += [f"--server.baseUrlPath={path}"] if path else []
    told = threading.Semaphore(0)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told.release())
    agent = _Agent((address, int(os.environ.get("AGENT_PORT", "8502"))), _Answer)
    threading.Thread(target=agent.serve_forever, daemon=True).start()
    # Of its own group: a Ctrl+C in the terminal is for this program alone.
    app = subprocess.Popen(
        [*command, *options], cwd=ROOT, env=DEFAULTS | os.environ, start_new_session=True
    )
    while app.poll() is None and not told.acquire(timeout=LOOK_EVERY):
        pass
    agent.says = b"drain\n"
    here = "127.0.0.1" if address == "0.0.0.0" else address
    metrics = f"http://{here}:{port}{path}/_stcore/metrics"
    _let_them_finish(app, told, metrics, float(os.environ.get("DRAIN_SECONDS", "20")))
    return _end(app)


def _let_them_finish(
    app: subprocess.Popen[bytes], told: threading.Semaphore, metrics: str, most: float
) -> None:
    """Wait until nobody is here, the time is over, or a second signal came."""
    until = time.monotonic() + most
    # The proxy needs a moment to hear of it: somebody may still be on the way.
    while app.poll() is None and (left := until - time.monotonic()) > 0:
        if told.acquire(timeout=min(left, 2.0)) or _sessions(metrics) == 0:
            return


def _sessions(metrics: str) -> int | None:
    """Return how many pages are open here; None where that is not known."""
    try:
        with urllib.request.urlopen(metrics, timeout=2) as answer:
            lines = answer.read().decode().splitlines()
    except OSError:
        return None
    counts = [line.split()[-1] for line in lines if line.startswith(SESSIONS)]
    return int(float(counts[0])) if counts else None


def _end(app: subprocess.Popen[bytes]) -> int:
    app.terminate()
    try:
        return app.wait(END_WITHIN)
    except subprocess.TimeoutExpired:
        app.kill()
        return app.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
