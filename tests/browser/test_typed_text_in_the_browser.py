"""What a reader typed, as a browser shows it: every sign, and no link, no icon, no formula."""

from io import BytesIO
from urllib.parse import urlencode

import pytest
from first_always import first_always

pytest.importorskip("playwright")

from browsing import EXPECT, ready, settled
from PIL import Image
from playwright.sync_api import expect

from collapse_core.lessons.control_words import control_words
from collapse_core.lessons.lesson import read_lesson
from ui.catalogue import PAGES

ODD = (
    "http://x.y www.x.y a@b.cd :material/home: :smile: :red[x] [x](y) **bold** $x^2$ "
    "<b>x</b> a -> b -- c >= d ~~e~~ `f` :streamlit:"
)
# What a browser makes of such words, where it makes more of them than words.
MORE = """place => [...place.querySelectorAll(
    'a, img, b, em, strong, del, .katex, .stMarkdownColoredText, [role=img]')]
    .map(node => node.outerHTML)"""
OWN = {
    "any_model": {"data": "own", "sample_size": "100", "generations": "2"},
    "language": {"corpus": "own", "generations": "2"},
    "vanishing_tails": {"start": "own", "generations": "3"},
}
OPENED_BY = {"language": "own_text", "vanishing_tails": "counts"}


def link(key, parameters):
    return f"/{key}?{urlencode(parameters)}"


def only_words(place):
    """Check that a message quotes what was typed, all of it, as words."""
    assert place.evaluate(MORE) == []
    return place.inner_text().replace("\u2060", "")


# One page always; the others, which share this with it, in `.ci/full`.
@pytest.mark.parametrize(
    "key",
    [
        pytest.param(entry.key, marks=[pytest.mark.full] if number else [])
        for number, entry in enumerate(PAGES)
    ],
)
def test_what_a_link_holds_in_vain(visit, key):
    page = visit(link(key, {ODD[:23]: ODD[23:50], "a`b": ":material/home:", "generation": "x"}))
    message = page.get_by_test_id("stAlertContentWarning")
    expect(message).to_contain_text("ignored", timeout=EXPECT)
    said = only_words(message)
    assert f"{ODD[:23]}={ODD[23:50]}" in said
    assert "a`b=:material/home:" in said
    page.get_by_test_id("stMain").get_by_role("button", name="OK", exact=True).click()
    expect(message).to_have_count(0, timeout=EXPECT)


@pytest.mark.full
def test_a_jar_that_cannot_be_read(visit):
    page = visit(link("two_colours", {"jar": ODD[:55]}))
    message = page.get_by_test_id("stAlertContentError")
    expect(message).to_contain_text("material", timeout=EXPECT)
    assert ODD[:55] in only_words(message)


def test_a_name_of_a_jar_in_its_sentences(visit):
    page = visit(link("two_colours", {"jar": "9 a -- b, 1 c -- d"}))
    ready(page)
    page.get_by_text(read_lesson("shell").words("sections")["more_precisely"]).first.click()
    details = page.get_by_test_id("stExpanderDetails").first
    expect(details).to_contain_text("c -", timeout=EXPECT)
    assert "c -- d" in details.inner_text().replace("\u2060", "")


@pytest.mark.parametrize("key", first_always(OWN))
def test_own_data_that_cannot_be_read(visit, key):
    page = visit(link(key, OWN[key]))
    ready(page)
    if key != "any_model":
        words = control_words(read_lesson(key), OPENED_BY[key])
        page.get_by_role("button", name=words["open"]).click()
    field = page.locator("textarea:visible").first
    field.fill(ODD)
    field.press("Control+Enter")
    message = page.get_by_test_id("stAlertContentError")
    expect(message).to_be_visible(timeout=EXPECT)
    settled(page)
    only_words(message)


@pytest.mark.full
def test_the_name_of_a_picture(visit):
    page = visit(link("digits_photographs", {"view": "probe", "generations": "1"}))
    ready(page)
    page.get_by_test_id("stMain").get_by_role("radiogroup").last.get_by_role("radio").last.click()
    settled(page)
    name, file = "1. www.x.y :smile: a@b.cd -- c.png", BytesIO()
    Image.new("L", (8, 8), 200).save(file, "PNG")
    page.locator("input[type=file]").first.set_input_files(
        {"name": name, "mimeType": "image/png", "buffer": file.getvalue()}
    )
    caption = page.get_by_test_id("stCaptionContainer").filter(has_text="www")
    expect(caption).to_be_visible(timeout=EXPECT)
    assert only_words(caption) == name


