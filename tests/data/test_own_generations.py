"""Generations that readers bring: every way to write them is read rightly, or refused in words."""

import io
import pickle
import tracemalloc
import zipfile

import numpy as np
import pytest

from collapse_core.data.generation_arrays import MOST_BYTES
from collapse_core.data.own_generations import LARGEST_FILE, MOST_GENERATIONS, read_generations

RNG = np.random.default_rng(5)
KNOWN = [RNG.normal(size=(60, 3)).round(6), 0.5 * RNG.normal(size=(50, 3)).round(6)]
NAMES = ["x", "y", "z"]


def table(
    generations=KNOWN, separator=",", header=True, decimal=".", index=None, labels=None, column=True
):
    """Return a table as programs write it."""
    first = [*(["generation"] if column else []), *NAMES, *(["label"] if labels else [])]
    lines = [separator.join(first if index is None else [index, *first])] if header else []
    count = 0
    for number, rows in enumerate(generations):
        for row in rows.tolist():
            cells = [*([number] if column else []), *(repr(value) for value in row)]
            cells = [str(cell).replace(".", decimal) for cell in cells]
            cells += [labels[number]] if labels else []
            lines.append(separator.join(cells if index is None else [str(count), *cells]))
            count += 1
    return "\n".join(lines) + "\n"


def packed(*arrays, **named):
    stream = io.BytesIO()
    np.savez_compressed(stream, *arrays, **named)
    return stream.getvalue()


def same(found, known=KNOWN):
    assert len(found.generations) == len(known)
    for one, other in zip(found.generations, known, strict=True):
        assert np.allclose(one, other)
    return True


GOOD = {
    "commas": table().encode(),
    "semicolons": table(separator=";").encode(),
    "tabs": table(separator="\t").encode(),
    "spaces": table(separator=" ").encode(),
    "decimal commas": table(separator=";", decimal=",").encode(),
    "decimal commas and tabs": table(separator="\t", decimal=",").encode(),
    "a mark of bytes": table().encode("utf-8-sig"),
    "UTF-16": table().encode("utf-16"),
    "Windows": table().replace("\n", "\r\n").encode(),
    "an old Macintosh": table().replace("\n", "\r").encode(),
    "Excel": ("sep=;\n" + table(separator=";", decimal=",")).encode("utf-16"),
    "an index as pandas writes it": table(index="").encode(),
    "an index with a name": table(index="index").encode(),
    "labels": table(labels=["cat", "dog"]).encode(),
    "blank lines": table().replace("\n", "\n\n").encode(),
    "numpy.savetxt": ("# " + table(separator=" ")).encode(),
    "capitals": table().replace("generation", "Generation").encode(),
    "quotes": table().replace("generation,x,y,z", '"generation","x","y","z"').encode(),
    "an array each": packed(*KNOWN),
    "an array and its generations": packed(
        rows=np.concatenate(KNOWN), generation=np.repeat([0, 1], [60, 50])
    ),
    "by columns": packed(*[np.asfortranarray(rows) for rows in KNOWN]),
    "the other byte order": packed(*[rows.astype(">f8") for rows in KNOWN]),
}


@pytest.mark.parametrize("kind", GOOD)
def test_what_people_write_is_read_rightly(kind):
    assert same(read_generations([("mine.csv", GOOD[kind])]))


def test_one_file_for_each_generation():
    texts = [table([rows], column=False) for rows in KNOWN]
    bare = [table([rows], column=False, header=False) for rows in KNOWN]
    assert same(read_generations([(f"g{t}.csv", text.encode()) for t, text in enumerate(texts)]))
    assert same(read_generations([(f"g{t}.csv", text.encode()) for t, text in enumerate(bare)]))
    arrays = []
    for number, rows in enumerate(KNOWN):
        stream = io.BytesIO()
        np.save(stream, rows)
        arrays.append((f"g{number}.npy", stream.getvalue()))
    assert same(read_generations(arrays[::-1]))


def test_files_that_tell_their_generation_are_in_its_order():
    late, early = table([KNOWN[1]]).replace("\n0,", "\n7,"), table([KNOWN[0]])
    own = read_generations([("a.csv", late.encode()), ("b.csv", early.encode())])
    assert same(own)
    assert own.numbers == (0, 7)
    assert "Not given: generation 1, 2, 3, 4, 5 …" in own.notes[-1]


def test_labels_and_names_are_kept():
    own = read_generations([("mine.csv", table(labels=["cat", "a, dog"], separator=";").encode())])
    assert [set(labels.tolist()) for labels in own.labels] == [{"cat"}, {"a, dog"}]
    assert own.columns == ("x", "y", "z")
    rows, told = np.concatenate(KNOWN), np.repeat([0, 1], [60, 50])
    own = read_generations([("a.npz", packed(x=rows, generation=told, labels=told.astype(str)))])
    assert own.labels[1].tolist() == ["1"] * 50
    other = read_generations([("a.npz", packed(x=rows, generation=told, labels=told * 2))])
    assert repr(own) != repr(other)
    assert len(repr(own)) < 300


