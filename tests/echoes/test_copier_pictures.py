"""Ready pictures to copy, and whatever file a reader brings."""

import io
import runpy
import subprocess
import sys
import zlib

import numpy as np
import pytest
from PIL import Image

from collapse_core.assets import asset
from collapse_core.echoes.pictures import (
    BLOCK,
    LARGEST_FILE,
    LARGEST_SIDE,
    PICTURES,
    picture,
    read_picture,
)


def file_of(image, kind="PNG", **options):
    content = io.BytesIO()
    image.save(content, kind, **options)
    return content.getvalue()


def coloured(width, height):
    """Return a picture with a red corner at the upper left, a blue one at the lower right."""
    image = Image.new("RGB", (width, height), "white")
    image.paste("red", (0, 0, width // 2, height // 2))
    image.paste("blue", (width // 2, height // 2, width, height))
    return image


def huge(width, height, mode="L"):
    """Return a file of few bytes that claims to be of this size."""
    header = bytearray(file_of(Image.new(mode, (16, 16))))
    header[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    header[29:33] = zlib.crc32(bytes(header[12:29])).to_bytes(4, "big")
    return bytes(header)


# ---------------------------------------------------------------------------------- ready pictures


@pytest.mark.parametrize("name", PICTURES)
def test_ready_pictures_are_colourful_and_cannot_be_changed(name):
    pixels = picture(name)
    assert pixels.shape == (256, 256, 3)
    assert pixels.dtype == np.uint8
    assert np.ptp(pixels.astype(int), axis=2).max() > 100
    with pytest.raises(ValueError, match="read-only"):
        pixels[0, 0] = 1


def test_another_name_is_refused():
    with pytest.raises(ValueError, match=r"name='cat'.*'china', 'flower', 'drawing'"):
        picture("cat")


def test_the_drawing_is_small_and_made_by_the_script_beside_it():
    path = asset("pictures/drawing.png")
    assert path.stat().st_size < 40_000
    script = path.parent / "make_drawing.py"
    drawn = np.asarray(runpy.run_path(str(script))["draw"](), dtype=float)
    # Another version of Pillow may draw the letters a little differently.
    assert np.mean(np.abs(drawn - picture("drawing"))) < 3.0


# ------------------------------------------------------------------------------------ own pictures


@pytest.mark.parametrize(
    ("size", "kept"),
    [
        ((16, 16), (16, 16)),
        ((256, 256), (256, 256)),
        ((100, 60), (96, 48)),
        ((17, 300), (16, 256)),
        ((4000, 3000), (256, 192)),
        ((749, 1000), (192, 256)),
        ((3000, 20), (256, 16)),
        ((257, 257), (256, 256)),
        ((16, 20_000), (16, 256)),
    ],
)
@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_sides_are_scaled_to_at_most_256_in_steps_of_16(size, kind, kept):
    options = {"quality": 95, "subsampling": 0} if kind == "JPEG" else {}
    own = read_picture(file_of(coloured(*size), kind, **options), "mine")
    assert own.pixels.shape == (kept[1], kept[0], 3)
    assert own.pixels.dtype == np.uint8
    assert max(own.pixels.shape) <= LARGEST_SIDE
    assert not any(side % BLOCK for side in own.pixels.shape[:2])
    assert bool(own.notes) == (size != kept)
    for place, colour in (((0, 0), (255, 0, 0)), ((-1, -1), (0, 0, 255)), ((0, -1), (255,) * 3)):
        assert np.abs(own.pixels[place] - np.array(colour)).max() < 12, place


def test_a_picture_that_fits_is_taken_as_it_is():
    own = read_picture(file_of(Image.fromarray(picture("drawing"))))
    np.testing.assert_array_equal(own.pixels, picture("drawing"))
    assert own.notes == ()


def test_a_large_picture_is_averaged_and_not_picked():
    values = np.random.default_rng(0).integers(0, 256, (1024, 1536, 3), dtype=np.uint8)
    own = read_picture(file_of(Image.fromarray(values)))
    assert own.pixels.shape == (160, 256, 3)
    assert own.pixels.std() < 0.35 * values.std()
    assert own.pixels.mean() == pytest.approx(values.mean(), abs=1.0)


@pytest.mark.parametrize("size", [(64, 64), (1500, 1200)])
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "CMYK", "I;16"])
def test_all_kinds_of_pixels_are_read(mode, size):
    if mode == "I;16":
        image = Image.fromarray(np.full(size[::-1], 51 * 257, dtype=np.uint16))
        expected = (51, 51, 51)
    else:
        image = Image.new("RGB", size, "white" if mode == "1" else (255, 0, 0)).convert(mode)
        expected = np.array(image.convert("RGB"))[0, 0]
    own = read_picture(file_of(image, "JPEG" if mode == "CMYK" else "PNG"))
    assert np.abs(own.pixels.astype(int) - np.array(expected)).max() <= 2


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "BMP"])
def test_other_formats_are_read(kind):
    own = read_picture(file_of(coloured(64, 48), kind))
    assert own.pixels.shape == (48, 64, 3)
    assert np.abs(own.pixels[4, 4] - np.array([255, 0, 0])).max() < 12


@pytest.mark.parametrize("size", [64, 1200])
def test_what_is_transparent_is_white_and_a_note_says_so(size):
    image = Image.new("RGBA", (size, size), (0, 0, 0, 0))
    image.paste((0, 0, 0, 128), (0, 0, size, size // 2))
    own = read_picture(file_of(image), "logo.png")
    assert own.pixels[-2, 0, 0] == 255
    assert abs(int(own.pixels[1, 0, 0]) - 127) <= 1
    assert any("logo.png" in note and "white" in note for note in own.notes)


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP"])
def test_an_animation_gives_its_first_picture_and_a_note(kind):
    frames = [Image.new("RGB", (32, 32), colour) for colour in ("red", "blue", "green")]
    options = {"lossless": True} if kind == "WEBP" else {}
    content = file_of(frames[0], kind, save_all=True, append_images=frames[1:], **options)
    own = read_picture(content, "dance")
    assert (own.pixels == [255, 0, 0]).all()
    assert any("dance" in note and "first" in note for note in own.notes)


@pytest.mark.parametrize("size", [(64, 32), (1600, 800)])
@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_turned_photograph_is_set_upright(kind, size):
    upright = read_picture(file_of(coloured(*size), kind)).pixels.astype(int)
    for orientation, back in (
        (2, Image.Transpose.FLIP_LEFT_RIGHT),
        (3, Image.Transpose.ROTATE_180),
        (6, Image.Transpose.ROTATE_90),
        (8, Image.Transpose.ROTATE_270),
    ):
        exif = Image.Exif()
        exif[0x0112] = orientation
        held = coloured(*size).transpose(back)
        pixels = read_picture(file_of(held, kind, exif=exif)).pixels
        assert pixels.shape == upright.shape, orientation
        assert np.mean(np.abs(pixels - upright)) < 6.0, orientation


GOOD = file_of(Image.fromarray(picture("flower")), "PNG")
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><circle r="9"/></svg>'


@pytest.mark.parametrize(
    ("content", "trouble", "remedy"),
    [
        (b"", "is empty", "Choose a picture"),
        (b"a,b\n1,2\n", "no picture that can be read. ", "PNG, JPEG"),
        (SVG, "an SVG, which holds lines", "save the picture as one"),
        (b"\0\0\0\x18ftypheic" + bytes(99), "a HEIC", "save the picture as one"),
        (b"\0\0\0\x18ftypavif" + bytes(99), "an AVIF", "save the picture as one"),
        (file_of(Image.new("L", (20, 20)), "TIFF"), "a TIFF", "save the picture as one"),
        (b"%PDF-1.7" + bytes(99), "a PDF", "save the picture as one"),
        (bytes(LARGEST_FILE + 1), "20 MB", "smaller"),
        (file_of(Image.new("L", (15, 200))), "15 by 200", "larger"),
        (huge(8000, 5001), "at most 40 million", "smaller"),
        (huge(30_000, 30_000), "at most 40 million", "smaller"),
        (huge(6000, 6000), "cannot be read to its end", "another"),
        (GOOD[: len(GOOD) // 2], "cannot be read to its end", "another"),
        (file_of(coloured(900, 900), "JPEG")[:-900], "cannot be read to its end", "another"),
    ],
)
def test_a_bad_file_is_refused_with_its_name_the_trouble_and_a_remedy(content, trouble, remedy):
    with pytest.raises(ValueError, match=trouble) as refused:
        read_picture(content, "holiday.dat")
    said = str(refused.value)
    assert '"holiday.dat"' in said
    assert remedy in said
    assert said.endswith(".")
    with pytest.raises(ValueError, match=f"^The file {trouble}|^The file .*{trouble}"):
        read_picture(content)


def test_a_name_is_shown_short_and_without_unseen_signs():
    with pytest.raises(ValueError, match=r"\[U\+200B\]") as refused:
        read_picture(b"", "a\u200b" + "b" * 500)
    assert len(str(refused.value)) < 200


READ = """
import resource, sys
from collapse_core.echoes.pictures import read_picture
read_picture(open(sys.argv[1], "rb").read(), "large.png")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere memory is counted in other units")
@pytest.mark.parametrize("mode", ["RGBA", "L"])
def test_the_largest_picture_takes_the_memory_of_one_decoded_picture(mode, tmp_path):
    used = []
    for size in ((64, 64), (7900, 5000)):
        path = tmp_path / "picture.png"
        Image.new(mode, size).save(path, compress_level=1)
        read = subprocess.run(
            [sys.executable, "-c", READ, path], capture_output=True, text=True, check=True
        )
        used.append(int(read.stdout) * 1024)
    decoded = 7900 * 5000 * len(mode)
    assert used[1] - used[0] < 1.25 * decoded + 40e6
