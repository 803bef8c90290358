"""A reader's own data belongs to its page, can be cleared, and never stops the page."""

import re

import pytest
from first_always import first_always
from opened import entry_named, open_page, set_control

OWN = {
    "any_model": ({"data": "own", "sample_size": "60", "generations": "2"}, "own_points"),
    "language": ({"corpus": "own", "generations": "2"}, "own_text"),
    "vanishing_tails": ({"start": "own", "generations": "3"}, "counts"),
}
TEXTS = {
    "any_model": "\n".join(f"{n % 7} {n % 5}" for n in range(60)),
    "language": "The old sailor told a short tale of the sea. Nobody in the inn listened. " * 9,
    "vanishing_tails": "apples 5\npears 3\nplums 1",
}
pytestmark = pytest.mark.usefixtures("first_part_only")
pages = pytest.mark.parametrize("key", OWN)


def typed(at, key):
    return at.text_area(key=f"{key}/own/{OWN[key][1]}/typed")


def opened(key):
    return open_page(entry_named(key), OWN[key][0])


def go_to(at, key):
    """Go to a page of the same session, and choose own data there."""
    at.switch_page(entry_named(key).file).run()
    set_control(at, next(iter(OWN[key][0])), "own")
    return at.run()


def press(at, key, part):
    return at.button(key=f"{key}/own/{OWN[key][1]}/{part}").click().run()


@pages
@pytest.mark.parametrize("other", first_always(OWN))
def test_own_data_of_one_page_is_not_that_of_another(key, other):
    at = opened(key)
    typed(at, key).set_value(TEXTS[key]).run()
    assert not at.error
    go_to(at, other)
    assert not at.exception
    assert not at.error, at.error[0].value
    assert (typed(at, other).value == TEXTS[key]) == (key == other)
    go_to(at, key)
    assert not at.error
    assert typed(at, key).value == TEXTS[key], "it is kept while another page is shown"


@pages
def test_own_data_can_be_cleared_and_that_is_no_error(key):
    at = opened(key)
    typed(at, key).set_value(TEXTS[key]).run()
    press(at, key, "clear")
    assert not at.exception
    assert not at.error
    assert typed(at, key).value == ""
    typed(at, key).set_value(TEXTS[key]).run()
    assert not at.error


@pytest.mark.parametrize("key", ["any_model", "vanishing_tails"])
def test_the_example_can_be_put_back(key):
    at = opened(key)
    example = typed(at, key).value
    typed(at, key).set_value("no data at all").run()
    assert at.error
    press(at, key, "sample")
    assert not at.error
    assert typed(at, key).value == example


@pytest.mark.parametrize("key", ["any_model", "vanishing_tails"])
def test_what_was_left_out_is_said(key):
    at = opened(key)
    typed(at, key).set_value("# mine\n" + TEXTS[key]).run()
    assert not at.error
    (note,) = [item.value for item in at.caption if "comment" in item.value]
    assert note.replace("\\", "").startswith('Line 1: "# mine" begins with # and was taken as a')


def test_what_is_seen_while_the_last_cannot_be_read_is_said():
    key, words = "vanishing_tails", "your last data that could be"
    at = opened(key)
    typed(at, key).set_value(TEXTS[key]).run()
    assert not [item for item in at.caption if words in item.value]
    typed(at, key).set_value("no data at all").run()
    assert at.error
    assert len([item for item in at.caption if words in item.value]) == 1
    press(at, key, "clear")
    assert not [item for item in at.caption if words in item.value]


@pages
def test_a_text_that_is_too_long_is_refused_with_its_size(key):
    at = opened(key)
    typed(at, key).set_value(TEXTS[key] + "\n" * 2_000_001).run()
    assert not at.exception
    assert re.search(
        r"The text has 2,0\d\d,\d\d\d bytes: at most [\d,]+ are allowed", at.error[0].value
    )
