"""Whatever a reader types, on any page: no link, no icon, no markup comes of it.

The places are found: every page of the catalogue, with every choice that opens one.
"""

import re

import pytest
from opened import ENTRIES, controls, entry_named, open_page, said
from own_places import openings
from some_pages import some_always

from ui.catalogue import PAGES

pytestmark = pytest.mark.usefixtures("first_part_only")
pages = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)

# What a page would read as more than words. None is part of the app's own words.
ODD = ("http://x.y", "www.x.y", "a@b.cd", ":material/home:", ":smile:", ":red[x]", "[x](y)")
ODD += ("**bold**", "$x^2$", "<b>x</b>", "a -> b", "a -- b", "a >= b", "![x](y)", "`code`")
# A list, points, a jar, a drawing or a text, each with the odd words in it.
TYPED = ("{odd}", "{odd} 5\n{odd}", "{odd}, 1", "9 {odd}, 1 b", "1 2\n{odd} 3", "{odd}. " * 60)


def places_to_type(at):
    return [part for kind in ("text_area", "text_input") for part in getattr(at, kind)]


def links_with_places(entry):
    """Return the links to a page that offer a place to type, each with another place."""
    found, seen = [], set()
    for page, link in openings():
        if page is entry:
            keys = {part.key for part in places_to_type(open_page(entry, link))}
            if keys - seen:
                found.append(link)
            seen |= keys
    return found


def shown(at):
    """Return all words of a page that are read as Markdown, without what is in a program's type."""
    words = said(at) + "\n".join(str(part.label) for part in (*controls(at), *at.button))
    return re.sub("(`+).*?\\1", "", words)


@pytest.mark.full
def test_the_places_are_found():
    found = {entry.key for entry in PAGES if links_with_places(entry)}
    assert {"any_model", "language", "two_colours", "vanishing_tails"} <= found


@pytest.mark.full  # tests/browser/test_typed_text_in_the_browser.py does so with fewer words
@pages
def test_what_is_typed_is_only_words(entry):
    for link in links_with_places(entry):
        at = open_page(entry, link)
        for place in [part.key for part in places_to_type(at)]:
            for template in TYPED:
                for odd in ODD:
                    field = next(part for part in places_to_type(at) if part.key == place)
                    field.set_value(template.replace("{odd}", odd)).run()
                    assert not at.exception
                    assert odd not in shown(at), f"{place}: {template}"


@some_always(ENTRIES)
def test_what_a_link_holds_is_only_words(entry):
    for odd in ODD:
        at = open_page(entry, {odd: odd, "x": odd})
        assert not at.exception
        assert odd not in shown(at)
        assert len(at.warning) == 1


def test_a_control_finds_odd_words():
    at = open_page(entry_named("two_colours"), {"jar": "http://x.y"})
    assert "http:" in shown(at), "the complaint quotes what was typed"
    assert "http://x.y" in shown(at).replace("\u2060", "")
