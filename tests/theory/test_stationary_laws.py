import math

import numpy as np
import pytest

from collapse_core.theory import stationary_laws as laws
from collapse_core.theory.quadratic_variance import QuadraticVariance, stationary_anchors

CASES = [
    (laws.normal_law_approximation(0.5, 2.0, 3), QuadraticVariance(2, 0, 0), 0.5),
    (laws.poisson_law_approximation(2.0, 3), QuadraticVariance(0, 1, 0), 2.0),
    (laws.binomial_law_approximation(0.1, 3), QuadraticVariance(0, 1, -1), 0.1),
    (laws.gamma_law_approximation(2.0, 3), QuadraticVariance(0, 0, 1), 2.0),
    (laws.gamma_law_approximation(2.0, 3, 4.0), QuadraticVariance(0, 0, 1 / 4), 2.0),
    (laws.gamma_law_approximation(2.0, 3, 0.5), QuadraticVariance(0, 0, 2), 2.0),
    (laws.negative_binomial_law_approximation(2.0, 3), QuadraticVariance(0, 1, 1), 2.0),
    (laws.negative_binomial_law_approximation(2.0, 3, 4.0), QuadraticVariance(0, 1, 1 / 4), 2.0),
]


@pytest.mark.parametrize(("law", "family", "mean"), CASES)
def test_two_moments_are_the_exact_ones_of_a_large_sample(law, family, mean):
    variance, _ = stationary_anchors(family, mean, 10**9, 3)
    assert law.mean() == pytest.approx(mean)
    assert law.var() == pytest.approx(float(variance), rel=1e-6)
    assert float(stationary_anchors(family, mean, 10**9, 2)[0]) != pytest.approx(law.var())


@pytest.mark.parametrize(("law", "family", "mean"), CASES)
def test_density_solves_the_stationary_equation(law, family, mean):
    """d/dx (V p) = 2k (m* - x) p, by a central difference."""
    x = law.ppf(np.linspace(0.1, 0.9, 9))
    step = 1e-5 * law.std()
    slope = (family(x + step) * law.pdf(x + step) - family(x - step) * law.pdf(x - step)) / (
        2 * step
    )
    scale = np.max(np.abs(slope))
    assert slope / scale == pytest.approx(2 * 3 * (mean - x) * law.pdf(x) / scale, abs=1e-6)
    assert slope / scale != pytest.approx(2 * 4 * (mean - x) * law.pdf(x) / scale, abs=1e-3)


def test_binomial_of_several_trials_is_a_share():
    law = laws.binomial_law_approximation(0.4, 3, trials=5)
    variance, _ = stationary_anchors(QuadraticVariance(0, 1, -1 / 5), 2.0, 10**9, 3)
    assert law.var() * 25 == pytest.approx(float(variance), rel=1e-6)


@pytest.mark.parametrize(
    ("law", "start", "draw"),
    [
        (laws.poisson_law_approximation(1.0, 2), 1.0, lambda rng, m, n: rng.poisson(n * m)),
        (
            laws.gamma_law_approximation(1.0, 2),
            1.0,
            lambda rng, m, n: m * rng.gamma(n, size=np.shape(m)),
        ),
        (
            laws.normal_law_approximation(0.0, 1.0, 2),
            0.0,
            lambda rng, m, n: rng.normal(n * m, math.sqrt(n)),
        ),
    ],
)
def test_simulated_loop_follows_the_law(law, start, draw):
    rng = np.random.default_rng(5)
    n, k, replicates = 400, 2, 4000
    truth = np.full(replicates, start)
    mean = truth.copy()
    for _ in range(600):
        mean = (draw(rng, mean, n) + draw(rng, truth, k)) / (n + k)
    from scipy.stats import kstest

    # 1.9 / sqrt(replicates) is a 1-in-700 chance; 0.005 is the room for n = 400 being finite.
    bound = 1.9 / math.sqrt(replicates) + 0.005
    assert kstest(mean, law.cdf).statistic < bound
    assert kstest(mean + 0.3, law.cdf).statistic > bound  # a shifted loop must be refused


def test_one_anchor_bernoulli_is_j_shaped():
    law = laws.binomial_law_approximation(0.1, 1)
    assert law.args == pytest.approx((0.2, 1.8))
    assert law.pdf(1e-4) > law.pdf(1e-2) > law.pdf(0.5)


def test_tail_exponents():
    assert laws.tail_exponent(1.0, 1) == 3
    assert laws.tail_exponent(2.0, 1) == 2
    assert laws.tail_exponent(0.0, 1) == math.inf
    assert laws.tail_exponent(-1.0, 1) == math.inf
    for law, v2 in [
        (laws.gamma_law_approximation(1.0, 2, 0.5), 2.0),
        (laws.negative_binomial_law_approximation(1.0, 2, 4.0), 1 / 4),
    ]:
        decades = np.log10(law.sf(1e3) / law.sf(1e4))
        assert decades == pytest.approx(laws.tail_exponent(v2, 2), rel=0.02)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: laws.normal_law_approximation(0, 0, 1), "truth_variance=0 is out of range"),
        (lambda: laws.poisson_law_approximation(1, 0), r"count=0 .*Choose 1 or more"),
        (lambda: laws.poisson_law_approximation(0, 1), "truth_mean=0 is out of range"),
        (lambda: laws.binomial_law_approximation(1, 1), "truth_share=1 is out of range"),
        (lambda: laws.binomial_law_approximation(1.5, 1), "truth_share=1.5 is out of range"),
        (lambda: laws.gamma_law_approximation(1, 1, 0), "shape=0 is out of range"),
        (lambda: laws.negative_binomial_law_approximation(1, 1, -1), "size=-1 is out of range"),
        (lambda: laws.tail_exponent(1, 0), "count=0 is out of range"),
    ],
)
def test_bad_parameters_say_what_to_do(call, message):
    with pytest.raises(ValueError, match=message):
        call()
