"""The monitor: what it says of series of which it is known what happens in them."""

import dataclasses
import tracemalloc

import numpy as np
import pytest
from series import normal, series

from collapse_core.drift import frechet_distance, frechet_of_chance, monitor, monitoring
from collapse_core.drift.axes import MOST_AXES, PairAxes, pair_axes, projected
from collapse_core.drift.nearby import nearby
from collapse_core.drift.permuted import (
    distances,
    extrapolated,
    permutation_test,
    permuted_deals,
    spreads,
    unit_sums,
)
from collapse_core.drift.rows import FEWEST, MOST_ROWS, check_samples
from collapse_core.measures.samples import Moments, moments_of


def sampled(*arrays, groups=None):
    return check_samples("generations", arrays, groups, 0)


def pair_of(one, other, permutations, seed):
    first, second = sampled(one, other)
    rng = np.random.default_rng(seed)
    return permutation_test(first, second, pair_axes(first, second), permutations, 0.05, rng)


# -------------------------------------------------------------------------------- what it finds


@pytest.fixture(scope="module")
def collapsing():
    return monitor(series("retrained", 20).generations, extrapolate=True)


@pytest.fixture(scope="module")
def healthy():
    return monitor(series("gaussian", 8).generations)


def test_a_collapse_is_found_while_every_step_looks_harmless(collapsing):
    assert 1 < collapsing.alarm < 12
    assert collapsing.direction == "contracting"
    assert collapsing.collapse >= collapsing.alarm
    assert collapsing.closed_loop is not None
    assert max(collapsing.local[1:]) < collapsing.cumulative[20]
    assert collapsing.effective_rank[20] < collapsing.effective_rank[0]
    assert collapsing.tail_coverage[20] < collapsing.coverage[20] < 1.0
    assert "This is a collapse." in collapsing.reasons[0]


def test_where_nothing_happens_nothing_is_said(healthy):
    assert healthy.alarm is None
    assert healthy.jump is None
    assert healthy.collapse is None
    assert healthy.direction == "quiet"
    assert healthy.reasons[0] == "No alarm up to generation 8."
    for step in healthy.steps[1:]:
        chance = step.nearby.chance["coverage"]
        assert chance.average == pytest.approx(step.nearby.equal_laws, abs=0.02)


def test_a_mean_that_moves_is_no_collapse():
    report = monitor(series("drifting", 8).generations)
    assert report.alarm is not None
    assert report.direction == "moving"
    assert report.collapse is None
    assert "collapse" not in " ".join(report.reasons).replace("not called a collapse", "")
    assert "reference" in " ".join(report.reasons)


def test_fresh_real_rows_tell_a_world_that_moves():
    made, reference, _ = series("drifting_with_reference", 8)
    report = monitor(made, reference)
    assert report.alarm is None
    assert report.direction == "quiet"
    assert report.world_moved is not None
    assert "the world changed, and the models followed" in " ".join(report.reasons)
    made, reference, _ = series("retrained_with_reference", 8)
    assert monitor(made, reference).alarm is not None


def test_one_reference_stands_for_the_beginning():
    rows = series("retrained", 12).generations
    report = monitor(rows, normal(300, 5, 77))
    assert report.reference == "fixed"
    assert report.cumulative[0] is not None
    assert report.alarm is not None
    elsewhere = monitor(series("gaussian", 3).generations, normal(300, 5, 7) + 1.0)
    assert "already apart from the reference" in " ".join(elsewhere.reasons)


def test_a_cloud_that_spreads_out_is_no_collapse():
    report = monitor([normal(200, 3, n) * 1.1**n for n in range(9)])
    assert report.direction == "expanding"
    assert report.collapse is None
    assert report.alarm is not None


def test_a_jump_is_told_from_a_slow_loss():
    report = monitor([normal(200, 3, n) * (1.0 if n < 2 else 0.3) for n in range(4)])
    assert report.jump == 2
    assert report.alarm == 3, "from then on each step is quiet again"
    assert report.direction == "contracting"
    assert report.reasons[0].startswith("A jump at generation 2, in plain sight.")


