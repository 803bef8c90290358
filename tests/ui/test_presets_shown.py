"""A preset that was pressed is marked, and its comment is read, on every page that has some."""

import pytest
from opened import entry_named, open_page

from collapse_core.lessons.lesson import read_lesson

PRESSED = "primary"


def pressed(at):
    return [button.label for button in at.button if button.proto.type == PRESSED]


@pytest.mark.parametrize("key", ["two_colours", "mitigation_lab"])
def test_a_preset_that_was_pressed_is_marked_and_commented(key):
    at = open_page(entry_named(key), {"guess": "skip"})
    for preset in read_lesson(key).presets[:3]:
        next(button for button in at.button if button.label == preset.name).click()
        at.run()
        assert preset.name in pressed(at)
        assert any(preset.comment[:40] in item.value for item in at.caption), preset.name
