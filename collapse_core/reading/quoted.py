"""A reader's text as messages quote it: as it was typed, short, with unseen signs named."""

from __future__ import annotations

from itertools import accumulate

__all__ = ["quoted"]

# They join letters and signs, in Persian or in emoji, and belong to what is seen.
_JOINERS = "\u200c\u200d"


def quoted(text: str, most: int = 40) -> str:
    """Return a text as a message shows it.

    Parameters
    ----------
    text : str
        What was typed, without spaces at its ends.
    most : int
        Most signs that are shown, a name of an unseen one counted in full; where some are left
        out the last one is "…".

    Returns
    -------
    str
        Spaces of any kind are spaces; other signs that cannot be seen are named, as "[U+200B]".
    """
    signs = [_seen(sign) for sign in text.strip(" ")[: most + 1]]
    if sum(map(len, signs)) <= most:
        return "".join(signs)
    ends = accumulate(map(len, signs))
    return "".join(sign for sign, end in zip(signs, ends, strict=True) if end < most) + "…"


def _seen(sign: str) -> str:
    if sign.isprintable() or sign in _JOINERS:
        return sign
    return " " if sign.isspace() else f"[U+{ord(sign):04X}]"
