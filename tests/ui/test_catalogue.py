"""The catalogue, the files it names, and the menu that is drawn from it."""

import re

import pytest
from opened import ENTRIES, ROOT, open_page

from collapse_core.lessons.lesson import read_lesson, shell_words
from ui.catalogue import CLASSROOM, HOME, PAGES, SECTIONS
from ui.shell import entry_of


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_every_page_has_a_file_and_a_lesson(entry):
    assert (ROOT / entry.file).is_file()
    assert read_lesson(entry.key).title
    assert re.fullmatch(r":material/[a-z0-9_]+:", entry.icon)
    assert "?" in entry.question


def test_every_file_and_every_lesson_has_a_page():
    files = {f"pages/{path.name}" for path in (ROOT / "pages").glob("*.py")}
    assert files == {entry.file for entry in (*PAGES, *CLASSROOM)}
    lessons = {path.stem for path in (ROOT / "assets" / "lessons" / "en").glob("*.toml")}
    pages = [*(ROOT / "pages").glob("*.py"), *(ROOT / "ui").rglob("*.py")]
    source = "".join(path.read_text(encoding="utf-8") for path in pages)
    further = {"shell", "drift_report", "messages", "origins", "sweep", "site"}
    for lesson in lessons - {entry.key for entry in ENTRIES} - further:
        assert f'"{lesson}"' in source, "a further lesson belongs to a view of some page"


def test_names_are_unique_and_sections_are_known():
    for part in ("key", "file", "title", "question", "icon"):
        values = [getattr(entry, part) for entry in ENTRIES]
        assert len(set(values)) == len(values), part
    assert {entry.section for entry in PAGES} <= set(SECTIONS)


def test_the_pages_of_a_class_stand_in_no_section_and_have_one_lesson():
    words = read_lesson("classroom")
    for entry in CLASSROOM:
        assert (entry.section, entry.kind) == ("", "class")
        assert (ROOT / entry.file).is_file()
        assert entry.title == words.text("pages", entry.key)
        assert "?" in entry.question
        assert entry_of(entry.key) is entry
    assert not {entry.key for entry in CLASSROOM} & {entry.key for entry in ENTRIES}


def test_a_page_that_is_not_there_is_named():
    assert entry_of("home") is HOME
    with pytest.raises(KeyError, match=r"no page 'nowhere' in ui/catalogue.py"):
        entry_of("nowhere")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
def test_the_menu_leads_to_every_page_in_the_order_of_the_sections(entry):
    menu = open_page(entry).sidebar
    ordered = [page.title for section in SECTIONS for page in PAGES if page.section == section]
    assert [link.value for link in menu.page_link] == [HOME.title, *ordered]
    headings = [caption.value for caption in menu.caption]
    used = [section for section in SECTIONS if section in {page.section for page in PAGES}]
    words = shell_words("menu_sections")
    assert headings[: len(used)] == [f"**{words[section]}**" for section in used]


def test_home_has_a_card_with_its_question_for_every_page():
    at = open_page(HOME)
    cards = [link.value for link in at.main.page_link if link.value.startswith("**")]
    ordered = [page for section in SECTIONS for page in PAGES if page.section == section]
    assert cards == [f"**{page.title}** {page.question}" for page in ordered]
    headings = [header.value for header in at.main.header]
    used = [section for section in SECTIONS if section in {page.section for page in PAGES}]
    assert headings == [shell_words("menu_sections")[section] for section in used]


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_a_page_is_short(entry):
    lines = (ROOT / entry.file).read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 180, "controls, run, figures, words: the rest belongs elsewhere"
