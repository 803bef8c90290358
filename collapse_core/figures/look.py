"""Colours and sizes of every figure.

The colours are those of Okabe and Ito (2008), which people with any colour vision can tell apart.
No figure relies on colour alone: dash, marker or label say the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

__all__ = ["BLUE", "DARK", "GREEN", "LIGHT", "SKY", "VERMILION", "YELLOW", "Look", "contrast"]

BLUE = "#0072B2"
SKY = "#56B4E9"
YELLOW = "#E6A700"
GREEN = "#009E73"
VERMILION = "#D55E00"
ORANGE = "#E69F00"

CONTRAST = 4.5  # of words with what is behind them, at least


@dataclass(frozen=True)
class Look:
    """How a figure is drawn.

    Parameters
    ----------
    text : str
        Colour of words, and of exact laws.
    muted : str
        Colour of simulated curves.
    blue, collapse, real : str
        Blue things, collapse, and real data, each readable on this background.
    background : str
        Colour behind the figure.
    violet, olive : str
        For a third and a fourth of things that are compared.
    scale : float
        Size of type and lines; 1 on a screen, 1.4 on a projector.
    """

    text: str
    muted: str
    blue: str
    collapse: str
    real: str
    background: str
    violet: str
    olive: str
    scale: float = 1.0

    def sized(self, scale: float = 1.0) -> Look:
        """Return the same colours in another size."""
        return replace(self, scale=scale)

    def faint(self, opacity: float) -> str:
        """Return the text colour made transparent, for bands and faint runs."""
        return transparent(self.text, opacity)

    def words(self, colour: str) -> str:
        """Return a colour in which words are read on this background.

        It is mixed with that of words as far as it must: a line may be paler than a name.
        """
        if contrast(colour, self.background) >= CONTRAST:
            return colour
        shares = (step / 20 for step in range(1, 21))
        mixed = (_mixed(colour, self.text, share) for share in shares)
        return next(one for one in mixed if contrast(one, self.background) >= CONTRAST)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two hex colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    dark, bright = sorted((_luminance(one), _luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    shares = [channel / 255 for channel in _channels(colour)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + share * (b - a)):02X}" for a, b in pairs)


def transparent(colour: str, opacity: float) -> str:
    """Return a hex colour as ``rgba(...)`` with an opacity from 0 to 1."""
    red, green, blue = _channels(colour)
    return f"rgba({red},{green},{blue},{opacity:g})"


LIGHT = Look("#1B1F24", "#5B6570", BLUE, VERMILION, GREEN, "#FFFFFF", "#96478A", "#7A6100")
DARK = Look("#F1F3F5", "#A9B4C0", SKY, "#FF8A3D", "#2FC79A", "#14181D", "#D98FCB", "#D6B24A")
