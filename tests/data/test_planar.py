"""Data in the plane: laws against their moments and densities, modes, and pasted points."""

import numpy as np
import pytest
from law_check import LIMIT, seeds

from collapse_core.data.own_points import (
    EXAMPLE,
    LONGEST_TEXT,
    MOST_POINTS,
    OwnPoints,
    pasted_points,
)
from collapse_core.data.planar import (
    HELD_OUT,
    LIMITS,
    EightGaussians,
    Ring,
    SwissRoll,
    ThreeBlobs,
    TwoMoons,
)
from collapse_core.streams import generator

LAWS = (EightGaussians(), ThreeBlobs(), TwoMoons(), Ring(), SwissRoll())
laws = pytest.mark.parametrize("law", LAWS, ids=lambda law: type(law).__name__)
EXACT = (EightGaussians(), ThreeBlobs())
GOOD = "\n".join(f"{n}, {n * n}" for n in range(12))


def drawn(law, count, number=0):
    return law.draw(count, generator(seeds(1)[0], number, "test of planar data"))


def moments_of_parts(law):
    shares, centres, deviations = law.parts()
    mean = shares @ centres
    apart = centres - mean
    return mean, np.eye(2) * (shares @ deviations**2) + (shares * apart.T) @ apart


def far(rows, mean, covariance):
    apart = rows - mean
    products = apart[:, :, None] * apart[:, None, :]
    low = np.abs(apart.mean(axis=0)) > LIMIT * apart.std(axis=0) / len(rows) ** 0.5
    error = products.std(axis=0) / len(rows) ** 0.5
    return bool(low.any() or (np.abs(products.mean(axis=0) - covariance) > LIMIT * error).any())


@laws
def test_rows_are_repeatable_and_always_new(law):
    np.testing.assert_array_equal(drawn(law, 50), drawn(law, 50))
    rng = generator(1, 0, "rows")
    assert not np.intersect1d(law.draw(50, rng), law.draw(50, rng)).size
    assert drawn(law, 7).shape == (7, 2)


@laws
def test_the_data_fit_into_the_picture(law):
    rows = drawn(law, 20_000)
    inside = (rows > LIMITS[0]) & (rows < LIMITS[1])
    assert inside.all(axis=1).mean() > 0.999
    assert np.abs(rows).max() > 2.0, "and they fill it"


@laws
def test_held_out_points_are_fixed_and_no_others(law):
    assert law.held_out.shape == (HELD_OUT, 2)
    np.testing.assert_array_equal(law.held_out, type(law)().held_out)
    assert not np.intersect1d(law.held_out, law.reference).size
    assert not np.intersect1d(law.held_out, drawn(law, 5000)).size


@pytest.mark.parametrize("law", EXACT, ids=lambda law: type(law).__name__)
@pytest.mark.parametrize("number", range(3))
def test_gaussians_have_their_moments(law, number):
    mean, covariance = moments_of_parts(law)
    rows = drawn(law, 20_000, number)
    assert not far(rows, mean, covariance)
    assert far(rows, mean + 0.1, covariance)
    assert far(rows, mean, 1.1 * covariance)


@pytest.mark.parametrize("law", EXACT, ids=lambda law: type(law).__name__)
def test_the_exact_density_adds_up_to_one_and_is_that_of_the_rows(law):
    places = np.linspace(-5.0, 5.0, 401)
    grid = np.stack(np.meshgrid(places, places), axis=-1).reshape(-1, 2)
    density = np.exp(law.log_density(grid)) * (places[1] - places[0]) ** 2
    assert density.sum() == pytest.approx(1.0, abs=1e-6)
    rows = drawn(law, 20_000, 4)
    right = (rows[:, 0] > 0.5).mean()
    chance = density[grid[:, 0] > 0.5].sum()
    assert abs(right - chance) < LIMIT * (chance * (1 - chance) / len(rows)) ** 0.5 + 0.01


@pytest.mark.parametrize("law", [TwoMoons(), Ring(), SwissRoll()])
def test_noise_is_what_it_says(law):
    quiet = type(law)(noise=1e-9)
    share = drawn(quiet, 400)
    distances = np.linalg.norm(share[:, None] - quiet.along(np.linspace(0, 0.9999, 4001)), axis=2)
    assert distances.min(axis=1).max() < 0.01, "without noise the points lie on the curve"
    assert law.log_density(share) is None


@laws
def test_each_mode_has_its_share_and_nothing_else_has(law):
    shares, expected = law.modes.shares(drawn(law, 20_000, 5)), law.expected_shares
    assert expected.sum() > 0.97
    error = np.sqrt(2.0 * expected * (1.0 - expected) / 20_000)
    assert (np.abs(shares - expected) < LIMIT * error).all()
    assert law.modes.shares(np.full((9, 2), 50.0)).sum() == 0.0
    wrong = law.modes.shares(drawn(law, 20_000, 5) * np.array([-1.0, 0.3]))
    assert not (np.abs(wrong - expected) < LIMIT * error).all()