def test_series_and_their_floors(collapsing):
    rows = series("retrained", 20).generations
    one, other = moments_of(rows[0]), moments_of(rows[7])
    assert collapsing.cumulative[7] == pytest.approx(frechet_distance(*one, *other))
    assert collapsing.local[0] is None
    assert collapsing.cumulative[0] == 0.0
    step = collapsing.steps[7]
    assert step.cumulative.test.distance == pytest.approx(step.cumulative.distance)
    both = moments_of(np.vstack([rows[0], rows[7]]))
    assert step.cumulative.floor == pytest.approx(frechet_of_chance(both, 200, 200))
    assert step.cumulative.test.chance == pytest.approx(step.cumulative.floor, rel=0.15)
    assert len(collapsing.local) == len(collapsing.density) == 21
    assert step.rank_chance.low < step.rank_chance.average < step.rank_chance.high


def test_labels():
    rng = np.random.default_rng(1)
    rows = series("gaussian", 3).generations
    kinds = [rng.choice(["a", "b", "c"], 200, p=p) for p in ([1 / 3] * 3,) * 2]
    kinds += [rng.choice(["a", "b", "c"], 200, p=p) for p in ([0.9, 0.1, 0.0], [1.0, 0.0, 0.0])]
    report = monitor(rows, labels=kinds)
    assert report.label_entropy[0] == pytest.approx(np.log(3), abs=0.02)
    assert report.label_entropy[3] == 0.0
    chance = [step.entropy_chance for step in report.steps]
    assert chance[0] is None
    assert chance[1].low <= report.label_entropy[1]
    assert report.label_entropy[2] < chance[2].low
    assert "label_entropy" in report.to_csv()
    assert "label_entropy" not in monitor(rows).table()


# --------------------------------------------------------------------------------- the same again


def test_same_seed_same_report_and_a_longer_plan_only_asks_for_more(healthy):
    rows = series("gaussian", 8).generations
    assert monitor(rows).steps == healthy.steps
    assert monitor(rows, seed=1).steps != healthy.steps
    longer = monitor(rows, planned=20)
    assert longer.level == 0.05 / 20
    assert longer.permutations == 799
    assert longer.cumulative == healthy.cumulative


def test_it_is_done_one_generation_at_a_time():
    rows = series("retrained", 4).generations
    work = monitoring(rows)
    told, steps = [], [work.start()]
    while len(steps) <= work.total:
        steps.append(work.after(steps, told.append))
    assert work.report(steps) == monitor(rows)
    assert work.report(steps[:3]).steps == monitor(rows).steps[:3]
    assert all(0.0 <= share <= 1.0 for share in told)
    assert work.identity == monitoring(rows).identity
    assert work.identity != monitoring(rows, seed=1).identity
    assert work.identity != monitoring([*rows[:-1], rows[-1] + 1e-9]).identity
    seen = []
    monitor(rows, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 4), (2, 4), (3, 4), (4, 4)]
    with pytest.raises(dataclasses.FrozenInstanceError):
        monitor(rows[:2]).seed = 3


def test_the_quick_part_of_the_work_is_the_same(healthy):
    work = monitoring(series("gaussian", 8).generations)
    step = work.judged(3, local=False, nearby=False)
    assert step.cumulative == healthy.steps[3].cumulative
    assert work.with_local(step).local == healthy.steps[3].local


# ------------------------------------------------------------------------------ the permutations


def test_moments_of_a_permutation_are_those_of_its_rows():
    one, other = sampled(normal(40, 4), normal(50, 4, 1) + 1.0)
    units = unit_sums(one, other, pair_axes(one, other))
    sides = np.random.default_rng(0).permuted(np.tile(np.arange(90) < 40, (5, 1)), axis=1)
    both = np.vstack([one.rows, other.rows])
    centred = np.vstack([each.rows - each.rows.mean(axis=0) for each in (one, other)])
    volumes, ranks = spreads(units, sides)
    for number, side in enumerate(sides):
        wanted = frechet_distance(*moments_of(both[side]), *moments_of(both[~side]))
        assert distances(units, sides)[number] == pytest.approx(wanted)
        first, second = (moments_of(centred[part]).covariance for part in (side, ~side))
        logs = [np.linalg.slogdet(each)[1] for each in (first, second)]
        assert volumes[number] == pytest.approx(logs[1] - logs[0])
        shares = [np.trace(each) ** 2 / np.square(each).sum() for each in (first, second)]
        assert ranks[number] == pytest.approx(shares[1] / shares[0])


