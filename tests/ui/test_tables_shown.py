"""The tables on a page are those of its picture: opened, at the tick that is shown."""

import numpy as np
import pytest
from first_always import first_always
from opened import entry_named, open_page, said

from collapse_core.lessons.language import speaking
from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.registry import topic_named

QUICK = ("two_colours", "one_real_point", "vanishing_tails")


def same(drawn, columns):
    assert list(drawn.columns) == [name for name, cells in columns.items() if cells is not None]
    for name in drawn.columns:
        told, cells = list(drawn[name]), list(columns[name])
        if any(isinstance(cell, str) for cell in cells):
            assert told == cells
        else:
            told, cells = np.array(told, float), np.array(cells, float)
            np.testing.assert_allclose(told, cells, rtol=1e-12)


@pytest.mark.usefixtures("first_part_only")
@pytest.mark.parametrize("language", first_always(["de", "en"]))
@pytest.mark.parametrize("key", QUICK)
def test_a_page_shows_every_number_of_its_picture(key, language):
    link = {"seed": "2", "generation": "7", "lang": language}
    at = open_page(entry_named(key), link, state={"numbers": True})
    assert not at.exception
    with speaking(language):
        topic = topic_named(key)
        shown = topic.shown(read_lesson(key), topic.ask({"seed": 2}))
        figure = shown.draw()
        tables = [shown.table(7, figure), *shown.tables(7, figure).values()]
        titles = list(shown.tables(7, figure))
    frames = [frame.value for frame in at.dataframe]
    first = next(n for n, frame in enumerate(frames) if frame.columns[0] == next(iter(tables[0])))
    for frame, columns in zip(frames[first : first + len(tables)], tables, strict=True):
        same(frame, columns)
    for title in titles:
        assert f"**{title}**" in said(at)


@pytest.mark.usefixtures("first_part_only")
def test_what_is_untold_is_in_no_table():
    link = {"seed": "2", "law": "hidden"}
    at = open_page(entry_named("two_colours"), link, state={"numbers": True})
    headings = " ".join(map(str, at.dataframe[0].value.columns))
    assert "this run" in headings
    assert "exact" not in headings
    assert "expected" not in headings
