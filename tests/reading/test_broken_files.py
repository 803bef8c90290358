"""Random broken files: each is read, or refused in one sentence that says what to do."""

import io
import random
import time
import warnings

import numpy as np
import pytest

from collapse_core.data.corpora import own_text
from collapse_core.data.own_generations import read_generations
from collapse_core.data.own_image import probe_from_picture
from collapse_core.data.own_points import EXAMPLE, LONGEST_TEXT, pasted_points
from collapse_core.data.picture_file import FORMATS
from collapse_core.echoes.pictures import read_picture
from collapse_core.topics.vanishing_tails.own_counts import parse_counts
from ui.own_data import plain

PIL = pytest.importorskip("PIL.Image")
LONGEST = 2.0  # seconds of one reading; 0.5 is the goal, on a machine that does nothing else
CHUNK = 100
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252")
TEXTS = (
    "name;count\näpfel;1.234,5\nbirnen;2\n# none\npflaumen;1 200\n" * 40,
    EXAMPLE,
    "The old sailor told a short tale of the sea. Nobody in the inn listened! " * 12,
    "0000000069009600999999\n" * 8,
)
READERS = {
    "counts": plain(parse_counts, 2_000_000),
    "points": plain(pasted_points, LONGEST_TEXT),
    "words": own_text,
    "letters": lambda content: own_text(content, "letters"),
    "generations": lambda content: read_generations([("Own.csv", content)], 2),
    "picture": probe_from_picture,
    "picture to copy": lambda content: read_picture(content, "own.png").pixels,
}


def pictures():
    """Return good files of every format that is read, and of several kinds of pixels."""
    levels = np.random.default_rng(7).integers(0, 256, (24, 31, 4), dtype=np.uint8)
    coloured = PIL.fromarray(levels, "RGBA")
    found = []
    for name in FORMATS:
        for mode in ("L", "RGB", "P", "RGBA", "1"):
            kept = io.BytesIO()
            try:
                coloured.convert(mode).save(kept, name)
            except OSError:  # a kind that this format does not have
                continue
            found.append(kept.getvalue())
    return found


GOOD = [*pictures(), *(text.encode(name, "ignore") for text in TEXTS for name in ENCODINGS)]


def broken(content, chance):
    """Return a file with some bytes changed, cut, doubled, moved, or in another's place."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 5, 40))):
        place = chance.randrange(len(data) + 1)
        size = chance.choice((1, 2, 8, 64, 1000))
        other = chance.choice(GOOD)
        start = chance.randrange(len(other))
        match chance.randrange(6):
            case 0:
                data[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del data[place : place + size]
            case 2:
                data[place:place] = data[place : place + size]
            case 3:
                data[place : place + size] = other[start : start + size]
            case 4:
                data[place:place] = chance.choice((b"\0", b"\n", b'"', b";", b",", b"\xff", b"e9"))
            case _:
                del data[place:]
    return bytes(data)


def check(seed):
    """Give every reader a broken file; return how many could be read."""
    chance, read = random.Random(seed), 0
    content = broken(chance.choice(GOOD), chance)
    for name, reader in READERS.items():
        started = time.process_time()
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            try:
                found = reader(content)
            except ValueError as error:
                said = str(error)
                assert said[0].isupper(), f"{name}, seed {seed}: {said}"
                assert said[-1] in ".)", f"{name}, seed {seed}: {said}"
                assert len(said) < 600
            else:
                read += 1
                if name.startswith("picture"):
                    assert np.isfinite(found).all()
        assert time.process_time() - started < LONGEST, f"{name}, seed {seed}"
    return read


def test_good_pictures_are_read_and_so_are_some_broken_files():
    for content in pictures():
        assert np.isfinite(probe_from_picture(content)).all()
        assert read_picture(content).pixels.shape == (16, 16, 3)
    assert sum(map(check, range(200))) > 40, "not all are refused"


@pytest.mark.parametrize("start", range(40))
def test_a_broken_file_is_read_or_refused(start):
    for seed in range(1000 + CHUNK * start, 1000 + CHUNK * (start + 1)):
        check(seed)
