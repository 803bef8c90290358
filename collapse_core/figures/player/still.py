"""One moment of a picture as SVG or PNG, drawn by a browser of this machine.

It is drawn by the same program that saves a picture in the app, in a window that nobody sees, from
a file and without a network. Where there is no browser, kaleido draws the bare figure.
"""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from collapse_core.assets import static_file
from collapse_core.checks import check_choice
from collapse_core.figures.player.picture import Picture
from collapse_core.figures.player.program import program
from collapse_core.figures.player.stand_alone import BUNDLE

__all__ = ["NoBrowserError", "StillFormat", "browser_here", "still"]

StillFormat = Literal["svg", "png"]

WIDTH = 1200
PATIENCE = 120  # seconds

_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
_PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
_OPTIONS = ("--headless", "--disable-gpu", "--no-first-run", "--virtual-time-budget=60000")

_PAGE = """<!doctype html><html><head><meta charset="utf-8"></head><body><pre id="still"></pre>
<script>{plotly}</script>
<script>{program}
const bytes = Uint8Array.from(atob("{picture}"), (sign) => sign.charCodeAt(0));
const picture = modelCollapse.unpack(bytes);
const chosen = {panels}.split("-").filter(Boolean).map((number) => Number(number) - 1);
const shown = modelCollapse.shownPanels(picture, chosen, {width});
const told = document.getElementById("still");
modelCollapse
  .rendered(Plotly, picture, {{ tick: {tick}, guess: null, shown, width: {width}, bottom: 0, format: "{format}" }})
  .then((blob) => new Promise((done) => {{
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(blob);
  }}))
  .then((address) => {{ told.textContent = `drawn:${{address.slice(address.indexOf(",") + 1)}}`; }})
  .catch((error) => {{ told.textContent = `failed:${{error.message}}`; }});
</script></body></html>
"""  # noqa: E501


class NoBrowserError(RuntimeError):
    """Nothing on this machine draws a still picture, or it did not manage to."""


def browser_here() -> str | None:
    """Return the program of a Chromium, Chrome or Edge; None if there is none.

    ``CHROME_PATH`` in the environment names one that is found nowhere else.
    """
    named = os.environ.get("CHROME_PATH")
    if named:
        return named if Path(named).is_file() else None
    found = (path for name in _NAMES if (path := shutil.which(name)))
    return next(found, None) or next((place for place in _PLACES if Path(place).is_file()), None)


def still(picture: Picture, tick: int, kind: StillFormat, *, panels: str = "") -> bytes:
    """Return one moment of a picture, 1200 pixels wide and twice as fine.

    Parameters
    ----------
    picture : Picture
        The picture.
    tick : int
        Index of the frame.
    kind : {"svg", "png"}
        The format.
    panels : str
        Numbers of the panels that are shown besides those that lead, joined by "-".

    Raises
    ------
    NoBrowserError
        If no browser is found, or if it does not draw; the message says what to do.
    """
    check_choice("kind", kind, ("svg", "png"))
    browser = browser_here()
    if browser is None:
        return _by_kaleido(picture, tick, kind)
    page = _PAGE.format(
        plotly=static_file(BUNDLE).read_text(encoding="utf-8"),
        program=program(),
        picture=base64.b64encode(picture.packed()).decode(),
        panels=json.dumps(panels),
        width=WIDTH,
        tick=tick,
        format=kind,
    )
    with tempfile.TemporaryDirectory(prefix="model-collapse-") as folder:
        path = Path(folder) / "still.html"
        path.write_text(page, encoding="utf-8")
        told = _opened(browser, path, Path(folder) / "profile")
    found = re.search(r'id="still">(drawn|failed):([^<]*)<', told)
    if found is None or found[1] == "failed":
        why = found[2] if found else "it told nothing"
        raise NoBrowserError(f"{browser} did not draw the picture ({why}). {_INSTEAD}")
    return base64.b64decode(found[2])


_INSTEAD = "Write .html instead: its page saves PNG and SVG in any browser."


def _opened(browser: str, page: Path, profile: Path) -> str:
    """Open a page in a browser without a window and return what it holds at the end."""
    options: Sequence[str] = [*_OPTIONS, f"--user-data-dir={profile}"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options = [*options, "--no-sandbox"]  # its sandbox does not work for root; the page is ours
    try:
        done = subprocess.run(
            [browser, *options, "--dump-dom", page.as_uri()],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoBrowserError(f"{browser} did not draw the picture ({error}). {_INSTEAD}") from error
    return done.stdout


def _by_kaleido(picture: Picture, tick: int, kind: StillFormat) -> bytes:
    """Return the bare figure as kaleido draws it."""
    from collapse_core.figures.moving import MovingFigure

    moving = picture.moving
    assert isinstance(moving, MovingFigure)
    try:
        drawn: bytes = moving.at(tick).to_image(format=kind, width=WIDTH, scale=2)
    except (ImportError, ValueError, RuntimeError) as error:
        raise NoBrowserError(
            f"A picture in .{kind} needs Chromium, Chrome or Edge, and none was found: install "
            f"one, or name its program in CHROME_PATH, or pip install kaleido. {_INSTEAD}"
        ) from error
    return drawn
