"""Recordings from files: one channel at one rate, their first ten seconds."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.checks import check_bytes, check_numbers, check_text
from collapse_core.fingerprint import fingerprint
from collapse_core.lessons.messages import Message, RefusedError, message
from collapse_core.reading.quoted import quoted

__all__ = ["LARGEST_FILE", "LONGEST", "RATE", "Recording", "as_wav", "read_recording"]

Array = NDArray[np.float64]

RATE = 16_000  # samples per second of every sound here
LONGEST = 10  # seconds
LARGEST_FILE = 20 * 10**6
RATES = (8_000, 48_000)
SHORTEST = 0.05  # seconds
SILENT = 1e-4  # root mean square, where 1 is the loudest sample
CLIPPED = 0.001  # share of samples at the very end of the scale


@dataclass(frozen=True, eq=False)
class Recording:
    """A sound that was read from a file.

    Parameters
    ----------
    sound : ndarray, shape (samples,)
        One channel, 16,000 samples per second, from -1 to 1.
    name : str
        Of the file.
    notes : tuple of str
        What was changed in it, or is wrong with it.
    """

    sound: Array = field(repr=False)
    name: str
    notes: tuple[str, ...] = ()
    digest: str = field(init=False)  # so that its repr tells all recordings apart

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", fingerprint(self.sound))


def read_recording(content: bytes, name: str) -> Recording:
    """Return the sound of a WAV file.

    Of two or more channels the average is taken, of a longer recording the beginning.

    Parameters
    ----------
    content : bytes
        The file: WAV with 8, 16, 24 or 32 bit or floating-point samples, 8 to 48 kHz, up to 20 MB.
    name : str
        What to call it in messages.

    Raises
    ------
    ValueError
        If it cannot be read, is too large, too short, silent, or has an unusual rate. The message
        names the file, what is wrong, and what helps.
    """
    content, name = check_bytes("content", content), quoted(check_text("name", name), 60)
    if not content:
        raise RefusedError("recording", "empty", name=name)
    if len(content) > LARGEST_FILE:
        told = {"size": len(content) / 1e6, "most": LARGEST_FILE // 10**6, "seconds": LONGEST}
        raise RefusedError("recording", "too_large", name=name, **told)
    rate, samples = _decoded(content, name)
    if not RATES[0] <= rate <= RATES[1]:
        raise RefusedError("recording", "rate", name=name, rate=rate, least=RATES[0], most=RATES[1])
    seconds = len(samples) / rate
    if seconds < SHORTEST:
        told = {"milliseconds": 1000 * seconds, "least": 1000 * SHORTEST}
        raise RefusedError("recording", "too_short", name=name, **told)
    heard, notes = _one_channel(samples[: LONGEST * rate])
    if seconds > LONGEST:
        notes.append(message("recording", "too_long", name=name, seconds=seconds, most=LONGEST))
    if float(np.sqrt(np.mean(heard**2))) < SILENT:
        raise RefusedError("recording", "silent", name=name)
    if float(np.mean(np.abs(heard) > 0.999)) > CLIPPED:
        notes.append(message("recording", "too_loud", name=name))
    return Recording(_at_rate(heard, rate), name, tuple(notes))


def as_wav(sound: Array, rate: int = RATE) -> bytes:
    """Return a sound as a WAV file with 16-bit samples; what is too loud is cut off.

    Parameters
    ----------
    sound : ndarray, shape (samples,)
        From -1 to 1.
    rate : int
        Samples per second.
    """
    from scipy.io import wavfile

    steps = np.rint(np.clip(check_numbers("sound", sound), -1.0, 1.0) * 32767.0).astype("<i2")
    stream = io.BytesIO()
    wavfile.write(stream, rate, steps)
    return stream.getvalue()


def _decoded(content: bytes, name: str) -> tuple[int, Any]:
    """Return samples per second, and the samples as they are in the file."""
    from scipy.io import wavfile

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about chunks with titles and the like
            rate, samples = wavfile.read(io.BytesIO(content))
    except Exception:  # scipy raises many kinds, of struct too
        if kind := _looks_like(content):
            raise RefusedError("recording", "other_kind", name=name, kind=kind) from None
        raise RefusedError("recording", "no_wav", name=name) from None
    return int(rate), samples


def _looks_like(content: bytes) -> str | Message:
    """Return what else a file seems to be, or nothing."""
    begins = content[:12]
    if begins[:3] == b"ID3" or begins[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"):
        return "MP3"
    if begins[4:8] == b"ftyp":
        return Message("recording", "mp4")
    known = {b"OggS": "Ogg", b"fLaC": "FLAC", b"\x1aE\xdf\xa3": "WebM", b"FORM": "AIFF"}
    return known.get(begins[:4], "")


def _one_channel(samples: Any) -> tuple[Array, list[str]]:
    """Return the average of all channels, from -1 to 1."""
    kind, notes = samples.dtype, list[str]()
    if kind.kind == "u":
        values = (samples.astype(np.float64) - 128.0) / 128.0
    elif kind.kind == "i":
        values = samples.astype(np.float64) / -float(np.iinfo(kind).min)
    else:
        values = samples.astype(np.float64)
        if not np.all(np.isfinite(values)):
            notes.append(message("recording", "no_numbers"))
            values = np.where(np.isfinite(values), values, 0.0)
        values = np.clip(values, -1.0, 1.0)
    return (values.mean(axis=1) if values.ndim == 2 else values), notes


def _at_rate(sound: Array, rate: int) -> Array:
    """Return a sound at 16,000 samples per second."""
    if rate == RATE:
        return sound
    from scipy.signal import resample_poly

    common = int(np.gcd(rate, RATE))
    return np.asarray(resample_poly(sound, RATE // common, rate // common), dtype=np.float64)
