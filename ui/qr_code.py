"""QR codes, drawn on this machine."""

from __future__ import annotations

import functools
import io

__all__ = ["LONGEST", "QrCode", "qr_code"]

# What the largest code holds, in bytes, at the lowest level of correction.
LONGEST = 2953
PIXELS_PER_MODULE = 10


class QrCode:
    """A text as a QR code.

    Parameters
    ----------
    text : str
        What is read from it.

    Raises
    ------
    ValueError
        If no code holds so long a text.
    """

    def __init__(self, text: str) -> None:
        import segno

        self.text = text
        try:
            self.code = segno.make_qr(text)
        except segno.DataOverflowError as error:
            count = len(text.encode())
            raise ValueError(
                f"text has {count} bytes: a QR code holds at most {LONGEST}. Shorten it."
            ) from error

    @property
    def modules(self) -> list[list[bool]]:
        """Whether each module is dark, row by row, without the quiet zone around them."""
        return [[bool(module) for module in row] for row in self.code.matrix]

    def svg(self, title: str) -> str:
        """Return it as an SVG that fills the width it is given; ``title`` is read out."""
        written = io.BytesIO()
        how = {"xmldecl": False, "omitsize": True, "nl": False, "light": "#fff"}
        self.code.save(written, kind="svg", title=title, **how)
        return written.getvalue().decode()

    def png(self) -> bytes:
        """Return it as a PNG that can be printed."""
        written = io.BytesIO()
        self.code.save(written, kind="png", scale=PIXELS_PER_MODULE, light="#fff")
        return written.getvalue()


@functools.lru_cache(maxsize=64)
def qr_code(text: str) -> QrCode:
    """Return the QR code of a text, as `QrCode`."""
    return QrCode(text)
