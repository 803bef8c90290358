"""The tail of a density under a histogram and under a kernel estimate."""

from dataclasses import replace

import numpy as np
import pytest
from law_check import LIMIT, seeds
from scipy import integrate, stats

from collapse_core.models.density_refit import HistogramTail, KernelTail
from collapse_core.models.density_truth import HeavyTail, SmallSecondMode
from collapse_core.theory import two_colours

TRUTHS = [HeavyTail(2.0), SmallSecondMode(0.05, 6.0)]


def agrees(values, expected):
    error = values.std(axis=0, ddof=1) / np.sqrt(len(values))
    return np.abs(values.mean(axis=0) - expected) < LIMIT * error + 1e-12


# ----------------------------------------------------------------------------------------- truths


@pytest.mark.parametrize("truth", TRUTHS, ids=repr)
def test_a_truth_agrees_with_itself(truth):
    for level in (0.01, 0.5, 0.97, 0.999):
        assert truth.exceedance(np.array(truth.quantile(level))) == pytest.approx(1 - level)
        assert truth.blurred_exceedance(truth.quantile(level), 0.0) == pytest.approx(1 - level)
    points = truth.draw((20_000,), np.random.default_rng(1))
    assert stats.kstest(points, lambda x: 1 - truth.exceedance(x)).pvalue > 1e-6
    assert stats.kstest(points + 0.1, lambda x: 1 - truth.exceedance(x)).pvalue < 1e-6


def test_truths_are_the_named_laws():
    x = np.linspace(-1, 9, 30)
    np.testing.assert_allclose(HeavyTail(3.0).exceedance(x), stats.lomax.sf(x, 3.0))
    mixture = 0.9 * stats.norm.sf(x) + 0.1 * stats.norm.sf(x, 5.0)
    np.testing.assert_allclose(SmallSecondMode(0.1, 5.0).exceedance(x), mixture)


@pytest.mark.parametrize("truth", TRUTHS, ids=repr)
def test_blurring_is_a_convolution(truth):
    def integrand(step):
        return stats.norm.pdf(step) * truth.exceedance(np.array(4.0 - 0.7 * step))

    expected = integrate.quad(integrand, -9, 9, points=[4.0 / 0.7], limit=400)[0]
    assert truth.blurred_exceedance(4.0, 0.7) == pytest.approx(expected, abs=1e-6)


# -------------------------------------------------------------------------------------- histogram


@pytest.mark.parametrize("truth", TRUTHS, ids=repr)
def test_tail_of_a_histogram_is_two_colours(truth):
    model = HistogramTail(truth, bins=20, tail_level=0.95, sample_size=60, generations=25)
    assert model.edges[model.bins] == model.cut
    assert (np.diff(model.edges) > 0).all()
    runs, law = model.run(400, seeds(1)[0]), model.tail_law()
    np.testing.assert_allclose(runs.expected, 0.05, atol=1e-12)
    np.testing.assert_allclose(law.mean, 0.05, atol=1e-12)
    assert agrees(runs.mass, runs.expected).all()
    lost = two_colours.share_law(60, 0.05, 25).lost
    np.testing.assert_allclose(law.lost, lost, atol=1e-10)
    error = np.sqrt(lost * (1 - lost) / 400)
    assert (np.abs(runs.lost - lost) <= LIMIT * error + 1e-12).all()
    assert (np.abs(runs.lost - two_colours.share_law(60, 0.1, 25).lost) > LIMIT * error)[5:].all()
    widths = np.diff(model.edges)
    np.testing.assert_allclose(runs.densities @ widths, 1.0)


def test_more_runs_leave_the_first_as_they_are():
    for model in (HistogramTail(TRUTHS[0]), KernelTail(TRUTHS[0], generations=4)):
        few, many = model.run(3, 9), model.run(45, 9)
        np.testing.assert_array_equal(few.mass, many.mass[:3])
        np.testing.assert_array_equal(few.densities, many.densities)


# ----------------------------------------------------------------------------------------- kernel


@pytest.mark.parametrize("truth", TRUTHS, ids=repr)
@pytest.mark.parametrize("bandwidth", [0.0, 0.3, 1.0])
def test_average_tail_of_a_kernel_estimate_is_the_blurred_truth(truth, bandwidth):
    model = KernelTail(truth, bandwidth, tail_level=0.9, sample_size=40, generations=12)
    runs = model.run(400, seeds(2)[1])
    assert agrees(runs.mass, runs.expected)[1:].all()
    if bandwidth == 1.0:
        assert not agrees(runs.mass, runs.expected[0])[8:].any()


def test_without_a_bandwidth_a_kernel_estimate_is_a_bootstrap():
    model = KernelTail(TRUTHS[0], 0.0, tail_level=0.9, sample_size=30, generations=20)
    runs = model.run(400, seeds(3)[2])
    lost = two_colours.share_law(30, 0.1, 20).lost
    error = np.sqrt(lost * (1 - lost) / 400)
    assert (np.abs(runs.lost - lost) <= LIMIT * error + 1e-12).all()
    assert np.isnan(runs.densities[1:]).all()


