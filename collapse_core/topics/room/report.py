"""What happens to a sound in a room: measured in every recording, and by its law."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from collapse_core.echoes.circle import padded, transfer
from collapse_core.echoes.heard import Peak, bands_between, different_energies, peaks_of
from collapse_core.echoes.law import (
    echo_fixed_point,
    echo_law,
    echo_spectrum,
    energies,
    enough_fresh,
)
from collapse_core.echoes.recording import RATE
from collapse_core.echoes.rerecord import recordings
from collapse_core.models.base import Report, no_report
from collapse_core.topics.room.question import SoundInARoom
from collapse_core.topics.room.spectrogram import spectrogram

__all__ = ["FINE", "NOTES", "RoomReport", "heard_at", "report_room", "to_csv"]

Array = NDArray[np.float64]

SEMITONE = 2.0 ** (1.0 / 12.0)
# Notes of a piano, each in the middle of its band: from the A of 55 Hz to that of 7,040.
NOTES = bands_between(55.0 / SEMITONE**0.5, 7040.0, 12)
FINE = bands_between(55.0 / SEMITONE**0.5, 7040.0, 24)
MODES_UP_TO, MOST_MODES = 320.0, 40  # above, they are too dense to be told apart


@dataclass(frozen=True, eq=False)
class RoomReport:
    """All that the page draws and says of a loop.

    Parameters
    ----------
    sampled, exact : ndarray, shape (generations + 1, bands)
        Shares of the energy in the bands of ``FINE``; the exact ones are None with fresh voice.
    rest : ndarray, shape (bands,), optional
        Where the loop ends, with fresh voice.
    notes, exact_notes : ndarray, shape (generations + 1, notes)
        Shares of the energy in the bands of ``NOTES``.
    rest_notes : ndarray, shape (notes,), optional
        Where they end.
    tones : ndarray, shape (generations + 1,)
        The strongest tone within the strongest note, in hertz.
    odds, exact_odds : ndarray, shape (generations + 1,)
        Energy of the second peak, as a share of the strongest one's.
    apart, exact_apart : ndarray, shape (generations + 1,)
        How different this sound and another are by then.
    peaks : tuple of Peak
        What the room likes best, strongest first.
    modes : tuple of float
        Where the empty box rings, in hertz.
    images : ndarray of uint8, shape (generations + 1, rows, columns)
        A spectrogram of each recording.
    enough : float
        Share of fresh voice from which on no tone sustains itself.
    hum : float
        Share of the energy, at the end, of a tone that does.
    """

    sampled: Array
    exact: Array | None
    rest: Array | None
    notes: Array
    exact_notes: Array | None
    rest_notes: Array | None
    tones: Array
    odds: Array
    exact_odds: Array | None
    apart: Array
    exact_apart: Array | None
    peaks: tuple[Peak, ...]
    modes: tuple[float, ...]
    images: NDArray[np.uint8]
    enough: float
    hum: float

    @property
    def loudest(self) -> Array:
        """Share of the energy in the strongest note of each recording."""
        return np.asarray(self.notes.max(axis=1), dtype=np.float64)

    @property
    def exact_loudest(self) -> Array | None:
        """The same by the law."""
        return None if self.exact_notes is None else self.exact_notes.max(axis=1)

    def note(self, generation: int) -> float:
        """Return the strongest tone of a recording's strongest note, in hertz."""
        return float(self.tones[generation])