def test_p_values_of_equal_laws_are_uniform():
    found = np.array(
        [
            (pair.above, pair.below, pair.contraction, pair.expansion)
            for n in range(150)
            for pair in [pair_of(normal(40, 3, 2 * n), normal(60, 3, 2 * n + 1), 39, n)]
        ]
    )
    for level in (0.1, 0.25, 0.5):
        error = np.sqrt(level * (1.0 - level) / len(found))
        assert (np.abs((found <= level + 1e-9).mean(axis=0) - level) < 4.0 * error).all()
    # The control: half of the rows counted twice are no independent rows.
    doubled = [
        pair_of(np.repeat(normal(20, 3, 2 * n), 2, axis=0), normal(60, 3, 2 * n + 1), 39, n).above
        for n in range(60)
    ]
    assert np.mean(np.array(doubled) <= 0.1 + 1e-9) > 0.1 + 4.0 * np.sqrt(0.09 / 60)


def test_a_difference_of_means_feigns_no_loss_of_spread():
    """Rows are permuted around the mean of their own sample; without that too many are small."""
    own, control = [], []
    sides, draws, level = np.arange(200) < 100, 400, 0.1
    for seed in range(draws):
        one, other = sampled(normal(100, 2, 2 * seed), normal(100, 2, 2 * seed + 1) + 4.0)
        units = unit_sums(one, other, pair_axes(one, other))
        dealt = np.random.default_rng(seed).permuted(np.tile(sides, (99, 1)), axis=1)
        for found, sums in ((own, units), (control, units._replace(centred=units.sums))):
            seen, made = spreads(sums, sides[np.newaxis])[0], spreads(sums, dealt)[0]
            found.append((1 + np.count_nonzero(made <= seen)) / 100 <= level + 1e-9)
    error = np.sqrt(level * (1.0 - level) / draws)
    assert abs(np.mean(own) - level) < 4.0 * error
    assert np.mean(control) - level > 4.0 * error


def test_near_copies_are_permuted_together():
    made, _, groups = series("near_copies", 1, seed=3)
    one, other = sampled(*made, groups=groups)
    assert (one.units, other.units) == (40, 40)
    apart = permutation_test(one, other, pair_axes(one, other), 99, 0.05, np.random.default_rng(1))
    assert apart.units == (40, 40)
    assert apart.rows == (200, 200)
    # By hand: the distance of a permutation of whole groups.
    axes = pair_axes(one, other)
    units, side = unit_sums(one, other, axes), np.arange(80) % 2 == 0
    rows = np.vstack([one.tested, other.tested]) @ axes.axes
    chosen = np.repeat(side, 5)
    wanted = frechet_distance(*moments_of(rows[chosen]), *moments_of(rows[~chosen]))
    assert distances(units, side[np.newaxis])[0] == pytest.approx(wanted)


def test_without_groups_near_copies_make_false_alarms():
    """The control for groups: the same rows, permuted one by one."""
    loud = [
        monitor(series("near_copies", 2, seed=n).generations).alarm
        or monitor(series("near_copies", 2, seed=n).generations).jump
        for n in range(3)
    ]
    assert all(loud)
    kept = [series("near_copies", 2, seed=n) for n in range(3)]
    reports = [monitor(each.generations, groups=each.groups) for each in kept]
    assert not any(report.alarm or report.jump for report in reports)
    assert "Rows of one group are permuted together." in reports[0].reasons


# ---------------------------------------------------------------------------------- which axes


