"""What tests of several replicas need."""

import sys

import pytest

from benchmarks.school import proxy_program, school


@pytest.fixture(scope="session")
def haproxy():
    """Return the path of HAProxy."""
    program = proxy_program()
    if program is None:
        pytest.skip("no haproxy on this machine: apt-get install haproxy")
    return program


@pytest.fixture
def two_replicas(haproxy):
    """Run two replicas behind the shipped proxy."""
    if sys.platform != "linux":
        pytest.skip("each replica has a loopback address of its own, which Linux alone gives")
    with school() as found:
        yield found
