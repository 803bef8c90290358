"""A file that somebody chose, read as text, with a clear word where that cannot be."""

from __future__ import annotations

from collapse_core.checks import check_bytes, check_whole_number

__all__ = ["read_plain_text"]

UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_plain_text(content: bytes, most: int, what: str = "file") -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with its mark.

    Parameters
    ----------
    content : bytes
        The file.
    most : int
        Largest size that is read, in bytes.
    what : str
        What it is called in messages.

    Raises
    ------
    ValueError
        If it is too large, or not a text; the message says what to do.
    """
    content = check_bytes("content", content)
    if len(content) > check_whole_number("most", most, 1):
        raise ValueError(
            f"The {what} has {len(content):,} bytes: at most {most:,} are allowed. Use a part."
        )
    marked = content[:2] in UTF_16_MARKS
    if not marked and b"\0" in content:
        raise ValueError(
            f"The {what} cannot be read: it holds NUL bytes, as binary files do (a "
            "picture, a PDF, a document). Save it as plain text in UTF-8."
        )
    try:
        return content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(
            f"The {what} cannot be read: byte {error.start:,} is not UTF-8. Save it as "
            "plain text in UTF-8."
        ) from None
