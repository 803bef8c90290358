"""A copy of a copy on one clock: the copy, how far it has drifted, and what detail it keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collapse_core.echoes.copier_measures import Copies
from collapse_core.figures.guess_place import GuessPlace
from collapse_core.figures.look import LIGHT, YELLOW, Look, transparent
from collapse_core.figures.moving import MovingFigure
from collapse_core.figures.scene import Scene, time_axis
from collapse_core.topics.photocopier.report import CopiesReport
from collapse_core.topics.photocopier.small_picture import (
    difference_picture,
    side_by_side,
    small_pictures,
)

__all__ = ["photocopier_figure"]

Array = NDArray[np.float64]

COPIES_SIZE, DIFFERENCES_SIZE = 120_000, 50_000  # bytes of a whole run, about
STRIP, COLUMNS = 6, 3  # copies that are seen at once, and how many in a row
STRIP_SIZE, STRIP_SIDES = 20_000, ((330, 60), (330, 40), (330, 20))
# Octaves of detail, the finest first.
OCTAVES = (("finest", "collapse", "solid"), ("fine", YELLOW, "dash"), ("middle", "real", "dot"))


def photocopier_figure(
    report: CopiesReport,
    *,
    look: Look = LIGHT,
    words: Mapping[str, str] | None = None,
    guess: GuessPlace | None = None,
    hidden: str | None = None,
    alt: str = "",
) -> MovingFigure:
    """Draw copies of copies, and what is measured on them.

    Parameters
    ----------
    report : CopiesReport
        The copies.
    look, words, alt
        Colours and sizes; words instead of the lesson's; the picture in one sentence.
    guess : GuessPlace, optional
        Where the reader's guess is made.
    hidden : str, optional
        Words over the measures while the answer is to be guessed.
    """
    scene = Scene("photocopier", look, words)
    copies = report.copies
    shape = copies.pictures.shape[1:3]
    copy = _picture_panel(scene, "copy", shape, leads=True, width=0.85)
    top = report.farthest
    drift = _curves(scene, "drift", report, {"range": [0.0, top]}, hidden, "%{y:.1f}", leads=True)
    drift.line("cumulative", report.cumulative, style=("collapse", 1.2, "solid"))
    drift.line("local", report.local, style=("blue", 1.2, "dot"))
    drift.line("exact", report.exact_cumulative)
    drift.line("exact", report.exact_local)
    drift.guess(guess)
    drift.hand(report.cumulative, (0.0, top), tint="collapse")
    away = _picture_panel(scene, "difference", shape)
    _strip(scene, copies, hidden)
    _detail(scene, report, hidden)
    _numbers(scene, report, hidden)
    differences = [difference_picture(copies.difference(t)) for t in range(copies.passes + 1)]
    sources = zip(
        small_pictures(list(copies.pictures), COPIES_SIZE),
        small_pictures(differences, DIFFERENCES_SIZE),
        strict=True,
    )
    layouts = [
        {"images": [_placed(copy, one, shape), _placed(away, other, shape)]}
        for one, other in sources
    ]
    return scene.figure(alt, clock_name=scene.word("clock"), layouts=layouts)


def _placed(panel: Any, source: str, shape: tuple[int, ...]) -> dict[str, Any]:
    """Return a picture that fills a panel, as an entry of a layout's images."""
    size = {"sizex": shape[1], "sizey": shape[0], "sizing": "stretch", "layer": "above"}
    return {"source": source, "xref": panel.x, "yref": panel.y, "x": 0, "y": 0} | size


def _picture_panel(scene: Scene, name: str, shape: tuple[int, ...], **options: Any) -> Any:
    """Add a panel for a picture."""
    height, width = shape
    plain = {"showgrid": False, "showticklabels": False, "visible": False, "constrain": "domain"}
    panel = scene.panel(
        name,
        x=plain | {"range": [0, width], "constraintoward": "left"},
        y=plain | {"range": [height, 0], "constraintoward": "top"},
        square=True,
        bare=True,
        **options,
    )
    if panel.hidden is None:  # else it has one
        scene.unseen(panel.axes)
    return panel


def _strip(scene: Scene, copies: Copies, hidden: str | None) -> None:
    """Add the panel of a few copies, from the original to the last one, at once."""
    stops = np.linspace(0, copies.passes, STRIP).round().astype(int)
    height, width = copies.pictures.shape[1:3]
    rows = STRIP // COLUMNS
    panel = _picture_panel(scene, "strip", (rows * height, COLUMNS * width), hidden=hidden)
    together = side_by_side([copies.pictures[stop] for stop in stops], COLUMNS)
    [source] = small_pictures([together], STRIP_SIZE, STRIP_SIDES)
    pixel = COLUMNS * width / STRIP_SIDES[0][0]
    panel.add(
        {"type": "image", "source": source, "x0": pixel / 2, "y0": pixel / 2, "dx": pixel}
        | {"dy": pixel, "hoverinfo": "skip", "name": scene.word("strip")}
    )
    for number, stop in enumerate(stops.tolist() if hidden is None else []):
        row, column = divmod(number, COLUMNS)
        behind = transparent(scene.look.background, 0.75)
        panel.note(f"{stop}", 11, "text", xref=panel.x, yref=panel.y, x=column * width,
                   y=(row + 1) * height, xanchor="left", yanchor="bottom", bgcolor=behind,
                   borderpad=2)  # fmt: skip


def _curves(
    scene: Scene,
    name: str,
    report: CopiesReport,
    y: dict[str, Any],
    hidden: str | None,
    hover: str,
    **options: Any,
) -> Any:
    """Add a panel of curves over the copies."""
    # Plotly makes axes square on which a picture lies, and the strip, unseen, may be laid on these.
    free = {"scaleanchor": False}
    time = time_axis(report.copies.passes)
    return scene.panel(name, "pass", x=time, y=y | free, hidden=hidden, hover=hover, **options)


def _detail(scene: Scene, report: CopiesReport, hidden: str | None) -> None:
    """Add the panel of the detail in octaves of wave lengths, with the law over it."""
    copies = report.copies
    shown = np.nan_to_num(copies.detail[:, : len(OCTAVES)])
    top = 1.1 * max(1.0, float(shown.max()))
    shares = {"range": [0.0, top], "tickformat": ".0%"}
    panel = _curves(scene, "detail", report, shares, hidden, "%{y:.0%}")
    for number, (key, tint, dash) in enumerate(OCTAVES[: copies.detail.shape[1]]):
        panel.line(key, copies.detail[:, number], style=(tint, 1.1, dash))
        if report.law is not None:
            panel.line("exact", report.law.detail[:, number])
    panel.hand(copies.detail[:, 0], (0.0, top), tint="collapse")


def _numbers(scene: Scene, report: CopiesReport, hidden: str | None) -> None:
    """Add the panels of the size of the file and of the entropy."""
    kilobytes = report.copies.file_bytes / 1000.0
    if kilobytes.any():
        sizes = np.where(kilobytes > 0.0, kilobytes, np.nan)
        top = 1.15 * float(np.nanmax(sizes))
        panel = _curves(scene, "file", report, {"range": [0.0, top]}, hidden, "%{y:.1f}")
        panel.line("file", sizes, style="model", showlegend=False)
        panel.hand(sizes, (0.0, top))
    panel = _curves(scene, "entropy", report, {"range": [0.0, 8.2]}, hidden, "%{y:.2f}")
    panel.line("entropy", report.copies.entropy, style="model", showlegend=False)
    panel.hand(report.copies.entropy, (0.0, 8.2))
