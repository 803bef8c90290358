"""The benchmark of sweeps works: everything is measured once, in small. No time is judged here."""

import math

import pytest

from benchmarks import sweep
from collapse_core.sweeps.work import cell_rows

pytestmark = pytest.mark.full


def test_it_measures_and_all_sides_have_the_same_numbers():
    rows = list(sweep.measure(sweep.SMALL))
    assert len(rows) == 3
    assert all(math.isfinite(row.measured) and row.measured > 0 for row in rows)
    assert rows[-1].beside["tables_that_differ"] == 0


def test_a_side_with_other_numbers_is_found_out(monkeypatch):
    monkeypatch.setattr(sweep, "cell_rows", lambda cell: cell_rows(cell)[1:])
    *_, last = sweep.measure(sweep.SMALL)
    assert last.beside["tables_that_differ"] == 2
