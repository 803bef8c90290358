"""Embeddings that readers bring: tables and arrays, good ones and bad ones."""

import io

import numpy as np
import pytest

from collapse_core.geometry import name_pattern, sheet
from collapse_core.geometry.own_clouds import read_clouds


def table(clouds, separator=",", header=True):
    width = clouds[0].shape[1]
    names = ["generation", *(f"x{place}" for place in range(width))]
    lines = [separator.join(names)] if header else []
    for number, cloud in enumerate(clouds):
        lines += [separator.join(map(repr, [number, *row.tolist()])) for row in cloud]
    return "\n".join(lines).encode()


def packed(**arrays):
    stream = io.BytesIO()
    np.savez(stream, **arrays)
    return stream.getvalue()


CLOUDS = [sheet(60, 3, 1), 0.2 * sheet(60, 3, 2)]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_with_generations(separator):
    own = read_clouds([("points.csv", table(CLOUDS, separator))])
    assert len(own.clouds) == 2
    for found, known in zip(own.clouds, CLOUDS, strict=True):
        assert np.allclose(found, known)
    assert name_pattern(*own.clouds).signs[2] == -1


def test_one_file_for_each_generation_in_the_order_of_names():
    files = [
        (name, "\n".join(",".join(map(str, row)) for row in cloud.tolist()).encode())
        for name, cloud in (("b.csv", CLOUDS[1]), ("a.csv", CLOUDS[0]))
    ]
    assert np.allclose(read_clouds(files).clouds[0], CLOUDS[0])


def test_arrays():
    own = read_clouds([("all.npz", packed(g0=CLOUDS[0], g1=CLOUDS[1]))])
    assert np.array_equal(own.clouds[1], CLOUDS[1])
    other = read_clouds([("all.npz", packed(g0=CLOUDS[0], g1=2 * CLOUDS[1]))])
    assert repr(own) != repr(other)
    assert len(repr(own)) < 200


def test_ten_comes_after_two():
    """As numpy names arrays, and people files: arr_10 is not between arr_1 and arr_2."""
    clouds = [sheet(60, 3, 1) * (1.0 + number) for number in range(12)]
    stream = io.BytesIO()
    np.savez(stream, *clouds)
    own = read_clouds([("all.npz", stream.getvalue())])
    assert all(map(np.array_equal, own.clouds, clouds))
    files = [(f"gen{number}.csv", table([cloud])) for number, cloud in enumerate(clouds)]
    own = read_clouds(files[::-1])
    assert all(map(np.allclose, own.clouds, clouds))


def test_every_generation_has_as_many_points():
    """What is found grows with their number: it would look like a change of the cloud."""
    many = sheet(2500, 3, 1)
    own = read_clouds([("all.npz", packed(a=many, b=2.0 * many))])
    assert len(own.clouds[0]) == 2000
    assert "2,000 points" in own.notes[0]
    assert np.array_equal(own.clouds[1], 2.0 * own.clouds[0])  # still row by row
    own = read_clouds([("all.npz", packed(a=many, b=many[:70], c=many[:300]))])
    assert [len(cloud) for cloud in own.clouds] == [70, 70, 70]
    assert "70 points" in own.notes[0]
    assert not np.array_equal(own.clouds[0], many[:70])  # drawn, as files may be sorted
    assert read_clouds([("all.npz", packed(a=many[:70], b=many[:70]))]).notes == ()


def test_what_cannot_be_used_is_refused_in_a_sentence():
    with pytest.raises(ValueError, match=r"Generation 0 of a\.npz has 49 rows: give at least 50"):
        read_clouds([("a.npz", packed(a=CLOUDS[0][:49], b=CLOUDS[1]))])
    with pytest.raises(ValueError, match=r"a\.npz holds an array of shape"):
        read_clouds([("a.npz", packed(a=np.ones(5), b=np.ones(5)))])
