"""From a key press to the repainted picture: every page beside the least the framework needs.

    python -m benchmarks.press [key of a page ...]

The floor is an app of one slider and one line chart, with the settings of this project. It is
pressed in turns with each page, so that a busy machine slows both. Every press moves to a value
that was not shown before.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.browsing import chromium, opened, path_of
from benchmarks.picture import CHART, DRAWN, FLOOR_CHART, FLOOR_DRAWN
from benchmarks.serving import APP, FLOOR, SETTLE, Server, serving, serving_lines
from benchmarks.table import Row, print_heading, print_row
from benchmarks.timing import tail

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

WARM_UP, PRESSES = 3, 30
QUIET = """
() => watch.changed !== null && performance.now() - watch.changed > 400 &&
    document.querySelector('[data-testid="stApp"]').dataset.testScriptState === 'notRunning'
"""
TIMES = "[watch.changed - watch.pressed, watch.answered - watch.asked, watch.size]"


@dataclass(frozen=True)
class Control:
    """What is pressed: a slider whose values are one apart, or a page's last button.

    Parameters
    ----------
    page, slider : str
        Key of the page, and name of the setting; no name for the button.
    goal : float, optional
        How many times the floor a press may take. There is none where a press asks for another
        world: that takes as long as it takes to compute.
    link : str
        Where the page is opened; any parameter leaves out the question that comes first.
    """

    page: str
    slider: str
    goal: float | None = None
    link: str = "seed=1"


CONTROLS = (
    Control("home", "", link=""),
    Control("two_colours", "anchors", 1.2),
    Control("vanishing_tails", "anchors", 2.0),
    Control("vanishing_tails", "generations", 2.0),
    Control("bell_curve", "anchors", 1.3),
    Control("exponential_families", "anchors", 1.3),
    Control("any_model", "anchors"),
    Control("any_model", "generations", 2.0, "generations=12"),
    Control("language", "sample_size"),
    Control("language", "generations", 2.0, "generations=12"),
    Control("digits_photographs", "generations", None, "generations=3"),
    Control("room", "fresh"),
    Control("photocopier", "blur"),
    Control("mixer_squeeze", "mixing"),
    Control("network", "real", None, "generations=10"),
    Control("eight_patterns", "generations"),
    Control("one_real_point", "anchors", 1.3),
    Control("early_warning", "generations", 2.0),
    Control("polluted_web", "generations", 2.0),
    Control("mitigation_lab", "generations", 2.0),
)


@dataclass(frozen=True)
class Press:
    """Milliseconds until the picture and of the script, and kilobytes that came."""

    picture: float
    script: float
    kilobytes: float


def press(page: Page, handle: Locator, key: str) -> Press:
    """Press a key on a control and wait until the picture rests."""
    handle.focus()
    page.keyboard.press(key)
    page.wait_for_function(QUIET)
    picture, script, size = page.evaluate(TIMES)
    return Press(picture, script, size / 1000)


def handle_of(page: Page, control: Control) -> tuple[Locator, str, int]:
    """Return what to press, with which key, and how often that leads to another value."""
    main = page.get_by_test_id("stMain")
    if not control.slider:
        return main.get_by_test_id("stButton").last.locator("button").first, "Enter", 1000
    handle = main.locator(f".st-key-{control.page}-{control.slider}").get_by_role("slider")
    left = "input => Math.round((input.max - input.value) / (Number(input.step) || 1))"
    return handle, "ArrowRight", int(handle.evaluate(left))


def pressed(browser: Browser, server: Server, floor: Page, control: Control, presses: int) -> Row:
    """Press a control of a page, and the floor's slider, in turns."""
    slider = floor.get_by_role("slider")
    place = f"{server.address}{path_of(control.page)}?{control.link}"
    with opened(browser, place, DRAWN, repaints=CHART) as page:
        handle, key, most = handle_of(page, control)
        count = min(presses, most - WARM_UP)
        for _ in range(WARM_UP):
            press(page, handle, key)
            press(floor, slider, "ArrowRight")
        start = server.processor_seconds()
        pairs = [
            (press(page, handle, key), press(floor, slider, "ArrowRight")) for _ in range(count)
        ]
        computed = server.processor_seconds() - start
    ours, floors = zip(*pairs, strict=True)
    pictures = [one.picture for one in ours]
    least = statistics.median(one.picture for one in floors)
    return Row(
        f"press, {control.page}, {control.slider or 'button'}",
        statistics.median(pictures) / least,
        "x the floor",
        control.goal,
        beside={
            "median_ms": statistics.median(pictures),
            "p95_ms": tail(pictures),
            "floor_ms": least,
            "script_ms": statistics.median(one.script for one in ours),
            "floor_script_ms": statistics.median(one.script for one in floors),
            "processor_ms": 1000 * computed / count,
            "kB": statistics.median(one.kilobytes for one in ours),
            "presses": count,
        },
    )


def measure(
    presses: int = PRESSES, pages: Collection[str] = (), settle: float = SETTLE
) -> Iterator[Row]:
    """Yield how long a press takes, for each control; ``pages`` chooses some."""
    with (
        chromium() as browser,
        serving_lines(FLOOR) as least,
        serving(APP) as server,
        opened(browser, least.address, FLOOR_DRAWN, repaints=FLOOR_CHART) as floor,
    ):
        with opened(browser, server.address, DRAWN):
            server.wait_until_idle(settle)
        for control in CONTROLS:
            if not pages or control.page in pages:
                yield pressed(browser, server, floor, control, presses)


if __name__ == "__main__":
    print_heading()
    for row in measure(pages=sys.argv[1:]):
        print_row(row)
