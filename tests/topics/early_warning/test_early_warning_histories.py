"""The app's own histories: the same for a seed, and as their closed forms say."""

import numpy as np
import pytest
from scipy.special import digamma

from collapse_core.topics.early_warning.histories import make_history
from collapse_core.topics.early_warning.question import WatchedHistory
from collapse_core.topics.early_warning.worlds import DEVIATIONS, STEP

HISTORIES = WatchedHistory.choices["history"]
SEEDS = range(1, 61)


@pytest.mark.parametrize("history", HISTORIES)
def test_a_seed_makes_the_same_history_and_a_longer_one_begins_alike(history):
    small = {"history": history, "sample_size": 60}
    one = make_history(WatchedHistory(**small, generations=2))
    again = make_history(WatchedHistory(**small, generations=2))
    longer = make_history(WatchedHistory(**small, generations=3, reference=True))
    other = make_history(WatchedHistory(**small, generations=2, seed=2))
    assert repr(one) == repr(again) != repr(other)
    assert all(map(np.array_equal, one.generations, longer.generations))
    assert len(longer.references) == 4
    assert len(repr(longer)) < 200


def volumes(history, generations, seeds=SEEDS, **more):
    """Return how ln det of the covariance changes from the first to the last generation."""
    found = []
    for seed in seeds:
        asked = WatchedHistory(history, 100, generations, seed=seed, **more)
        made = make_history(asked).generations
        found.append(
            np.linalg.slogdet(np.cov(made[-1].T))[1] - np.linalg.slogdet(np.cov(made[0].T))[1]
        )
    return np.array(found)


def expected_volume(generations, rows=100):
    """Return the expected change: each fit with divisor n turns n rows into a Wishart matrix."""
    d = len(DEVIATIONS)
    degrees = (rows - np.arange(1, d + 1)) / 2.0
    return generations * float(np.sum(digamma(degrees) + np.log(2.0) - np.log(rows)))


@pytest.mark.parametrize("generations", [1, 6])
def test_the_retrained_gaussian_loses_its_volume_as_wishart_says(generations):
    found = volumes("gaussian", generations)
    error = found.std(ddof=1) / np.sqrt(len(found))
    assert abs(found.mean() - expected_volume(generations)) < 4 * error


def test_real_rows_and_a_world_that_stays_do_not():
    """The control: the closed form of the loop is rejected where there is none."""
    for found in (volumes("gaussian", 6, anchors=200), volumes("stationary", 6)):
        error = found.std(ddof=1) / np.sqrt(len(found))
        assert abs(found.mean() - expected_volume(6)) > 4 * error
    error = found.std(ddof=1) / np.sqrt(len(found))
    assert abs(found.mean()) < 4 * error


def test_a_world_that_moves_moves_by_its_step_and_its_reference_too():
    t, rows = 8, 400
    made, real = [], []
    for seed in range(1, 11):
        asked = WatchedHistory("moving_world", rows, t, reference=True, seed=seed)
        history = make_history(asked)
        made.append(history.generations[t].mean(axis=0))
        real.append(history.references[t].mean(axis=0))
    for means in (made, real):
        apart = (np.mean(means, axis=0) - STEP * t * np.array(DEVIATIONS)) / np.array(DEVIATIONS)
        assert np.abs(apart).max() < 4.0 / np.sqrt(10 * rows)


def test_references_are_other_rows_than_the_generations():
    history = make_history(WatchedHistory("stationary", 60, 2, reference=True))
    for made, real in zip(history.generations, history.references, strict=True):
        assert not np.isin(made[:, 0], real[:, 0]).any()


@pytest.mark.parametrize(("name", "value"), [("history", "other"), ("sample_size", 49),
                                             ("generations", 0), ("anchors", -1),
                                             ("false_alarm", 0.5)])  # fmt: skip
def test_what_is_out_of_range_is_named(name, value):
    with pytest.raises(ValueError, match=name):
        WatchedHistory(**{name: value})
