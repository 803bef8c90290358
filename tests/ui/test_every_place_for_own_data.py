"""Every place on every page that takes a reader's text, with texts that are none of its kind.

The places are found by opening the pages, and counted in the source, so that those of pages to come
are among them.
"""

import re

import pytest
from opened import ROOT, open_page, pictures, said
from own_places import openings

pytestmark = pytest.mark.usefixtures("first_part_only")

MADE = re.compile(r"\b(?:OwnData|own_line|file_uploader|audio_input|camera_input)\(")
# What would be more than text in a message: unescaped markup, addresses, icons.
MARKUP = re.compile(r"(?<!\\)[*_`\[\]<>$]|https?://|www\.|:material/")
TEXTS = {
    "digits and a letter": "1" * 15_000 + "x",
    "two ways": "apples 1,200\npears 3",
    "German": "apfel;1.234,5\nbirne;2",
    "spaces in a number": "apples;1 200\npears;1\u00a0300",
    "a header with a year": "Name,2024\napples,1\npears,2",
    "not a number": "a;nan\nb;inf\nc;None",
    "sep": "sep=;\na;1\nb;2",
    "comments": "# a\n# b\n#",
    "addresses": "http://x.y 5\nwww.x.y 3\na@b.cd 2",
    "an address for a number": "http://x.y;www.x.y\n:material/home:;:smile:",
    "markup": ":red[x] 3\n**b** 2\n$x^2$ 1\n<b>c</b> 4\n![p](q) 2",
    "gaps of a template": "{rare} 3\n{0} 2\n{share:percent} 1",
    "unseen": "\u200b0\n\u2066\n\x07 3",
    "zero bytes": "\0" * 50,
    "endless": "1e309 -1e309\nnan inf\n" * 9,
    "Hindi": "यह हिन्दी है। " * 30,
    "Chinese": "你好。再见！" * 40,
    "right to left": "שלום, 4\nمرحبا, ٣",
    "quotation marks": '"' * 999,
    "one line": "a",
    "spaces": "   \n\t\n",
    "long": "x" * 3_000_000,
}
NO_DATA = {"references", "link_builder"}  # what is typed there is looked for, or put into a link
# Tried in every run; the other kinds on all pages in the full one.
ALWAYS_KINDS, ALWAYS_PAGES = 1, ("two_colours", "vanishing_tails", "teach")


@pytest.fixture(scope="module")
def places():
    """Return the places, by the key of their text; those for files have none."""
    return places_on(openings())


@pytest.fixture(scope="module")
def some_places():
    return places_on(openings(ALWAYS_PAGES))


def places_on(opened):
    texts, files = {}, set()
    for entry, link in opened:
        if entry.key in NO_DATA:
            continue
        at = open_page(entry, link)
        for box in (*at.text_area, *at.text_input):
            texts.setdefault(box.key, (entry, link))
        files |= {item.proto.id.split("-", 1)[-1] for item in at.get("file_uploader")}
    return texts, files


@pytest.fixture(scope="module", autouse=True)
def first_part(request):
    from ui import long_run

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(long_run, "go_on", lambda *runs: None)
        yield


@pytest.mark.full
def test_every_place_is_found(places):
    sources = [path for path in (ROOT / "ui").rglob("*.py") if path.name != "own_data.py"]
    sources += (ROOT / "pages").glob("*.py")
    made = sum(len(MADE.findall(path.read_text(encoding="utf-8"))) for path in sources)
    texts, files = places
    with_both = 3  # own points, texts and lists have a file beside their text
    unseen = 2  # a microphone and a camera, which a test cannot use
    twice = 2  # a sound and a room, rows and a reference: each pair by the same lines
    # What all pages make by the same lines is one place; a line of a page's own is one of its own.
    texts, files = (
        {name.partition("/")[2] if "/own/" in name else name for name in each}
        for each in (texts, files)
    )
    found = len(texts) + len(files) - with_both + unseen - twice
    assert found == made, (sorted(texts), sorted(files))


def box_of(at, key):
    return next(box for box in (*at.text_area, *at.text_input) if box.key == key)


@pytest.mark.full
@pytest.mark.parametrize("kind", TEXTS)
def test_what_cannot_be_read_is_said_and_nothing_else_is_lost(places, kind):
    check_what_is_said(places, kind)


@pytest.mark.parametrize("kind", list(TEXTS)[:ALWAYS_KINDS])
def test_on_some_pages_what_cannot_be_read_is_said(some_places, kind):
    assert len(some_places[0]) >= len(ALWAYS_PAGES)
    check_what_is_said(some_places, kind)


def check_what_is_said(places, kind):
    for key, (entry, link) in places[0].items():
        at = open_page(entry, link)
        drawn, before = len(pictures(at)), said(at)
        box_of(at, key).set_value(TEXTS[kind]).run()
        where = f"{key}: {kind}"
        assert not at.exception, where
        assert len(pictures(at)) == drawn, where
        assert len(said(at)) > 0.5 * len(before), where
        for error in at.error:
            assert error.value.rstrip("\\)")[-1] in '.!?")', f"{where}: {error.value[-50:]}"
            assert len(error.value) < 800, where
            assert not MARKUP.search(error.value), where
        if kind not in ("not a number", "endless"):
            assert not re.search(r"\b(nan|inf|None)\b", said(at)), where
