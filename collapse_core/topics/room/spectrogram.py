"""Which tones are heard when: one small picture of a sound."""

from __future__ import annotations

import base64
import io

import numpy as np
from numpy.typing import NDArray

from collapse_core.echoes.heard import bands_between
from collapse_core.echoes.recording import RATE
from collapse_core.extras import extra
from collapse_core.figures.look import Look

__all__ = ["COLUMNS", "ROWS", "SPECTROGRAM_BANDS", "spectrogram", "spectrogram_picture"]

ROWS, COLUMNS, LEVELS = 42, 80, 16
WINDOW = 2048  # samples, an eighth of a second
DECIBELS = 48.0  # from the brightest to the darkest
SPECTROGRAM_BANDS = bands_between(55.0, 7040.0, 6)
LARGER = 3


def spectrogram(sound: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Return how strong each tone is at each time, 0 to 15, shape (42, 80), high tones first."""
    starts = np.linspace(0, max(len(sound) - WINDOW, 0), COLUMNS).astype(int)
    parts = np.pad(sound, (0, WINDOW))[starts[:, np.newaxis] + np.arange(WINDOW)]
    heights = np.abs(np.fft.rfft(parts * np.hanning(WINDOW), axis=1)) ** 2
    places = np.fft.rfftfreq(WINDOW, 1.0 / RATE)
    edges = SPECTROGRAM_BANDS.edges
    total = np.concatenate([np.zeros((COLUMNS, 1)), np.cumsum(heights, axis=1)], axis=1)
    ends = np.concatenate([places, [places[-1] + places[1]]]) - places[1] / 2.0
    held = np.array([np.diff(np.interp(edges, ends, row)) for row in total])
    level = 10.0 * np.log10(held / max(held.max(), 1e-300) + 1e-12)
    shades = np.clip((level + DECIBELS) / DECIBELS, 0.0, 1.0) * (LEVELS - 1)
    return np.asarray(np.rint(shades.T[::-1]), dtype=np.uint8)


def spectrogram_picture(shades: NDArray[np.uint8], look: Look) -> str:
    """Return a spectrogram as a PNG within an address that begins with "data:".

    Parameters
    ----------
    shades : ndarray of uint8, shape (rows, columns)
        As `spectrogram` returns it.
    look : Look
        From its background to the colour of its words.
    """
    with extra("images"):
        from PIL import Image

    ends = [
        np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=np.float64)
        for colour in (look.background, look.blue, look.text)
    ]
    part = np.linspace(0.0, 2.0, LEVELS)[:, np.newaxis]
    colours = np.where(
        part < 1.0,
        ends[0] + part * (ends[1] - ends[0]),
        ends[1] + (part - 1.0) * (ends[2] - ends[1]),
    )
    large = shades.repeat(LARGER, axis=0).repeat(LARGER, axis=1)
    image = Image.fromarray(large, mode="P")
    image.putpalette(np.rint(colours).astype(np.uint8).ravel().tolist())
    stream = io.BytesIO()
    image.save(stream, format="PNG", optimize=True, bits=4)
    return "data:image/png;base64," + base64.b64encode(stream.getvalue()).decode()
