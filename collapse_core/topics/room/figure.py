"""A sound in a room on one clock: its spectrum, and the note that takes over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collapse_core.figures.guess_place import GuessPlace
from collapse_core.figures.log_axis import LogAxis
from collapse_core.figures.look import LIGHT, Look
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.panel import Panel, rounded
from collapse_core.figures.scene import Scene, share_axis, time_axis
from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.room.report import FINE, RoomReport
from collapse_core.topics.room.spectrogram import SPECTROGRAM_BANDS, spectrogram_picture

__all__ = ["room_figure"]

Array = NDArray[np.float64]

QUIETEST = -50.0  # decibels
HERTZ = [100, 200, 500, 1000, 2000, 5000]
MARKED = 14  # bands where the law is drawn


def room_figure(
    report: RoomReport,
    *,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    guess: GuessPlace | None = None,
    hidden: str | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw what a room makes of a sound, recording by recording.

    Parameters
    ----------
    report : RoomReport
        What is measured and what is known.
    look, words, alt
        Colours and sizes; words instead of the lesson's; the picture in one sentence.
    guess : GuessPlace, optional
        Where the reader's guess is made.
    hidden : str, optional
        Words over the measures while the answer is to be guessed.
    """
    scene = Scene("room", look, words)
    last = len(report.notes) - 1
    spectrum = scene.panel(
        "spectrum",
        "hertz",
        x=_hertz_axis() | {"range": np.log10(FINE.edges[[0, -1]]).tolist()},
        y={"range": [QUIETEST, 3.0], "dtick": 10, "ticksuffix": " dB"},
        leads=True,
        width=1.2,
        hover="%{y:.0f} dB",
    )
    _spectra(spectrum, report)
    time = time_axis(last)
    note = scene.panel(
        "note", "recording", x=time, y=share_axis(0.0, 1.04), leads=True, hover="%{y:.1%}",
        hidden=hidden,
    )  # fmt: skip
    note.line("sampled", report.loudest, style="model")
    note.line("exact", report.exact_loudest)
    if report.rest_notes is not None:
        note.line("rest", np.full(last + 1, report.rest_notes.max()), style=("text", 1.0, "dot"))
    note.guess(guess)
    note.hand(report.loudest, (0.0, 1.04))
    _odds(scene, report, time, hidden)
    apart = scene.panel(
        "apart", "recording", x=time, y=share_axis(0.0, 1.04), hover="%{y:.1%}", hidden=hidden
    )
    apart.line("sampled", report.apart, style="model")
    apart.line("exact", report.exact_apart)
    apart.hand(report.apart, (0.0, 1.04))
    images = _spectrogram(scene, report, look)
    return scene.figure(alt, clock_name=scene.word("clock"), layouts=images)


def _hertz_axis() -> dict[str, Any]:
    texts = list(map(read_lesson("room").numbers.count, HERTZ))
    return {"type": "log", "tickvals": HERTZ, "ticktext": texts, "showgrid": True}


def _spectra(panel: Panel, report: RoomReport) -> None:
    """Add the spectrum of each recording, its law, that of the sound, and the modes of the box."""
    hertz = rounded(FINE.centres, 4)
    panel.line("first", decibels(report.sampled[0]), hertz, style=("muted", 0.8, "solid"))
    heights = [rounded(decibels(row)) for row in report.sampled]
    panel.line("sampled", heights[0], hertz, style="model", changes=[{"y": row} for row in heights])
    if report.exact is not None:
        marks = [_highest(row) for row in report.exact]
        x, y = marks[0]["x"], marks[0]["y"]
        panel.points("exact", x, y, "circle-open", 6, "text", changes=marks)
    if report.rest is not None:
        panel.line("rest", decibels(report.rest), hertz, style=("text", 1.0, "dot"))
    modes = report.modes
    if modes:
        edge = {"width": 1.6 * panel.scene.look.scale}
        low = [QUIETEST + 1.5] * len(modes)
        panel.points("modes", rounded(modes, 4), low, "line-ns-open", 8, "real", edge=edge,
                     hover="%{x:.0f} Hz")  # fmt: skip


def _highest(row: Array) -> dict[str, list[float]]:
    """Return where the law is drawn: at the strongest bands."""
    places = np.sort(np.argsort(-row)[:MARKED])
    return {"x": rounded(FINE.centres[places], 4), "y": rounded(decibels(row[places]))}


def _odds(scene: Scene, report: RoomReport, time: dict[str, Any], hidden: str | None) -> None:
    """Add the panel of the second peak against the strongest."""
    axis = LogAxis(-6, 2)
    odds = scene.panel("odds", "recording", x=time, y=axis, zero="nothing", hidden=hidden)
    odds.line("sampled", report.odds, style="model")
    odds.line("exact", report.exact_odds)
    odds.hand(report.odds)


def _spectrogram(scene: Scene, report: RoomReport, look: Look) -> list[dict[str, Any]]:
    """Add the panel of the spectrogram; return what changes in the layout at each tick."""
    low, high = np.log10(SPECTROGRAM_BANDS.edges[[0, -1]]).tolist()
    panel = scene.panel(
        "spectrogram",
        "seconds",
        x={"range": [0.0, 1.0], "showticklabels": False},
        y=_hertz_axis() | {"range": [low, high], "showgrid": False},
    )
    scene.unseen(panel.axes)
    place = {"xref": panel.x, "yref": f"{panel.y} domain", "x": 0.0, "y": 1.0, "sizex": 1.0,
             "sizey": 1.0, "sizing": "stretch", "layer": "below"}  # fmt: skip
    return [
        {"images": [{"source": spectrogram_picture(shades, look)} | place]}
        for shades in report.images
    ]


def decibels(shares: ArrayLike) -> Array:
    """Return shares of energy in decibels, nothing far below the axis."""
    return np.asarray(10.0 * np.log10(np.maximum(shares, 1e-12)), dtype=np.float64)
