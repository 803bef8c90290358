"""Numbers of papers in miniature: sampled against exact, exact against the papers' formulas."""

import numpy as np
import pytest
from law_check import seeds

from collapse_core.lessons.lesson import read_lesson
from collapse_core.theory.polluted_sample import (
    indifferent_size,
    missing_mass,
    polluted_error,
    zipf_shares,
)
from collapse_core.theory.regression_refit import regression_risk
from collapse_core.topics.mitigation_lab.papers import (
    PAPERS,
    miniature_figure,
    miniature_of,
    miniature_words,
)
from collapse_core.topics.mitigation_lab.papers.regression import regression_errors

LAW = pytest.importorskip("scipy.special")


def farthest(found, name, other=None):
    """Return how many standard errors the sampled points are from a curve."""
    sampled, curve = found.sampled[name], found.exact[other or name]
    if found.log:
        expected = np.exp(np.interp(np.log(sampled.x), np.log(found.x), np.log(curve)))
    else:
        expected = np.interp(sampled.x, found.x, curve)
    known = sampled.error > 0
    return float((np.abs(sampled.mean - expected)[known] / sampled.error[known]).max())


@pytest.mark.parametrize("seed", seeds(3))
@pytest.mark.parametrize("paper", sorted(PAPERS))
def test_what_is_sampled_lies_on_what_is_exact(paper, seed):
    found = miniature_of(paper, seed)
    for name in found.exact:
        assert farthest(found, name) < 4.5, name


@pytest.mark.parametrize("paper", ["accumulating", "regression", "strong", "tale"])
def test_the_comparison_notices_the_other_curve(paper):
    found = miniature_of(paper, 1)
    one, other = found.exact
    assert farthest(found, one, other) > 6.0


def test_the_golden_ratio_is_where_the_error_is_smallest():
    found = miniature_of("golden", 1)
    curve = found.exact["weighted"]
    ratio = (np.sqrt(5.0) - 1.0) / 2.0
    assert found.facts["paper"] == pytest.approx(ratio)
    assert found.x[np.argmin(curve)] == pytest.approx(ratio, abs=0.006)
    assert found.facts["exact"] == pytest.approx(ratio, abs=1e-9)
    assert found.facts["pooled"] == pytest.approx(2.0 / 3.0, abs=1e-9)
    # The fixed point of V = w^2 + (1 - w)^2 (1 + V).
    weight = found.x
    settled = (weight**2 + (1 - weight) ** 2) / (1 - (1 - weight) ** 2)
    assert np.allclose(curve, settled, atol=1e-6)


def test_accumulating_goes_to_the_sum_of_inverse_squares():
    found = miniature_of("accumulating", 1)
    sums = np.cumsum(1.0 / np.arange(1.0, 21.0) ** 2)
    assert np.allclose(found.exact["accumulating"][1:], sums)
    assert np.allclose(found.exact["replacing"], found.x)
    assert found.facts["paper"] == pytest.approx(np.pi**2 / 6)


def test_regressions_as_published():
    assert regression_risk(50, 5, 20, True, False)[-1] == pytest.approx(1.596, abs=5e-4)
    assert regression_risk(50, 5, 20, True)[-1] == pytest.approx(1.547, abs=5e-4)
    assert regression_risk(50, 5, 20, False)[-1] == 20.0
    assert regression_risk(10**6, 5, 5000, True, False)[-1] == pytest.approx(np.pi**2 / 6, abs=3e-4)
    with pytest.raises(ValueError, match="rows=6"):
        regression_risk(6, 5, 3, True)


def test_the_first_fit_is_the_unit():
    errors = regression_errors(3, accumulates=True, runs=4000, last=1)[:, 1]
    assert abs(errors.mean() - 1.0) < 4 * errors.std() / np.sqrt(len(errors))


def test_where_bias_outweighs_chance():
    assert indifferent_size(0.01, 1.0) == pytest.approx(10_000)
    assert indifferent_size(0.02, 0.5, 4.0) == pytest.approx(40_000)
    assert indifferent_size(0.0, 1.0) == np.inf
    size = indifferent_size(0.01, 2.0)
    both = polluted_error(size, 0.01, 2.0)
    assert both == pytest.approx(2 / size + 0.01 * 0.99 * 4 / size)


def test_what_a_cut_leaves_out():
    # k^-(beta-1) / ((beta-1) zeta(beta)) for a law without an end, at its own precision.
    shares = zipf_shares(10**6, 2.0)
    expected = 100.0**-1.0 / LAW.zeta(2.0)
    assert missing_mass(shares, 10**7, 100) == pytest.approx(expected, rel=0.01)
    naive = sum(p * (1 - p) ** 30 for p in zipf_shares(50, 1.0))
    assert missing_mass(zipf_shares(50, 1.0), 30) == pytest.approx(naive)
    assert missing_mass(zipf_shares(50, 1.0), 0) == 1.0
    # More data help by a power of their number: T^-(beta-1)/beta.
    whole = missing_mass(zipf_shares(10**6, 1.5), [1e3, 1e4])
    assert np.log10(whole[0] / whole[1]) == pytest.approx(1 / 3, abs=0.03)


def test_iterative_retraining_settles_where_the_paper_says():
    found = miniature_of("iterative", 1)
    assert found.exact["settled"][0] == 1.0
    assert found.exact["settled"][-1] == pytest.approx(1 + 4 / 9)
    assert found.exact["settled"].max() < found.facts["paper"]


def test_three_loops_that_sharpen():
    found = miniature_of("self_consuming", 1)
    assert np.allclose(found.exact["synthetic"], (0.9 * 0.99) ** found.x)
    # With fixed real data E v and E (m - r)^2 follow two linear recursions (known by hand).
    spread, apart = 1.0, 0.0
    for t in range(1, 41):
        made = 0.9 * spread if t > 1 else 0.9
        start = apart if t > 1 else 1 / 100
        pooled = 0.5 * 0.99 + 0.5 * made * 0.99 + 0.25 * (start + made / 100)
        apart, spread = 0.25 * (start + made / 100), pooled
    assert found.exact["augmentation"][-1] == pytest.approx(spread, rel=2e-3)


@pytest.mark.parametrize("paper", sorted(PAPERS))
def test_words_and_picture(paper):
    lesson = read_lesson("mitigation_lab")
    found = miniature_of(paper, 1)
    words = miniature_words(lesson, found)
    assert "arXiv:" in words.source
    assert "nan" not in words.told
    assert "e-0" not in words.told
    figure = miniature_figure(found, alt=words.alt)
    names = [trace.get("name") for trace in figure.traces]
    assert lesson.text("papers_figure", "sampled") in names
    assert len([t for t in figure.traces if t.get("showlegend", True) and t.get("name")]) <= 5


def test_another_paper_is_refused():
    with pytest.raises(ValueError, match="paper='nobody' is not known"):
        miniature_of("nobody", 1)
