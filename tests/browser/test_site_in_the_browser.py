"""The static edition, opened from files by a browser without a network."""

import pytest
from playwright.sync_api import expect

from collapse_core.command.main import main
from collapse_core.site.build import LARGEST, LARGEST_FIRST, write_site
from collapse_core.site.plan import plan_of
from collapse_core.topics.registry import all_topics, topic_named

STILL = "document.querySelector('.player').dataset.state === 'still'"
# What is moved on each page, where its own grid would take long: the work is then short.
SHORT = {
    "any_model": {"generations": (3, 20), "anchors": (0,)},
    "early_warning": {"sample_size": (100, 200), "anchors": (0,)},
    "network": {"model": ("pca", "autoencoder"), "code": (2,)},
    "digits_photographs": {"generations": (3, 10), "anchors": (0,)},
}


@pytest.fixture
def opened(browser):
    """Return a function that opens a file without a network; at the end nothing has gone wrong."""
    context = browser.new_context(offline=True, viewport={"width": 1400, "height": 900})
    wrong, asked = [], []

    def open_file(path):
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        page.wait_for_function(f"{STILL} && document.querySelector('.chart').data", timeout=60_000)
        return page

    yield open_file
    context.close()
    assert wrong == []
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


def picture_of(page):
    return page.locator(".player").get_attribute("data-picture")


def moved(page):
    """Choose every value of the first setting and every preset; return the pictures seen."""
    seen = [picture_of(page)]
    others = page.locator(".choices input:not(:checked) + span")
    for place in range(others.count()):
        about = page.locator(".about").inner_text()
        others.nth(min(place, others.count() - 1)).click()
        expect(page.locator(".about")).not_to_have_text(about)
        page.wait_for_function(
            f"{STILL} && document.querySelector('.player').dataset.picture !== '{seen[-1]}'"
        )
        seen.append(picture_of(page))
    return seen


@pytest.mark.full
@pytest.mark.parametrize("topic", [topic.key for topic in all_topics()])
def test_a_page_plays_from_a_file_and_a_control_changes_its_picture(
    opened, tmp_path, monkeypatch, topic
):
    whole = plan_of(topic_named(topic))
    # The first two values that are as on the page but for one setting.
    grid = SHORT.get(topic) or {
        name: values[:2] if place == 0 else values[:1]
        for place, (name, values) in enumerate(whole.grid.items())
    }
    monkeypatch.setattr("collapse_core.site.plan.read_lesson", lambda key: _WithoutPresets())
    site = write_site(tmp_path, [plan_of(topic_named(topic), grid=grid)])
    assert site.troubles == []
    assert site.firsts[topic] < LARGEST_FIRST
    page = opened(tmp_path / f"{topic}.html")
    assert page.locator(".caption").inner_text()
    assert len(set(moved(page))) >= 2
    page.locator(".table summary").click()
    expect(page.get_by_role("table")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


class _WithoutPresets:
    presets = ()


@pytest.mark.full
def test_presets_links_and_a_dark_ground(opened, browser, tmp_path, monkeypatch):
    grid = {"two_colours": {"sample_size": (10, 100), "anchors": (0,)}}
    monkeypatch.setattr("collapse_core.site.plan._GRIDS", grid)
    options = ["--app", "https://a.org/", "--workers", "1", "--quiet"]
    assert main(["site", "two_colours", "-o", str(tmp_path / "site"), *options]) == 0
    page = opened(tmp_path / "site" / "two_colours.html")
    preset = page.get_by_role("button", name="One fixed real point")
    preset.click()
    expect(preset).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".comments p:visible")).to_have_count(1)
    expect(page.locator(".about")).to_contain_text("Generations: 500")
    expect(page.locator(".choices input:checked")).to_have_count(0)
    assert "fresh=false" in page.locator("a.app").get_attribute("href").lower()
    # Another visit with the same address has the same picture.
    again = opened(tmp_path / "site" / "two_colours.html")
    again.goto(page.url)
    again.reload()
    expect(again.locator(".about")).to_contain_text("Generations: 500")
    page.emulate_media(color_scheme="dark")
    page.wait_for_function("document.querySelector('.player').dataset.picture.endsWith('d')")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 29)"
    page.locator(".why summary").click()
    assert page.locator("math").first.bounding_box()["height"] > 10
    page.locator("nav a").click()
    page.locator("a.card").click()
    page.wait_for_function(STILL)


def test_a_picture_that_is_missing_is_told(browser, tmp_path, monkeypatch):
    grid = {"two_colours": {"sample_size": (10, 100), "anchors": (0,)}}
    monkeypatch.setattr("collapse_core.site.plan.read_lesson", lambda key: _WithoutPresets())
    plan = plan_of(topic_named("two_colours"), grid=grid["two_colours"])
    write_site(tmp_path, [plan])
    (tmp_path / "data" / "two_colours" / f"{plan.cells[0]}.js").unlink()
    context = browser.new_context(offline=True)
    page = context.new_page()
    page.goto((tmp_path / "two_colours.html").as_uri())
    page.wait_for_function(STILL)
    page.locator(".choices span").first.click()
    expect(page.locator(".trouble-told")).to_contain_text("copy the whole folder")
    page.locator(".choices span").nth(1).click()
    expect(page.locator(".trouble-told")).to_be_hidden()
    context.close()


@pytest.mark.full
def test_all_of_it_keeps_its_limits(tmp_path):
    assert main(["site", "-o", str(tmp_path / "site"), "--quiet"]) == 0
    files = [path for path in (tmp_path / "site").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < LARGEST
    pages = {path.stem for path in files if path.suffix == ".html"}
    assert pages == {"index", *(topic.key for topic in all_topics())}
