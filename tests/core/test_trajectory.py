"""What a run returns, on runs small enough to check by hand and on a family of two statistics."""

import csv
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collapse_core import (
    Accumulate,
    AccumulateSubsample,
    Anchors,
    ClosedLoop,
    LossTimes,
    Param,
    Prior,
    RealFraction,
    Replace,
    Trajectory,
    Weighted,
    families,
)
from collapse_core.streams import BLOCK_SIZE


def trajectory(rows):
    means = np.array(rows, dtype=float)
    loop = ClosedLoop(families.Bernoulli(0.5), Replace(), 10, means.shape[1] - 1)
    return Trajectory(loop, 1, means)


BY_HAND = trajectory(
    [
        [0.5, 0.4, 0.0, 0.0, 0.0],
        [0.5, 0.6, 0.8, 1.0, 1.0],
        [0.5, 0.5, 0.6, 0.4, 0.3],
        [0.5, 0.2, 0.1, 0.0, 0.0],
    ]
)


def test_shapes():
    assert (BY_HAND.replicates, BY_HAND.generations) == (4, 4)
    for field in (BY_HAND.diversity, BY_HAND.absorbed, BY_HAND.lost, BY_HAND.taken_over):
        assert field.shape == (4, 5)


def test_what_is_lost_by_hand():
    assert BY_HAND.lost.sum(axis=1).tolist() == [3, 0, 0, 2]
    assert BY_HAND.taken_over.sum(axis=1).tolist() == [0, 2, 0, 0]
    np.testing.assert_array_equal(BY_HAND.absorbed, BY_HAND.lost | BY_HAND.taken_over)
    np.testing.assert_allclose(BY_HAND.diversity[0], [0.25, 0.24, 0, 0, 0])


# -------------------------------------------------------------------------------- loss times


def test_loss_times_mark_what_has_not_happened():
    lost = BY_HAND.loss_times()
    assert lost.generation.tolist() == [2, 4, 4, 3]
    assert lost.censored.tolist() == [False, True, True, False]
    assert sorted(lost.observed.tolist()) == [2, 3]
    assert lost.by_generation(4).tolist() == [0, 0, 1, 2, 2]
    assert BY_HAND.absorption_times().generation.tolist() == [2, 3, 4, 3]
    assert BY_HAND.absorption_times().censored.tolist() == [False, False, True, False]


def test_a_run_that_ends_at_the_boundary_is_not_censored():
    lost = trajectory([[0.5, 0.1, 0.0], [0.5, 0.1, 0.1]]).loss_times()
    assert lost.generation.tolist() == [2, 2]
    assert lost.censored.tolist() == [False, True]


def test_the_first_time_counts_where_blue_comes_back():
    lost = trajectory([[0.5, 0.0, 0.1, 0.0], [0.5, 0.2, 0.1, 0.2]]).loss_times()
    assert lost.generation.tolist() == [1, 3]
    assert lost.censored.tolist() == [False, True]


def test_a_truth_without_blue_is_lost_from_the_start():
    assert trajectory([[0.0, 0.0]]).loss_times().generation.tolist() == [0]


@pytest.mark.parametrize(
    ("rows", "median"),
    [
        ([[0.5, 0.0, 0.0], [0.5, 0.5, 0.0], [0.5, 0.5, 0.5]], 2.0),
        ([[0.5, 0.0, 0.0], [0.5, 0.5, 0.5], [0.5, 0.5, 0.5]], np.nan),
        ([[0.5, 0.0, 0.0], [0.5, 0.5, 0.5]], 1.0),
        ([[0.5, 0.5, 0.5]], np.nan),
        ([[0.5, 0.5, 0.0]], 2.0),
    ],
)
def test_the_median_counts_censored_runs_as_later(rows, median):
    np.testing.assert_equal(trajectory(rows).loss_times().median(), median)


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1, max_size=40))
def test_censored_runs_never_enter_an_average(marks):
    generation = np.array([9 if censored else at for at, censored in marks])
    censored = np.array([censored for _, censored in marks])
    times = LossTimes(generation, censored)
    assert times.observed.size == np.count_nonzero(~censored)
    assert times.by_generation(9)[-1] == times.observed.size
    assert (np.diff(times.by_generation(9)) >= 0).all()
    if 2 * times.observed.size < len(marks):
        assert np.isnan(times.median())
    else:
        assert times.median() in times.observed


def test_by_generation_may_stop_early_or_late():
    times = LossTimes(np.array([1, 3]), np.array([False, False]))
    assert times.by_generation(2).tolist() == [0, 1, 1]
    assert times.by_generation(5).tolist() == [0, 1, 1, 2, 2, 2]


# -------------------------------------------------------------------------------- quantiles


