"""One table of awkward files through every reader of an own file: read, or refused with a remedy.

What each reader makes of the usual ones is in tests/data, tests/echoes and tests/topics; here every
reader meets every file, also those of another kind, within bounds of time and memory.
"""

import io
import pickle
import time
import tracemalloc
import warnings
import zipfile
import zlib

import numpy as np
import pytest
from PIL import Image

from collapse_core.data.corpora import own_text
from collapse_core.data.own_generations import read_generations
from collapse_core.data.own_image import probe_from_picture
from collapse_core.data.own_points import LONGEST_TEXT, pasted_points
from collapse_core.echoes.pictures import read_picture
from collapse_core.echoes.recording import as_wav, read_recording
from collapse_core.topics.vanishing_tails.own_counts import parse_counts
from ui.own_data import plain

SECONDS, BYTES = 5.0, 300e6  # of one reading; a tenth of both is usual
READERS = {
    "counts": plain(parse_counts, 2_000_000),
    "points": plain(pasted_points, LONGEST_TEXT),
    "words": own_text,
    "rows": lambda content: read_generations([("own.csv", content)], 2, 1),
    "arrays": lambda content: read_generations([("own.npz", content)], 2, 1),
    "picture": probe_from_picture,
    "picture to copy": lambda content: read_picture(content, "own.png"),
    "sound": lambda content: read_recording(content, "own.wav"),
}
POINTS = "\n".join(f"{n},{n * n % 17}" for n in range(60))


def saved(picture, kind, **more):
    kept = io.BytesIO()
    picture.save(kept, kind, **more)
    return kept.getvalue()


def claimed(width, height):
    """Return a PNG that says it is huge, and holds next to nothing."""

    def chunk(name, data):
        checked = zlib.crc32(name + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + name + data + checked

    size = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    parts = chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(bytes(10**6))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def archive(content, name="arr_0.npy"):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr(name, content)
    return kept.getvalue()


def array(values):
    kept = io.BytesIO()
    np.save(kept, values, allow_pickle=True)
    return kept.getvalue()


def turned():
    exif = Image.Exif()
    exif[0x0112] = 6
    return saved(COLOURED.convert("RGB"), "JPEG", exif=exif)


COLOURED = Image.fromarray(
    np.random.default_rng(7).integers(0, 256, (40, 50, 4), dtype=np.uint8), "RGBA"
)
PNG = saved(COLOURED, "PNG")
FILES = {
    "empty": b"",
    "a mark alone": b"\xef\xbb\xbf",
    "with a mark": b"\xef\xbb\xbf" + POINTS.encode(),
    "UTF-16": POINTS.encode("utf-16"),
    "UTF-16 without a mark": POINTS.encode("utf-16-le"),
    "Latin-1": "Äpfel;3\nBirnen;4\n".encode("latin-1"),
    "zero bytes": b"1,2\n\0\0\n3,4",
    "one line": b"1,2",
    "header only": b"name,count\n",
    "commas for fractions": b"name;count\na;1.234,5\nb;2,5\n",
    "points for fractions": b'name,count\na,"1,234.5"\nb,2.5\n',
    "dates": b"2026-11-27,3\n2026-11-28,4\n2026-11-29,5\n",
    "quoted line breaks": b'name,count\n"a\nb",3\n"c\r\nd",4\n',
    "no numbers": b"x,y\n" + b"nan,1\n2,inf\n" * 30,
    "equal rows": b"1.5,2.5\n" * 60,
    "right to left": "תפוח,3\nأجاص,٤\n".encode(),
    "emoji": "🍎,3\n👩‍👩‍👧,4\n".encode(),
    "without spaces": ("我喜欢苹果。你喜欢梨吗？" * 60).encode(),
    "a bomb of a picture": claimed(60_000, 60_000),
    "four inks": saved(COLOURED.convert("CMYK"), "JPEG"),
    "16 bits": saved(Image.fromarray(np.arange(1600, dtype=np.uint16).reshape(40, 40) * 40), "PNG"),
    "palette with alpha": saved(
        COLOURED.convert("RGB").quantize(9), "PNG", transparency=bytes(range(9))
    ),
    "turned": turned(),
    "animation": saved(
        COLOURED.convert("RGB"),
        "GIF",
        save_all=True,
        append_images=[Image.new("RGB", (50, 40))] * 3,
    ),
    "SVG": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
    "truncated": PNG[: len(PNG) // 2],
    "pickled array": archive(array(np.array([{"a": 1}, None], dtype=object))),
    "pickle": pickle.dumps(POINTS),
    "bomb of zeros": archive(array(np.zeros((20_000_000, 2), dtype=np.int8))),
    "bomb of text": archive(bytes(10**8), "own.csv"),
    "arrays": archive(array(np.random.default_rng(1).normal(size=(60, 2)))),
    "sound": as_wav(np.sin(np.arange(8000) / 9.0)),
    "sound cut short": as_wav(np.sin(np.arange(8000) / 9.0))[:40],
}
PICTURES, ROWS, TABLES = {"picture", "picture to copy"}, {"rows", "arrays"}, {"counts"}
# Who can make sense of which: all others must refuse it.
READ = {
    "with a mark": {"counts", "points", *ROWS},
    "UTF-16": {"counts", "points", *ROWS},
    "commas for fractions": TABLES,
    "points for fractions": TABLES,
    "dates": TABLES,  # a date is a name
    "quoted line breaks": TABLES,
    "no numbers": TABLES,  # counted on the other side, they are names
    "equal rows": ROWS,
    "right to left": TABLES,
    "emoji": TABLES,
    "four inks": PICTURES,
    "16 bits": PICTURES,
    "palette with alpha": PICTURES,
    "turned": PICTURES,
    "animation": PICTURES,
    "arrays": ROWS,
    "sound": {"sound"},
}


def outcome(reader, content):
    """Return whether a file is read; a refusal is a sentence, and nothing is slow or large."""
    tracemalloc.start()
    started = time.process_time()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            READERS[reader](content)
        read = True
    except ValueError as error:
        said, read = str(error), False
        assert said[0].isupper() or said.startswith("own."), said
        assert said[-1] in ".)", said
        assert len(said.split()) >= 5, said
        assert len(said) < 600, said
    finally:
        largest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert largest < BYTES
    assert time.process_time() - started < SECONDS
    return read


@pytest.mark.parametrize("kind", FILES)
def test_a_file_is_read_by_those_that_can_and_refused_by_all_others(kind):
    read = {reader for reader in READERS if outcome(reader, FILES[kind])}
    assert read == READ.get(kind, set())


@pytest.mark.parametrize(
    ("careless", "fault"),
    [
        (lambda content: bytes(4 * 10**8), "assert"),
        (lambda content: int("x"), "assert"),
        (lambda content: [][0], "list index"),
    ],
)
def test_a_careless_reader_is_found_out(monkeypatch, careless, fault):
    monkeypatch.setitem(READERS, "careless", careless)
    with pytest.raises((AssertionError, IndexError), match=fault):
        outcome("careless", b"")