def test_few_rows_for_many_columns_are_compared_on_axes_of_both():
    rows = series("few_rows", 3).generations
    report = monitor(rows)
    pair = report.steps[1].cumulative
    assert pair.reduced
    assert pair.axes == 6
    assert "principal axes of each pair together, 6 at the fewest" in " ".join(report.reasons)
    swapped = [pair_axes(*sampled(*each)) for each in (rows[:2], rows[1::-1])]
    np.testing.assert_allclose(swapped[0].variances, swapped[1].variances)
    both = moments_of(np.vstack(rows[:2]))
    np.testing.assert_allclose(
        swapped[0].variances, np.linalg.eigvalsh(both.covariance)[:-7:-1], rtol=1e-9
    )


def axes_of_the_first(one, other):
    values, vectors = np.linalg.eigh(one.moments.covariance)
    return PairAxes(one.moments.mean, vectors[:, :-7:-1], values[:-7:-1], True)


def loud_pairs(axes, draws=40):
    """Return in how many pairs of one law, 60 rows of 30 columns, a distance has p <= 0.05."""
    found = 0
    for seed in range(draws):
        one, other = sampled(*series("few_rows", 1, seed).generations)
        rng = np.random.default_rng(seed)
        found += permutation_test(one, other, axes(one, other), 99, 0.05, rng).above <= 0.05
    return found


def test_axes_of_generation_0_alone_make_false_alarms():
    """The control for axes of both: those of the first fit its noise, and the second has less."""
    assert loud_pairs(pair_axes) <= 7
    assert loud_pairs(axes_of_the_first) > 20


def pooled_over_all(rows, seed):
    """Return the p-value of generation 1 if all rows of all generations are permuted."""
    everything, size = np.vstack(rows), len(rows[0])
    seen = frechet_distance(*moments_of(rows[0]), *moments_of(rows[1]))
    rng, larger = np.random.default_rng(seed), 0
    for _ in range(39):
        drawn = everything[rng.permutation(len(everything))[: 2 * size]]
        larger += frechet_distance(*moments_of(drawn[:size]), *moments_of(drawn[size:])) >= seen
    return (1 + larger) / 40


def test_pooling_all_generations_makes_alarms_before_anything_happened():
    """The control for pairs: a contraction still to come makes generation 1 look far away."""
    pooled, pairs = [], []
    for seed in range(30):
        rows = [normal(60, 3, 20 * seed + n) * (1.0 if n < 3 else 0.2) for n in range(10)]
        pooled.append(pooled_over_all(rows, seed) <= 0.05 + 1e-9)
        pairs.append(pair_of(*rows[:2], 39, seed).above <= 0.05 + 1e-9)
    assert sum(pairs) <= 5
    assert sum(pooled) >= 6
    early = monitor(rows[:3], planned=9)
    assert monitor(rows).steps[:3] == early.steps, "what comes later changes nothing"


def test_more_than_sixteen_columns_and_a_thousand_rows_are_said():
    rows = [normal(1200, 20, n) for n in range(2)]
    report = monitor(rows)
    test = report.steps[1].cumulative.test
    assert (test.axes, test.rows) == (MOST_AXES, (MOST_ROWS, MOST_ROWS))
    assert report.steps[1].cumulative.axes == 20
    assert report.steps[1].nearby.rows == (MOST_ROWS, MOST_ROWS)
    said = " ".join(report.reasons)
    assert "first 16 principal axes" in said
    assert "at most 1,000 rows" in said


def test_projection_keeps_the_distance_where_all_axes_are_kept():
    one, other = sampled(normal(100, 4), 2.0 * normal(80, 4, 1) + 1.0)
    axes = pair_axes(one, other)
    turned = [projected(each.moments, axes) for each in (one, other)]
    wanted = frechet_distance(*one.moments, *other.moments)
    assert frechet_distance(*turned[0], *turned[1]) == pytest.approx(wanted)


# ---------------------------------------------------------------------------------- 1/n and floors


