"""What pictures still mean, and how complex a cloud of pictures is, on data of known kind."""

import numpy as np
import pytest
from law_check import LIMIT, seeds

from collapse_core.data.images import digits, photograph_patches
from collapse_core.measures.complexity import (
    complexity,
    effective_rank,
    likelihood_dimension,
    participation_ratio,
    reconstruction_errors,
    spectrum,
    spectrum_decay,
    two_neighbour_dimension,
)
from collapse_core.measures.image_meaning import Classifier


@pytest.fixture(scope="module")
def reader():
    return Classifier.train(digits())


# ---------------------------------------------------------------------------------- the classifier


def test_held_out_digits_are_read_well_and_accuracy_is_what_it_says(reader):
    images = digits()
    assert reader.held_out_accuracy > 0.95
    again = (reader.labels(images.held_out_images) == images.held_out_labels).mean()
    assert reader.held_out_accuracy == again
    # Negative control: with labels in random order there is nothing to learn.
    rng = np.random.default_rng(0)
    shuffled = images.__class__(
        images.name,
        images.meaning,
        images.label_names,
        images.training_images,
        rng.permutation(images.training_labels),
        images.held_out_images,
        images.held_out_labels,
    )
    assert Classifier.train(shuffled).held_out_accuracy < 0.25


@pytest.mark.parametrize(
    ("meaning", "lowest", "highest"), [("cluster", 0.8, 0.95), ("photograph", 0.4, 0.65)]
)
def test_groups_of_patches_can_be_read_and_their_photograph_hardly(meaning, lowest, highest):
    accuracy = Classifier.train(photograph_patches(meaning=meaning)).held_out_accuracy
    assert lowest < accuracy < highest


def test_the_classifier_is_scikit_learns_logistic_regression(reader):
    from sklearn.linear_model import LogisticRegression

    images = digits()
    known = LogisticRegression(C=10.0, max_iter=2000)
    known.fit(images.training_images, images.training_labels)
    ours = reader.probabilities(images.held_out_images)
    np.testing.assert_allclose(ours, known.predict_proba(images.held_out_images), atol=1e-9)
    two = photograph_patches(meaning="photograph")
    known.fit(two.training_images, two.training_labels)
    ours = Classifier.train(two).probabilities(two.held_out_images)
    np.testing.assert_allclose(ours, known.predict_proba(two.held_out_images), atol=1e-9)


def test_a_label_that_does_not_occur_in_training_is_never_named():
    images = digits()
    few = images.training_labels < 3
    part = images.__class__(
        images.name,
        images.meaning,
        images.label_names,
        images.training_images[few],
        images.training_labels[few],
        images.held_out_images,
        images.held_out_labels,
    )
    trained = Classifier.train(part)
    assert set(trained.labels(images.images)) == {0, 1, 2}
    np.testing.assert_array_equal(trained.probabilities(images.images)[:, 3:], 0.0)


def test_a_reading_counts_labels_and_their_entropy(reader):
    images = digits()
    one_each = np.stack([images.training_images[images.training_labels == k][0] for k in range(10)])
    reading = reader.read(one_each)
    np.testing.assert_array_equal(reading.labels, np.arange(10))
    assert reading.entropy_bits == pytest.approx(np.log2(10))
    assert 0.9 < reading.confidence <= 1.0
    alone = reader.read(np.tile(one_each[:1], (5, 1)))
    assert (alone.entropy_bits, np.count_nonzero(alone.shares)) == (0.0, 1)
    halves = reader.read(one_each[[0, 0, 1, 1]])
    assert halves.entropy_bits == pytest.approx(1.0)


def test_unchanged_labels_and_what_chance_alone_would_keep(reader):
    pictures = digits().training_images
    assert reader.unchanged(pictures, pictures) == 1.0
    shuffled = np.random.default_rng(0).permutation(pictures)
    share, chance = reader.unchanged(pictures, shuffled), reader.chance(pictures, shuffled)
    assert chance == pytest.approx(0.1, abs=0.01)
    assert share == pytest.approx(chance, abs=LIMIT * np.sqrt(0.09 / len(pictures)))
    grey = np.full_like(pictures, 0.5)
    assert reader.unchanged(pictures, grey) == pytest.approx(reader.chance(pictures, grey))


def margins_of(reader, pictures):
    """Return how far each picture is from being named otherwise: exact, as borders are planes."""
    scores = pictures @ reader.weights + reader.offsets
    named = scores.argmax(axis=1)
    apart = np.linalg.norm(reader.weights[:, :, None] - reader.weights[:, None, :], axis=0)
    np.fill_diagonal(apart, 1.0)
    best = scores[np.arange(len(scores)), named]
    distances = (best[:, None] - scores) / apart[named]
    distances[np.arange(len(scores)), named] = np.inf
    return distances.min(axis=1)


