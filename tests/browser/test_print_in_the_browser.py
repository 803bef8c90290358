"""Sheets for a class, printed on A4 and on Letter: how many pages, and nothing cut off."""

import re

import pytest

pytest.importorskip("playwright")

from collapse_core.lessons.language import speaking
from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.teach.by_hand import HumanChains
from collapse_core.topics.teach.plans import lesson_plans
from collapse_core.topics.teach.printed import (
    printed_plan,
    printed_quiz,
    printed_table,
    printed_worksheet,
)
from collapse_core.topics.teach.quiz import questions_of
from collapse_core.topics.teach.worksheet import worksheet
from ui.topics.teach.stops import address_of

# Width of the text on paper in CSS pixels: A4 and Letter without their margins of 15 mm.
PAPERS = {"A4": 680, "Letter": 702}
# On each of the two papers; a plan is as long as its language needs.
PAGES = {
    "worksheet": {2},
    "key": {2},
    "quiz": {1},
    "quiz with answers": {1},
    "table": {1},
    "plan 20": {1},
    "plan 45": {1, 2},
    "plan 90": {2},
}


def address(stop):
    return address_of(stop, "https://a-school-with-a-long-name.example.org/statistics/teach")


@pytest.fixture(scope="module", params=["en", pytest.param("de", marks=pytest.mark.full)])
def sheets(request):
    with speaking(request.param):
        return every_sheet(read_lesson("teach"))


def every_sheet(lesson):
    tasks, questions = worksheet(lesson, 1), questions_of(lesson)
    made = {
        "worksheet": printed_worksheet(lesson, tasks, 1, address),
        "key": printed_worksheet(lesson, tasks, 1, address, key=True),
        "quiz": printed_quiz(lesson, questions),
        "quiz with answers": printed_quiz(lesson, questions, key=True),
        "table": printed_table(lesson, HumanChains()),
    }
    for plan in lesson_plans(lesson, 1):
        made[f"plan {plan.minutes}"] = printed_plan(lesson, plan, 1, address)
    return made


def pages_of(pdf):
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def test_every_sheet_has_its_pages_on_both_papers(browser, sheets):
    context = browser.new_context()
    page, asked, found = context.new_page(), [], {}
    page.on("request", lambda request: asked.append(request.url))
    for name, html in sheets.items():
        page.set_content(html)
        page.emulate_media(media="print")
        for paper, width in PAPERS.items():
            found[name, paper] = pages_of(page.pdf(format=paper))
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, (name, paper, "something is cut off at the right")
    context.close()
    assert set(PAGES) == set(sheets)
    assert not {place: pages for place, pages in found.items() if pages not in PAGES[place[0]]}
    assert len(found) == len(PAGES) * len(PAPERS)
    assert not [url for url in asked if not url.startswith(("about:", "data:"))]


def test_a_table_that_is_too_long_for_a_page_is_noticed(browser):
    context = browser.new_context()
    page = context.new_page()
    page.set_content(printed_table(read_lesson("teach"), HumanChains(chains=30)))
    assert pages_of(page.pdf(format="A4")) > 1
    context.close()


def test_names_of_a_sheet_are_words_and_no_markup(sheets):
    for html in sheets.values():
        assert "**" not in html
        assert "{" not in html.split("</style>")[1]
        assert re.search('<html lang="(en|de)">', html)