def test_the_distance_at_infinitely_many_rows():
    """Two normal laws whose distance is known: the line in 1/n reaches it, the sample does not."""
    scale, columns, truth = 1.3, 8, 8 * 0.3**2
    found = []
    for seed in range(12):
        first, second = normal(150, columns, 2 * seed), normal(150, columns, 2 * seed + 1)
        one, other = sampled(first, scale * second)
        axes = pair_axes(one, other)
        line = extrapolated(unit_sums(one, other, axes), np.random.default_rng(seed))
        found.append((line, frechet_distance(*one.moments, *other.moments)))
    means, errors = np.mean(found, axis=0), np.std(found, axis=0) / np.sqrt(len(found))
    assert abs(means[0] - truth) < 4.0 * errors[0] + 0.02
    assert means[1] - truth > 4.0 * errors[1]


def test_floors_of_heavy_tails_are_higher_than_the_gaussian_one():
    """Why p-values come from permutations: a formula for normal rows is far off for others."""
    one, other = sampled(*series("heavy_tailed", 1, seed=2).generations)
    pair = permutation_test(one, other, pair_axes(one, other), 99, 0.05, np.random.default_rng(1))
    law = Moments(np.zeros(5), 3.0 * np.eye(5))
    assert pair.chance > 1.5 * frechet_of_chance(law, 200, 200)


# -------------------------------------------------------------------------------- collapsed rows


def test_generations_without_spread_are_a_collapse():
    rows = [normal(100, 3), normal(100, 3, 1), *([np.full((100, 3), 2.5)] * 3)]
    report = monitor(rows)
    assert report.direction == "contracting"
    assert report.effective_rank[2:] == (0.0, 0.0, 0.0)
    assert report.local[3:] == (0.0, 0.0)
    assert report.jump == 2
    assert report.alarm == 3
    assert "All rows of generation 2 are equal" in " ".join(report.reasons)
    assert report.coverage[4] < 0.5


def test_a_series_that_begins_without_spread_is_a_collapse_too():
    report = monitor([np.full((50, 2), 0.1)] * 3)
    assert report.alarm == 0
    assert report.direction == "contracting"
    assert report.coverage[1:] == (0.0, 0.0)
    assert report.cumulative == (0.0, 0.0, 0.0)
    assert "nan" not in report.to_html().replace("tenant", "").lower().split("<table")[0]


def test_a_lost_direction_is_a_collapse():
    flat = [normal(200, 3, n) * (1.0, 1.0, 1.0 if n < 2 else 0.0) for n in range(5)]
    report = monitor(flat)
    assert report.direction == "contracting"
    assert report.effective_rank[4] < 2.1


def test_constant_columns_do_no_harm():
    rows = [np.hstack([normal(100, 2, n), np.full((100, 2), 7.0)]) for n in range(4)]
    report = monitor(rows)
    assert report.direction == "quiet"
    assert report.effective_rank[0] == pytest.approx(2.0, abs=0.1)


def test_unequal_numbers_of_rows():
    sizes = (300, 120, 700, 90, 1500)
    report = monitor([normal(size, 3, size) for size in sizes])
    assert report.direction == "quiet"
    assert [step.rows for step in report.steps] == list(sizes)
    assert report.steps[4].cumulative.test.rows == (300, MOST_ROWS)


# ----------------------------------------------------------------------------------- what is asked


GOOD = [normal(20, 2, n) for n in range(3)]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"generations": GOOD[:1]}, "generations holds only one: give at least two"),
        ({"generations": []}, "generations holds 0 generations"),
        ({"generations": "rows"}, "generations must be a list"),
        ({"generations": [GOOD[0], normal(20, 3)]}, r"generations\[1\] has 3 columns"),
        ({"generations": [GOOD[0], np.full((20, 2), np.nan)]}, r"generations\[1\] must be finite"),
        ({"generations": [GOOD[0], ["a", "b"]]}, r"generations\[1\] must be numbers"),
        ({"generations": [normal(30, 30)] * 2}, "30 rows of 30 numbers: a covariance needs more"),
        ({"generations": [normal(7, 2)] * 2}, f"has 7 rows: give at least {FEWEST}"),
        ({"groups": [[0] * 10 + [1] * 10] * 3}, f"has 2 groups: give at least {FEWEST}"),
        ({"groups": [[0] * 20] * 2}, "groups must be a list with one array"),
        ({"groups": [[0] * 19] * 3}, r"groups\[0\] must hold one text or one number"),
        ({"labels": [[np.nan] * 20] * 3}, r"labels\[0\] holds NaN"),
        ({"reference": GOOD[:2]}, "reference holds 2 arrays: give one, or one for each of the 3"),
        ({"reference": normal(40, 3)}, "reference has 3 columns and generations 2"),
        ({"false_alarm": 0.0}, "false_alarm=0.0"),
        ({"seed": -1}, "seed=-1"),
        ({"planned": 1}, "planned=1 is out of range: there are 2 generations"),
        ({"planned": 10**6}, "planned=1000000"),
    ],
)
def test_what_cannot_be_watched_is_refused_with_its_remedy(arguments, said):
    with pytest.raises(ValueError, match=said):
        monitor(**({"generations": GOOD} | arguments))


