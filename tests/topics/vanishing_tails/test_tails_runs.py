"""Runs of K categories, summarised as they go, against the exact laws and against whole runs."""

import dataclasses

import numpy as np
import pytest
from law_check import LIMIT, seeds

from collapse_core import (
    Accumulate,
    AccumulateSubsample,
    Anchors,
    ClosedLoop,
    Prior,
    Replace,
    families,
)
from collapse_core.theory import coalescent, tails
from collapse_core.theory.stages import collapse_stages
from collapse_core.topics.vanishing_tails import living
from collapse_core.topics.vanishing_tails.measures import MEASURES, common_items, rare_half
from collapse_core.topics.vanishing_tails.runs import run_tails


def zipf_loop(categories, exponent, sample_size, generations, policy=None, temperature=1.0):
    truth = tails.zipf_probabilities(categories, exponent)
    family = families.Categorical(tuple(truth.tolist()))
    return ClosedLoop(family, policy or Replace(), sample_size, generations, temperature)


def limited(loop, **settings):
    family = families.LimitedCategorical(loop.family.probabilities, **settings)
    return dataclasses.replace(loop, family=family)


SMALL = zipf_loop(40, 1.0, 30, 12)


@pytest.fixture(scope="module")
def large():
    return run_tails(zipf_loop(1000, 1.0, 1000, 100), 200, seeds(1)[0])


def far_apart(runs, measure, expected, watch):
    error = np.maximum(runs.standard_error(measure), 1e-12)
    return np.abs(runs.mean(measure) - expected)[watch] > LIMIT * error[watch]


# ----------------------------------------------------------------------------- against exact laws


WATCH = np.array([1, 2, 5, 10, 20, 50, 100])


def test_survivors_and_diversity_agree_with_the_exact_law(large):
    truth = large.truth
    survivors = tails.expected_survivors(truth, 1000, 100)
    assert not far_apart(large, "survivors", survivors, WATCH).any()
    assert not far_apart(large, "gini", tails.expected_gini(truth, 1000, 100), WATCH).any()
    # Negative controls: another exponent, and one generation too many, are found out.
    late_by_one = np.append(survivors[1:], survivors[-1])
    assert far_apart(large, "survivors", late_by_one, WATCH[:4]).all()
    other = tails.expected_survivors(tails.zipf_probabilities(1000, 1.05), 1000, 100)
    assert far_apart(large, "survivors", other, WATCH[:4]).all()


def test_published_survivors_for_a_thousand_categories(large):
    expected = np.array([333.75, 247.58, 150.63, 96.48, 58.87, 28.97, 16.42])
    error = large.standard_error("survivors")[WATCH]
    assert (np.abs(large.mean("survivors")[WATCH] - expected) < LIMIT * error + 0.005).all()
    # The tail is gone while the summary has lost one percent.
    assert large.mean("survivors")[10] / large.mean("survivors")[1] == pytest.approx(0.29, abs=0.01)
    assert large.mean("gini")[10] / large.mean("gini")[0] == pytest.approx(0.99, abs=0.003)


def test_published_survivors_for_two_hundred_categories():
    runs = run_tails(zipf_loop(200, 1.2, 500, 100), 400, seeds(2)[1])
    expected = np.array([99.18, 77.87, 51.39, 35.11, 22.88, 12.29, 7.44])
    error = runs.standard_error("survivors")[WATCH]
    assert (np.abs(runs.mean("survivors")[WATCH] - expected) < LIMIT * error + 0.005).all()


def test_more_categories_than_points():
    loop = zipf_loop(3000, 1.0, 200, 5)
    runs = run_tails(loop, 200, seeds(3)[2])
    expected = tails.expected_survivors(loop.family.truth, 200, 5)
    assert not far_apart(runs, "survivors", expected, np.arange(1, 6)).any()


def test_survivors_with_fresh_anchors_agree_with_the_coalescent():
    loop = zipf_loop(100, 1.0, 60, 20, Anchors(3))
    runs = run_tails(loop, 400, seeds(4)[3])
    expected = coalescent.expected_present_with_anchors(loop.family.truth, 60, 3, 20)
    assert not far_apart(runs, "survivors", expected, np.arange(1, 21)).any()
    without = coalescent.expected_present_with_anchors(loop.family.truth, 60, 0, 20)
    assert far_apart(runs, "survivors", without, np.array([10, 20])).all()


def test_rare_survivors_lost_mass_and_loss_times_agree_with_each_categorys_own_chain():
    loop = zipf_loop(60, 1.0, 50, 15)
    runs = run_tails(loop, 400, seeds(5)[4])
    alive = tails.survival_probabilities(loop.family.truth, 50, 15)
    times = np.arange(1, 16)
    rare = alive[:, rare_half(runs.truth)].sum(axis=1)
    assert not far_apart(runs, "rare_survivors", rare, times).any()
    assert not far_apart(runs, "lost_mass", (1 - alive) @ runs.truth, times).any()
    complete = alive.prod(axis=1)  # categories compete for points: fewer runs keep them all
    assert (runs.share_with_infinite_divergence >= 1 - complete - 0.05).all()


