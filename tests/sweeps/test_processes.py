"""Sweeps on several processes and on a cluster: workers die, and the numbers stay the same."""

import importlib.util
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cells import deadly

from collapse_core import sweep
from collapse_core.sweeps.grid import grid_of
from collapse_core.sweeps.running import KILLED, finished
from collapse_core.sweeps.work import Failure

ROOT = Path(__file__).resolve().parents[2]
VARY = {"anchors": "0:2", "sample_size": [10, 40]}
COMMAND = ("sweep", "two_colours", "--vary", "seed=1:60", "--runs", "20000", "--workers", "1")

needs_dask = pytest.mark.skipif(
    importlib.util.find_spec("distributed") is None,
    reason="needs a cluster: pip install 'model-collapse-explained[cluster]'",
)
pytestmark = pytest.mark.full


def numbered():
    return list(enumerate(grid_of("two_colours", VARY, {"generations": 12}, 60, None).cells))


def small(**more):
    return sweep("two_colours", VARY, runs=60, generations=12, **more).to_csv()


def test_two_processes_make_the_same_bytes_as_one():
    assert small(workers=2) == small(workers=1)


def test_a_cell_that_kills_its_process_is_named_and_the_others_live():
    cells = numbered()
    expected = dict(finished(cells))
    cells[1] = (1, deadly(cells[1][1]))
    found = dict(finished(cells, workers=2))
    assert found.pop(1) == Failure(KILLED)
    expected.pop(1)
    assert {n: repr(rows) for n, rows in found.items()} == {
        n: repr(rows) for n, rows in expected.items()
    }


def test_a_process_that_is_killed_once_costs_nothing(tmp_path):
    cells = numbered()
    expected = {number: repr(rows) for number, rows in finished(cells)}
    cells[0] = (0, deadly(cells[0][1], tmp_path / "mark"))
    found = {number: repr(rows) for number, rows in finished(cells, workers=2)}
    assert found == expected
    assert (tmp_path / "mark").exists()


def test_a_sweep_that_was_killed_goes_on(tmp_path):
    output, journal = tmp_path / "s.csv", tmp_path / "s.cells.jsonl"
    typed = [sys.executable, "-m", "collapse_core", *COMMAND, "-o", str(output)]
    told = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(typed, cwd=tmp_path, env=told, stderr=subprocess.PIPE) as first:
        while first.poll() is None and lines_in(journal) < 5:
            time.sleep(0.01)
        first.send_signal(signal.SIGKILL)
    kept = lines_in(journal)
    assert 5 <= kept < 60, "it was killed on its way"
    assert not output.exists()
    done = subprocess.run(
        typed, cwd=tmp_path, env=told, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert f"of 60 ({kept} were finished before)" in done.stderr
    assert lines_in(journal) in (60, 61), "a line that was cut off may be left"
    again = tmp_path / "again.csv"
    subprocess.run([*typed[:-1], str(again)], cwd=tmp_path, env=told, check=True)
    assert again.read_bytes() == output.read_bytes()


def lines_in(path):
    return path.read_bytes().count(b"\n") if path.exists() else 0


# ------------------------------------------------------------------------------------- a cluster


@pytest.fixture(scope="module")
def cluster():
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50
        ) as made,
        distributed.Client(made) as client,
    ):
        yield client


@needs_dask
@pytest.mark.filterwarnings("default")
def test_a_cluster_makes_the_same_bytes(cluster):
    assert small(cluster=cluster) == small()


@needs_dask
@pytest.mark.filterwarnings("default")
def test_an_address_is_a_cluster_too(cluster):
    assert small(cluster=cluster.scheduler.address) == small()


@needs_dask
@pytest.mark.filterwarnings("default")
def test_a_worker_that_is_killed_costs_nothing(cluster, tmp_path):
    cells = numbered()
    expected = {number: repr(rows) for number, rows in finished(cells)}
    cells[2] = (2, deadly(cells[2][1], tmp_path / "mark"))
    found = {number: repr(rows) for number, rows in finished(cells, cluster=cluster)}
    assert (tmp_path / "mark").exists(), "a worker was killed"
    assert found == expected


@needs_dask
@pytest.mark.filterwarnings("default")
def test_an_address_where_nothing_is_is_said(monkeypatch):
    monkeypatch.setattr("collapse_core.sweeps.running.SECONDS_TO_CONNECT", 0.5)
    with pytest.raises(RuntimeError, match=r"cluster='tcp://127.0.0.1:9' does not answer"):
        small(cluster="tcp://127.0.0.1:9")
