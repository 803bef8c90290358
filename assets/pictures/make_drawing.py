"""Draw `drawing.png`: fine text, thin lines, fine grids, colours side by side.

Run with ``python assets/pictures/make_drawing.py``. The result is kept, so that it is the same on
every machine; Pillow's own font may be drawn a little differently by another version.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIDE = 256
INK, PAPER, RED, BLUE, GREEN = "#111111", "#ffffff", "#c8102e", "#0055a4", "#00843d"
LINES = (
    (13, INK, "A copy of a copy of a copy"),
    (11, INK, "What is fine goes first: i, l and 1, e and c,"),
    (9, INK, "the dots of i and j, the hair line of a 7, a comma."),
    (8, INK, "Terms and conditions, paragraph 14 (b), are printed so small"),
    (7, INK, "that nobody has ever read them, 0.1234567890 % of readers excepted."),
    (
        6,
        INK,
        "If you can read this after thirty passes, is the copier switched on?",
    ),
)


def draw() -> Image.Image:
    """Return the drawing."""
    picture = Image.new("RGB", (SIDE, SIDE), PAPER)
    pen = ImageDraw.Draw(picture)
    top = 5
    for size, colour, line in LINES:
        pen.text((6, top), line, colour, ImageFont.load_default(size))
        top += size + 4
    _coloured_words(pen, 86)
    _grids(pen, 106)
    _rays(pen, 154)
    _wedge(pen, 238)
    return picture


def _coloured_words(pen: ImageDraw.ImageDraw, top: int) -> None:
    """Draw words in colours that are about as bright as what is behind them."""
    font = ImageFont.load_default(11)
    for number, (ink, ground) in enumerate(((RED, BLUE), (GREEN, RED), (BLUE, GREEN))):
        left = 6 + 82 * number
        pen.rectangle((left, top, left + 79, top + 15), ground)
        pen.text((left + 4, top + 1), "fine colours", ink, font)


def _grids(pen: ImageDraw.ImageDraw, top: int) -> None:
    """Draw lines one pixel thick that are 2, 3, 4, 6 and 8 pixels apart, then a chequered field."""
    for number, step in enumerate((2, 3, 4, 6, 8)):
        left = 6 + 41 * number
        for place in range(0, 37, step):
            pen.line((left + place, top, left + place, top + 40), INK)
            if number % 2:
                pen.line((left, top + place, left + 36, top + place), INK)
    for down in range(41):
        for across in range(36):
            if (down + across) % 2:
                pen.point((212 + across, top + down), INK)


def _rays(pen: ImageDraw.ImageDraw, top: int) -> None:
    """Draw thin rays from a corner, circles, and three squares."""
    for end in range(6, 120, 6):
        pen.line((6, top, 6 + end, top + 78), INK)
    for radius in range(3, 40, 3):
        middle = (168, top + 39)
        box = (middle[0] - radius, middle[1] - radius, middle[0] + radius, middle[1] + radius)
        pen.ellipse(box, outline=INK)
    for number, colour in enumerate((RED, GREEN, BLUE)):
        down = top + 27 * number
        pen.rectangle((214, down, 247, down + 23), colour)
        pen.line((214, down + 23, 247, down), PAPER)


def _wedge(pen: ImageDraw.ImageDraw, top: int) -> None:
    """Draw greys from black to white."""
    for across in range(6, 250):
        grey = round((across - 6) * 255 / 243)
        pen.line((across, top, across, top + 12), (grey, grey, grey))


if __name__ == "__main__":
    draw().save(Path(__file__).with_name("drawing.png"), optimize=True)
