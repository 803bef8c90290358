"""What the link builder is asked besides the settings of a page, and the link that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from collapse_core.lessons.language import languages
from collapse_core.params import Param
from ui.catalogue import EXPERIMENTS
from ui.locks import LOCKS
from ui.page_link import PageLink
from ui.predict import ASK, GUESS, SKIP
from ui.settings import PANELS, TICK, Choice, Number, Setting, Switch
from ui.share import BUILDER, beside, full_link
from ui.visit import LANGUAGE

__all__ = ["FRAMES", "KEY", "PAGE", "builder_settings", "built_link", "frame_size"]

KEY = BUILDER
PAGE = Choice.of("page", [entry.key for entry in EXPERIMENTS], preset=False)

# How large a frame is, in pixels; one that fills its place has no width, and none is no frame.
FRAMES: Mapping[str, tuple[int, int] | None] = {
    "none": None,
    "fluid": None,
    "laptop": (800, 600),
    "phone": (360, 640),
    "own": None,
}
FRAME = Choice.of("frame", tuple(FRAMES), preset=False)
WIDTH = Number.of(
    Param("frame_width", "", 280, 1920, 800, "Width of the frame, in pixels.", step=20),
    preset=False,
)
HEIGHT = Number.of(
    Param("frame_height", "", 400, 1400, 600, "Height of the frame, in pixels.", step=20),
    preset=False,
)
BEAMER = Switch(name="for_projector", default=False, preset=False)
SPOKEN = Choice.of("in_language", ("any", *languages()), preset=False)
ASKED = Choice.of(GUESS.name, ("auto", ASK, SKIP), preset=False)


def builder_settings() -> dict[str, Setting]:
    """Return what the builder is asked besides the settings of the page, by name."""
    own = (PAGE, FRAME, WIDTH, HEIGHT, BEAMER, SPOKEN, ASKED, TICK, PANELS)
    return {setting.name: setting for setting in own}


def frame_size(link: PageLink) -> tuple[int, int] | None:
    """Return width and height of the frame, None where it fills its place or there is none."""
    if link[FRAME.name] == "own":
        return int(link[WIDTH.name]), int(link[HEIGHT.name])
    return FRAMES[link[FRAME.name]]


def built_link(link: PageLink, address: str | None, settings: Mapping[str, Setting]) -> str:
    """Return the link that was built.

    It holds what differs from what the page would show anyway, so that its QR code stays coarse.

    Parameters
    ----------
    link : PageLink
        Of the builder.
    address : str, optional
        Of the builder, beside which the page is.
    settings : mapping of str to Setting
        Those of the page.
    """
    names = [*settings, PANELS.name, *LOCKS]
    query: dict[str, Any] = link.texts(link.differs(names))
    if (tick := link[TICK.name]) is not None:
        query[TICK.name] = TICK.write(tick)
    if link[ASKED.name] != ASKED.default:
        query[GUESS.name] = link[ASKED.name]
    framed = link[FRAME.name] != "none"
    if link[BEAMER.name] and not framed:
        query["projector"] = True
    if link[SPOKEN.name] != SPOKEN.default:
        query[LANGUAGE.name] = link[SPOKEN.name]
    return full_link(beside(address, link[PAGE.name]), query, embed=framed)