def test_memory_is_bounded():
    rows = [normal(1500, 64, n) for n in range(3)]
    work = monitoring(rows)
    tracemalloc.start()
    work.after([work.start()])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 150e6


def test_the_average_and_the_alarm_line_are_those_of_the_permutations():
    one, other = normal(60, 3, 1), 0.8 * normal(80, 3, 2)
    found = pair_of(one, other, 199, 7)
    samples = sampled(one, other)
    units = unit_sums(*samples, pair_axes(*samples))
    seen, deals = permuted_deals(units, 199, np.random.default_rng(7))
    assert found.chance == pytest.approx(sum(deals.distance) / 199)
    assert found.distance == pytest.approx(float(seen.distance[0]))
    # What is above the line has at most 9 of 199 deals above it: (1 + 9)/(1 + 199) = 0.05.
    assert found.limit == sorted(deals.distance)[-10]
    assert found.above == (1 + np.count_nonzero(deals.distance >= found.distance)) / 200
    assert (found.above <= 0.05) == (found.distance > found.limit)
    assert np.count_nonzero(deals.distance > sorted(deals.distance)[-11]) > 9, "one lower is none"


def tail_by_hand(real, made):
    """Return the share of the outer tenth of real rows that have a made row near, one by one."""
    both = np.vstack([real, made])
    inverse = np.linalg.inv(np.cov(both.T))
    far = [row @ inverse @ row for row in real - both.mean(axis=0)]
    covered = []
    for place in np.argsort(far)[-round(len(real) / 10) :]:
        radius = sorted(np.linalg.norm(real - real[place], axis=1))[5]  # the first is itself
        covered.append(min(np.linalg.norm(made - real[place], axis=1)) <= radius)
    return np.mean(covered)


@pytest.mark.parametrize(("scale", "alike"), [(1.0, True), (0.4, False)])
def test_the_tail_that_is_still_near_and_what_chance_makes_of_it(scale, alike):
    apart = []
    for seed in range(12):
        real, made = normal(120, 2, 2 * seed), scale * normal(120, 2, 2 * seed + 1)
        samples = sampled(real, made)
        found = nearby(*samples, pair_axes(*samples), np.random.default_rng(seed))
        assert found.tail_coverage == pytest.approx(tail_by_hand(real, made))
        apart.append(found.tail_coverage - found.chance["tail_coverage"].average)
    error = np.std(apart, ddof=1) / np.sqrt(len(apart))
    assert (abs(np.mean(apart)) < 4.0 * error) == alike


def test_the_first_alarm_by_hand(collapsing, healthy):
    """Apart from where it began, p at most 0.05/T, while its own step is quiet, p above 0.05."""
    for report, planned in ((collapsing, 20), (healthy, 8)):
        loud = [
            step.generation
            for step in report.steps[1:]
            if step.cumulative.test.above <= 0.05 / planned + 1e-12 and step.local.test.above > 0.05
        ]
        assert report.alarm == (loud[0] if loud else None)
    at_any = [s.generation for s in collapsing.steps[1:] if s.cumulative.test.above <= 0.05]
    assert at_any[0] < collapsing.alarm, "without a share of the level for each generation"