def test_a_margin_is_how_far_a_picture_may_move(reader):
    pictures = digits().held_out_images[:100]
    margins = margins_of(reader, pictures)
    labels = reader.labels(pictures)
    rng = np.random.default_rng(0)
    for _ in range(20):
        steps = rng.standard_normal(pictures.shape)
        steps /= np.linalg.norm(steps, axis=1, keepdims=True)
        moved = pictures + 0.999 * margins[:, None] * steps
        np.testing.assert_array_equal(reader.labels(moved), labels)
    # In the direction of the nearest border the same distance and a little more is enough.
    changed = np.zeros(100, dtype=bool)
    for other in range(10):
        towards = (reader.weights[:, other, None] - reader.weights[:, labels]).T
        length = np.linalg.norm(towards, axis=1, keepdims=True)
        towards = np.divide(towards, length, out=np.zeros_like(towards), where=length > 0.0)
        changed |= reader.labels(pictures + 1.001 * margins[:, None] * towards) != labels
    assert changed.all()


# ------------------------------------------------------------------------------------ the spectrum


def test_the_spectrum_of_known_variances():
    rng = np.random.default_rng(1)
    white = np.linalg.qr(rng.standard_normal((400, 6)) - 0.0)[0]
    white -= white.mean(axis=0)
    white = np.linalg.qr(white)[0] * np.sqrt(400.0)
    rows = white * np.sqrt([8.0, 4.0, 2.0, 1.0, 1.0, 0.0])
    np.testing.assert_allclose(spectrum(rows), np.array([8, 4, 2, 1, 1, 0]) / 16.0, atol=1e-12)
    assert participation_ratio(rows) == pytest.approx(16.0**2 / (64 + 16 + 4 + 2))
    even = white * np.array([1.0, 1.0, 1.0, 1.0, 0.0, 0.0])
    assert participation_ratio(even) == pytest.approx(4.0)
    assert effective_rank(even) == pytest.approx(4.0)
    assert effective_rank(rows) > participation_ratio(rows)


@pytest.mark.parametrize("exponent", [0.7, 1.5])
def test_the_decay_of_a_power_law_is_its_exponent(exponent):
    ranks = np.arange(1, 41)
    rows = np.concatenate([np.diag(ranks ** (-exponent / 2)), -np.diag(ranks ** (-exponent / 2))])
    assert spectrum_decay(rows) == pytest.approx(exponent, abs=1e-9)
    assert spectrum_decay(rows, 1, 40) == pytest.approx(exponent, abs=1e-9)
    assert np.isnan(spectrum_decay(rows[:1]))
    with pytest.raises(ValueError, match="last"):
        spectrum_decay(rows, 5, 5)


def test_reconstruction_errors_are_those_of_scikit_learns_components():
    from sklearn.decomposition import PCA

    images = digits()
    errors = reconstruction_errors(images.training_images, images.held_out_images)
    assert errors.shape == (65,)
    assert errors[0] == pytest.approx(1.0)
    assert errors[-1] == 0.0
    assert (np.diff(errors) <= 1e-12).all()
    known = PCA(8, svd_solver="full").fit(images.training_images)
    restored = known.inverse_transform(known.transform(images.held_out_images))
    total = np.square(images.held_out_images - known.mean_).sum()
    expected = np.square(images.held_out_images - restored).sum() / total
    assert errors[8] == pytest.approx(expected, rel=1e-9)
    assert np.isnan(reconstruction_errors(np.ones((3, 2)), np.ones((3, 2)))).all()


def test_equal_rows_have_no_dimension():
    rows = np.full((10, 4), 0.3)
    np.testing.assert_array_equal(spectrum(rows), np.zeros(4))
    assert participation_ratio(rows) == 0.0
    assert effective_rank(rows) == 0.0
    assert np.isnan(two_neighbour_dimension(rows))
    assert np.isnan(likelihood_dimension(rows))


# ------------------------------------------------------------------------------ the local dimension


def bent(dimension, count, seed):
    """Return points of known dimension, bent into 20 coordinates."""
    rng = np.random.default_rng(seed)
    inside = rng.random((count, dimension))
    directions = np.linalg.qr(rng.standard_normal((20, dimension)))[0].T
    return inside @ directions + 0.05 * np.sin(2.0 * inside @ rng.standard_normal((dimension, 20)))


ESTIMATORS = {"two": two_neighbour_dimension, "ten": likelihood_dimension}


