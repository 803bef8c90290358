"""A sweep that is stopped in its middle, in whatever way: no finished cell is computed again."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from collapse_core import sweep

ROOT = Path(__file__).resolve().parents[2]
CELLS, RUNS, FEW = 40, 20_000, 5
COMMAND = ("sweep", "two_colours", "--vary", f"seed=1:{CELLS}", "--runs", str(RUNS))
WITHIN = 60.0  # seconds
pytestmark = [
    pytest.mark.full,
    pytest.mark.skipif(sys.platform != "linux", reason="looks for processes as Linux tells them"),
]


@pytest.fixture(scope="module")
def whole():
    """Return the table of a sweep that nobody stopped, computed in one process."""
    return sweep("two_colours", {"seed": f"1:{CELLS}"}, runs=RUNS).to_csv().encode()


class Command:
    """The command on two processes, in a group of its own as a terminal gives it."""

    def __init__(self, folder):
        self.output, self.journal = folder / "s.csv", folder / "s.cells.jsonl"
        typed = [sys.executable, "-m", "collapse_core", *COMMAND, "--workers", "2"]
        self.typed = [*typed, "-o", str(self.output)]
        self.options = {
            "cwd": folder,
            "env": {**os.environ, "PYTHONPATH": str(ROOT)},
            "stderr": subprocess.PIPE,
            "text": True,
        }

    def begin(self):
        """Start it, and return it in mid-sweep."""
        process = subprocess.Popen(
            self.typed, start_new_session=True, preexec_fn=hear_ctrl_c, **self.options
        )
        until = time.monotonic() + WITHIN
        while len(self.finished()) < FEW:
            assert process.poll() is None, process.communicate()[1]
            assert time.monotonic() < until, "it did not begin"
            time.sleep(0.01)
        return process

    def again(self):
        """Let it go on to its end; return what it says."""
        done = subprocess.run(self.typed, check=False, **self.options)
        assert done.returncode == 0, done.stderr
        return done.stderr

    def finished(self):
        """Return the key of each line of the journal that is whole."""
        text = self.journal.read_bytes() if self.journal.exists() else b""
        lines = text.splitlines(keepends=True)
        return [json.loads(line)["cell"] for line in lines if line.endswith(b"}\n")]

    def assert_each_was_computed_once(self, whole):
        assert self.output.read_bytes() == whole
        assert len(self.finished()) == len(set(self.finished())) == CELLS


def hear_ctrl_c():
    """Hear Ctrl-C, as in a terminal: what a shell began in the background hears none."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def workers_of(process):
    """Return the processes that compute for a command."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes()
        except OSError:
            continue  # it has ended
        if int(told[1]) == process.pid and b"popen_loky_posix" in command:
            found.append(int(folder.name))
    return found


def alive(pid):
    """Return whether a process still runs; one that has ended and is not waited for does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def all_end(pids):
    until = time.monotonic() + WITHIN
    while any(map(alive, pids)) and time.monotonic() < until:
        time.sleep(0.05)
    return not any(map(alive, pids))


def test_all_workers_are_killed_and_the_command_goes_on(tmp_path, whole):
    command = Command(tmp_path)
    with command.begin() as process:
        workers = workers_of(process)
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
        kept = len(command.finished())
        _, told = process.communicate(timeout=10 * WITHIN)
    assert len(workers) == 2
    assert kept < CELLS, "they were killed on their way"
    assert process.returncode == 0, told
    command.assert_each_was_computed_once(whole)


def test_ctrl_c_says_where_the_cells_are_and_the_same_command_goes_on(tmp_path, whole):
    command = Command(tmp_path)
    with command.begin() as process:
        workers = workers_of(process)
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=WITHIN)
    kept = len(command.finished())
    assert process.returncode == 130, told
    assert f"finished cells are in {command.journal}: the same command goes on." in told
    assert "Traceback" not in told
    assert FEW <= kept < CELLS
    assert not command.output.exists()
    assert all_end(workers), "a worker is left"
    assert f"({kept} were finished before)" in command.again()
    command.assert_each_was_computed_once(whole)


def test_the_whole_command_is_killed_and_goes_on(tmp_path, whole):
    command = Command(tmp_path)
    with command.begin() as process:
        workers = workers_of(process)
        os.killpg(process.pid, signal.SIGKILL)
    kept = len(command.finished())
    assert FEW <= kept < CELLS
    assert not command.output.exists()
    assert all_end(workers)
    assert f"({kept} were finished before)" in command.again()
    command.assert_each_was_computed_once(whole)


def test_workers_whose_command_alone_was_killed_come_to_rest(tmp_path):
    command = Command(tmp_path)
    with command.begin() as process:
        workers = workers_of(process)
        process.kill()
    try:
        assert len(workers) == 2
        assert rest(workers), "a worker computes for nobody"
    finally:
        # Waiting for work, they would end by themselves after some minutes.
        for worker in filter(alive, workers):
            os.kill(worker, signal.SIGKILL)


def rest(pids):
    """Return whether processes compute no more."""
    until, before = time.monotonic() + WITHIN, None
    while time.monotonic() < until:
        now = [computed(pid) for pid in pids]
        if now == before:
            return True
        before = now
        time.sleep(3)
    return False


def computed(pid):
    """Return how long a process has computed, in ticks; 0 once it has ended."""
    if not alive(pid):
        return 0
    told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(told[11]) + int(told[12])


def test_a_cell_that_is_computed_twice_is_found_out(tmp_path, whole):
    command = Command(tmp_path)
    command.again()
    lines = command.journal.read_bytes().splitlines(keepends=True)
    command.journal.write_bytes(b"".join([*lines, lines[0]]))
    with pytest.raises(AssertionError):
        command.assert_each_was_computed_once(whole)
