"""Files that are texts are read, others are named."""

import pytest

from collapse_core.data.plain_text import read_plain_text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"", ""),
        (b"a,1\nb,2", "a,1\nb,2"),
        (b"\xef\xbb\xbfa,1", "a,1"),
        ("ä,1\nb,2".encode(), "ä,1\nb,2"),
        ("ä,1\nb,2".encode("utf-16"), "ä,1\nb,2"),
        ("ä".encode("utf-16-le"), None),
    ],
)
def test_a_text_is_read(content, text):
    if text is None:
        with pytest.raises(ValueError, match="NUL bytes"):
            read_plain_text(content, 100)
    else:
        assert read_plain_text(content, 100) == text


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"\x89PNG\r\n\x00", "NUL bytes.*binary.*plain text in UTF-8"),
        (b"\x89PNG\r\n", "byte 0 is not UTF-8"),
        (b"abc\xff\x81", "byte 3 is not UTF-8"),
        (b"\xff\xfea", "cannot be read"),
        (b"x" * 101, "The file has 101 bytes: at most 100 are allowed"),
    ],
)
def test_what_is_no_text_is_named(content, complaint):
    with pytest.raises(ValueError, match=complaint):
        read_plain_text(content, 100)


def test_a_complaint_says_what_it_is_about():
    with pytest.raises(ValueError, match=r"The text has 7 bytes"):
        read_plain_text(b"x" * 7, 5, "text")
