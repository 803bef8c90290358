"""Digits, patches of photographs, and pictures that a learner brings."""

import io

import numpy as np
import pytest
from PIL import Image

from collapse_core.data.images import (
    PIXELS,
    _kept_patches,
    digits,
    even_contrast,
    photograph_patches,
)
from collapse_core.data.own_image import LARGEST_FILE, probe_from_drawing, probe_from_picture
from collapse_core.data.sources import RowTable

SETS = {
    "digits": lambda: digits(),
    "groups of digits": lambda: digits("cluster"),
    "patches": lambda: photograph_patches(),
    "patches by photograph": lambda: photograph_patches(300, 1, "photograph"),
    "patches as they are": lambda: photograph_patches(evened=False),
}


@pytest.fixture(params=SETS.values(), ids=SETS.keys())
def images(request):
    return request.param()


def test_a_set_holds_pictures_with_labels_in_two_parts(images):
    assert images.images.shape == (len(images.labels), PIXELS)
    assert len(images.held_out_images) == round(0.2 * len(images.images))
    assert images.images.min() >= 0.0
    assert images.images.max() <= 1.0
    assert images.images.std(axis=1).min() > 0.0
    for labels in (images.training_labels, images.held_out_labels):
        assert set(labels) == set(range(len(images.label_names)))
    counts = np.bincount(images.training_labels)
    if "cluster" in images.meaning:
        assert (np.diff(counts) <= 0).all()


def test_a_set_is_a_source_and_cannot_be_changed(images):
    source = images.source()
    assert isinstance(source, RowTable)
    np.testing.assert_array_equal(source.held_out, images.held_out_images)
    with pytest.raises(ValueError, match="read-only"):
        images.training_images[0, 0] = 1.0


def test_digits_are_scikit_learns():
    from sklearn.datasets import load_digits

    known = load_digits()
    ours = digits()
    assert len(ours.images) == 1797
    pairs = {(*row, label) for row, label in zip(ours.images * 16.0, ours.labels, strict=True)}
    assert pairs == {(*row, label) for row, label in zip(known.data, known.target, strict=True)}
    np.testing.assert_array_equal(digits("cluster").images, ours.images)


def test_patches_depend_on_seed_and_count_and_on_nothing_else():
    first = photograph_patches(200, 3, "photograph")
    _kept_patches.cache_clear()
    np.testing.assert_array_equal(first.images, photograph_patches(200, 3, "photograph").images)
    assert not np.array_equal(first.images, photograph_patches(200, 4, "photograph").images)
    np.testing.assert_array_equal(np.bincount(first.labels), [100, 100])


def test_held_out_patches_share_no_pixel_with_the_training_part():
    patches = photograph_patches(5000, 0, "photograph", evened=False)
    # A column of eight pixels of one patch that is in the other part too would be a shared place.
    columns = [
        {tuple(column) for patch in part for column in patch.reshape(8, 8).T}
        for part in (patches.training_images, patches.held_out_images)
    ]
    shared = columns[0] & columns[1]
    assert all(np.ptp(column) == 0.0 for column in shared)
    # The test can tell: patches of one part do overlap.
    halves = [
        {tuple(column) for patch in half for column in patch.reshape(8, 8).T}
        for half in np.array_split(patches.training_images, 2)
    ]
    assert len(halves[0] & halves[1]) > 100


def test_even_contrast_gives_all_pictures_one_brightness_and_one_contrast():
    rng = np.random.default_rng(0)
    pictures = np.clip(0.2 + 0.1 * rng.random((20, PIXELS)), 0.0, 1.0)
    evened = even_contrast(pictures)
    np.testing.assert_allclose(evened.mean(axis=1), 0.5, atol=1e-9)
    np.testing.assert_allclose(evened.std(axis=1), 0.2, atol=1e-9)
    np.testing.assert_allclose(even_contrast(0.5 * pictures + 0.1), evened, atol=1e-9)
    np.testing.assert_array_equal(even_contrast(np.full(PIXELS, 0.9)), np.full(PIXELS, 0.5))
    patches = photograph_patches()
    np.testing.assert_array_equal(patches.prepare(pictures[0]), evened[0])
    np.testing.assert_array_equal(digits().prepare(pictures[0]), pictures[0])


@pytest.mark.parametrize("count", [19, 5001, 100.5])
def test_a_bad_count_is_refused(count):
    with pytest.raises(ValueError, match="count"):
        photograph_patches(count)


@pytest.mark.parametrize("make", [digits, lambda meaning: photograph_patches(meaning=meaning)])
def test_a_bad_meaning_is_refused(make):
    with pytest.raises(ValueError, match="meaning='mood'"):
        make("mood")


# --------------------------------------------------------------------------------------- a probe


def file_of(picture, kind="PNG", **options):
    content = io.BytesIO()
    picture.save(content, kind, **options)
    return content.getvalue()


def grey_picture(values):
    return Image.fromarray(np.asarray(values, dtype=np.uint8))


