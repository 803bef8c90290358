"""Small plain networks without chance, fitted by scikit-learn: an autoencoder, and two translators.

Unlike the variational autoencoder they say nothing of how uncertain they are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_whole_number
from collapse_core.extras import extra
from collapse_core.models.base import Report, no_report
from collapse_core.models.one_thread import one_thread
from collapse_core.models.principal_axes import check_rows
from collapse_core.streams import generator

__all__ = ["RegressionNetwork", "fit_autoencoder", "fit_network"]

Array = NDArray[np.float64]

EPOCHS, MOST_EPOCHS = 60, 10_000
HIDDEN = 96


@dataclass(frozen=True, eq=False)
class RegressionNetwork:
    """A fitted network: layers of tanh units, and a last one without.

    Parameters
    ----------
    weights, offsets : tuple of ndarray
        Of each layer.
    """

    weights: tuple[Array, ...]
    offsets: tuple[Array, ...]

    @property
    def layers(self) -> int:
        """How many there are, the last one included."""
        return len(self.weights)

    def apply(self, rows: Array, first: int = 0, last: int | None = None) -> Array:
        """Return what some of the layers make of rows, all of them by themselves.

        Parameters
        ----------
        rows : ndarray, shape (rows, values)
            What goes into the first of these layers.
        first, last : int
            From which layer on, and before which one to stop.
        """
        first = check_whole_number("first", first, 0, self.layers)
        last = self.layers if last is None else check_whole_number("last", last, first, self.layers)
        made = check_rows(rows)
        for layer in range(first, last):
            made = made @ self.weights[layer] + self.offsets[layer]
            if layer < self.layers - 1:
                made = np.tanh(made)
        return made


def fit_network(
    rows: Array,
    targets: Array,
    hidden: tuple[int, ...],
    seed: int,
    report: Report = no_report,
    epochs: int = EPOCHS,
) -> RegressionNetwork:
    """Return a network that makes targets of rows, by least squares.

    Parameters
    ----------
    rows, targets : ndarray, shape (rows, values) and (rows, others)
        Pairs.
    hidden : tuple of int
        Units of each hidden layer.
    seed : int
        Draws the start and the batches.
    report : callable
        Is told how much is done, 0 to 1; it may raise to stop the fit.
    epochs : int
        How often every pair is seen.
    """
    with extra("models"):
        from sklearn.neural_network import MLPRegressor

    rows, targets = check_rows(rows), check_rows(targets)
    state = int(generator(seed, 0, "network").integers(2**31))
    model = MLPRegressor(
        hidden_layer_sizes=hidden,
        activation="tanh",
        learning_rate_init=0.004,
        batch_size=50,
        random_state=state,
    )
    epochs = check_whole_number("epochs", epochs, 1, MOST_EPOCHS)
    with one_thread():
        for epoch in range(epochs):
            model.partial_fit(rows, targets if targets.shape[1] > 1 else targets[:, 0])
            report((epoch + 1) / epochs)
    return RegressionNetwork(tuple(model.coefs_), tuple(model.intercepts_))


def fit_autoencoder(
    rows: Array, code: int, seed: int, report: Report = no_report, epochs: int = EPOCHS
) -> RegressionNetwork:
    """Return a network that makes rows of themselves through a narrow layer, its second one.

    Parameters
    ----------
    rows : ndarray, shape (rows, values)
        What it learns.
    code : int
        Units of the narrow layer, 1 to 64.
    seed, report, epochs
        As for `fit_network`.
    """
    code = check_whole_number("code", code, 1, 64)
    return fit_network(rows, rows, (HIDDEN, code, HIDDEN), seed, report, epochs)