def test_modes_of_gaussians_are_their_parts():
    np.testing.assert_allclose(
        ThreeBlobs().expected_shares, np.array([0.8, 0.15, 0.05]) * 0.989, atol=0.012
    )
    eight = EightGaussians().modes
    assert eight.count == 8
    lone = eight.shares(eight.places[3] + np.zeros((5, 2)))
    assert lone.tolist() == [0, 0, 0, 1, 0, 0, 0, 0]


def test_bad_laws_are_named():
    with pytest.raises(ValueError, match="noise=0"):
        Ring(0.0)
    with pytest.raises(ValueError, match=r"second=0.7 and third=0.3 must"):
        ThreeBlobs(0.7, 0.3)
    with pytest.raises(ValueError, match="deviation=-1"):
        EightGaussians(-1.0)


def test_data_with_other_settings_have_other_names():
    kinds = [*LAWS, Ring(0.2), ThreeBlobs(0.1), pasted_points(GOOD), pasted_points(EXAMPLE)]
    assert len({repr(kind) for kind in kinds}) == len(kinds)


# ------------------------------------------------------------------------------- pasted points


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "x, y\n" + GOOD,
        "x1;x2\n" + GOOD.replace(",", ";"),
        GOOD.replace(", ", "\t"),
        GOOD.replace(",", " "),
        "\ufeff\n" + GOOD.replace("\n", "\r\n\r\n"),
        "\n".join(f"{n},0; {n * n},0" for n in range(12)),
        "\n".join(f'"{n}","{n * n}"' for n in range(12)),
        "\n".join(f"{n}e0, +{n * n}.0" for n in range(12)),
    ],
)
def test_many_ways_to_write_the_same_points(text):
    points = pasted_points(text)
    assert repr(points) == repr(pasted_points(GOOD))
    assert len(points.training) == 10
    assert len(points.held_out) == 2


def test_points_fill_the_picture_whatever_their_units():
    points = pasted_points("\n".join(f"{1e9 + n}, {n * 1e-6}" for n in range(40)))
    low, high = points.reference.min(axis=0), points.reference.max(axis=0)
    np.testing.assert_allclose(low, [-2.4, -2.4])
    np.testing.assert_allclose(high, [2.4, 2.4])
    flat = pasted_points("\n".join(f"3, {n}" for n in range(40)))
    assert (flat.reference[:, 0] == 0.0).all()


def test_groups_of_own_points_are_modes():
    rng = generator(5, 0, "own")
    blobs = ThreeBlobs().draw(900, rng)
    points = pasted_points("\n".join(f"{x}, {y}" for x, y in blobs))
    assert isinstance(points, OwnPoints)
    assert 2 <= points.modes.count <= 8
    assert points.expected_shares.sum() > 0.95
    again = points.modes.shares(points.training[:100])
    assert again.sum() > 0.9
    two = pasted_points("\n".join(["0, 0"] * 9 + ["1, 1"] * 9))
    assert two.modes.count == 2
    np.testing.assert_allclose(two.expected_shares, [0.5, 0.5])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "There are no points: the text is empty. Write two numbers"),
        ("  \n\n ", "the text is empty"),
        (GOOD + "\nred, 3", 'Line 13: "red" is not a number. Write two numbers'),
        ("word", 'Line 1: "word" has 1 column instead of 2'),
        ("some words here that are no data", 'Line 1: .* columns instead of 2'),
        (GOOD + "\nnan, 3", 'Line 13: "nan" is not a finite number. Leave out'),
        (GOOD + "\n1, -inf", 'Line 13: "-inf" is not a finite number'),
        (GOOD + "\n1, 1e999", 'Line 13: "1e999" is out of range'),
        (GOOD + "\n1_0, 2", 'Line 13: "1_0" is not a number'),
        ("\n".join(str(n) for n in range(20)), 'Line 1: "0" has 1 column instead of 2'),
        ("\n".join(f"{n},1,2" for n in range(20)), 'Line 1: "0,1,2" has 3 columns instead of 2'),
        ("1, 2", "There is 1 point: from 10 to 5,000 are allowed. Add lines"),
        ("\n".join(["1, 2"] * 30), "All 30 points are equal to 1, 2: nothing is left to lose"),
        ("\n".join(["1, 2"] * (MOST_POINTS + 1)), "There are 5,001 points.*Leave out lines"),
        ("1, 2\n" * (LONGEST_TEXT // 5 + 1), "The text has 200,005 bytes: at most 200,000"),
        ("\x00\x01\x02PNG", "Line 1"),
    ],
)  # fmt: skip
def test_bad_points_are_named_with_line_value_and_remedy(text, message):
    with pytest.raises(ValueError, match=message):
        pasted_points(text)
