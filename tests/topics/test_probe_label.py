"""What an image is taken for is said in the language of the page."""

import numpy as np
import pytest

from collapse_core.figures.image_probe import ProbeStop
from collapse_core.lessons.language import speaking
from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.probe_label import label_of


@pytest.mark.parametrize("page", ["digits_photographs", "network"])
@pytest.mark.parametrize(
    ("language", "label", "said"),
    [("en", "group 2", "group 2"), ("de", "group 2", "Gruppe 2"), ("de", "7", "7")],
)
def test_a_label_is_said_in_the_language(page, language, label, said):
    with speaking(language):
        stop = ProbeStop(0, np.zeros(64, np.uint8), label, 0.5)
        assert label_of(read_lesson(page), stop) == said
