"""The copier against the exact law of its blur, and against the transfer of a Gaussian."""

import math

import numpy as np
import pytest

from collapse_core.echoes.copier import Copier
from collapse_core.echoes.pictures import picture
from collapse_core.theory.copied import blur_law, blur_transfer, octave_energies, octave_lengths

SIZES = ((16, 16), (48, 80), (21, 33))


def noise_picture(height, width, seed=0):
    return np.random.default_rng(seed).uniform(0.0, 255.0, (height, width, 3))


def copied(copier, image, passes, seed=1):
    """Return the last copy without rounding."""
    rng = np.random.default_rng(seed)
    for number in range(1, passes + 1):
        image = copier.copy_once(image, rng, number)
    return image


def spectrum(image):
    return np.fft.fft2(image, axes=(0, 1))


def transfer_of_a_gaussian(height, width, sigma, passes):
    """Return exp(-2 pi^2 sigma^2 f^2) for each pass, written out once more."""
    down, across = np.meshgrid(np.fft.fftfreq(height), np.fft.fftfreq(width), indexing="ij")
    return np.exp(-2.0 * math.pi**2 * sigma**2 * passes * (down**2 + across**2))[..., None]


def worst_transfer(copy, image, sigma, passes):
    """Return how far amplitudes are from those of the law, relative to the largest one."""
    expected = spectrum(image) * transfer_of_a_gaussian(*image.shape[:2], sigma, passes)
    return np.abs(spectrum(copy) - expected).max() / np.abs(spectrum(image))[1:, 1:].max()


# -------------------------------------------------------------------------------------- the blur


@pytest.mark.parametrize("sigma", [0.3, 0.5, 1.0, 3.0])
@pytest.mark.parametrize("size", SIZES)
def test_a_pass_multiplies_each_frequency_by_the_transfer_of_a_gaussian(size, sigma):
    image = noise_picture(*size)
    for passes in (1, 7, 40):
        copy = copied(Copier(blur=sigma), image, passes)
        assert worst_transfer(copy, image, sigma, passes) < 1e-12


@pytest.mark.parametrize(("sigma", "off"), [(0.5, 0.283), (0.7, 0.089), (1.0, 0.0072)])
def test_a_sampled_kernel_is_told_from_the_exact_blur(sigma, off):
    from scipy import ndimage

    image = np.zeros((64, 64, 3))
    image[0, 0] = 255.0  # a point has all frequencies alike
    expected = transfer_of_a_gaussian(64, 64, sigma, 1)
    sampled = ndimage.gaussian_filter(image, (sigma, sigma, 0), mode="wrap", truncate=8)
    for copy, most in ((sampled, off), (copied(Copier(blur=sigma), image, 1), 0.0)):
        error = np.abs(spectrum(copy) / 255.0 - expected).max()
        assert error == pytest.approx(most, rel=0.01, abs=1e-12)


def test_two_passes_are_one_of_the_summed_variance():
    image = noise_picture(32, 48)
    twice = copied(Copier(blur=3.0), copied(Copier(blur=4.0), image, 1), 1)
    np.testing.assert_allclose(twice, copied(Copier(blur=5.0), image, 1), atol=1e-10)


def test_the_transfer_is_known_where_it_can_be_written_down():
    assert blur_transfer(0.0, 5.0, 100) == 1.0
    assert blur_transfer([0.5], 1.0)[0] == pytest.approx(math.exp(-(math.pi**2) / 2))
    assert blur_transfer(0.25, 2.0, 3) == pytest.approx(blur_transfer(0.25, 2.0) ** 3)


