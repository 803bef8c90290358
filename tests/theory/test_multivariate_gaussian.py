import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from collapse_core.theory import gaussian_refit as gr
from collapse_core.theory import multivariate_gaussian as mg


def assert_close_to(samples, exact, standard_errors=4.5):
    error = samples.std(ddof=1) / math.sqrt(samples.size)
    assert abs(samples.mean() - exact) < standard_errors * error


def test_lyapunov_verified_numbers():
    found = mg.lyapunov_exponents(20, 5)
    assert found == pytest.approx([-0.0536, -0.1107, -0.1712, -0.2357, -0.3045], abs=6e-5)
    assert mg.lyapunov_exponents(10, 2) == pytest.approx([-0.1152, -0.2480], abs=6e-5)
    assert mg.lyapunov_exponents(50, 10).sum() == pytest.approx(-1.212, abs=5e-4)


@pytest.mark.parametrize("unbiased", [True, False])
def test_one_dimension_is_the_scalar_refit(unbiased):
    found = mg.lyapunov_exponents(10, 1, unbiased=unbiased)
    assert found == pytest.approx([gr.log_variance_drift(10, unbiased)])
    squares = mg.spectrum_moments(10, 1, 20, unbiased=unbiased)
    exact = gr.expected_squared_variance(10, 20, unbiased)
    assert squares.trace_of_square == pytest.approx(exact)
    assert squares.square_of_trace == pytest.approx(exact)


def test_neighbouring_exponents_differ_by_one_over_n():
    gaps = -np.diff(mg.lyapunov_exponents(10_000, 10))
    assert gaps == pytest.approx(np.full(9, 1e-4), rel=2e-3)


def test_maximum_likelihood_shifts_every_exponent():
    shift = mg.lyapunov_exponents(20, 5, unbiased=False) - mg.lyapunov_exponents(20, 5)
    assert shift == pytest.approx(np.full(5, math.log(19 / 20)))


def test_fewer_points_than_dimensions_is_a_result():
    found = mg.lyapunov_exponents(3, 5)
    assert np.all(np.isfinite(found[:2]))
    assert np.all(found[2:] == -math.inf)
    assert mg.lyapunov_exponents(3, 5).sum() == -math.inf
    assert np.all(mg.lyapunov_exponents(1, 2, unbiased=False) == -math.inf)
    dead = mg.spectrum_moments(1, 3, 2, unbiased=False)
    assert dead.trace_of_square == pytest.approx([3, 0, 0])
    assert dead.annealed_effective_rank == pytest.approx([3, 0, 0])
    line = mg.spectrum_moments(2, 10, 3)
    assert line.annealed_effective_rank == pytest.approx([10, 1, 1, 1])


def test_exponents_against_products_of_random_matrices():
    rng = np.random.default_rng(2)
    n, d, generations = 12, 3, 12_000
    frame, total = np.eye(d), np.zeros(d)
    logs = []
    # S = L L^T with L' = L B: B^T B a Wishart; the transposed product has the same exponents.
    for _ in range(generations):
        sample = rng.standard_normal((n - 1, d))
        root = np.linalg.cholesky(sample.T @ sample / (n - 1))
        frame, upper = np.linalg.qr(root.T @ frame)
        logs.append(2 * np.log(np.abs(np.diag(upper))))
    total = np.array(logs)
    exact = mg.lyapunov_exponents(n, d)
    for i in range(d):
        assert_close_to(total[:, i], exact[i])
    with pytest.raises(AssertionError):
        assert_close_to(total[:, 1], exact[0])


def simulate_spectrum(rng, replicates, n, d, generations, divisor):
    covariance = np.tile(np.eye(d), (replicates, 1, 1))
    for _ in range(generations):
        values, vectors = np.linalg.eigh(covariance)
        root = vectors * np.sqrt(np.maximum(values, 0))[:, None, :]
        points = rng.standard_normal((replicates, n - 1, d)) @ root.transpose(0, 2, 1)
        covariance = points.transpose(0, 2, 1) @ points / divisor
    trace = np.trace(covariance, axis1=1, axis2=2)
    return np.sum(covariance**2, axis=(1, 2)), trace**2


@pytest.mark.parametrize(("n", "d"), [(12, 3), (4, 5)])
@pytest.mark.parametrize("unbiased", [True, False])
def test_spectrum_moments_against_simulation(n, d, unbiased):
    rng = np.random.default_rng(6)
    found = simulate_spectrum(rng, 20_000, n, d, 3, n - 1 if unbiased else n)
    exact = mg.spectrum_moments(n, d, 3, unbiased=unbiased)
    assert_close_to(found[0], exact.trace_of_square[3])
    assert_close_to(found[1], exact.square_of_trace[3])
    assert exact.trace_of_square[0] == pytest.approx(d)
    assert exact.square_of_trace[0] == pytest.approx(d * d)
    wrong = mg.spectrum_moments(n, d, 3, unbiased=not unbiased)
    with pytest.raises(AssertionError):
        assert_close_to(found[1], wrong.square_of_trace[3])


