"""The page of the sources: search, a page in the link, what rests on each, and the way to it."""

import re

import pytest
from opened import entry_named, open_page, said, set_control

from collapse_core.lessons.lesson import read_lesson
from collapse_core.lessons.references import references
from collapse_core.topics.references.sources import entry_line, sources, sources_for
from ui.catalogue import EXPERIMENTS

ENTRY = entry_named("references")
LESSON = read_lesson("references")
PAGES = [entry.key for entry in EXPERIMENTS]
FOUND = sources(LESSON, PAGES)


def keys(page="", search=""):
    return [source.reference.key for source in sources_for(FOUND, page, search)]


def test_works_stand_in_the_order_of_names_and_our_own_last():
    assert len(FOUND) == len(references())
    names = [one.reference.authors[0].casefold() for one in FOUND if one.reference.authors]
    assert names == sorted(names)
    assert keys()[-2:] == ["this_project", "textbook"]


def test_something_rests_on_every_source():
    for source in FOUND:
        assert source.rests, source.reference.key
        assert [key for key, _ in source.rests] == [
            key for key in PAGES if key in dict(source.rests)
        ]
    rests = dict(next(one for one in FOUND if one.reference.key == "morris1982").rests)
    assert "Variance as a quadratic of the mean: Morris' families" in rests["exponential_families"]


def test_a_search_finds_names_titles_years_identifiers_and_statements():
    assert keys(search="wright 1931") == ["wright1931"]
    assert keys(search="2502.18049") == ["he2025"]
    assert keys(search="GOOGLE matrix") == ["haveliwala2003"]
    assert "levina2004" in keys(search="local dimension")
    assert keys(search="nobody 1066") == []
    assert set(keys("room")) == {"allen1979", "kuttruff", "lucier1969", "vats2026"} | {
        "textbook", "this_project"
    }  # fmt: skip


@pytest.mark.parametrize("source", FOUND, ids=lambda one: one.reference.key)
def test_an_entry_says_where_it_is_or_that_nobody_knows(source):
    line, one = entry_line(LESSON, source.reference), source.reference
    assert all(f"]({address})" in line for address in one.links.values())
    assert ("No identifier known to us." in line) == (one.can_be_cited and not one.links)
    assert "{" not in line
    assert "None" not in line


def test_authors_who_are_not_named_are_others():
    assert entry_line(LESSON, references()["kobak2025"]).startswith(
        "**Kobak and others** (2025). *"
    )
    assert entry_line(LESSON, references()["he2025"]).startswith("**He, Xu, Cheng** (2025). *")
    assert entry_line(LESSON, references()["kuttruff"]).startswith(
        "**Kuttruff**. *Room Acoustics.*"
    )


def test_the_link_holds_page_and_search_and_the_list_follows():
    at = open_page(ENTRY, {"page": "room", "search": "acoustics"})
    assert not at.exception
    assert "Sources shown: **2** of 49." in said(at)
    assert "Allen, Berkley" in said(at)
    set_control(at, "search", "")
    at.run()
    assert "Sources shown: **6**" in said(at)
    assert at.query_params == {"page": "room"} or at.query_params["page"] == ["room"]
    set_control(at, "search", "<b>nobody</b> [x](http://a.b)")
    at.run()
    told = at.info[0].value
    assert "Try fewer words" in told
    assert "](http" not in told
    assert len(at.get("download_button")) == 1


def test_every_page_leads_from_its_numbers_to_their_sources():
    at = open_page(entry_named("two_colours"), {"guess": "0.5"}, state={"origins": True})
    table = next(item.value for item in at.markdown if item.value.startswith("| Number"))
    assert re.search(r"Chance that .*P_\{ij\}.*Ewens 2004.*`tests/theory/test_two_colours", table)
    assert "Set by you, or by the clock: Generation that is shown" in said(at)
    way = next(link for link in at.main.page_link if link.value == "All sources of this page")
    assert "page=two_colours" in way.proto.query_string
    closed = open_page(entry_named("two_colours"), {"guess": "0.5"})
    assert not [item for item in closed.markdown if item.value.startswith("| Number")]


def test_further_sentences_and_a_view_have_their_numbers_folded():
    entry, link = entry_named("vanishing_tails"), {"generations": "3"}
    folded = {
        "origins_of_vanishing_tails_neighbours": "Kinds known at the end of a collapse",
        "origins_of_density_tails_": "Chance that no tail is left",
    }
    for state in ({}, dict.fromkeys(folded, True)):
        at = open_page(entry, link, state={"origins": True, **state})
        tables = [item.value for item in at.markdown if item.value.startswith("| Number")]
        assert len(tables) == 1 + len(state)
        for told, table in zip(folded.values(), tables[1:], strict=False):
            assert told in table
