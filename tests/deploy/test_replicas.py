"""A class behind the proxy: what a killed or restarted replica takes away. Nothing that matters."""

import asyncio
import time
import urllib.error
import urllib.request

import pytest
from apart import apart

from benchmarks.class_at_once import PAGE
from benchmarks.replicas import Pupil, kill_one, lesson, restart_each

pytestmark = pytest.mark.full


def whole(told):
    """Say of a lesson that nobody lost anything, and what it took."""
    print(told.told())
    assert told.errors == 0
    assert told.changed == []
    assert all(len(pupil.answers) >= 1 for pupil in told.pupils)


def test_one_replica_is_killed_in_mid_class(two_replicas):
    told = apart(asyncio.run, lesson(two_replicas, 10, 3.0, 5, kill_one))
    whole(told)
    assert 0 < told.first < 10
    assert sum(bool(pupil.away) for pupil in told.pupils) == told.first, "the others go on"
    assert all(len(pupil.away) <= 1 for pupil in told.pupils)
    assert {pupil.replica for pupil in told.pupils} == {"2"}


def test_a_class_of_150_loses_a_replica(two_replicas):
    told = apart(asyncio.run, lesson(two_replicas, 150, 10.0, 5, kill_one))
    whole(told)
    assert sum(bool(pupil.away) for pupil in told.pupils) == told.first > 0


def test_a_rolling_restart_loses_no_settings(two_replicas):
    told = apart(asyncio.run, lesson(two_replicas, 10, 8.0, 6, restart_each))
    whole(told)
    assert all(pupil.away for pupil in told.pupils), "each was on one that was restarted"


def test_a_page_that_comes_back_with_another_link_is_found_out(two_replicas):
    async def astray():
        pupil = Pupil(two_replicas.address, PAGE, "seed=2&anchors=3")
        await pupil.arrive()
        two_replicas.replicas[int(pupil.replica) - 1].kill()
        opened = pupil.open

        async def elsewhere():
            pupil.query = "seed=2&anchors=4"
            return await opened()

        pupil.open = elsewhere
        await pupil.watch(5)
        await pupil.close()
        return pupil

    assert apart(asyncio.run, astray()).changed == ["settings", "picture"]


def test_the_log_keeps_no_settings_and_numbers_are_not_for_readers(two_replicas):
    urllib.request.urlopen(f"{two_replicas.address}/two_colours?guess=0.123&seed=77").close()
    with pytest.raises(urllib.error.HTTPError, match="403"):
        urllib.request.urlopen(f"{two_replicas.address}/_stcore/metrics")
    until = time.monotonic() + 20
    while " 403" not in two_replicas.logged() and time.monotonic() < until:
        time.sleep(0.05)  # the proxy tells what happened a moment later
    logged = two_replicas.logged()
    assert "/two_colours 200" in logged
    assert "guess" not in logged
    assert "127.0.0.1" not in logged
