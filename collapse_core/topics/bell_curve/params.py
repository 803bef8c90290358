"""The parameters of the bell curve's experiment, with ranges that suit a slider."""

from __future__ import annotations

from collapse_core.params import Param
from collapse_core.topics.shared_params import (
    SEED,
    generations_param,
    runs_param,
    sample_size_param,
)

__all__ = ["BELL_CURVE_PARAMS"]

BELL_CURVE_PARAMS: tuple[Param, ...] = (
    sample_size_param(
        100,
        "How many points each generation draws from the bell curve before it. The next bell "
        "curve is fitted to these.",
        least=1,
    ),
    generations_param(
        100, 500, "How often a new bell curve is fitted to a sample of the one before."
    ),
    Param(
        "anchors",
        "k",
        0,
        100,
        0,
        "How many real points are mixed into each training set.",
        label="Real anchor points",
        unit="points",
    ),
    Param(
        "dimension",
        "d",
        2,
        20,
        10,
        "In how many directions the points can vary. The truth varies equally in all of them.",
        label="Dimensions",
    ),
    Param(
        "bandwidth",
        "h",
        0.0,
        1.0,
        0.2,
        "Standard deviation of the noise that is added to each resampled point. 0 adds none: a "
        "bootstrap.",
        label="Blur of the kernel",
        step=0.01,
    ),
    Param(
        "temperature",
        "\\lambda",
        0.5,
        1.5,
        1.0,
        "The variance is multiplied by this before the model is sampled. Below 1 the model prefers "
        "what is typical, above 1 it exaggerates.",
        label="Sampling temperature",
        step=0.001,
    ),
    Param(
        "prior_strength",
        "\\kappa",
        0.0,
        50.0,
        5.0,
        "How many imaginary points, with the real mean and variance, are added to each training "
        "set. Used by the policy 'prior'.",
        label="Prior strength",
        unit="points",
        step=0.5,
    ),
    Param(
        "real_weight",
        "w",
        0.0,
        1.0,
        0.1,
        "How much the real points count in each fit, whatever their number. Used by the policy "
        "'weighted'.",
        label="Weight of the real points",
        step=0.01,
    ),
    runs_param(200),
    SEED,
)
