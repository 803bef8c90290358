"""What happens to a sound in a room: measured in every recording, and by its law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
from collapse_core.lessons.table_text import table_as_csv
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
    voices = _alike(padded(asked.voice(), response), padded(asked.other_voice(), response))
    loop = _Loop(asked, response, voices)
    seen, others, images = loop.sampled(lambda share: report(0.2 + 0.6 * share))
    known, known_others = ([], []) if asked.fresh else loop.known()
    rest = None
    if asked.fresh:
        through = asked.through_room
        rest = echo_fixed_point(voices[0], response, asked.fresh, through_room=through)
    ends = None if rest is None else loop.measured(rest.energies())
    report(0.95)
    return RoomReport(
        sampled=_column(seen, 0),
        exact=_column(known, 0) if known else None,
        rest=None if ends is None else ends[0],
        notes=_column(seen, 1),
        exact_notes=_column(known, 1) if known else None,
        rest_notes=None if ends is None else ends[1],
        tones=_column(seen, 3),
        odds=_column(seen, 2),
        exact_odds=_column(known, 2) if known else None,
        apart=_apart(seen, others),
        exact_apart=_apart(known, known_others) if known else None,
        peaks=loop.peaks,
        modes=_shown(asked.modes(MODES_UP_TO)),
        images=images,
        enough=enough_fresh(voices[0], response, through_room=asked.through_room),
        hum=0.0 if rest is None else rest.hum,
    )


def _shown(modes: Sequence[float]) -> tuple[float, ...]:
    """Return the lowest modes that the picture has room for."""
    return tuple(mode for mode in modes if mode >= FINE.edges[0])[:MOST_MODES]


Measured = tuple[Array, Array, Array, Array]


class _Loop:
    """Two voices in a room, and what is measured in each of their recordings."""

    def __init__(self, asked: SoundInARoom, response: Array, voices: tuple[Array, Array]) -> None:
        self.asked, self.response, self.voices = asked, response, voices
        self.steps, length = asked.generations + 1, len(voices[0])
        self.frequencies = np.fft.rfftfreq(length, 1.0 / RATE).astype(np.float64)
        self.factor = transfer(response, length)
        self.peaks = tuple(peaks_of(self.factor, self.frequencies, 4, apart=4.0))

    def sampled(self, report: Report) -> tuple[list[Measured], list[Array], NDArray[np.uint8]]:
        """Return what is measured of the first voice and of the other, and the spectrograms."""
        asked, heard = self.asked, len(self.asked.voice()) + RATE // 2
        first, second = (
            recordings(voice, self.response, fresh=asked.fresh, through_room=asked.through_room)
            for voice in self.voices
        )
        seen, others, images = list[Measured](), list[Array](), []
        for step in range(self.steps):
            sound = next(first)
            seen.append(self.measured(energies(sound)))
            images.append(spectrogram(sound[:heard]))
            others.append(self.notes(energies(next(second))))
            report((step + 1) / self.steps)
        return seen, others, np.array(images)

    def known(self) -> tuple[list[Measured], list[Array]]:
        """Return the same by the law, where no fresh voice is mixed in."""
        voice, other = (np.fft.rfft(sound) for sound in self.voices)

        def heights(spectrum: NDArray[np.complex128], t: int) -> Array:
            return np.abs(echo_spectrum(spectrum, self.factor, t)) ** 2

        steps = range(self.steps)
        others = [self.notes(heights(other, t)) for t in steps]
        return [self.measured(heights(voice, t)) for t in steps], others

    def notes(self, heights: Array) -> Array:
        """Return the share of the energy in each note."""
        return NOTES.energies(heights, self.frequencies)

    def measured(self, heights: Array) -> Measured:
        """Return energies in fine bands and in notes, odds of the second peak, strongest tone."""
        odds = np.nan
        if len(self.peaks) > 1:
            first, second = (heights[peak.place] for peak in self.peaks[:2])
            odds = second / first if first > 0.0 else np.inf
        fine, notes = FINE.energies(heights, self.frequencies), self.notes(heights)
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
    heard = {f"{hertz:.1f} Hz": report.notes[:, n] for n, hertz in enumerate(NOTES.centres)}
    return table_as_csv({"generation": range(len(report.notes))} | heard, asked.settings())