@given(
    st.integers(1, 60),
    st.lists(st.floats(0, 1), min_size=1, max_size=5),
    st.integers(0, 2**32 - 1),
)
def test_quantiles_are_numpys_inverted_cdf(replicates, levels, seed):
    means = np.random.default_rng(seed).integers(0, 8, (replicates, 4)) / 8
    runs = trajectory(means)
    expected = np.quantile(means, levels, axis=0, method="inverted_cdf")
    np.testing.assert_array_equal(runs.quantiles(levels), expected)
    np.testing.assert_array_equal(runs.quantiles(levels[0]), expected[0])


def test_quantile_shapes_and_ends():
    assert BY_HAND.quantiles([0.1, 0.5, 0.9]).shape == (3, 5)
    assert BY_HAND.quantiles([0.5]).shape == (1, 5)
    assert BY_HAND.quantiles(0.5).shape == (5,)
    np.testing.assert_array_equal(BY_HAND.quantiles(0), BY_HAND.mean.min(axis=0))
    np.testing.assert_array_equal(BY_HAND.quantiles(1), BY_HAND.mean.max(axis=0))


@pytest.mark.parametrize("levels", [-0.1, 1.1, [0.5, 2.0], np.nan])
def test_bad_levels(levels):
    with pytest.raises(ValueError, match=r"^levels=.* from 0 to 1"):
        BY_HAND.quantiles(levels)


# -------------------------------------------------------------------------------- one run of many


def test_the_run_at_a_percentile_by_hand():
    assert BY_HAND.run_nearest(0) == 3  # both have lost blue; this one had less of it on the way
    assert BY_HAND.run_nearest(100) == 1
    assert BY_HAND.run_nearest(33.3) == 0
    assert BY_HAND.run_nearest(66.7) == 2
    assert BY_HAND.run_nearest(0, generation=2) == 0
    assert BY_HAND.run_nearest(100, generation=2) == 1


def test_the_percentile_of_a_run_by_hand():
    assert [BY_HAND.percentile_of(run) for run in range(4)] == [25.0, 87.5, 62.5, 25.0]
    assert BY_HAND.percentile_of(0, generation=0) == 50.0  # all start level


def test_runs_that_are_level_share_the_middle_of_their_ranks():
    rows = [[0.5, 0.0]] * 60 + [[0.5, 0.1 + number / 100] for number in range(40)]
    assert trajectory(rows).percentile_of(5) == 30.0


@given(st.floats(0, 100), st.integers(0, 2**32 - 1))
def test_run_nearest_and_percentile_agree(percentile, seed):
    means = np.random.default_rng(seed).random((101, 3))  # no two runs are level
    runs = trajectory(means)
    run = runs.run_nearest(percentile)
    assert runs.percentile_of(run) == pytest.approx(percentile, abs=1.0)
    assert runs.run_nearest(0) == means[:, -1].argmin()
    assert runs.run_nearest(100) == means[:, -1].argmax()


def test_bad_runs_and_generations():
    with pytest.raises(ValueError, match=r"^percentile=101\.* .* from 0 to 100"):
        BY_HAND.run_nearest(101)
    with pytest.raises(ValueError, match=r"^generation=5 .* from 0 to 4"):
        BY_HAND.run_nearest(50, generation=5)
    with pytest.raises(ValueError, match=r"^run=4 .* from 0 to 3"):
        BY_HAND.percentile_of(4)


# -------------------------------------------------------------------------------- a table as text


def read_back(text):
    lines = text.splitlines()
    header = [line.removeprefix("# ").split(": ", 1) for line in lines if line.startswith("#")]
    rows = list(csv.reader(line for line in lines if not line.startswith("#")))
    return dict(header), rows[0], np.array(rows[1:], dtype=float)


def test_the_table_is_read_back():
    loop = ClosedLoop(families.Bernoulli(0.1), Anchors(3, fresh=False), 100, 12, 1.05)
    runs = loop.simulate(7, seed=42)
    header, names, table = read_back(runs.to_csv())
    assert names == ["generation", *[f"run_{number}" for number in range(1, 8)]]
    np.testing.assert_array_equal(table[:, 0], np.arange(13))
    np.testing.assert_allclose(table[:, 1:].T, runs.mean, rtol=5e-6)
    assert header == {
        "family": "Bernoulli(share=0.1)",
        "policy": "Anchors(count=3, fresh=False)",
        "sample_size": "100",
        "generations": "12",
        "temperature": "1.05",
        "replicates": "7",
        "seed": "42",
        "generation 0": "the truth",
    }


def test_the_header_is_enough_to_make_the_table_again():
    loop = ClosedLoop(families.Bernoulli(1 / 3), Prior(0.1 + 0.2), 50, 5)
    text = loop.simulate(3, seed=9).to_csv()
    header, _, _ = read_back(text)
    again = ClosedLoop(
        eval(header["family"], vars(families)),
        eval(header["policy"], {"Prior": Prior}),
        int(header["sample_size"]),
        int(header["generations"]),
        float(header["temperature"]),
    )
    assert again == loop
    assert again.simulate(int(header["replicates"]), int(header["seed"])).to_csv() == text