def test_effective_rank_rules_verified_numbers():
    rule = mg.effective_rank_rule(100, 10, 100)
    assert rule[[10, 25, 50]] == pytest.approx([4.98, 2.84, 1.65], abs=6e-3)
    annealed = mg.spectrum_moments(100, 10, 50).annealed_effective_rank
    assert annealed[[10, 25, 50]] == pytest.approx([4.74, 2.64, 1.60], abs=6e-3)
    assert rule[0] == pytest.approx(10)
    rules = [mg.anchored_effective_rank_rule(10, k) for k in (0, 1, 5, 10)]
    assert rules == pytest.approx([1, 1.67, 5.00, 6.67], abs=5e-3)


def test_anchored_spectrum_verified_numbers():
    ten = mg.stationary_anchored_spectrum_moments(100, 10, 10)
    assert float(ten.trace_of_square) == pytest.approx(16.132, abs=5e-4)
    assert float(ten.square_of_trace) == pytest.approx(101.63, abs=5e-3)
    assert float(ten.annealed_effective_rank) == pytest.approx(6.30, abs=5e-3)
    five = mg.stationary_anchored_spectrum_moments(100, 10, 5)
    assert float(five.trace_of_square) == pytest.approx(22.98, abs=5e-3)
    one = mg.stationary_anchored_spectrum_moments(100, 10, 1)
    assert float(one.annealed_effective_rank) == pytest.approx(1.007, abs=5e-4)


@pytest.mark.parametrize("k", [1, 5, 40])
def test_anchored_transient_tends_to_its_limit(k):
    late = mg.anchored_spectrum_moments(20, 4, 9000, k)
    limit = mg.stationary_anchored_spectrum_moments(20, 4, k)
    assert late.trace_of_square[-1] == pytest.approx(float(limit.trace_of_square))
    assert late.square_of_trace[-1] == pytest.approx(float(limit.square_of_trace))


def test_no_anchors_is_replacement_with_a_known_mean():
    plain = mg.anchored_spectrum_moments(19, 4, 50, 0)
    unknown_mean = mg.spectrum_moments(20, 4, 50)
    assert plain.trace_of_square == pytest.approx(unknown_mean.trace_of_square)
    limit = mg.stationary_anchored_spectrum_moments(19, 4, 0)
    assert math.isinf(limit.trace_of_square)
    assert limit.annealed_effective_rank == 1


def test_anchored_transient_against_simulation():
    rng = np.random.default_rng(12)
    n, d, k, replicates = 6, 3, 4, 20_000
    covariance = np.tile(np.eye(d), (replicates, 1, 1))
    for _ in range(4):
        values, vectors = np.linalg.eigh(covariance)
        root = vectors * np.sqrt(values)[:, None, :]
        made = rng.standard_normal((replicates, n, d)) @ root.transpose(0, 2, 1)
        points = np.concatenate([made, rng.standard_normal((replicates, k, d))], axis=1)
        covariance = points.transpose(0, 2, 1) @ points / (n + k)
    exact = mg.anchored_spectrum_moments(n, d, 4, k)
    squares = np.sum(covariance**2, axis=(1, 2))
    assert_close_to(squares, exact.trace_of_square[4])
    assert_close_to(np.trace(covariance, axis1=1, axis2=2) ** 2, exact.square_of_trace[4])
    with pytest.raises(AssertionError):
        assert_close_to(squares, mg.anchored_spectrum_moments(n, d, 4, k + 2).trace_of_square[4])


def test_overflow_keeps_the_rank_a_number():
    late = mg.spectrum_moments(10, 5, 50_000)
    assert math.isinf(late.trace_of_square[-1])
    assert late.annealed_effective_rank[-1] == pytest.approx(1)
    assert not np.isnan(late.annealed_effective_rank).any()


@given(n=st.integers(2, 10**6), d=st.integers(1, 50), t=st.integers(0, 100), k=st.integers(0, 50))
def test_rank_lies_between_one_and_d(n, d, t, k):
    for moments in (
        mg.spectrum_moments(n, d, t),
        mg.anchored_spectrum_moments(n, d, t, k),
        mg.stationary_anchored_spectrum_moments(n, d, k),
    ):
        assert np.all(moments.annealed_effective_rank >= 1 - 1e-9)
        assert np.all(moments.annealed_effective_rank <= d + 1e-9)
    exponents = mg.lyapunov_exponents(n, d)
    finite = exponents[np.isfinite(exponents)]
    assert np.all(np.diff(finite) < 0)
    assert finite.size == min(d, n - 1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: mg.lyapunov_exponents(1, 2), r"sample_size=1 .*Choose 2 or more, or unbiased"),
        (lambda: mg.lyapunov_exponents(5, 0), "dimension=0 is out of range"),
        (lambda: mg.spectrum_moments(5, 2, -1), "generations=-1 is out of range"),
        (lambda: mg.effective_rank_rule(1, 2, 5), "sample_size=1 is out of range"),
        (lambda: mg.anchored_spectrum_moments(5, 2, 5, -1), "count=-1 is out of range"),
        (lambda: mg.anchored_effective_rank_rule(5, -1), "count=-1 is out of range"),
    ],
)
def test_bad_parameters_say_what_to_do(call, message):
    with pytest.raises(ValueError, match=message):
        call()