# -------------------------------------------------------------------------- against the whole runs


def straightforward(truth, mean):
    """Every measure of one model, as one would first write it."""
    alive = [i for i in range(len(truth)) if mean[i] > 0]
    order = sorted(range(len(truth)), key=lambda i: -truth[i])
    rare = order[len(order) - len(order) // 2 :]
    common, held = [], 0.0
    for i in order:
        if held >= 0.5 - 1e-12:
            break
        common.append(i)
        held += truth[i]
    mass = sum(truth[i] for i in alive)
    lost_common = any(mean[i] == 0 for i in common)
    likelihood = sum(truth[i] * np.log(mean[i]) for i in common if mean[i] > 0) / held
    return {
        "survivors": len(alive),
        "rare_survivors": len(set(alive) & set(rare)),
        "lost_mass": 1.0 - mass,
        "gini": 1.0 - sum(q * q for q in mean),
        "entropy": -sum(mean[i] * np.log(mean[i]) for i in alive),
        "divergence": sum(truth[i] / mass * np.log(truth[i] / mass / mean[i]) for i in alive),
        "common_log_likelihood": -np.inf if lost_common else likelihood,
        "accuracy": truth[int(np.argmax(mean))],
    }


@pytest.mark.parametrize(
    "loop",
    [
        SMALL,
        zipf_loop(40, 1.0, 30, 6, Anchors(2)),
        zipf_loop(40, 0.3, 30, 6, Prior(3.0), 0.9),
        zipf_loop(40, 1.0, 30, 6, AccumulateSubsample()),
        limited(zipf_loop(40, 1.0, 30, 6), top_p=0.9, minimum_count=2),
    ],
    ids=repr,
)
def test_every_measure_is_what_it_says(loop):
    runs, whole = run_tails(loop, 7, 5), loop.simulate(7, 5)
    for run in range(7):
        for generation in range(loop.generations + 1):
            expected = straightforward(runs.truth, whole.mean[run, generation])
            for name in MEASURES:
                found = getattr(runs, name)[run, generation]
                assert found == pytest.approx(expected[name], abs=1e-12), name
    np.testing.assert_array_equal(runs.probabilities, whole.mean[runs.highlight])
    np.testing.assert_array_equal(
        runs.share_with_infinite_divergence, (runs.survivors < 40).mean(axis=0)
    )


def test_a_run_that_is_too_large_to_keep_is_made_again(monkeypatch):
    kept = run_tails(SMALL, 30, 3)
    monkeypatch.setattr(living, "MOST_KEPT", 100)
    again = run_tails(SMALL, 30, 3)
    assert kept.highlight == again.highlight
    np.testing.assert_array_equal(kept.probabilities, again.probabilities)


def test_more_replicates_leave_the_first_as_they_are():
    few, many = run_tails(SMALL, 5, 3), run_tails(SMALL, 450, 3)
    for name in MEASURES:
        np.testing.assert_array_equal(getattr(few, name), getattr(many, name)[:5])


def test_the_highlighted_run_stands_where_it_was_asked_for():
    low, middle, high = (run_tails(SMALL, 201, 3, percentile) for percentile in (0.0, 50.0, 100.0))
    last = middle.survivors[:, -1]
    assert last[low.highlight] == last.min()
    assert last[middle.highlight] == np.median(last)
    assert last[high.highlight] == last.max()
    assert abs(middle.percentile_of(middle.highlight) - 50.0) < 30.0
    assert low.percentile_of(low.highlight) < 50.0 < high.percentile_of(high.highlight)


def test_loss_generations_of_the_highlighted_run():
    runs = run_tails(SMALL, 20, 3)
    loss = runs.loss_generation
    alive = runs.probabilities > 0
    for category, generation in enumerate(loss):
        if np.isinf(generation):
            assert alive[-1, category]
        else:
            assert alive[int(generation) - 1, category]
            assert not alive[int(generation) :, category].any()
    assert np.isinf(loss).sum() == runs.survivors[runs.highlight, -1]
    never = families.Categorical((0.5, 0.5, 0.0))
    assert run_tails(ClosedLoop(never, Replace(), 10**6, 2), 1, 1).loss_generation[2] == 0


def test_quantiles_are_values_of_runs():
    runs = run_tails(SMALL, 51, 3)
    both = runs.quantiles("survivors", (0.0, 0.5, 1.0))
    np.testing.assert_array_equal(both[1], np.median(runs.survivors, axis=0))
    np.testing.assert_array_equal(both[0], runs.survivors.min(axis=0))
    np.testing.assert_array_equal(both[2], runs.survivors.max(axis=0))
    assert runs.quantiles("gini", 0.5).shape == (13,)
    likelihood = run_tails(zipf_loop(40, 1.0, 5, 12), 51, 3).quantiles("common_log_likelihood", 0.5)
    assert likelihood[-1] == -np.inf
    assert np.isnan(run_tails(SMALL, 1, 3).standard_error("gini")).all()


def test_progress_is_told_and_can_stop_the_run():
    told = []
    run_tails(SMALL, 2, 1, progress=told.append)
    assert told == list(range(13))

    def stop(generation):
        if generation == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        run_tails(SMALL, 2, 1, progress=stop)


# ------------------------------------------------------------------------------ the three errors


def test_each_error_alone_loses_the_tail_in_its_own_way():
    base = zipf_loop(100, 1.0, 200, 10)
    noise_free = run_tails(limited(base, infinite_data=True), 1, 1)
    assert (noise_free.survivors == 100).all()
    assert noise_free.divergence.max() < 1e-12
    cut = run_tails(limited(base, top_p=0.9, infinite_data=True), 1, 1).survivors[0]
    assert (np.diff(cut) <= 0).all()
    assert cut[1] < 100
    simple = run_tails(limited(base, minimum_count=2, infinite_data=True), 1, 1).survivors[0]
    expected = np.count_nonzero(base.family.truth * 200 >= 2)
    assert simple[1] == expected
    sampled = run_tails(base, 100, 1).mean("survivors")
    both = run_tails(limited(base, top_p=0.9), 100, 1).mean("survivors")
    assert (both[1:] < sampled[1:]).all()


def test_memory_keeps_the_tail():
    survivors = {
        policy: run_tails(zipf_loop(100, 1.0, 100, 30, policy), 50, 2).mean("survivors")[-1]
        for policy in (Replace(), Anchors(5), Accumulate())
    }
    assert survivors[Replace()] < survivors[Anchors(5)] < survivors[Accumulate()]


def test_stages_of_a_run(large):
    stages = collapse_stages(
        large.mean("rare_survivors"), large.mean("gini"), large.mean("accuracy")
    )
    assert stages.early[0][0] == 1
    assert stages.late == ()  # after 100 generations Gini's diversity has lost ten percent


# --------------------------------------------------------------------------- degenerate and wrong


def test_degenerate_truths_are_results():
    one = run_tails(ClosedLoop(families.Categorical((1.0,)), Replace(), 5, 3), 4, 1)
    assert (one.survivors == 1).all()
    assert (one.rare_survivors == 0).all()
    assert not one.gini.any()
    assert not one.divergence.any()
    assert (one.accuracy == 1).all()
    single = run_tails(zipf_loop(5, 1.0, 1, 3), 30, 1)
    assert (single.survivors[:, 1:] == 1).all()
    assert (single.gini[:, 1:] == 0).all()
    unlikely = ClosedLoop(families.Categorical((0.5, 0.5, 0.0)), Prior(5.0, (0.0, 0.0, 1.0)), 1, 9)
    astray = run_tails(unlikely, 50, 1)
    assert (astray.survivors[:, 1:] >= 1).all()
    assert not np.isinf(astray.divergence).any()


def test_rare_and_common_categories():
    truth = np.array([0.1, 0.4, 0.0, 0.3, 0.2])
    assert rare_half(truth).tolist() == [True, False, False, False, True]
    assert common_items(truth).tolist() == [False, True, False, True, False]
    assert common_items(truth, 0.4).tolist() == [False, True, False, False, False]
    assert common_items(truth, 1.0).tolist() == [True, True, False, True, True]
    assert common_items(truth, 0.0).sum() == 1
    assert rare_half(np.array([1.0])).sum() == 0
    assert rare_half(np.full(5, 0.2)).tolist() == [False, False, False, True, True]
    with pytest.raises(ValueError, match=r"mass=1\.5"):
        common_items(truth, 1.5)


def test_what_is_refused():
    colours = ClosedLoop(families.Bernoulli(0.5), Replace(), 10, 2)
    with pytest.raises(ValueError, match=r"Bernoulli.* has no categories: use"):
        run_tails(colours, 1, 1)
    with pytest.raises(ValueError, match="percentile=101"):
        run_tails(SMALL, 1, 1, percentile=101)
    with pytest.raises(ValueError, match="replicates=0"):
        run_tails(SMALL, 0, 1)
    with pytest.raises(ValueError, match="measure='size' is not known: choose one of survivors"):
        run_tails(SMALL, 1, 1).mean("size")
    with pytest.raises(ValueError, match="level=2"):
        run_tails(SMALL, 1, 1).quantiles("gini", 2)