# -------------------------------------------------------------------------------- two statistics


@dataclass(frozen=True)
class Bell(families.Family):
    """A bell curve known through the averages of x and of x squared."""

    centre: float
    spread: float

    params: ClassVar = (
        Param("centre", "m", -5.0, 5.0, 0.0, "Where the middle is."),
        Param("spread", "s", 0.1, 5.0, 1.0, "How wide it is."),
    )

    @property
    def truth(self):
        return np.array([self.centre, self.centre**2 + self.spread**2])

    def variance(self, mean):
        return np.maximum(mean[..., 1] - mean[..., 0] ** 2, 0.0)

    def draw_average(self, mean, sample_size, rng):
        points = rng.standard_normal((len(mean), sample_size))
        points = mean[:, :1] + np.sqrt(self.variance(mean))[:, None] * points
        return np.column_stack((points.mean(axis=1), (points**2).mean(axis=1)))


BELL = Bell(1.0, 2.0)


@pytest.mark.parametrize(
    "policy",
    [
        Replace(),
        Anchors(2),
        Anchors(2, fresh=False),
        Prior(2.0),
        Prior(2.0, (0.0, 1.0)),
        Accumulate(),
        RealFraction(0.5),
        RealFraction(1.0),
        Weighted(0.5, 2),
    ],
    ids=repr,
)
@pytest.mark.parametrize("replicates", [1, 5, BLOCK_SIZE + 3])
def test_shapes_with_two_statistics(policy, replicates):
    runs = ClosedLoop(BELL, policy, 6, 4).simulate(replicates, seed=3)
    assert runs.mean.shape == (replicates, 5, 2)
    assert (runs.replicates, runs.generations) == (replicates, 4)
    np.testing.assert_array_equal(runs.mean[:, 0], np.broadcast_to([1.0, 5.0], (replicates, 2)))
    for field in (runs.diversity, runs.absorbed, runs.lost, runs.taken_over):
        assert field.shape == (replicates, 5)
    np.testing.assert_allclose(runs.diversity[:, 0], 4.0)
    assert not runs.lost.any()  # no mean is the lowest of a bell curve
    assert runs.quantiles([0.1, 0.9]).shape == (2, 5, 2)
    assert runs.quantiles(0.5).shape == (5, 2)
    assert 0 <= runs.run_nearest(50) < replicates
    assert 0 < runs.percentile_of(0) <= 100
    assert runs.loss_times().censored.all()


def test_the_table_of_two_statistics():
    runs = ClosedLoop(BELL, Replace(), 6, 4).simulate(2, seed=3)
    header, names, table = read_back(runs.to_csv())
    assert header["family"] == "Bell(centre=1.0, spread=2.0)" or "Bell(" in header["family"]
    assert names == ["generation", *[f"run_{r}_statistic_{s}" for r in (1, 2) for s in (1, 2)]]
    np.testing.assert_allclose(table[:, 1:].reshape(5, 2, 2).swapaxes(0, 1), runs.mean, rtol=1e-5)


def test_two_statistics_are_ranked_by_the_first():
    means = np.array([[[0, 9], [3, 1]], [[0, 9], [1, 2]], [[0, 9], [2, 3]]], dtype=float)
    runs = Trajectory(ClosedLoop(BELL, Replace(), 6, 1), 1, means)
    assert [runs.run_nearest(at) for at in (0, 50, 100)] == [1, 2, 0]


def test_a_family_without_a_temperature_says_so():
    with pytest.raises(ValueError, match=r"temperature=0\.9 is not known for Bell: set it to 1"):
        ClosedLoop(BELL, Replace(), 6, 4, 0.9).simulate(1, seed=1)


def test_a_family_without_subsamples_says_so():
    with pytest.raises(ValueError, match=r"AccumulateSubsample is not known for Bell: use Acc"):
        ClosedLoop(BELL, AccumulateSubsample(), 6, 4).simulate(1, seed=1)


def test_a_family_without_a_law_knows_nothing():
    law = ClosedLoop(BELL, Replace(), 6, 4).exact()
    assert law.mean is None
    assert law.quantile(0.5) is None
    assert not law.is_exact("mean")
    with pytest.raises(
        ValueError, match=r"^level=0 is out of range: it must lie strictly between 0"
    ):
        law.quantile(0)


def test_a_prior_of_another_shape():
    with pytest.raises(ValueError, match=r"mean=0\.5 is no mean parameter of Bell: .* \(2,\)"):
        ClosedLoop(BELL, Prior(1.0, 0.5), 6, 4).simulate(1, seed=1)


def test_parameters_of_a_family_are_checked():
    with pytest.raises(ValueError, match=r"^spread=9 .* from 0\.1 to 5"):
        Bell(0.0, 9)