def test_a_picture_of_eight_by_eight_pixels_is_taken_as_it_is():
    values = np.arange(64).reshape(8, 8) * 4
    row = probe_from_picture(file_of(grey_picture(values)))
    np.testing.assert_allclose(row, values.ravel() / 255.0, atol=1e-6)


@pytest.mark.parametrize("size", [16, 80, 13, 9])
def test_a_larger_picture_is_averaged_over_areas(size):
    values = np.random.default_rng(size).integers(0, 256, (size, size))
    # Each pixel in 8 by 8 parts: blocks of size by size parts are then averaged without rest.
    parts = np.kron(values, np.ones((8, 8))).reshape(8, size, 8, size).mean(axis=(1, 3))
    row = probe_from_picture(file_of(grey_picture(values)))
    np.testing.assert_allclose(row, parts.ravel() / 255.0, atol=1e-5)
    assert abs(row.mean() - values.mean() / 255.0) < 1e-5


def test_the_middle_square_is_taken():
    values = np.zeros((8, 20))
    values[:, 6:14] = 255
    np.testing.assert_allclose(probe_from_picture(file_of(grey_picture(values))), 1.0, atol=1e-6)
    np.testing.assert_allclose(probe_from_picture(file_of(grey_picture(values.T))), 1.0, atol=1e-6)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "LA", "P", "1", "I;16", "CMYK"])
def test_all_kinds_of_pictures_are_read_as_grey(mode):
    if mode == "I;16":
        picture = Image.fromarray(np.full((10, 10), 65535, dtype=np.uint16))
    else:
        picture = Image.new("L", (10, 10), 255).convert(mode)
    content = file_of(picture, "JPEG" if mode == "CMYK" else "PNG")
    np.testing.assert_allclose(probe_from_picture(content), 1.0, atol=0.01)


def test_transparent_is_white_and_colours_have_the_usual_luminance():
    clear = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    np.testing.assert_allclose(probe_from_picture(file_of(clear)), 1.0)
    green = Image.new("RGB", (8, 8), (0, 255, 0))
    np.testing.assert_allclose(probe_from_picture(file_of(green)), 0.587, atol=0.01)


def test_an_animation_gives_its_first_picture():
    frames = [Image.new("L", (8, 8), grey) for grey in (255, 0, 128)]
    content = file_of(frames[0], "GIF", save_all=True, append_images=frames[1:])
    np.testing.assert_allclose(probe_from_picture(content), 1.0)


def test_a_turned_photograph_is_set_upright():
    picture = grey_picture(np.repeat(np.arange(8)[:, None] * 30, 8, axis=1))
    exif = Image.Exif()
    exif[0x0112] = 3  # upside down
    upside_down = probe_from_picture(file_of(picture, "PNG", exif=exif))
    np.testing.assert_allclose(upside_down[::-1], probe_from_picture(file_of(picture)), atol=1e-6)


GOOD = file_of(Image.new("L", (100, 100), 77))


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "empty"),
        (b"a,b\n1,2\n", "no picture"),
        (bytes(range(256)) * 10, "no picture"),
        (b"\x00" * (LARGEST_FILE + 1), "5 MB"),
        (file_of(Image.new("L", (7, 100))), "at least 8 by 8"),
        (file_of(Image.new("1", (5000, 4001))), "20 million"),
        (GOOD[:-30], "damaged"),
        (GOOD[:20], "no picture|damaged"),
        (b"%PDF-1.4 is no picture here", "no picture"),
    ],
)
def test_bad_files_are_refused_with_a_reason(content, complaint):
    with pytest.raises(ValueError, match=complaint):
        probe_from_picture(content)


@pytest.mark.parametrize("side", [10_000, 20_000])
def test_a_picture_that_claims_to_be_huge_is_refused_before_it_is_decoded(side):
    header = bytearray(file_of(Image.new("L", (10, 10))))
    header[16:24] = side.to_bytes(4, "big") * 2
    import zlib

    header[29:33] = zlib.crc32(bytes(header[12:29])).to_bytes(4, "big")
    with pytest.raises(ValueError, match="20 million"):
        probe_from_picture(bytes(header))


def test_a_drawing_becomes_a_row():
    drawing = np.linspace(0.0, 1.0, 64).reshape(8, 8)
    row = probe_from_drawing(drawing.tolist())
    np.testing.assert_array_equal(row, drawing.ravel())
    assert not np.shares_memory(probe_from_drawing(drawing), drawing)


@pytest.mark.parametrize(
    ("drawing", "complaint"),
    [
        (np.zeros((7, 8)), "shape"),
        (np.full((8, 8), 1.5), "outside 0 to 1"),
        (np.full((8, 8), np.nan), "outside 0 to 1"),
        ([["a"] * 8] * 8, "numbers"),
    ],
)
def test_a_bad_drawing_is_refused(drawing, complaint):
    with pytest.raises(ValueError, match=complaint):
        probe_from_drawing(drawing)
