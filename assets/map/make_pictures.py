"""Draw the small pictures of the map at home: each is the leading panel of a page's own figure.

Run with ``python assets/map/make_pictures.py``, or with the keys of some pages behind it, from the
top of the project. The pages are opened as a reader opens them, and their pictures are drawn by
their own code. The result is kept, so that home need not wait for the slow ones; a test compares.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
sys.path.insert(0, str(ROOT))

from streamlit.testing.v1 import AppTest  # noqa: E402

from collapse_core.figures.small_picture import small_picture  # noqa: E402
from ui import long_run, page_pictures, warming  # noqa: E402
from ui.catalogue import PAGES, PageEntry  # noqa: E402

# Where the first panel has words alone, or too many runs for a small picture.
PANELS = {"language": 1, "mitigation_lab": 1}
# Where more can be seen before the moment that the page begins with.
TICKS = {"mixer_squeeze": 4}
LONG = 600.0


def drawn(entry: PageEntry) -> str:
    """Return the small picture of a page, or nothing if it has no picture."""
    found: list[str] = []

    def keep(page: Any, picture: Any, of: object, key: str) -> None:
        del of, key
        tick, panel = TICKS.get(page.key, page.tick), PANELS.get(page.key, 0)
        found.append(small_picture(picture().moving, tick, panel))

    kept = page_pictures.PagePictures._show, long_run.FIRST_WATCH, warming.WAIT
    page_pictures.PagePictures._show = keep  # type: ignore[method-assign]
    long_run.FIRST_WATCH = warming.WAIT = LONG
    try:
        at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=LONG)
        at.switch_page(entry.file)
        at.query_params["guess"] = "skip"
        at.run()
    finally:
        page_pictures.PagePictures._show = kept[0]  # type: ignore[method-assign]
        long_run.FIRST_WATCH, warming.WAIT = kept[1:]
    return found[0] if found else ""


def main(keys: list[str]) -> None:
    """Draw the pictures of some pages, or of all."""
    for entry in PAGES:
        if (not keys or entry.key in keys) and (picture := drawn(entry)):
            (FOLDER / f"{entry.key}.svg").write_text(picture + "\n", encoding="utf-8")
            print(f"{entry.key}: {len(picture) / 1000:.1f} kB")


if __name__ == "__main__":
    main(sys.argv[1:])
