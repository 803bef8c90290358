"""The parameters of the exponential families' experiment, with ranges that suit a slider."""

from __future__ import annotations

from dataclasses import replace

from collapse_core import families
from collapse_core.families import Family
from collapse_core.params import Param
from collapse_core.topics.shared_params import (
    SEED,
    generations_param,
    runs_param,
    sample_size_param,
)

__all__ = ["FAMILY_PARAMS", "LOOP_PARAMS"]

LOOP_PARAMS: tuple[Param, ...] = (
    sample_size_param(
        50,
        "How many points each generation draws from the model before it. The next model is "
        "fitted to these.",
    ),
    generations_param(60, 500),
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
        "prior_strength",
        "\\kappa",
        0.0,
        50.0,
        5.0,
        "How many imaginary points, with the real average, are added to each training set. Used "
        "by the policy 'prior'.",
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
    runs_param(1000),
    SEED,
)


def _own(family: type[Family], name: str) -> Param:
    return next(param for param in family.params if param.name == name)


FAMILY_PARAMS: tuple[Param, ...] = (
    replace(_own(families.Bernoulli, "share"), low=0.01, high=0.5, unit="share"),
    replace(_own(families.Binomial, "trials"), high=100, default=5),
    replace(_own(families.Binomial, "probability"), low=0.01, high=0.99, unit="share"),
    replace(_own(families.NormalMean, "sd"), low=0.1, high=5.0),
    replace(_own(families.NormalMean, "mean"), name="center", low=-5.0, high=5.0),
    replace(_own(families.Exponential, "mean"), low=0.1, high=20.0),
    _own(families.Gamma, "shape"),
    _own(families.NegativeBinomial, "r"),
    replace(_own(families.NormalVariance, "true_variance"), low=0.1, high=5.0),
)
