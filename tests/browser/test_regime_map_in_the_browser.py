"""The map over both sliders: a press on it sets them, and Back takes that back."""

import pytest

pytest.importorskip("playwright")

from browsing import EXPECT, query, ready

ENDS = (-0.04, 1.04)  # of both axes


@pytest.mark.full
def test_a_press_on_the_map_sets_both_sliders_in_one_step(visit):
    page = visit("/mixer_squeeze?seed=2", viewport={"width": 1366, "height": 900})
    ready(page)
    page.get_by_text("A map over both sliders").click()
    area = page.locator(".stPlotlyChart .nsewdrag").first
    area.wait_for(timeout=EXPECT)
    page.locator(".stPlotlyChart").scroll_into_view_if_needed()
    page.wait_for_timeout(500)
    box = area.bounding_box()
    across, up = ((value - ENDS[0]) / (ENDS[1] - ENDS[0]) for value in (0.7, 0.0))
    page.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] * (1.0 - up))
    page.wait_for_url(lambda url: "contraction=0" in url and "mixing=0.7" in url, timeout=EXPECT)
    ready(page)
    page.go_back()
    page.wait_for_url(lambda url: "mixing" not in url and "contraction" not in url, timeout=EXPECT)
    ready(page)
    assert query(page)["seed"] == "2"
