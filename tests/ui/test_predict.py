"""Predict first: who is asked, and what skips the question."""

import pytest
from opened import entry_named, hands, open_page

TWO = entry_named("two_colours")


def asks(at):
    return hands(at)["two_colours"]["ask"] is not None


@pytest.mark.parametrize("link", [{}, {"projector": "true"}, {"utm_source": "mail"}])
def test_a_link_without_settings_is_asked_to_guess(link):
    assert asks(open_page(TWO, link))


@pytest.mark.parametrize("link", [{"anchors": "0"}, {"generation": "3"}, {"sample_size": "junk"}])
def test_a_link_with_settings_shows_its_picture(link):
    assert not asks(open_page(TWO, link))
