"""What pages count and average over their runs, counted again by hand from the runs themselves."""

import math
from statistics import fmean, stdev

import numpy as np
import pytest

from collapse_core.families import Poisson
from collapse_core.families.variance_functions import variance_function_of
from collapse_core.lessons.lesson import read_lesson
from collapse_core.measures.followed_run import run_at_percentile
from collapse_core.theory.diversity_spread import expected_squared_diversity
from collapse_core.topics.bell_curve.kernel import report_kernel
from collapse_core.topics.bell_curve.question import BellCurve
from collapse_core.topics.bell_curve.report import run_bell_curve
from collapse_core.topics.bell_curve.spectrum import report_spectrum
from collapse_core.topics.exponential_families.question import ExponentialFamilies
from collapse_core.topics.exponential_families.report import report_diversity
from collapse_core.topics.one_real_point.question import SIDES, OneRealPoint
from collapse_core.topics.one_real_point.report import report_one_real_point
from collapse_core.topics.one_real_point.view_facts import side_facts, weight_facts
from collapse_core.topics.polluted_web.question import PollutedWeb
from collapse_core.topics.polluted_web.report import report_web, yearly
from collapse_core.topics.polluted_web.sentences import PollutedWebSentences
from collapse_core.topics.vanishing_tails.density import DensityTails, report_density_tails
from collapse_core.topics.vanishing_tails.question import VanishingTails
from collapse_core.topics.vanishing_tails.report import (
    COMMON_MASS,
    report_vanishing_tails,
    tails_law,
)
from collapse_core.topics.vanishing_tails.runs import run_tails