def test_an_index_is_left_out_and_said():
    for text in (table(index=""), table(index="id"), table(index="number")):
        own = read_generations([("mine.csv", text.encode())])
        assert same(own)
        assert "counts rows and was left out" in own.notes[0]
    bare = [
        "\n".join(f"{t},{line}" for t, line in enumerate(text.splitlines()))
        for text in (table([rows], column=False, header=False) for rows in KNOWN)
    ]
    assert same(read_generations([(f"g{t}.csv", text.encode()) for t, text in enumerate(bare)]))


def test_a_header_of_numbers_is_no_row():
    texts = ["0,1,2\n" + table([rows], column=False, header=False) for rows in KNOWN]
    own = read_generations([(f"g{t}.csv", text.encode()) for t, text in enumerate(texts)])
    assert same(own)
    assert "taken as their names" in own.notes[0]


def lying(claimed):
    """Return an NPZ file whose array claims a shape that it does not have."""
    stream = io.BytesIO()
    np.lib.format.write_array_header_1_0(
        stream, {"descr": "<f8", "fortran_order": False, "shape": claimed}
    )
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.npy", stream.getvalue() + b"\0" * 800)
    return whole.getvalue()


def bomb(packing=zipfile.ZIP_DEFLATED, claimed=None, size=100):
    """Return a small file that unpacks to many MB, and may claim to be smaller."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", packing) as archive, archive.open("a.npy", "w") as member:
        np.lib.format.write_array_header_1_0(
            member, {"descr": "|i1", "fortran_order": False, "shape": (size * 1000, 1000)}
        )
        for _ in range(size):
            member.write(b"\0" * 10**6)
    content = bytearray(whole.getvalue())
    if claimed is not None:  # the size in the directory at the end
        place = content.rindex(b"PK\x01\x02") + 24
        content[place : place + 4] = claimed.to_bytes(4, "little")
    return bytes(content)


def workbook():
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    return whole.getvalue()


HALF = table([KNOWN[0]])
BAD = {
    "nothing": (b"", "mine.csv is empty"),
    "a header alone": (b"generation,x\n", "a header and no rows"),
    "no generation column": (table(column=False), "mine.csv holds only one generation: give at"),
    "one generation": (HALF, "mine.csv holds only one generation"),
    "one array": (packed(KNOWN[0]), "only one generation"),
    "unequal widths": (packed(KNOWN[0], KNOWN[1][:, :2]), "2 values per row and mine.csv with 3"),
    "a longer row": (table() + "1,2,3,4,5\n", "Line 112 of mine.csv has 5 cells and the header"),
    "NaN": (table() + "1,nan,3,4\n", "Row 111 of mine.csv holds NaN"),
    "infinite": (table() + "1,2,-inf,4\n", "holds NaN or an infinite number"),
    "too large": (table() + "1,2,1e300,4\n", "beyond"),
    "an empty cell": (table() + "1,2,,4\n", "Line 112 of mine.csv has an empty cell"),
    "text": (table() + "1,2,two,4\n", "Line 112 of mine.csv holds “two”, which is no number"),
    "a story": ("The old sailor told a short tale.\n" * 50, "mine.csv"),
    "a missing value": (table() + "1,2,NA,4\n", "“NA”, which is no number"),
    "thousands": (table(separator=";") + "1;1 200;3;4\n", "“1 200”: keep plain numbers"),
    "an underscore": (table() + "1,1_000,3,4\n", "“1_000”"),
    "other digits": (table() + "1,١٢,3,4\n", "“١٢”: keep plain numbers"),
    "21 MB": (b"1" * 21 * 10**6, "mine.csv has 21,000,000 bytes: at most 20,000,000"),
    "a bomb": (bomb(), "mine.csv unpacks to 100 MB"),
    "a bomb that lies": (bomb(claimed=1000), "mine.csv"),
    "a bomb in another packing": (bomb(zipfile.ZIP_LZMA, size=1), "packed in another way"),
    "a shape that lies": (lying((10**9, 3)), "mine.csv unpacks to more than"),
    "a shape that is too long": (lying((200, 3)), "mine.csv is no NPZ file that can be read"),
    "a pickle inside": (packed(np.array([{}], dtype=object)), "which are never opened"),
    "a pickle": (pickle.dumps(KNOWN), "mine.csv is a pickle"),
    "texts": (packed(np.array([["a"]])), "of shape .1, 1. and type <U1"),
    "complex numbers": (packed(KNOWN[0] * 1j), "type complex128"),
    "rows of one number": (packed(np.ones(5), np.ones(5)), r"an array of shape .5,."),
    "a stack": (packed(np.ones((2, 60, 3))), "give a row of numbers for each point"),
    "two arrays and generations": (
        packed(a=KNOWN[0], b=KNOWN[0], generation=np.zeros(60)), "2 arrays beside “generation”"),
    "generations of other rows": (
        packed(a=KNOWN[0], generation=np.zeros(59)), "for 60 rows: give one for each row"),
    "labels alone": (packed(a=KNOWN[0], labels=np.zeros(60)), "beside “labels”"),
    "decimal commas between commas": (table(decimal=","), "has 7 cells and the header has 4"),
    "decimal commas without header": (
        "0,05,1,12\n0,75,1,93\n" * 60, "“05”, as a decimal comma would make it"),
    "commas and points": (table(separator=";") + "1;2,5;3;4\n", "with commas and numbers with"),
    "two ways": ("generation;x\n" + "0;1,234\n1;2,345\n" * 60, "in two ways: write 1234 or 1.2340"),
    "two ways with points": ("generation;x\n" + "0;1.234\n1;2.345\n" * 60, "in two ways"),
    "two columns of generations": ("generation,gen,x\n0,0,1\n", "2 columns that may be"),
    "half a generation": (HALF + "0.5,1,2,3\n", "Row 61 of mine.csv has the generation 0.5"),
    "a generation by name": (HALF + "last,1,2,3\n", "“last”, which is no number"),
    "no values": ("generation\n" + "0\n1\n" * 60, "no numbers beside its generation"),
    "a column without a name": (
        table(index="").replace("\n5,", "\n5.5,"), "Column 1 of mine.csv has no name"),
    "few rows": (table() + "2,1,2,3\n", "Generation 2 of mine.csv has 1 row: give at least 50"),
    "many generations": (
        packed(*[KNOWN[0]] * (MOST_GENERATIONS + 1)), "hold 101 generations: give at most 100"),
    "wide": (packed(*[np.zeros((60, 1001))] * 2), "1,001 numbers in a row: give 1 to 1,000"),
    "Parquet": (b"PAR1\x15\x04" + bytes(90) + b"PAR1", "mine.csv is a Parquet file: read it with"),
    "gzip": (b"\x1f\x8b\x08" + bytes(9), "mine.csv is packed with gzip"),
    "a workbook": (workbook(), "mine.csv is a workbook or a document"),
    "a damaged archive": (b"PK\x03\x04junk", "mine.csv is no NPZ file"),
    "UTF-16 without its mark": (table().encode("utf-16-le"), "file mine.csv cannot be read"),
    "Latin-1": ("generation,größe\n".encode("latin-1"), "file mine.csv cannot be read"),
    "zero bytes": (b"\0" * 99, "file mine.csv cannot be read"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_read_for_certain_is_refused_in_a_sentence(kind):
    content, words = BAD[kind]
    content = content.encode() if isinstance(content, str) else content
    with pytest.raises(ValueError, match=words) as refused:
        read_generations([("mine.csv", content)])
    said = str(refused.value)
    assert "mine.csv" in said
    assert said.endswith(".")
    assert len(said) < 400


def test_files_that_do_not_fit_together_are_refused():
    other = table([KNOWN[1]], column=False).replace("x,y,z", "y,x,z")
    first = ("a.csv", table([KNOWN[0]], column=False).encode())
    for content, words in (
        (other, "b.csv has other names of columns than a.csv"),
        (table(), "a.csv and the other files have several generations each"),
        ("x,y\n" + "1,2.5\n" * 50, "b.csv has generations with 2 values per row and a.csv with 3"),
    ):
        with pytest.raises(ValueError, match=words):
            read_generations([first, ("b.csv", content.encode())])
    many = [(f"{t}.csv", b"1.5\n" * 4_000_000) for t in range(2)]
    with pytest.raises(ValueError, match="The 2 files have 32,000,000 bytes"):
        read_generations(many)


def test_a_bomb_is_never_unpacked():
    content = [bomb(), bomb(claimed=1000), lying((10**9, 3))]
    tracemalloc.start()
    for each in content:
        with pytest.raises(ValueError, match=r"mine\.npz"):
            read_generations([("mine.npz", each)])
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 10**7
    # The control: what is within the limit does take memory.
    small = packed(*[np.ones((4000, 1000))] * 2)
    assert len(small) < LARGEST_FILE
    tracemalloc.start()
    read_generations([("mine.npz", small)])
    assert 6 * 10**7 < tracemalloc.get_traced_memory()[1] < 3 * MOST_BYTES
    tracemalloc.stop()


def test_damaged_files_never_raise_anything_else():
    rng = np.random.default_rng(1)
    for name in ("an array each", "an array and its generations", "decimal commas"):
        whole = GOOD[name]
        for _ in range(100):
            damaged = bytearray(whole[: rng.integers(1, len(whole))])
            damaged[rng.integers(len(damaged))] = rng.integers(256)
            with pytest.raises(ValueError, match=r"mine\.npz"):
                read_generations([("mine.npz", bytes(damaged))], fewest=61)
