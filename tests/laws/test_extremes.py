"""Laws of truths without variance, and of loops that grow beyond all numbers: inf, never NaN."""

import warnings

import numpy as np
import pytest

from collapse_core import (
    Accumulate,
    AccumulateSubsample,
    Anchors,
    ClosedLoop,
    Prior,
    RealFraction,
    Replace,
    Weighted,
    families,
)

TRUTHS = (
    *(families.Gaussian(0.0, sd, unbiased) for sd in (0.0, 1e-100, 100.0) for unbiased in (0, 1)),
    *(families.NormalMean(0.0, sd) for sd in (0.0, 100.0)),
    *(families.NormalVariance(variance) for variance in (0.0, 100.0)),
    *(families.Exponential(mean) for mean in (0.0, 100.0)),
    *(families.Gamma(0.1, mean) for mean in (0.0, 100.0)),
    *(families.Geometric(mean) for mean in (0.0, 100.0)),
    families.NegativeBinomial(0.1, 100.0),
    families.Poisson(0.0),
    families.Bernoulli(0.0),
    families.Binomial(1000, 1.0),
    families.Categorical((1.0, 0.0)),
    families.MultivariateGaussian(((0.0,),)),
    families.MultivariateGaussian(((1e12, 0.0), (0.0, 0.0))),
)
POLICIES = (
    Replace(),
    Anchors(1),
    Anchors(3, fresh=False),
    Prior(1.0),
    Accumulate(),
    AccumulateSubsample(),
    RealFraction(0.5),
    Weighted(0.3, 2),
)
FIELDS = ("mean", "variance", "diversity", "absorbed", "lost", "taken_over")


@pytest.mark.parametrize("policy", POLICIES, ids=repr)
@pytest.mark.parametrize("truth", TRUTHS, ids=repr)
def test_no_field_is_nan(truth, policy):
    for temperature in (1.0, 0.01, 5.0, 1e6):
        loop = ClosedLoop(truth, policy, 10, 500, temperature)
        try:
            law = loop.exact(approximate=True)
        except ValueError as refusal:
            assert "temperature" in str(refusal)  # noqa: PT017 (a family may have none)
            continue
        known = [getattr(law, name) for name in FIELDS]
        known += [law.quantile(0.5)]
        assert not any(np.isnan(field).any() for field in known if field is not None)
        if law.mean is not None and not float(truth.variance(truth.truth)):
            for field in (law.variance, law.diversity):
                assert field is None or not field.any()


def test_a_point_stays_a_point_however_hot():
    loop = ClosedLoop(families.Gaussian(0.0, 0.0), Replace(), 10, 500, 5.0)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        law, runs = loop.exact(), loop.simulate(5, seed=1)
    np.testing.assert_array_equal(law.mean, runs.mean[0])
    assert not law.diversity.any()
    hot = ClosedLoop(families.Gaussian(0.0, 100.0), Replace(), 10, 500, 5.0).exact()
    assert hot.diversity[-1] == np.inf
