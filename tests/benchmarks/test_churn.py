"""Learners who come and go, in small: memory is told, nothing goes wrong. No growth is judged."""

import asyncio
import math

import pytest
from apart import apart

from benchmarks import churn

pytestmark = pytest.mark.full


@pytest.mark.filterwarnings("default")
def test_learners_come_and_go_without_an_error():
    grown, *minutes = apart(list, churn.measure(churn.SMALL))
    assert grown.beside["errors"] == 0
    assert grown.beside["visits"] >= churn.SMALL.learners, "each of them came"
    assert grown.goal == churn.GROWTH
    for row in (grown, *minutes):
        assert math.isfinite(row.measured), row
        assert row.measured > 0, row
    assert minutes, "memory is told for each few minutes"
    for row in minutes:
        assert row.unit == "MB"
        assert row.beside["least_MB"] <= row.measured <= row.beside["most_MB"]


def seen(*readings):
    return churn.Seen(memory=list(readings))


@pytest.mark.parametrize(("last", "reached"), [(105.0, True), (120.0, False)])
def test_memory_that_grows_misses_the_goal(last, reached):
    asked = churn.Churn(minutes=30.0, first_minutes=5.0)
    held = seen((1.0, 900.0), (6.0, 100.0), (8.0, 100.0), (26.0, last), (29.0, last))
    row = churn._grown(asked, held, 0)
    assert row.measured == pytest.approx(last / 100)
    assert row.reached is reached


def test_a_servers_complaint_is_an_error():
    row = churn._grown(churn.SMALL, seen((0.06, 1.0), (0.16, 1.0)), 3)
    assert row.beside["errors"] == 3


def test_a_visit_that_fails_is_counted(monkeypatch):
    class Failing:
        def __init__(self, *_):
            self.errors = 2

        async def open(self):
            return self

        async def move_some(self, _):
            return self

        async def close(self):
            pass

    class Nowhere:
        address = ""

        def megabytes(self):
            return 1.0

    monkeypatch.setattr(churn, "Learner", Failing)
    monkeypatch.setattr(churn, "LEAVES_EARLY", 0.0)
    told = apart(asyncio.run, churn.come_and_go(Nowhere(), churn.Churn(0.005, 0.001, 1, 0.01, 0)))
    assert told.errors == 2 * told.visits > 0
