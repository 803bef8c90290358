"""What is known of a linear network that listens to itself, and which sentence is true of it."""

from __future__ import annotations

from collections.abc import Sequence

from collapse_core.topics.network.linear import LinearNetwork, PlainNetwork
from collapse_core.topics.network.question import ListeningNetwork
from collapse_core.topics.network.steps import NetworkStep

__all__ = ["linear_cases", "linear_facts"]


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
