"""What is known of a linear network that listens to itself, and which sentence is true of it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from collapse_core.topics.network.linear import LinearNetwork, PlainNetwork, law_of_codes
from collapse_core.topics.network.question import ListeningNetwork
from collapse_core.topics.network.steps import NetworkStep

__all__ = ["exact_ellipses", "exact_spread", "linear_cases", "linear_facts"]

Array = NDArray[np.float64]

WIDE = 2.0  # deviations: of a normal law in the plane, 86 % are inside
CORNERS = 48


def exact_spread(asked: ListeningNetwork, steps: Sequence[NetworkStep]) -> Array | None:
    """Return the expected spread at each step, as a share of the start's, where it is known.

    Parameters
    ----------
    asked : ListeningNetwork
        The settings.
    steps : sequence of NetworkStep
        What is computed so far.
    """
    network = _known(asked, steps)
    if network is None:
        return None
    exact = network.exact_spread(steps[0].rows, len(steps) - 1)
    return np.asarray(exact / exact[0], dtype=np.float64)


def exact_ellipses(
    asked: ListeningNetwork, steps: Sequence[NetworkStep], middle: Array, axes: Array
) -> Array | None:
    """Return where the codes are expected at each step in a plane, shape (steps, corners, 2).

    Outlines two deviations from the expected average, where the law is known.

    Parameters
    ----------
    asked : ListeningNetwork
        The settings.
    steps : sequence of NetworkStep
        What is computed so far.
    middle : ndarray, shape (numbers,)
        The code in the middle of the plane.
    axes : ndarray, shape (numbers, 2)
        The plane.
    """
    network = _known(asked, steps)
    if network is None:
        return None
    averages, covariances = law_of_codes(network, steps[0].rows, len(steps) - 1)
    values, directions = np.linalg.eigh(axes.T @ covariances @ axes)
    turns = np.linspace(0.0, 2.0 * np.pi, CORNERS + 1)
    circle = np.stack([np.cos(turns), np.sin(turns)])
    reach = WIDE * np.sqrt(np.maximum(values, 0.0))[:, :, np.newaxis]
    outline = np.swapaxes(directions @ (reach * circle), 1, 2)
    return np.asarray(outline + ((averages - middle) @ axes)[:, np.newaxis], dtype=np.float64)


def _known(
    asked: ListeningNetwork, steps: Sequence[NetworkStep]
) -> LinearNetwork | PlainNetwork | None:
    """Return the network if its law is known: linear, frozen, and nothing is laid in."""
    network = steps[-1].network
    if not isinstance(network, LinearNetwork | PlainNetwork) or asked.real or not asked.is_frozen:
        return None
    return network


def linear_facts(steps: Sequence[NetworkStep]) -> dict[str, float]:
    """Return where the spread of the law goes, as a share of the start's; nothing for others.

    Parameters
    ----------
    steps : sequence of NetworkStep
        What is computed so far.
    """
    network, start = steps[-1].network, float(steps[0].rows.var(axis=0).sum())
    if isinstance(network, PlainNetwork):
        return {"growth": network.growth() / start}
    return {"limit": network.limit() / start} if isinstance(network, LinearNetwork) else {}


def linear_cases(asked: ListeningNetwork, known: bool) -> dict[str, bool]:
    """Return which sentence is true of a linear network.

    Parameters
    ----------
    asked : ListeningNetwork
        The settings.
    known : bool
        Whether its law is known: it is frozen, and nothing is laid in.
    """
    model, noise = asked.model if known else "", asked.noise
    return {
        "code_only": model == "pca" and noise > 0.0,
        "no_noise_at_all": model == "pca" and noise == 0.0,
        "model_itself": model == "pca_pixels" and noise == 1.0,
        "pixels_too": model == "pca_pixels" and noise != 1.0,
        "no_limit": model == "plain_pca" and noise > 0.0,
        "nothing_moves": model == "plain_pca" and noise == 0.0,
    }