# A file's name, and what stands in it, with a word that the app has nowhere else.
WORD = "zqx"
NAME = (
    "[zqx](y) **zqx** <b>zqx<b> :red[zqx] $zqx^2$ www.zqx.yz zqx@b.cd -- ~~zqx~~ `zqx` :smile:zqx"
)
FILES = {
    "room": ({"sound": "own"}, "wav"),
    "photocopier": ({"picture": "own", "generations": "2"}, "png"),
    "eight_patterns": ({"view": "embeddings"}, "csv"),
    "early_warning": ({"view": "own", "generations": "3"}, "csv"),
}
# What a browser makes of words that hold the word, where it makes more of them than words.
MORE_OF_IT = """word => [...document.querySelectorAll(
    'a, img, b, em, strong, del, .katex, .stMarkdownColoredText, script, iframe')]
    .map(node => node.outerHTML).filter(text => text.includes(word))"""


def give(page, name, content):
    """Choose a file."""
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    page.locator("input[type=file]").first.set_input_files([file])


@pytest.mark.full
@pytest.mark.parametrize("key", first_always(FILES))
def test_the_name_of_a_file_that_cannot_be_read(visit, key):
    parameters, ending = FILES[key]
    page = visit(link(key, parameters))
    ready(page)
    give(page, f"{NAME}.{ending}", b"\0\1junk")
    message = page.get_by_test_id("stAlertContentError")
    expect(message).to_contain_text(WORD, timeout=EXPECT)
    settled(page)
    # A long name is quoted as far as it goes.
    assert NAME[:30] in only_words(message)
    assert page.evaluate(MORE_OF_IT, WORD) == []


@pytest.mark.full
def test_the_headers_of_a_table_and_its_labels(visit):
    page = visit(link("early_warning", FILES["early_warning"][0]))
    ready(page)
    head = f'generation,"{NAME}","<img src=x onerror=alert(1)>{WORD}",label'
    rows = [f'{t},{i % 7}.{t},{i % 5}.{i},"{NAME}"' for t in range(6) for i in range(60)]
    give(page, f"{NAME}.csv", "\n".join([head, *rows]).encode())
    with page.expect_download(timeout=EXPECT) as started:
        page.get_by_role("button", name="Report as one page").click()
    settled(page)
    assert page.evaluate(MORE_OF_IT, WORD) == []
    report = page.context.new_page()
    report.goto(f"file://{started.value.path()}")
    report.set_content(started.value.path().read_text(encoding="utf-8"))
    assert report.evaluate(MORE_OF_IT, WORD) == []
    report.close()


@pytest.mark.full
def test_a_header_that_cannot_be_read(visit):
    page = visit(link("early_warning", FILES["early_warning"][0]))
    ready(page)
    give(page, "mine.csv", f"{NAME},b\n0,{NAME}\n1,2\n".encode())
    message = page.get_by_test_id("stAlertContentError")
    expect(message).to_be_visible(timeout=EXPECT)
    settled(page)
    only_words(message)
    assert page.evaluate(MORE_OF_IT, WORD) == []


# What Plotly makes of markup: links, formulas, and parts of a line that look otherwise.
MARKED = """word => [...document.querySelectorAll('.player a, .player b, .MathJax, .player tspan')]
    .filter(node => node.textContent.includes(word) && !node.classList.contains('line'))
    .map(node => node.outerHTML)"""
ODD_NAMES = ("<b>zqx</b>", "%{y}zqx", "$zqx^2$", "<a href='x'>zqx</a>", "zqx<br>zqx", "&lt;zqx")


@pytest.mark.full
def test_what_is_told_on_hovering_over_own_names(visit):
    parameters = OWN["vanishing_tails"] | {"axes": "linear"}
    page = visit(link("vanishing_tails", parameters))
    ready(page)
    words = control_words(read_lesson("vanishing_tails"), OPENED_BY["vanishing_tails"])
    page.get_by_role("button", name=words["open"]).click()
    field = page.locator("textarea:visible").first
    field.fill("\n".join(f"{name}; {90 - i}" for i, name in enumerate(ODD_NAMES)))
    field.press("Control+Enter")
    page.wait_for_function(
        f"document.querySelector('.player .chart')?.data?.some(trace =>"
        f" JSON.stringify(trace.text || '').includes('{WORD}'))"
    )
    # The picture comes before the run is over; only then the address holds what was typed.
    page.wait_for_function("location.search.includes('counts=')")
    page.keyboard.press("Escape")
    ready(page)
    told, tries = "", 0
    # The pointer may pass before the chart is told of it.
    while not all(name in told for name in ODD_NAMES):
        assert (tries := tries + 1) <= 4, told
        told += "".join(hovered_over(page, len(ODD_NAMES))).replace("\u200b", "")
    assert page.evaluate(MARKED, WORD) == []


def hovered_over(page, many):
    """Return what is told in a picture where the pointer rests, along its first panel."""
    place = page.locator(".player .nsewdrag").first
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    for step in range(4 * many):
        across = (step + 0.5) / (4 * many)
        page.mouse.move(box["x"] + box["width"] * across, box["y"] + box["height"] / 2)
        page.wait_for_timeout(120)
        yield from page.locator(".player .hoverlayer text").all_text_contents()
