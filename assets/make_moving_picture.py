"""Draw README's moving picture: the page "Two colours" as it plays, from its stand-alone file.

    python assets/make_moving_picture.py

Needs a Chromium or Chrome and `tests/requirements.txt`. The pictures are the app's own.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
FILE = ROOT / "assets" / "moving_picture.gif"
SETTINGS = ("--sample-size", "100", "--anchors", "0", "--generations", "60")
WIDTH, HEIGHT, SHOWN = 900, 560, 720
PICTURES, EACH, LAST = 31, 110, 2500  # pictures, and milliseconds of each and of the last
COLOURS = 64


def pictures(path: Path) -> list[Image.Image]:
    """Return what a stand-alone file shows while its clock goes from its start to its end."""
    from playwright.sync_api import sync_playwright

    from benchmarks.browsing import browser_path

    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(path.as_uri())
        page.wait_for_selector("section.player[data-picture] .main-svg")
        player = page.locator("section.player").first
        player.locator("input[type=range]").first.focus()
        page.keyboard.press("Home")
        for step in range(PICTURES):
            if step:
                page.keyboard.press("ArrowRight")
                page.keyboard.press("ArrowRight")
            page.wait_for_timeout(250)
            shot = player.screenshot(type="png")
            found.append(Image.open(io.BytesIO(shot)).convert("RGB"))
        browser.close()
    return found


def main() -> None:
    """Draw the picture anew."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "two_colours.html"
        command = [sys.executable, "-m", "collapse_core", "figure", "two_colours"]
        subprocess.run([*command, *SETTINGS, "-o", str(path)], cwd=ROOT, check=True)
        found = pictures(path)
    high = min(picture.height for picture in found)
    same = [picture.crop((0, 0, picture.width, high)) for picture in found]
    small = [picture.resize((SHOWN, round(high * SHOWN / picture.width))) for picture in same]
    palette = small[-1].quantize(COLOURS)
    first, *rest = [
        picture.quantize(palette=palette, dither=Image.Dither.NONE) for picture in small
    ]
    times = [EACH] * len(rest) + [LAST]
    first.save(FILE, save_all=True, append_images=rest, duration=times, loop=0, optimize=True)
    print(f"{FILE.relative_to(ROOT)}: {FILE.stat().st_size / 1000:.0f} kB, {len(small)} pictures")


if __name__ == "__main__":
    main()