@pytest.mark.parametrize("seed", seeds(3))
@pytest.mark.parametrize("dimension", [1, 2, 4])
@pytest.mark.parametrize("estimator", ESTIMATORS.values(), ids=ESTIMATORS.keys())
def test_the_local_dimension_of_a_bent_cloud(estimator, dimension, seed):
    estimate = estimator(bent(dimension, 1500, seed))
    # 15 % low at most: points at the edge have neighbours on one side only.
    assert 0.85 * dimension < estimate < 1.1 * dimension
    assert not 0.85 * (dimension + 1) < estimate < 1.1 * (dimension + 1)


@pytest.mark.parametrize("seed", seeds(3))
def test_the_two_neighbour_estimate_has_the_error_that_it_should(seed):
    rng = np.random.default_rng(seed)
    angle = 2.0 * np.pi * rng.random(4000)
    circle = np.column_stack([np.cos(angle), np.sin(angle)])
    error = 1.0 / np.sqrt(4000 / 2.0)  # neighbours share their distances
    assert abs(two_neighbour_dimension(circle) - 1.0) < LIMIT * error
    noisy = circle + 0.01 * rng.standard_normal(circle.shape)
    assert abs(two_neighbour_dimension(noisy) - 1.0) > LIMIT * error


def test_the_two_neighbour_estimate_is_right_on_average():
    # Independent ratios with P(ratio > u) = u^-d, on pairs of rows far from each other.
    dimension, rows, rng = 2.0, 6, np.random.default_rng(5)
    estimates, likeliest = [], []
    for _ in range(4000):
        logs = rng.exponential(1.0 / dimension, rows)
        likeliest.append(rows / logs.sum())
        estimates.append((rows - 1) / logs.sum())
    error = np.std(estimates) / np.sqrt(4000)
    assert abs(np.mean(estimates) - dimension) < LIMIT * error
    assert abs(np.mean(likeliest) - dimension) > LIMIT * error
    # Three rows on a line: the ratios are 3, 2 and 3/2.
    line = np.array([[0.0], [1.0], [3.0]])
    assert two_neighbour_dimension(line) == pytest.approx(2.0 / np.log(3.0 * 2.0 * 1.5))


def test_the_local_dimension_of_few_and_of_repeated_points():
    assert np.isnan(two_neighbour_dimension(np.eye(2)))
    assert two_neighbour_dimension(np.eye(3)) == np.inf
    cloud = bent(2, 300, 0)
    repeated = two_neighbour_dimension(np.tile(cloud, (3, 1)))
    assert repeated == pytest.approx(two_neighbour_dimension(cloud), rel=1e-9)
    # More rows than one block; far from the origin.
    many = bent(2, 1300, 1)
    assert two_neighbour_dimension(many + 1e3) == pytest.approx(
        two_neighbour_dimension(many), rel=1e-6
    )
    with pytest.raises(ValueError, match="neighbours"):
        likelihood_dimension(cloud, 2)


def test_what_is_said_about_the_two_sets_of_pictures():
    written = complexity(digits().training_images, digits().held_out_images)
    textures = photograph_patches()
    patches = complexity(textures.training_images, textures.held_out_images)
    # The measures that call evened patches more complex, and the one that does not.
    assert patches.decay < written.decay
    assert patches.effective_rank > written.effective_rank
    assert patches.missed > written.missed
    assert patches.participation_ratio < written.participation_ratio
    plain = photograph_patches(evened=False)
    brightness = complexity(plain.training_images, plain.held_out_images)
    # As they are, patches differ mostly in brightness: one direction.
    assert brightness.effective_rank < 0.5 * written.effective_rank


def test_digits_are_islands_and_groups_of_patches_lie_next_to_each_other():
    """Whatever makes the labels, and whether patches are evened or not."""

    def typical_margin(images):
        margins = margins_of(Classifier.train(images), images.held_out_images)
        return np.median(margins) / np.sqrt(images.training_images.var(axis=0).sum())

    written = [typical_margin(digits(meaning)) for meaning in ("digit", "cluster")]
    patches = [
        typical_margin(photograph_patches(meaning=meaning, evened=evened))
        for meaning in ("cluster", "photograph")
        for evened in (True, False)
    ]
    assert min(written) > 1.5 * max(patches)


def test_how_sure_a_classifier_is_on_average(reader):
    images = digits().held_out_images[:40]
    chances = reader.probabilities(images)
    np.testing.assert_allclose(chances.sum(axis=1), 1.0)
    sure = [max(row) for row in chances.tolist()]
    assert reader.read(images).confidence == pytest.approx(sum(sure) / 40)
    assert reader.read(images[:1]).confidence == pytest.approx(sure[0])
    grey = np.full_like(images, 0.5)
    assert reader.read(grey).confidence < reader.read(images).confidence
