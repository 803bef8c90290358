"""The linear networks of the page against their exact laws, within four standard errors."""

from functools import cache

import numpy as np
import pytest

from collapse_core.lessons.lesson import read_lesson
from collapse_core.models.frozen_loop import iterate, singular_values
from collapse_core.topics.network.frozen import FROZEN_MODELS, fit_frozen
from collapse_core.topics.network.linear import LINEAR_MODELS, PlainNetwork, law_of_codes
from collapse_core.topics.network.linear_report import exact_ellipses, exact_spread
from collapse_core.topics.network.question import STARTS, ListeningNetwork
from collapse_core.topics.network.sentences import NetworkSentences
from collapse_core.topics.network.steps import course

PASSES = 20
SEEDS = [1, 2, 3, 4, 5]
START = ListeningNetwork().starts()


def linear(model, seed=1, noise=1.0, generations=6, **more):
    return ListeningNetwork(
        model=model, code=8, noise=noise, generations=generations, seed=seed, **more
    )


@cache
def network_of(model, noise=1.0):
    images = ListeningNetwork().image_set()
    return fit_frozen(model, images, 8, noise, 1, lambda share: None)


@cache
def run_of(asked):
    return asked.run()


def spread(network, seed):
    """Return the total variance after every pass, by sampling."""
    return np.array([rows.var(axis=0).sum() for rows in iterate(network.once, START, PASSES, seed)])


def standard_errors(network):
    """Return those of the spread: of sums of squares of shifted normal numbers, given the start."""
    left, added = network.parts(START, PASSES)
    squared = (2.0 * added**2 + 4.0 * added * left).sum(axis=1)
    if not isinstance(network, PlainNetwork) and network.in_pixels:
        squared += 2.0 * (64 - 8) * network.fitted.noise_variance**2
    squared[0] = 0.0
    return np.sqrt(squared / STARTS)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("model", LINEAR_MODELS)
@pytest.mark.parametrize("noise", [0.0, 1.0, 1.5])
def test_a_linear_network_follows_its_exact_spread(model, seed, noise):
    network = network_of(model, noise)
    apart = np.abs(spread(network, seed) - network.exact_spread(START, PASSES))
    assert np.all(apart <= 4.0 * standard_errors(network) + 1e-9)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("model", LINEAR_MODELS)
def test_the_law_of_another_linear_network_is_found_out(model, seed):
    network = network_of(model)
    for other in set(LINEAR_MODELS) - {model}:
        wrong = network_of(other).exact_spread(START, PASSES)
        apart = np.abs(spread(network, seed) - wrong)[1:]
        assert (apart / standard_errors(network)[1:]).max() > 8.0, other


@pytest.mark.parametrize("model", LINEAR_MODELS)
def test_the_page_draws_that_law(model):
    asked = linear(model)
    steps = run_of(asked)
    total, exact = START.var(axis=0).sum(), exact_spread(asked, steps)
    assert np.allclose(exact * total, network_of(model).exact_spread(START, 6))
    assert np.allclose(course(steps, "spread") * total, spread(network_of(model), 1)[:7])


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("model", LINEAR_MODELS)
def test_codes_follow_their_exact_law(model, seed):
    network = network_of(model)
    averages, covariances = law_of_codes(network, START, PASSES)
    *_, last = iterate(network.once, START, PASSES, seed)
    codes, size = network.encode(last), network.keeps()[1]
    left, added = (part[-1] * size**2 for part in network.parts(START, PASSES))
    assert np.all(np.abs(codes.mean(axis=0) - averages[-1]) < 4.0 * np.sqrt(added / STARTS))
    errors = np.sqrt((2.0 * added**2 + 4.0 * added * left) / STARTS)
    assert np.all(np.abs(codes.var(axis=0) - np.diag(covariances[-1])) < 4.0 * errors)
    assert np.allclose(averages[0], network.encode(START).mean(axis=0))
    assert np.allclose(covariances[0], np.cov(network.encode(START).T, bias=True))
    wrong = law_of_codes(network_of("pca", 0.0), START, PASSES)[1][-1]
    assert np.any(np.abs(codes.var(axis=0) - np.diag(wrong)) > 8.0 * errors)


def test_the_outline_of_the_law_holds_most_codes():
    asked = linear("pca")
    steps = run_of(asked)
    plane = np.eye(8)[:, :2]
    outlines = exact_ellipses(asked, steps, np.zeros(8), plane)
    assert outlines.shape == (7, 49, 2)
    assert np.allclose(outlines[:, 0], outlines[:, -1]), "closed"
    averages, covariances = law_of_codes(steps[-1].network, START, 6)
    apart = outlines[6] - averages[6, :2]
    inverse = np.linalg.inv(covariances[6, :2, :2])
    assert np.allclose(np.einsum("ci,ij,cj->c", apart, inverse, apart), 4.0)
    assert exact_ellipses(linear("pca", real=0.1), steps, np.zeros(8), plane) is None


def test_where_each_law_goes():
    real = linear("pca").image_set().training_images.var(axis=0).sum()
    for model in ("pca", "pca_pixels"):
        network = network_of(model)
        far = network.exact_spread(START, 20_000)[-1]
        assert far == pytest.approx(network.limit(), rel=0.005)  # a sample's (n - 1)/n
    assert network_of("pca_pixels").limit() == pytest.approx(real), "the model itself"
    plain = network_of("plain_pca")
    steps = np.diff(plain.exact_spread(START, 400)[1:])
    assert np.allclose(steps, (1.0 - 1.0 / STARTS) * plain.growth()), "grows as t"
    assert plain.growth() > 0.0


def test_the_jacobian_of_a_linear_network_is_exact():
    network = network_of("pca")
    values = singular_values(network.again, np.zeros((2, 8)))
    shares = 1.0 - network.fitted.noise_variance / np.square(network.kept.deviations)
    assert np.allclose(values[0], np.sort(shares)[::-1], atol=1e-6)
    plain = network_of("plain_pca")
    assert np.allclose(singular_values(plain.again, np.zeros((2, 8))), 1.0, atol=1e-6)


def test_only_linear_frozen_loops_have_an_exact_spread():
    steps = run_of(linear("pca"))
    for change in ({"real": 0.1}, {"loop": "retrained"}):
        assert exact_spread(linear("pca", **change), steps) is None
    few = ListeningNetwork(model="vae", generations=1)
    assert exact_spread(few, few.run()) is None


@pytest.mark.parametrize(
    ("model", "noise", "said"),
    [
        ("pca", 1.0, "With noise in the code alone"),
        ("pca", 0.0, "All images become the average one"),
        ("pca_pixels", 1.0, "what stays is the model itself"),
        ("pca_pixels", 0.5, "it would be the model itself"),
        ("plain_pca", 1.0, "without end (exact)"),
        ("plain_pca", 0.0, "no later one does"),
    ],
)
def test_each_law_has_its_sentence(model, noise, said):
    asked = linear(model, noise=noise)
    spoken = NetworkSentences(read_lesson("network"), asked, run_of(asked))
    sentences = [text for text in spoken.details(3) if said in text]
    assert len(sentences) == 1
    assert "exact on average" in " ".join(spoken.details(3))


def test_every_model_is_offered():
    assert set(FROZEN_MODELS) == set(ListeningNetwork.choices["model"])
