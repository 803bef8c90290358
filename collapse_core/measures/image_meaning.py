"""What generated pictures still mean, as a classifier trained on real ones reads them.

The classifier must name one of its labels whatever it sees. It names one for noise too, and may be
sure of it: its confidence is no measure of how real a picture looks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.data.images import ImageSet
from collapse_core.extras import extra

__all__ = ["Classifier", "LabelReading"]

Array = NDArray[np.float64]
Labels = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class LabelReading:
    """How a classifier reads pictures.

    Parameters
    ----------
    labels : ndarray of int, shape (n,)
        The most probable label of each picture.
    shares : ndarray, shape (labels,)
        Share of the pictures with each label.
    confidence : float
        Average probability that the classifier gives to the label it names, 0 to 1.
    entropy_bits : float
        Entropy of the shares, in bits: log2 of the number of labels if all are equally frequent, 0
        if only one is left.
    """

    labels: Labels
    shares: Array
    confidence: float
    entropy_bits: float


@dataclass(frozen=True, eq=False)
class Classifier:
    """A logistic regression that names the label of a picture.

    Parameters
    ----------
    label_names : tuple of str
        The labels in words.
    weights : ndarray, shape (64, labels)
        What each pixel says for each label.
    offsets : ndarray, shape (labels,)
        What is said before a pixel is seen.
    held_out_accuracy : float
        Share of the held-out real pictures that it names right, 0 to 1.
    """

    label_names: tuple[str, ...]
    weights: Array
    offsets: Array
    held_out_accuracy: float

    @classmethod
    def train(cls, images: ImageSet) -> Classifier:
        """Return the classifier of a set, trained on its training part.

        Parameters
        ----------
        images : ImageSet
            Real pictures with labels, of which at least two occur.
        """
        with extra("models"):
            from sklearn.linear_model import LogisticRegression

        fit = LogisticRegression(C=10.0, max_iter=2000)
        fit.fit(images.training_images, images.training_labels)
        count = len(images.label_names)
        weights, offsets = np.zeros((images.images.shape[1], count)), np.full(count, -np.inf)
        coefficients, intercepts = fit.coef_, fit.intercept_
        if len(fit.classes_) == 2:  # scikit-learn keeps one row of numbers for two labels
            coefficients = np.concatenate([-coefficients, coefficients]) / 2.0
            intercepts = np.concatenate([-intercepts, intercepts]) / 2.0
        weights[:, fit.classes_], offsets[fit.classes_] = coefficients.T, intercepts
        trained = cls(images.label_names, weights, offsets, float("nan"))
        named = trained.labels(images.held_out_images)
        accuracy = float((named == images.held_out_labels).mean())
        return cls(images.label_names, weights, offsets, accuracy)

    def probabilities(self, images: Array) -> Array:
        """Return the probability of each label, shape (n, labels)."""
        scores = images @ self.weights + self.offsets
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))

    def labels(self, images: Array) -> Labels:
        """Return the most probable label of each picture, shape (n,)."""
        return np.asarray((images @ self.weights + self.offsets).argmax(axis=1))

    def read(self, images: Array) -> LabelReading:
        """Return how the pictures are read.

        Parameters
        ----------
        images : ndarray, shape (n, 64)
            At least one picture.
        """
        probabilities = self.probabilities(images)
        labels = np.asarray(probabilities.argmax(axis=1))
        shares = np.bincount(labels, minlength=len(self.label_names)) / len(labels)
        present = shares[shares > 0.0]
        entropy = float(-(present @ np.log2(present))) + 0.0
        return LabelReading(labels, shares, float(probabilities.max(axis=1).mean()), entropy)

    def unchanged(self, first: Array, now: Array) -> float:
        """Return the share of pictures whose label is the same as at the start.

        It compares two readings of the classifier, so its own errors at the start do not count.
        Pictures that have lost all meaning still keep their label by chance: see `chance`.

        Parameters
        ----------
        first, now : ndarray, shape (n, 64)
            The pictures at the start and now, in the same order.
        """
        return float((self.labels(first) == self.labels(now)).mean())

    def chance(self, first: Array, now: Array) -> float:
        """Return the share of equal labels if the pictures now were in random order."""
        return float(self.read(first).shares @ self.read(now).shares)