@pytest.mark.parametrize("bandwidth", [0.3, "silverman"])
def test_densities_have_the_mass_one(bandwidth):
    runs = KernelTail(TRUTHS[1], bandwidth, generations=3).run(1, 1)
    step = runs.grid[1] - runs.grid[0]
    assert runs.densities.sum(axis=1) * step == pytest.approx(1.0, abs=0.01)


def test_silvermans_rule_is_the_published_one():
    points = np.random.default_rng(3).standard_normal((4, 200))
    found = KernelTail(TRUTHS[1], "silverman", sample_size=200)._widths(points)[:, 0]
    for row, width in zip(points, found, strict=True):
        spread = min(row.std(ddof=1), stats.iqr(row) / 1.34)
        assert width == pytest.approx(0.9 * spread * 200**-0.2)
    level = np.zeros((1, 10))
    level[0, 0] = 5.0  # more than half of the points are equal
    width = KernelTail(TRUTHS[1], "silverman", sample_size=10)._widths(level)
    assert width[0, 0] == pytest.approx(0.9 * level.std(ddof=1) * 10**-0.2)


def test_degenerate_sizes_are_results():
    for bandwidth in (0.0, 0.5, "silverman"):
        runs = KernelTail(TRUTHS[0], bandwidth, sample_size=1, generations=3).run(2, 1)
        assert ((runs.mass >= 0) & (runs.mass <= 1)).all()
    runs = HistogramTail(TRUTHS[0], bins=1, sample_size=1, generations=3).run(2, 1)
    assert set(runs.mass[:, 1:].ravel()) <= {0.0, 1.0}
    without = SmallSecondMode(0.0, 5.0)
    assert HistogramTail(without).run(2, 1).mass.shape == (2, 51)
    assert HistogramTail(HeavyTail(0.5), bins=5000, generations=1).run(1, 1).mass.shape == (1, 2)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: HeavyTail(0.1), "exponent=0.1"),
        (lambda: SmallSecondMode(1.5), "weight=1.5"),
        (lambda: SmallSecondMode(0.1, 0.0), "distance=0.0"),
        (lambda: TRUTHS[0].quantile(1.0), "level=1.0"),
        (lambda: HistogramTail(TRUTHS[0], bins=0), "bins=0"),
        (lambda: HistogramTail(TRUTHS[0], tail_level=0.2), "tail_level=0.2"),
        (lambda: HistogramTail(TRUTHS[0], sample_size=0), "sample_size=0"),
        (lambda: KernelTail(TRUTHS[0], -1.0), "bandwidth=-1.0"),
        (lambda: KernelTail(TRUTHS[0], "wide"), "bandwidth='wide'"),
        (lambda: KernelTail(TRUTHS[0], generations=0), "generations=0"),
        (lambda: KernelTail(TRUTHS[0], sample_size=100_000).run(1000, 1), "at most 20,000,000"),
        (lambda: KernelTail(TRUTHS[0]).run(0, 1), "replicates=0"),
    ],
)
def test_what_is_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


# --------------------------------------------------------------------------------------- horizons


@pytest.mark.parametrize(
    "model",
    [
        HistogramTail(TRUTHS[1], 10, 0.97, 50, 40),
        HistogramTail(TRUTHS[0], 10, 0.97, 3000, 40),
        KernelTail(TRUTHS[0], 0.2, 0.97, 30, 40),
        KernelTail(TRUTHS[1], "silverman", 0.97, 30, 40),
    ],
    ids=repr,
)
def test_runs_begin_with_the_runs_of_fewer_generations(model):
    whole = model.run(30, 4)
    for generations in (1, 13, 40):
        shorter = replace(model, generations=generations)
        cut, asked = whole.until(generations), shorter.run(30, 4)
        for name in ("mass", "expected", "densities", "grid", "lost"):
            np.testing.assert_array_equal(getattr(cut, name), getattr(asked, name), name)
        assert (cut.chance_lost is None) == (asked.chance_lost is None)
        if cut.chance_lost is not None:
            np.testing.assert_allclose(cut.chance_lost, asked.chance_lost, atol=1e-12)
        assert shorter.horizon(30) == replace(model, generations=50)
    with pytest.raises(ValueError, match=r"^generations=41 .* from 1 to 40"):
        whole.until(41)


def test_a_histogram_goes_as_far_as_its_exact_law():
    model = HistogramTail(TRUTHS[1], 10, 0.97, 2000, 210)
    longer = model.horizon(1)
    assert 210 < longer.generations < 300
    assert longer.tail_law().lost is not None
    assert replace(model, generations=longer.generations + 1).tail_law().lost is None
