"""A probabilistic PCA that listens to itself, along its axes."""

import numpy as np
import pytest

from collapse_core.theory.fed_back import fed_back_limit, fed_back_variance

AXES, S2 = np.array([4.0, 1.5, 0.4]), 0.3
NOISES = ("none", "code", "code and row")


@pytest.mark.parametrize("noise", NOISES)
def test_the_law_is_its_own_recursion(noise):
    variance = fed_back_variance(AXES, S2, 40, noise)
    kept = (AXES - S2) / AXES
    added = {"none": 0.0, "code": (AXES - S2) * S2 / AXES}.get(noise, S2 + (AXES - S2) * S2 / AXES)
    np.testing.assert_array_equal(variance[0], AXES)
    np.testing.assert_allclose(variance[1:], kept**2 * variance[:-1] + added)


def test_limits_in_closed_form():
    np.testing.assert_allclose(fed_back_limit(AXES, S2), AXES * (AXES - S2) / (2.0 * AXES - S2))
    np.testing.assert_allclose(fed_back_limit(AXES, S2, "code and row"), AXES)
    np.testing.assert_array_equal(fed_back_limit(AXES, S2, "none"), 0.0)
    long = [fed_back_variance(AXES, S2, 2000, noise)[-1] for noise in NOISES]
    np.testing.assert_allclose(
        long, [fed_back_limit(AXES, S2, noise) for noise in NOISES], atol=1e-9
    )


def test_it_forgets_where_it_began():
    near, far = (fed_back_variance(AXES, S2, 300, start=start)[-1] for start in (0.0 * AXES, 9.0))
    np.testing.assert_allclose(near, far)


def test_small_noise_halves_the_variance_and_none_leaves_it():
    np.testing.assert_allclose(fed_back_limit(1.0, 1e-9), 0.5, rtol=1e-6)
    np.testing.assert_array_equal(fed_back_variance(AXES, 0.0, 9), np.tile(AXES, (10, 1)))
    np.testing.assert_array_equal(fed_back_limit(AXES, 0.0), AXES)


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"noise_variance": 0.5}, "noise_variance=0.5"),
        ({"noise": "rows"}, "noise='rows'"),
        ({"generations": -1}, "generations=-1"),
        ({"eigenvalues": [1.0, 0.0]}, "eigenvalues=0"),
        ({"start": [-1.0, 1.0, 1.0]}, "start=-1"),
    ],
)
def test_bad_parameters_are_named(more, named):
    asked = {"eigenvalues": AXES, "noise_variance": S2, "generations": 3, **more}
    with pytest.raises(ValueError, match=named):
        fed_back_variance(**asked)
