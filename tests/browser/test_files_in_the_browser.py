"""Files for a workshop: a page that plays from a file without a network, and still pictures."""

import struct
import sys
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from collapse_core.command.main import main
from collapse_core.topics.registry import all_topics

STILL = "document.querySelector('.player').dataset.state === 'still'"


def written(path, topic, *options):
    arguments = ["figure", topic, *options, "-o", str(path), "--quiet"]
    assert main(arguments) == 0
    return path


@pytest.fixture
def opened(browser):
    """Return a function that opens a file without a network; at the end nothing has gone wrong."""
    context = browser.new_context(offline=True, viewport={"width": 1400, "height": 900})
    errors, asked = [], []

    def open_file(path):
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        page.wait_for_function(f"{STILL} && document.querySelector('.chart').data")
        return page

    yield open_file
    context.close()
    assert errors == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


@pytest.mark.parametrize(
    "topic",
    [
        pytest.param(
            topic.key,
            id=topic.key,
            marks=[] if topic.key == "two_colours" else [pytest.mark.full],
        )
        for topic in all_topics()
    ],
)
def test_a_file_plays_without_a_network(opened, tmp_path, topic):
    page = opened(written(tmp_path / "page.html", topic, "--generation", "1"))
    now, caption = page.locator(".now"), page.locator(".caption")
    first, said = now.inner_text(), caption.inner_text()
    assert first.endswith(" 1")
    assert said
    page.locator(".step").click()
    expect(now).not_to_have_text(first)
    page.locator(".hand").press("Home")
    page.locator(".play").click()
    page.wait_for_function("Number(document.querySelector('.hand').value) > 1")
    page.wait_for_function(f"{STILL} && document.querySelector('.player').dataset.tick > 1")
    labels = page.evaluate(
        "[...document.querySelectorAll('.chart[aria-label]')].map((e) => e.ariaLabel)"
    )
    assert labels
    assert all(len(label) > 40 for label in labels)
    page.locator("summary").click()
    expect(page.get_by_role("table")).to_be_visible()
    assert page.get_by_role("row").count() > 2
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_still_picture_is_drawn_where_a_browser_is(chromium_path, monkeypatch, tmp_path):
    monkeypatch.setenv("CHROME_PATH", chromium_path)
    svg, png = tmp_path / "a.svg", tmp_path / "a.png"
    written(svg, "two_colours", "--generation", "20", "--panels", "3", "-o", str(png))
    words = "".join(ElementTree.fromstring(svg.read_text(encoding="utf-8")).itertext())
    assert "Chance that blue is lost" in words
    assert "Sample size: 100" in words
    content = png.read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", content[16:24])
    assert width == 2400
    assert height > 500


def test_without_a_browser_the_way_out_is_said(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("CHROME_PATH", str(tmp_path / "nothing"))
    monkeypatch.setitem(sys.modules, "kaleido", None)
    assert main(["figure", "two_colours", "-o", str(tmp_path / "a.svg"), "--quiet"]) == 1
    told = capsys.readouterr().err
    assert "needs Chromium, Chrome or Edge" in told
    assert "Write .html instead" in told
    assert not list(tmp_path.iterdir())
    monkeypatch.setenv("CHROME_PATH", sys.executable)
    assert main(["figure", "two_colours", "-o", str(tmp_path / "a.svg"), "--quiet"]) == 1
    assert "did not draw the picture" in capsys.readouterr().err
