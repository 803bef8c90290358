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
from ui.catalogue import HOME, PAGES

BROWSERS = (Firefox, WebKit)
ENTRIES = (HOME, *PAGES)
WITHIN = 60
PICTURE_BYTES = 10_000
PICTURE_COLOURS = 20

CLOCK = """[...document.querySelectorAll('.st-key-{key} *')].map(n => n.shadowRoot).find(Boolean)"""
CHART = ".st-key-{key}_figure .js-plotly-plot"
SEEN = """(() => {{
    const chart = document.querySelector('{chart}'), clock = {clock};
    const now = clock?.querySelector('.now')?.textContent;
    const box = chart?.querySelector('.main-svg')?.getBoundingClientRect();
    const app = document.querySelector('[data-testid="stApp"]');
    return {{
        rests: app?.dataset.testScriptState === 'notRunning',
        failed: document.querySelectorAll('[data-testid="stException"]').length > 0,
        drawn: Boolean(box && box.width > 200 && box.height > 100 && now),
        tick: Number(now?.match(/\\d+/)?.[0]),
        picture: chart?.layout?.meta?.stamp,
        playing: clock?.querySelector('.play')?.textContent?.includes('Pause'),
    }};
}})()"""

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
        self.key = "home_clock" if entry is HOME else entry.key
        # Any parameter in the link leaves out the question that comes first.
        self.address = address + ("/" if entry is HOME else f"/{entry.key}?seed=1")
        chart, self.clock = CHART.format(key=self.key), CLOCK.format(key=self.key)
        self.look = SEEN.format(chart=chart, clock=self.clock)

    def wait(self, what, condition):
        """Wait until a condition on what is seen holds, and return what is seen."""
        until = time.monotonic() + WITHIN
        while not condition(seen := self.browser.evaluate(self.look)) or seen["failed"]:
            if seen["failed"] or time.monotonic() > until:
                raise AssertionError(f"{what}: {seen}")
            time.sleep(0.05)
        return seen

    def click(self, part):
        self.browser.click(f"{self.clock}.querySelector('.{part}')")

    def open(self):
        self.browser.open(self.address)
        self.wait("the picture is not drawn", lambda seen: seen["drawn"] and seen["rests"])
        return "opened"

    def play(self):
        seen = self.browser.evaluate(self.look)
        if seen["playing"]:  # the first picture of a page may play by itself
            self.click("play")
            seen = self.wait("it does not pause", lambda seen: not seen["playing"])
        self.click("play")
        first = seen["tick"]
        self.wait("it does not play", lambda seen: seen["tick"] not in (first, first + 1))
        if self.browser.evaluate(self.look)["playing"]:
            self.click("play")
        end = self.wait("it does not rest", lambda seen: not seen["playing"] and seen["rests"])
        return f"played from {first} to {end['tick']}"

    def move(self):
        before = self.browser.evaluate(self.look)["picture"]
        key = self.browser.evaluate(SLIDER)
        if key:
            self.browser.press(key)
        else:
            self.browser.click(BUTTON)
        self.wait(
            "the picture is not another",
            lambda seen: seen["drawn"] and seen["rests"] and seen["picture"] != before,
        )
        return "moved a slider" if key else "pressed a button"

    def save(self, kind):
        if not self.browser.evaluate(f"{self.clock}.querySelector('.{kind}').checkVisibility()"):
            return f"no {kind} to save"
        for old in self.browser.downloads.iterdir():
            old.unlink()
        self.click(kind)
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
        assert not self.browser.errors(), f"errors in the page: {self.browser.errors()}"
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
