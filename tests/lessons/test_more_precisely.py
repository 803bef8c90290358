"""What is folded under a picture, and the ways from one page to others."""

import re

import numpy as np
import pytest
from opened import open_page, said
from some_pages import some_always

from collapse_core import ClosedLoop, Replace, families
from collapse_core.lessons.lesson import LessonError, read_lesson
from ui.catalogue import EXPERIMENTS, PAGES

PARTS = 'title = "T"\nstory = "S"\nalt = "A picture."\n'
pages = pytest.mark.parametrize("entry", EXPERIMENTS, ids=lambda entry: entry.key)
pytestmark = pytest.mark.usefixtures("first_part_only")


def folded(at):
    """Return the parts of a page that are named "More precisely"."""
    return [item for item in at.get("expander") if item.label == "More precisely"]


@some_always(EXPERIMENTS)
def test_it_says_nothing_until_it_is_opened(entry):
    closed, opened = (
        open_page(entry, {"seed": "2"}, state={"more_precisely": state}) for state in (False, True)
    )
    points = folded(opened)[0].markdown[0].value.split("\n")
    assert len(points) > 1
    assert all(point.startswith("- ") and len(point) > 20 for point in points)
    assert not folded(closed)[0].markdown
    assert points[0] not in said(closed)


@some_always(EXPERIMENTS)
def test_there_is_none_before_the_guess(entry):
    assert not folded(open_page(entry))


@some_always(EXPERIMENTS)
def test_no_percentile_is_told_where_runs_are_level(entry):
    words = said(open_page(entry, {"seed": "2"}))
    if re.search(r"level with \*\*\d+\*\* of the other runs", words):
        assert "percentile" not in words


def test_level_runs_are_counted():
    runs = ClosedLoop(families.Bernoulli(0.1), Replace(), 10, 40).simulate(50, seed=1)
    ends = runs.mean[:, -1]
    for run in range(50):
        assert runs.level_with(run) == np.count_nonzero(ends == ends[run]) - 1
    with pytest.raises(ValueError, match="run"):
        runs.level_with(50)


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.key)
def test_a_note_is_one_sentence(entry):
    for note in read_lesson(entry.key).tables.get("notes", {}).values():
        assert not re.search(r"[.!?]\s", note), note


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (
            '[[onward]]\npage = "nowhere"\nwhy = "w"',
            r"\[\[onward\]\] 1: there is no page 'nowhere'",
        ),
        ('[[onward]]\nwhy = "w"', r"\[\[onward\]\] 1: 'page' must be a text"),
        ('read_first = ["nowhere"]', "read_first: there is no page 'nowhere'"),
        ('read_first = "two"', "'read_first' must be a list"),
        ("needs = 3", "'needs' must be a text"),
    ],
)
def test_a_way_that_leads_nowhere_is_named(tmp_path, content, complaint):
    (tmp_path / "page.toml").write_text(f"{PARTS}{content}\n", encoding="utf-8")
    with pytest.raises(LessonError, match=complaint):
        read_lesson("page", tmp_path)


def test_a_way_to_another_page_is_read(tmp_path):
    (tmp_path / "other.toml").write_text(f'{PARTS}menu = "Other"\n', encoding="utf-8")
    text = PARTS + 'needs = "N"\nread_first = ["other"]\n[[onward]]\npage = "other"\nwhy = "w"\n'
    (tmp_path / "page.toml").write_text(text, encoding="utf-8")
    lesson = read_lesson("page", tmp_path)
    assert (lesson.needs, lesson.read_first) == ("N", ("other",))
    assert [(place.page, place.why) for place in lesson.onward] == [("other", "w")]
