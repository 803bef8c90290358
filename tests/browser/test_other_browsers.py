"""Every page opens, plays, answers a slider and saves its picture in Firefox and in WebKit."""

from contextlib import closing

import pytest
from drivers import MissingError
from other_browsers import BROWSERS, ENTRIES, walk


@pytest.mark.full
@pytest.mark.parametrize("kind", BROWSERS, ids=lambda kind: kind.name)
def test_every_page_in_another_browser(kind, server, tmp_path):
    try:
        browser = kind(tmp_path)
    except MissingError as reason:
        pytest.skip(f"{kind.name} is left out: {reason}")
    with closing(browser):
        assert walk(browser, server, ENTRIES) == 0