# --------------------------------------------------------------------------------- copies and law


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("fresh", [0, 1, 4])
@pytest.mark.parametrize("share", [0.0, 0.1, 1.0])
def test_copies_follow_the_law_of_blur_anchor_and_fresh_copies(size, fresh, share):
    image = noise_picture(*size)
    copier = Copier(blur=0.7)
    copies = copier.copies(image, 13, 1, share, fresh)
    law = copier.exact(image, 13, share, fresh)
    np.testing.assert_allclose(copies.detail, law.detail, rtol=1e-9, atol=1e-14)
    np.testing.assert_allclose(copies.cumulative, law.cumulative, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(copies.local, law.local, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("shift", ["one_way", "random", "to_and_fro"])
def test_a_shift_by_whole_pixels_changes_nothing_of_the_law(shift):
    image = noise_picture(16, 32)
    copier = Copier(blur=0.6, shift=shift, pixels=3)
    copies, law = copier.copies(image, 9, 4, 0.2, 5), copier.exact(image, 9, 0.2, 5)
    np.testing.assert_allclose(copies.detail, law.detail, rtol=1e-9)
    np.testing.assert_allclose(copies.cumulative, law.cumulative, rtol=1e-9)
    np.testing.assert_allclose(copies.local, law.local, rtol=1e-9)


def test_the_anchor_s_fixed_point_is_a_over_one_less_the_pull():
    image, sigma, share = noise_picture(24, 32), 0.8, 0.15
    transfer = transfer_of_a_gaussian(24, 32, sigma, 1)
    fixed = share / (1.0 - (1.0 - share) * transfer)
    power = np.abs(spectrum(image)) ** 2
    error = np.sum(power * (1.0 - fixed) ** 2) / (24 * 32) ** 2 / 3
    copies = Copier(blur=sigma).copies(image, 400, 1, share)
    assert copies.cumulative[-1] == pytest.approx(error, rel=1e-9)
    assert copies.local[-1] < 1e-20
    assert copies.pictures.shape == (401, 24, 32, 3)


@pytest.mark.parametrize(("share", "fresh"), [(0.0, 0), (0.3, 0), (0.0, 3), (0.2, 3)])
def test_noise_has_the_expected_energy_and_drift(share, fresh):
    image = noise_picture(32, 32)
    copier = Copier(blur=0.4, noise=20.0)
    runs = [copier.copies(image, 8, seed, share, fresh) for seed in range(60)]
    law = copier.exact(image, 8, share, fresh)
    for name in ("cumulative", "local", "detail"):
        values = np.array([getattr(run, name) for run in runs])
        error = values.std(axis=0, ddof=1) / math.sqrt(len(runs))
        off = np.abs(values.mean(axis=0) - getattr(law, name)) / np.maximum(error, 1e-9)
        assert off[values.std(axis=0) > 1e-12].max() < 4.5, name  # 24 to 32 comparisons of each


def test_a_wrong_law_of_noise_is_rejected():
    image, copier = noise_picture(32, 32), Copier(blur=0.4, noise=20.0)
    runs = np.array([copier.copies(image, 8, seed).cumulative[8] for seed in range(60)])
    off = runs.mean() - blur_law(image, 0.4, 8, noise=21.0).cumulative[8]
    assert abs(off) / (runs.std(ddof=1) / math.sqrt(60)) > 4.5


def test_no_law_is_claimed_where_there_is_none():
    image = noise_picture(16, 16)
    for other in (
        {"contrast": 1.1}, {"levels": 256}, {"resize": 0.5}, {"quality": 75}, {"turn": 1.0},
        {"shift": "one_way", "pixels": 0.5},
    ):  # fmt: skip
        assert Copier(blur=0.5, **other).exact(image, 3) is None
    assert Copier().exact(image, 3) is not None


# ----------------------------------------------------------------------------------------- octaves


def test_a_wave_is_in_the_octave_of_its_length():
    side = 64
    lengths = octave_lengths(side, side)
    np.testing.assert_array_equal(lengths, [4, 8, 16, 32, 64])
    for waves in range(1, 33):
        grey = np.cos(2.0 * math.pi * waves * np.arange(side) / side)[:, None] + np.zeros(side)
        length = side / waves
        octave = next(k for k, longest in enumerate(lengths) if length <= longest)
        for image in (grey, grey.T):
            energies = octave_energies(image)
            assert np.argmax(energies) == octave
            assert energies[octave] == pytest.approx(energies.sum())


@pytest.mark.parametrize("size", SIZES)
def test_octaves_hold_all_energy_but_that_of_the_average(size):
    grey = noise_picture(*size)[..., 0]
    energy = np.sum((grey - grey.mean()) ** 2) * grey.size
    assert octave_energies(grey).sum() == pytest.approx(energy, rel=1e-12)


def test_fine_detail_goes_first():
    law = blur_law(picture("drawing"), 0.5, 30)
    assert (np.diff(law.detail[1:], axis=1) > 0.0).all()
    assert (np.diff(law.detail, axis=0) < 0.0).all()
    assert law.detail[30, 0] < 0.02
    assert law.detail[30, -1] > 0.98


@pytest.mark.parametrize(
    "change",
    [
        {"sigma": -1.0}, {"sigma": math.nan}, {"passes": -1}, {"passes": 1001}, {"noise": -1.0},
        {"anchor_share": 1.1}, {"fresh_every": -1}, {"image": np.zeros((7, 20))},
        {"image": np.zeros((20, 20, 4))}, {"image": np.full((20, 20), 256.0)},
    ],
)  # fmt: skip
def test_bad_parameters_are_refused_by_name(change):
    given = {"image": np.zeros((16, 16)), "sigma": 0.5, "passes": 3} | change
    with pytest.raises(ValueError, match=next(iter(change))):
        blur_law(**given)