def middle(values):
    """Return the middle one, the lower of two."""
    return sorted(values)[(len(values) - 1) // 2]


def standing(ends, run):
    """Return at which percentile a run ends, and how many are level with it (half are below)."""
    below = sum(end < ends[run] for end in ends)
    level = sum(end == ends[run] for end in ends)
    return pytest.approx(100.0 * (below + level / 2.0) / len(ends)), level - 1


def off(values):
    """Return the standard error of an average: the deviation over the root of their number."""
    return pytest.approx(stdev(values) / math.sqrt(len(values)))


# --------------------------------------------------------------------------------- bell curve


@pytest.fixture(scope="module")
def bell():
    return run_bell_curve(BellCurve(12, 8, estimator="ml", runs=41, seed=3), 70.0)


def test_the_averages_of_bell_curves(bell):
    paths, report = bell
    facts, run = report.facts_at(5), report.highlighted
    means, variances = paths.mean[:, 5].T.tolist()
    before, spreads = paths.mean[:, 4].T.tolist()
    assert facts["average"] == pytest.approx(fmean(variances))
    assert facts["median"] == middle(variances)
    assert facts["mean_log"] == pytest.approx(fmean(map(math.log, variances)))
    assert (facts["typical"], facts["center"]) == (variances[run], means[run])
    away = [m**2 + (math.sqrt(v) - 1.0) ** 2 for m, v in zip(means, variances, strict=True)]
    assert facts["distance"] == pytest.approx(fmean(away))
    moved = [
        (m - b) ** 2 + (math.sqrt(v) - math.sqrt(s)) ** 2
        for m, b, v, s in zip(means, before, variances, spreads, strict=True)
    ]
    assert facts["step"] == pytest.approx(fmean(moved))
    assert facts["step"] != pytest.approx(report.facts_at(6)["step"]), "of this generation"
    ends = paths.mean[:, -1, 1].tolist()
    assert (report.percentile, report.level) == standing(ends, run)


def test_the_errors_of_bell_curves(bell):
    paths, report = bell
    facts = report.facts()
    means, variances = paths.mean[:, -1].T.tolist()
    both = [v + m**2 for m, v in zip(means, variances, strict=True)]
    assert facts["balance_error"] == off(both)
    assert facts["total"] == pytest.approx(fmean(both))
    apart = (fmean(variances) - (11 / 12) ** 8) / facts["average_error"]
    assert facts["errors"] == pytest.approx(apart)
    # Var ln s2 = t psi_1((n - 1)/2) = 8 psi_1(5.5), where psi_1(1/2) = pi^2/2.
    spread = 8 * (math.pi**2 / 2 - sum(1 / (k + 0.5) ** 2 for k in range(5)))
    apart = (facts["mean_log"] - facts["log_variance"]) / math.sqrt(spread / 41)
    assert facts["log_errors"] == pytest.approx(apart)
    assert facts["balance_error"] != pytest.approx(stdev(both)), "one of the average, not of runs"


def test_a_temperature_doubles_the_typical_variance():
    asked = BellCurve(101, 4, temperature=1.05, runs=5)
    # E ln(chi2_100 / 100) = psi(50) + ln 2 - ln 100, where psi(50) = 1 + 1/2 + ... + 1/49 - gamma.
    drift = sum(1.0 / k for k in range(1, 50)) - np.euler_gamma + math.log(2.0 / 100.0)
    facts = run_bell_curve(asked)[1].facts()
    assert facts["doubling"] == pytest.approx(math.log(2.0) / (drift + math.log(1.05)))
    assert run_bell_curve(BellCurve(101, 4, runs=5))[1].facts()["doubling"] == math.inf


# --------------------------------------------------------------------------------- ten families


@pytest.fixture(scope="module")
def counts():
    asked = ExponentialFamilies("poisson", 4, 9, runs=60, mean=1.0, seed=2)
    loop = asked.loop()
    paths = loop.simulate(asked.runs, asked.seed)
    return paths, report_diversity(paths, loop.exact(), run_at_percentile(paths, 40))


def test_the_averages_of_a_family(counts):
    paths, report = counts
    facts, means = report.facts(), paths.mean[:, -1].tolist()
    diversities = [mean / paths.mean[0, 0] for mean in means]  # of a Poisson number: its mean
    assert facts["average"] == pytest.approx(fmean(diversities))
    assert facts["median"] == pytest.approx(middle(diversities))
    assert (facts["mean"], facts["middle_mean"]) == (pytest.approx(fmean(means)), middle(means))
    assert facts["below"] == sum(each < 1.0 for each in diversities)
    assert facts["small"] == sum(each < 0.01 for each in diversities)
    assert facts["gone"] == means.count(0.0) > 0
    assert (facts["percentile"], facts["level"]) == standing(diversities, report.highlighted)
    assert facts["level"] > 0


@pytest.mark.parametrize("family", ["exponential", "bernoulli"])
def test_what_a_family_loses_inside_and_finds_outside(family):
    asked = ExponentialFamilies(family, 30, 12, runs=2000, seed=5)
    paths = asked.loop().simulate(asked.runs, asked.seed)
    facts = report_diversity(paths, asked.loop().exact(), 0).facts()
    function, start = variance_function_of(asked.truth()), float(paths.mean[0, 0])
    scale, ends = float(function(start)), paths.mean[:, -1].tolist()
    inside = [float(function(mean)) / scale for mean in ends]
    outside = [function.v2 * (mean - start) ** 2 / scale for mean in ends]
    balance = [one - other for one, other in zip(inside, outside, strict=True)]
    assert facts["inside"] == pytest.approx(fmean(inside))
    assert facts["outside"] == pytest.approx(fmean(outside))
    assert facts["balance"] == pytest.approx(fmean(balance))
    assert facts["identity_error"] == off(balance)
    assert facts["mean_error"] == off(ends)
    assert abs(facts["balance"] - 1.0) < 4.0 * facts["identity_error"]
    assert abs(facts["inside"] - 1.0) > 4.0 * facts["identity_error"], "the control"


def test_the_exact_error_of_a_family(counts):
    paths, report = counts
    squares = expected_squared_diversity(variance_function_of(Poisson(1.0)), 1.0, 4, 9)
    # E V = 1 for a Poisson number, so that the relative error is the root of E V^2 - 1 over R.
    relative = np.sqrt((squares - 1.0) / 60)
    np.testing.assert_allclose(report.exact_error, relative)
    assert relative[-1] == pytest.approx(math.sqrt(9 / 4 / 60)), "Var m = t/n"
    assert report.unseen_from is None
    few = report_diversity(paths, paths.loop.exact(), 0)
    assert few.unseen_from is None
    rare = ExponentialFamilies("exponential", 2, 20, runs=60)
    found = report_diversity(rare.loop().simulate(60, 1), rare.loop().exact(), 0)
    # (1 + x)(1 + 2x)(1 + 3x)/(1 + x)^2 for V = m^2 and x = 1/n, in each generation.
    errors = np.sqrt(((1.5 * 2.0 * 2.5 / 1.5**2) ** np.arange(21) - 1.0) / 60)
    assert found.unseen_from == int(np.argmax(errors > 0.25))


# --------------------------------------------------------------------------------- one real point


def test_the_averages_with_a_real_point():
    asked = OneRealPoint("bernoulli", 20, 12, anchors=1, runs=80, seed=4)
    loop, pure = asked.loop(), asked.pure_loop()
    paths = loop.simulate(asked.runs, asked.seed)
    report = report_one_real_point(asked, paths, loop.exact(), pure.exact(), 7)
    shares = paths.mean[:, -1].tolist()
    kept = [share * (1.0 - share) / 0.09 for share in shares]
    assert report.measured[-1] == pytest.approx(fmean(kept))
    assert report.error[-1] == off(kept)
    assert report.median[-1] == pytest.approx(np.median(kept))
    assert report.run[-1] == pytest.approx(kept[7])
    assert report.absent[-1] == shares.count(0.0) > 0
    law = loop.exact().diversity[-1] / 0.09
    assert report.errors_apart[-1] == pytest.approx((fmean(kept) - law) / report.error[-1])
    assert (report.percentile, report.level) == standing(shares, 7)


# --------------------------------------------------------------------------------- vanishing tails


def test_the_standing_and_the_errors_of_tails():
    asked = VanishingTails(sample_size=30, generations=6, kinds=20, runs=50, seed=2)
    runs = run_tails(asked.loop(), asked.runs, asked.seed, common_mass=COMMON_MASS)
    report = report_vanishing_tails(runs, tails_law(asked.loop()))
    facts, left = report.facts(), runs.survivors[:, -1].tolist()
    assert facts["left"] == pytest.approx(fmean(left))
    assert facts["error"] == off(left)
    assert facts["errors"] == pytest.approx((fmean(left) - facts["expected"]) / facts["error"])
    assert (facts["percentile"], facts["level"]) == standing(left, runs.highlight)
    assert facts["level"] > 0


@pytest.mark.parametrize("model", ["histogram", "kernel"])
def test_the_tails_of_densities(model):
    asked = DensityTails(30, 12, model=model, runs=60)
    tail = asked.refit().run(60, 3)
    report = report_density_tails(asked, tail)
    shares = (tail.mass[:, -1] / tail.mass[0, 0]).tolist()
    facts = report.facts_at(-1)
    assert facts["mean"] == pytest.approx(fmean(shares))
    assert facts["error"] == off(shares)
    assert facts["faded"] == pytest.approx(sum(share < 0.1 for share in shares) / 60)
    assert facts["own"] == pytest.approx(shares[0])
    if model == "histogram":  # the tail of a kernel estimate thins out and never ends
        assert facts["lost"] == pytest.approx(shares.count(0.0) / 60)
        assert 0.0 < facts["lost"] < 1.0


# --------------------------------------------------------------------------------- polluted web


def test_the_averages_of_a_web():
    asked = PollutedWeb(sample_size=8, generations=7, runs=50, share=0.2)
    report = report_web(asked)
    curves, runs = yearly(report), report.runs
    facts = PollutedWebSentences(read_lesson("polluted_web"), asked, report).facts(7)
    group = runs.group[:, 7].tolist()
    assert facts["group"] == middle(group)
    assert facts["group_mean"] == pytest.approx(fmean(group))
    assert facts["lost"] == group.count(0.0) > 0
    assert facts["diversity"] == pytest.approx(fmean(runs.diversity[:, 7]))
    assert facts["true_error"] == pytest.approx(math.sqrt(fmean(runs.error[:, 7])))
    assert facts["measured_error"] == pytest.approx(math.sqrt(fmean(runs.measured[:, 7])))
    assert facts["training_sampled"] == pytest.approx(fmean(runs.contamination[:, 7]))
    assert curves["group"][0] == runs.web.content.group


# --------------------------------------------------------------------------------- further views


def test_the_averages_of_spectra():
    asked = BellCurve(12, 5, dimension=3, runs=15, seed=2)
    report = report_spectrum(asked, 60)
    paths = asked.covariance_loop().simulate(report.runs, asked.seed)
    family, followed = paths.loop.family, report.followed
    matrices = [family.covariance_of(paths.mean[run, 5]) for run in range(report.runs)]
    ranks = [np.trace(each) ** 2 / np.trace(each @ each) for each in matrices]
    facts, run = report.facts(), report.highlighted
    assert facts["median"] == pytest.approx(middle(ranks))
    assert facts["mean"] == pytest.approx(fmean(ranks))
    assert facts["own"] == pytest.approx(ranks[run])
    lengths = sorted(np.linalg.eigvalsh(matrices[run]))
    assert facts["ratio"] == pytest.approx(math.sqrt(lengths[-1] / lengths[-2]))
    logs = [math.log(np.linalg.det(each)) for each in matrices[:followed]]
    assert facts["determinant"] == pytest.approx(fmean(logs))
    assert facts["error"] == off(logs)
    assert facts["percentile"] == standing(ranks[:followed], run)[0]


def test_the_averages_of_kernels():
    report = report_kernel(BellCurve(10, 6, bandwidth=0.3, runs=30), 60)
    facts, ends = report.facts_at(6), report.variance[:, 6].tolist()
    assert facts["average"] == pytest.approx(fmean(ends))
    assert facts["median"] == middle(ends)
    np.testing.assert_allclose(report.points[-1].var(), facts["typical"])
    assert facts["above"] == sum(end >= facts["expected"] for end in ends)
    error = stdev(ends) / math.sqrt(len(ends))
    assert facts["errors"] == pytest.approx((fmean(ends) - facts["expected"]) / error)
    matched = report.facts()["matched"]
    assert matched == pytest.approx(1.0 / 3.0)
    kept = report_kernel(BellCurve(10, 500, bandwidth=matched, runs=2), 60)
    assert kept.expected[-1] == pytest.approx(1.0)
    assert report.expected[-1] != pytest.approx(1.0, abs=0.05)


def test_weights_of_a_real_point():
    facts = weight_facts(OneRealPoint(real_weight=0.5))
    assert (facts["fair"], facts["best"]) == pytest.approx((1 / 101, 1 / 11))
    assert facts["times"] == pytest.approx(101 / 11)
    assert (facts["pooled"], facts["top"]) == pytest.approx((200 / 301, 10 / 11))
    # Var = V* [(1 - w)^2/n + w^2/k] / (1 - (1 + v2/n)(1 - w)^2), and E V = V* + v2 Var.
    scatter = (0.25 / 100 + 0.25) / (1.0 - 0.99 * 0.25)
    assert facts["chosen"] == pytest.approx(1.0 - scatter)
    assert facts["chosen"] < facts["top"]


def test_a_flat_prior_in_the_log_odds():
    asked = OneRealPoint("bernoulli", 20, 15, runs=400, seed=3)
    loops = {name: asked.side(name) for name in SIDES}
    paths = {name: loop.simulate(400, 3) for name, loop in loops.items()}
    facts = side_facts(paths, {name: loop.exact() for name, loop in loops.items()}, 15)
    # Posterior means with one imaginary point of each colour: m goes to (n m + 1)/(n + 2).
    assert facts["exact_odds"] == pytest.approx(0.5 + (0.1 - 0.5) * (20 / 22) ** 15)
    ends = paths["flat_odds"].mean[:, 15].tolist()
    assert facts["mean_odds"] == pytest.approx(fmean(ends))
    assert abs(fmean(ends) - facts["exact_odds"]) < 4.0 * stdev(ends) / 20.0
    assert abs(fmean(ends) - 0.1) > 4.0 * stdev(ends) / 20.0, "it forgets the truth"
    for name, run in paths.items():
        alone = run.mean[:, 15].tolist()
        assert facts[name] == alone.count(0.0) + alone.count(1.0)
    assert facts["nothing"] > facts["flat_odds"] == 0
