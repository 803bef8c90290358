"""Every family under every policy, over the whole ranges of their parameters, ends included."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collapse_core import (
    Accumulate,
    AccumulateSubsample,
    Anchors,
    ClosedLoop,
    Prior,
    RealFraction,
    Replace,
    Weighted,
    families,
)

FAMILIES = tuple(
    getattr(families, name)
    for name in families.__all__
    if getattr(families, name).params or name == "Categorical"
)
RUNS, GENERATIONS = 3, 4
LARGEST_POOL = 1000


def numbers(param):
    """Draw a value of a parameter: an end, the default, or anything between."""
    inside = st.integers if param.whole else st.floats
    low, high = param.low, param.high
    return st.one_of(st.sampled_from([low, high, param.default]), inside(low, high))


@st.composite
def any_family(draw, kind):
    """Draw a family."""
    if kind is families.Categorical:
        weights = np.array(draw(st.lists(st.sampled_from([0.1, 1.0, 1e6]), min_size=2, max_size=6)))
        return kind(tuple((weights / weights.sum()).tolist()))
    return kind(**{param.name: draw(numbers(param)) for param in kind.params})


counts = st.one_of(st.sampled_from([0, 1, 100]), st.integers(0, 10**6))
shares = st.one_of(st.sampled_from([0.0, 1.0]), st.floats(0.0, 1.0))
policies = st.one_of(
    st.sampled_from([Replace(), Accumulate(), AccumulateSubsample(), AccumulateSubsample(True)]),
    st.builds(Anchors, counts, fresh=st.booleans()),
    st.builds(Prior, st.one_of(st.sampled_from([0.0, 50.0]), st.floats(0.0, 1e6))),
    st.builds(RealFraction, shares),
    st.builds(Weighted, shares, st.sampled_from([1, 2, 100])),
)
sizes = st.one_of(st.sampled_from([1, 2, 200, 10**12]), st.integers(1, 300))


def check_runs(loop, paths):
    assert paths.diversity.shape == (RUNS, GENERATIONS + 1), loop
    assert paths.mean.shape[:2] == (RUNS, GENERATIONS + 1), loop
    assert np.isfinite(paths.mean).all(), loop
    assert np.isfinite(paths.diversity).all(), loop
    assert (paths.diversity >= 0.0).all(), loop
    start = np.broadcast_to(loop.family.truth, paths.mean[:, 0].shape)
    np.testing.assert_array_equal(paths.mean[:, 0], start)


def check_law(loop, law):
    for name in ("mean", "variance", "diversity", "absorbed", "lost", "taken_over"):
        values = getattr(law, name)
        if values is not None:
            assert np.isfinite(values).all(), (loop, name)
            assert len(values) == GENERATIONS + 1, (loop, name)
    for name in ("absorbed", "lost", "taken_over"):
        values = getattr(law, name)
        if values is not None:
            assert (values >= -1e-9).all(), (loop, name)
            assert (values <= 1.0 + 1e-9).all(), (loop, name)
    for name in ("variance", "diversity"):
        values = getattr(law, name)
        assert values is None or (values >= -1e-9).all(), (loop, name)


def check(kind, data):
    family, policy, size = (data.draw(each) for each in (any_family(kind), policies, sizes))
    if isinstance(policy, AccumulateSubsample):  # a larger pool is refused
        size = min(size, LARGEST_POOL)
    loop = ClosedLoop(family, policy, size, GENERATIONS)
    check_runs(loop, loop.simulate(RUNS, data.draw(st.sampled_from([0, 1, 2**32 - 1]))))
    check_law(loop, loop.exact())
    check_law(loop, loop.exact(approximate=True))


each = pytest.mark.parametrize("kind", FAMILIES, ids=lambda kind: kind.__name__)


@each
@settings(max_examples=3, derandomize=True, deadline=None, database=None)
@given(data=st.data())
def test_runs_and_laws_are_finite_and_begin_with_the_truth(kind, data):
    check(kind, data)


@pytest.mark.full
@each
@settings(max_examples=300, derandomize=True, deadline=None, database=None)
@given(data=st.data())
def test_so_are_they_for_many_more(kind, data):
    check(kind, data)