def report_room(asked: SoundInARoom, report: Report = no_report) -> RoomReport:
    """Return what is measured and what is known of a loop.

    Parameters
    ----------
    asked : SoundInARoom
        The settings.
    report : callable
        Is told how much is done, 0 to 1.
    """
    response = asked.response()
    report(0.2)
    voice, other = _alike(padded(asked.voice(), response), padded(asked.other_voice(), response))
    frequencies = np.fft.rfftfreq(len(voice), 1.0 / RATE).astype(np.float64)
    factor = transfer(response, len(voice))
    peaks = tuple(peaks_of(factor, frequencies, 4, apart=4.0))
    loop = _Loop(frequencies, peaks)
    steps = asked.generations + 1
    mixing = {"fresh": asked.fresh, "through_room": asked.through_room}
    first = recordings(voice, response, **mixing)  # type: ignore[arg-type]
    second = recordings(other, response, **mixing)  # type: ignore[arg-type]
    seen, images, others = [], [], []
    for step in range(steps):
        sound = next(first)
        seen.append(loop.measured(energies(sound)))
        images.append(spectrogram(sound[: len(asked.voice()) + RATE // 2]))
        others.append(NOTES.energies(energies(next(second)), frequencies))
        report(0.2 + 0.6 * (step + 1) / steps)
    known, known_others = None, None
    if not asked.fresh:
        spectra = np.fft.rfft(voice), np.fft.rfft(other)
        known = [
            loop.measured(np.abs(echo_spectrum(spectra[0], factor, t)) ** 2) for t in range(steps)
        ]
        known_others = [
            NOTES.energies(np.abs(echo_spectrum(spectra[1], factor, t)) ** 2, frequencies)
            for t in range(steps)
        ]
    rest = None
    if asked.fresh:
        rest = echo_fixed_point(voice, response, asked.fresh, through_room=asked.through_room)
    ends = None if rest is None else loop.measured(rest.energies())
    report(0.95)
    return RoomReport(
        sampled=_column(seen, 0),
        exact=None if known is None else _column(known, 0),
        rest=None if ends is None else ends[0],
        notes=_column(seen, 1),
        exact_notes=None if known is None else _column(known, 1),
        rest_notes=None if ends is None else ends[1],
        tones=_column(seen, 3),
        odds=_column(seen, 2),
        exact_odds=None if known is None else _column(known, 2),
        apart=_apart(seen, others),
        exact_apart=None if known is None or known_others is None else _apart(known, known_others),
        peaks=peaks,
        modes=tuple(mode for mode in asked.modes(MODES_UP_TO) if mode >= FINE.edges[0])[
            :MOST_MODES
        ],
        images=np.array(images),
        enough=enough_fresh(voice, response, through_room=asked.through_room),
        hum=0.0 if rest is None else rest.hum,
    )


def _shown(modes: Sequence[float]) -> tuple[float, ...]:
    """Return the lowest modes that the picture has room for."""
    return tuple(mode for mode in modes if mode >= FINE.edges[0])[:MOST_MODES]


Measured = tuple[Array, Array, Array, Array]


@dataclass(frozen=True, eq=False)
class _Loop:
    """What is measured in one recording."""

    frequencies: Array
    peaks: tuple[Peak, ...]

    def measured(self, heights: Array) -> Measured:
        """Return energies in fine bands and in notes, odds of the second peak, strongest tone."""
        odds = np.nan
        if len(self.peaks) > 1:
            first, second = (heights[peak.place] for peak in self.peaks[:2])
            odds = second / first if first > 0.0 else np.inf
        fine, notes = (bands.energies(heights, self.frequencies) for bands in (FINE, NOTES))
        within = slice(*np.searchsorted(self.frequencies, NOTES.edges[notes.argmax() :][:2]))
        strongest = self.frequencies[within][heights[within].argmax()]
        return fine, notes, np.array(odds), np.array(strongest)


def _column(rows: list[Measured], number: int) -> Array:
    return np.array([row[number] for row in rows])


def _apart(rows: list[Measured], others: list[Array]) -> Array:
    pairs = zip(rows, others, strict=True)
    return np.array([different_energies(row[1], other) for row, other in pairs])


def _alike(first: Array, second: Array) -> tuple[Array, Array]:
    """Return two sounds at the same length, with silence behind the shorter one."""
    length = max(len(first), len(second))
    return (
        np.pad(first, (0, length - len(first))),
        np.pad(second, (0, length - len(second))),
    )


def heard_at(asked: SoundInARoom, generation: int) -> Array:
    """Return what is heard of one recording: as long as the sound, and half a second of echo.

    Parameters
    ----------
    asked : SoundInARoom
        The settings.
    generation : int
        Which recording; 0 is the sound itself.
    """
    response = asked.response()
    voice, _ = _alike(padded(asked.voice(), response), padded(asked.other_voice(), response))
    if asked.fresh:
        made = recordings(voice, response, fresh=asked.fresh, through_room=asked.through_room)
        for _ in range(generation + 1):
            heard = next(made)
    else:
        heard = echo_law(voice, response, generation)
    return heard[: len(asked.voice()) + RATE // 2]


def to_csv(asked: SoundInARoom, report: RoomReport) -> str:
    """Return the energies of every recording as a table, with all settings in its header.

    Parameters
    ----------
    asked : SoundInARoom
        The settings.
    report : RoomReport
        What is known of them.
    """
    given = [item.name for item in fields(asked) if not item.name.startswith("own")]
    text = io.StringIO()
    text.writelines(f"# {name}: {getattr(asked, name)}\n" for name in given)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["recording", *(f"{hertz:.1f} Hz" for hertz in NOTES.centres)])
    for number, row in enumerate(report.notes):
        writer.writerow([number, *(f"{value:.6g}" for value in row)])
    return text.getvalue()
