"""The lines of a pasted table."""

import pytest

from collapse_core.reading.lines import cells_of, read_lines


def numbered(text):
    return [(line.number, line.text) for line in read_lines(text).lines]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a\n\n b \r\nc\rd", [(1, "a"), (3, " b "), (4, "c"), (5, "d")]),
        ("\ufeffa", [(1, "a")]),
        ("", []),
        ('"a\nb",3\nc,4', [(1, '"a b",3'), (3, "c,4")]),
        ('x;"a\nb\nc";3\nd', [(1, 'x;"a b c";3'), (4, "d")]),
        ('6" pipe, 4\n"half a quote, 2', [(1, '6" pipe, 4'), (2, '"half a quote, 2')]),
        ('"half, 2\n"other, 3\nx,1', [(1, '"half, 2'), (2, '"other, 3'), (3, "x,1")]),
        ("a\u2028b", [(1, "a\u2028b")]),
    ],
)
def test_lines_are_numbered_as_an_editor_does(text, lines):
    assert numbered(text) == lines


@pytest.mark.parametrize(
    ("first", "separator"), [("sep=;", ";"), ('"sep=,"', ","), ("SEP=\t", "\t"), ("sep=|", "|")]
)
def test_the_separator_that_excel_names(first, separator):
    found = read_lines(f"{first}\na{separator}1")
    assert found.separator == separator
    assert [line.number for line in found.lines] == [2]
    assert read_lines("separate=5").separator == ""


def test_comments_are_left_out_and_said():
    assert read_lines("a\nb").notes == ()
    found = read_lines("# one\na\n  #two\x07")
    assert [line.text for line in found.lines] == ["a"]
    (note,) = found.notes
    assert note.startswith(
        '2 lines begin with # and were taken as comments, the first is line 1: "#'
    )
    (note,) = read_lines("a\n  #two\x07").notes
    assert note.startswith('Line 2: "#two[U+0007]" begins with # and was taken as a comment. Put q')


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ('a; "b" ;c', ["a", '"b"', "c"]),
        ('"a;b";c', ["a;b", "c"]),
        ('"a ""b""";c', ['a "b"', "c"]),
        ('"a;b', ['"a', "b"]),
        ("a;b;;", ["a", "b"]),
        (";", ["", ""]),
    ],
)
def test_cells_are_those_of_csv(line, cells):
    assert cells_of(line, ";") == cells
