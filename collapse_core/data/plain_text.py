"""A file that somebody chose, read as text, with a clear word where that cannot be."""

from __future__ import annotations

from collapse_core.checks import check_bytes, check_choice, check_whole_number
from collapse_core.lessons.messages import Message, RefusedError

__all__ = ["read_plain_text"]

UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_plain_text(content: bytes, most: int, what: str | Message = "file") -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with its mark.

    Parameters
    ----------
    content : bytes
        The file.
    most : int
        Largest size that is read, in bytes.
    what : str or Message
        What it is called in messages: "file", "text", or a message that begins a sentence.

    Raises
    ------
    ValueError
        If it is too large, or not a text; the message says what to do.
    """
    content = check_bytes("content", content)
    if isinstance(what, str):
        what = Message("plain_text", check_choice("what", what, ("file", "text")))
    if len(content) > check_whole_number("most", most, 1):
        raise RefusedError("plain_text", "too_large", what=what, size=len(content), most=most)
    marked = content[:2] in UTF_16_MARKS
    if not marked and b"\0" in content:
        raise RefusedError("plain_text", "binary", what=what)
    try:
        return content.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError("plain_text", "undecodable", what=what, place=error.start) from None
