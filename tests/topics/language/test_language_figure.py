"""The figure of a text: valid for every model, with lines that are safe and fit."""

import re

import numpy as np
import pytest
from checked_figures import LOOK, check_frames, validated

from collapse_core.figures.guess_place import guessed_curve
from collapse_core.figures.look import LIGHT
from collapse_core.topics.language.figure import language_figure, tags_of_marks
from collapse_core.topics.language.question import Language
from collapse_core.topics.language.report import MarkedWord, report_language
from collapse_core.topics.language.text_lines import marked_characters, tagged_lines

SMALL = {"sample_size": 300, "generations": 4}
HOSTILE = "The <b>cat</b> & <script>alert(1)</script> sat. A * dog ran ** away {x}. " * 20


def report_of(steps=None, **changes):
    experiment = Language(**{**SMALL, **changes})
    done = experiment.run()
    return report_language(experiment, done if steps is None else done[:steps])


@LOOK
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"order": 1},
        {"order": 2, "smoothing": "interpolation", "temperature": 2.0},
        {"unit": "letters", "order": 4},
        {"generations": 1, "policy": "accumulate"},
    ],
    ids=str,
)
def test_the_figure_is_valid(look, changes):
    report = report_of(**changes)
    for extra in ({}, {"hidden": "not yet"}, {"guess": guessed_curve(2, 100.0, "x")}):
        moving = language_figure(report, "wenna", look=look, alt="A picture.", **extra)
        validated(moving)
        check_frames(moving)
        assert len(moving.frames) == len(report.steps)
        assert not moving.redraws, "the text moves without drawing all anew"


@pytest.mark.parametrize("steps", [1, 2])
def test_it_stands_before_the_run_is_over_on_the_same_axes(steps):
    whole, part = (language_figure(report_of(steps=n), "wenna") for n in (None, steps))
    validated(part)
    check_frames(part)
    for name, axis in whole.layout.items():
        if name.startswith(("xaxis", "yaxis")):
            assert part.layout[name] == axis, name


def test_what_is_hidden_is_not_drawn():
    report = report_of(order=1)
    names = {trace.get("name") for trace in language_figure(report, "wenna").traces}
    hidden = {trace.get("name") for trace in language_figure(report, "wenna", hidden="?").traces}
    assert names - hidden == {"words left", "exact mean, ± 2 spreads"}


def test_each_frame_begins_the_text_of_its_generation():
    report = report_of(order=2)
    frames = language_figure(report, "wenna").frames
    for number, frame in enumerate(frames):
        (text,) = frame.data[0]["text"]
        plain = re.sub(r"<[^>]+>", "", text.replace("<br>", " "))
        written = " ".join(word.text for word in report.sentences(number, 3)[0])
        assert plain.replace(".", " .").startswith(written[:60])


def test_a_text_of_the_readers_own_is_escaped():
    report = report_of(corpus="own", text=HOSTILE, unit="letters", order=4)
    frames = language_figure(report, "*").frames
    lines = [line for frame in frames for line in frame.data[0]["text"][0].split("<br>")]
    assert "&lt;" in "".join(lines)
    allowed = re.compile(r"</?(?:u|b|i|span)(?: style=\"color:#[0-9A-F]{6}\")?>")
    for line in lines:
        assert "<" not in allowed.sub("", line)
        assert ">" not in allowed.sub("", line)


# ---------------------------------------------------------------------------------------- lines


def words(text, mark=""):
    return [MarkedWord(word, mark) for word in text.split()]


def test_words_have_spaces_between_them_and_none_before_a_full_stop():
    characters = marked_characters([words("one two ."), words("three .")])
    assert "".join(sign for sign, _ in characters) == "one two. three."
    letters = [[MarkedWord(sign, "") for sign in "ab c."], [MarkedWord("d", "")]]
    assert "".join(sign for sign, _ in marked_characters(letters, letters=True)) == "ab c. d"


def test_lines_break_at_spaces_and_long_words_are_cut():
    characters = marked_characters([words("one two three " + "x" * 25)])
    assert tagged_lines(characters, 10, 6, {}) == [
        "one two",
        "three",
        "x" * 10,
        "x" * 10,
        "x" * 5,
        " ",
    ]


def test_wide_characters_count_twice():
    characters = marked_characters([words("漢字漢字漢字")])
    assert tagged_lines(characters, 4, 3, {}) == ["漢字"] * 3


def test_marks_are_more_than_colours():
    tags = tags_of_marks(LIGHT)
    sentence = [MarkedWord("a", "new"), MarkedWord("b", "rare"), MarkedWord("c", "last")]
    line = tagged_lines(marked_characters([sentence]), 20, 1, tags)[0]
    plain = re.sub(r"</?span[^>]*>", "", line)
    assert plain == "<u>a</u> <b>b</b> <b><i>c</i></b>"


def test_a_line_never_holds_a_control_character():
    characters = [(sign, "") for sign in "a\tb\x07c\u200fd"]
    assert tagged_lines(characters, 20, 1, {}) == ["a b c d"]


def test_no_text_is_drawn_as_empty_lines():
    assert tagged_lines([], 20, 3, {}) == [" "] * 3


def test_counts_of_nothing_are_on_the_floor():
    report = report_of()
    line = next(t for t in language_figure(report, "xyzzy").traces if t.get("name") == "the word")
    assert np.allclose(line["y"], line["y"][0])
    assert line["y"][0] < 1.0
