"""Adam: gradient steps whose size adapts to each parameter.

Source: Kingma and Ba 2015, "Adam: a method for stochastic optimization", with its usual constants.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["Adam"]

Array = NDArray[Any]


class Adam:
    """Moves one flat vector of parameters downhill, in place.

    Parameters
    ----------
    parameters : ndarray, shape (parameters,)
        The vector that is moved.
    """

    FIRST, SECOND, TINY = 0.9, 0.999, 1e-8

    def __init__(self, parameters: Array) -> None:
        self.parameters = parameters
        self.steps = 0
        self._mean = np.zeros_like(parameters)
        self._square = np.zeros_like(parameters)
        self._move = np.empty_like(parameters)

    def step(self, gradient: Array, rate: float) -> None:
        """Move once.

        Parameters
        ----------
        gradient : ndarray, shape (parameters,)
            Gradient of what is to become small.
        rate : float
            Learning rate: about how far each parameter moves.
        """
        self.steps += 1
        move = self._move
        self._mean *= self.FIRST
        np.multiply(gradient, 1.0 - self.FIRST, out=move)
        self._mean += move
        self._square *= self.SECOND
        np.multiply(gradient, gradient, out=move)
        move *= 1.0 - self.SECOND
        self._square += move
        # Both averages start at 0; the corrections take that start out again.
        mean_part = 1.0 - self.FIRST**self.steps
        square_part = 1.0 - self.SECOND**self.steps
        np.sqrt(self._square, out=move)
        move += self.TINY * square_part**0.5
        np.divide(self._mean, move, out=move)
        move *= rate * square_part**0.5 / mean_part
        self.parameters -= move
