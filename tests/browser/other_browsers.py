"""Every page in Firefox and in WebKit: it opens, plays, answers a slider and saves its picture.

Run with ``python tests/browser/other_browsers.py``; keys of pages choose these alone. A browser
that this machine lacks is named and left out; with ``--require`` that is a failure.
"""

import argparse
import io
import sys
import tempfile
import time
import traceback
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree

from drivers import Firefox, MissingError, WebKit
from PIL import Image
from serving import ROOT, serving

sys.path.append(str(ROOT))
from ui.catalogue import EXPERIMENTS, HOME

BROWSERS = (Firefox, WebKit)
ENTRIES = (HOME, *EXPERIMENTS)
WITHIN = 60
PICTURE_BYTES = 10_000
PICTURE_COLOURS = 20

SEEN = """(() => {
    const player = document.querySelector('PLAYER');
    const box = player?.querySelector('.chart .main-svg')?.getBoundingClientRect();
    const app = document.querySelector('[data-testid="stApp"]');
    const failed = '[data-testid="stException"], section.player[data-state="failed"]';
    return {
        ...player?.dataset,
        drawn: Boolean(box && box.width > 200 && box.height > 100),
        rests: app?.dataset.testScriptState === 'notRunning',
        failed: document.querySelectorAll(failed).length > 0,
    };
})()"""

# Whole numbers one apart, where there are some: on a log scale the work itself would grow.
SLIDER = """(() => {
    const main = document.querySelector('[data-testid="stMain"]');
    const slider = ['.st-key-anchors', '.st-key-generations', '[data-testid="stSlider"]']
        .map(place => main.querySelector(place + ' input[type="range"]')).find(Boolean);
    slider?.focus();
    return slider && (slider.value === slider.max ? 'ArrowLeft' : 'ArrowRight');
})()"""
BUTTON = """[...document.querySelectorAll('[data-testid="stMain"] [data-testid="stButton"]')]
    .pop().querySelector('button')"""


class Visit:
    """One page in one browser."""

    def __init__(self, browser, address, entry):
        self.browser = browser
        key = "home_clock" if entry is HOME else entry.key
        # Any parameter in the link leaves out the question that comes first.
        self.address = address + ("/" if entry is HOME else f"/{key}?seed=1")
        self.player = f".st-key-{key}_stage section.player"

    def part(self, name):
        return f"document.querySelector('{self.player} .{name}')"

    def seen(self):
        return self.browser.evaluate(SEEN.replace("PLAYER", self.player))

    def wait(self, what, condition):
        """Wait until a condition on what is seen holds, and return what is seen."""
        until = time.monotonic() + WITHIN
        while (seen := self.seen())["failed"] or not condition(seen):
            if seen["failed"] or time.monotonic() > until:
                raise AssertionError(f"{what}: {seen}")
            time.sleep(0.05)
        return seen

    def press(self, part, key):
        self.browser.evaluate(f"{self.part(part)}.focus()")
        self.browser.press(key)

    def open(self):
        self.browser.open(self.address)
        self.wait("the picture is not drawn", lambda seen: seen["drawn"] and "tick" in seen)
        return "opened"

    def play(self):
        first = self.wait("it does not rest", lambda seen: seen["rests"])["tick"]
        self.browser.click(self.part("play"))
        later = self.wait("it does not play", lambda seen: seen["tick"] != first)["tick"]
        self.wait("it does not go on", lambda seen: seen["tick"] != later)
        self.press("play", " ")
        self.wait("a key does not stop it", lambda seen: seen["state"] == "still" and seen["rests"])
        self.press("hand", "Home")
        self.wait("the hand does not obey", lambda seen: seen["tick"] == "0")
        self.press("hand", "ArrowRight")
        self.wait("the hand does not step", lambda seen: seen["tick"] == "1" and seen["rests"])
        return "played"

    def move(self):
        before = self.seen()
        was = before["picture"]
        key = self.browser.evaluate(SLIDER)
        if key:
            self.browser.press(key)
        else:
            self.browser.click(BUTTON)
        after = self.wait(
            "the picture is not another",
            lambda seen: seen["rests"] and seen.get("picture", was) != was,
        )
        assert not key or after["tick"] == before["tick"], f"the hand moved: {before}, {after}"
        return "moved a slider" if key else "pressed a button"

    def save(self, kind):
        if not self.browser.evaluate(f"{self.part(kind)}.checkVisibility()"):
            return f"no {kind} to save"
        for old in self.browser.downloads.iterdir():
            old.unlink()
        self.browser.click(self.part(kind))
        until = time.monotonic() + WITHIN
        while True:
            files = [path for path in self.browser.downloads.iterdir() if path.stat().st_size]
            try:
                [file] = files
                assert file.suffix == f".{kind}", f"{file.name} is not a finished file"
                content = file.read_bytes()
                assert len(content) > PICTURE_BYTES, f"{len(content)} bytes are no picture"
                CHECKS[kind](content)
                return f"saved {file.name} ({len(content) // 1000} kB)"
            except (ValueError, OSError, ElementTree.ParseError, AssertionError) as error:
                if time.monotonic() > until:
                    names = [path.name for path in files]
                    raise AssertionError(f"no {kind} was saved: {names}, {error}") from error
            time.sleep(0.05)

    def end(self):
        errors = self.browser.errors()
        assert errors == [], f"errors in the page: {errors}"
        assert not self.browser.foreign(), f"asked somebody else: {self.browser.foreign()}"
        return "no error, nobody else asked"

    def do(self):
        yield self.open()
        yield self.play()
        yield self.move()
        yield self.save("png")
        yield self.save("svg")
        yield self.end()


def check_png(content):
    image = Image.open(io.BytesIO(content), formats=["PNG"]).convert("RGB")
    few = image.getcolors(PICTURE_COLOURS)
    assert few is None, f"a picture of only {len(few or ())} colours"


def check_svg(content):
    root = ElementTree.fromstring(content)
    assert root.tag == "{http://www.w3.org/2000/svg}svg", root.tag
    assert len(list(root.iter("{http://www.w3.org/2000/svg}path"))) > 1, "a drawing without lines"


CHECKS = {"png": check_png, "svg": check_svg}


def walk(browser, address, entries):
    """Do everything on every page; return how many failed."""
    failed = 0
    for entry in entries:
        done, start = [], time.monotonic()
        try:
            for step in Visit(browser, address, entry).do():
                done.append(step)
        except Exception:
            failed += 1
            done.append("FAILED: " + traceback.format_exc(limit=-1).strip())
        spent = time.monotonic() - start
        print(f"{browser.name:8}{entry.key:22}{spent:5.1f} s  {'; '.join(done)}", flush=True)
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("keys", nargs="*", metavar="key", help="pages; all, if none is named")
    parser.add_argument("--require", action="store_true", help="a missing browser is a failure")
    given = parser.parse_args()
    entries = [entry for entry in ENTRIES if not given.keys or entry.key in given.keys]
    failed = 0
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "log.txt") as address:
        for kind in BROWSERS:
            own = Path(folder) / kind.name
            own.mkdir()
            try:
                with closing(kind(own)) as browser:
                    failed += walk(browser, address, entries)
            except MissingError as reason:
                print(f"{kind.name} is left out: {reason}", flush=True)
                failed += given.require
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
