"""The page on eight patterns: each is named, guessed, found among others, and placed."""

import pytest
from checked_figures import LOOK, check_frames, validated
from opened import clocks, entry_named, open_page, said, told_of_guess

from collapse_core.geometry import PATTERNS
from collapse_core.lessons.lesson import read_lesson
from collapse_core.topics.eight_patterns.figure import eight_patterns_figure
from collapse_core.topics.eight_patterns.placed import EXPERIMENTS, PlacedExperiments
from collapse_core.topics.eight_patterns.question import CrumpledCloud
from collapse_core.topics.eight_patterns.report import report_cloud, to_csv
from collapse_core.topics.eight_patterns.sentences import pattern_cards

ENTRY = entry_named("eight_patterns")
LESSON = read_lesson("eight_patterns")
MORE = {"more_precisely": True}
SMALL = {"generations": 3, "sample_size": 400}


@pytest.mark.parametrize("pattern", PATTERNS)
def test_the_last_generation_is_named_as_it_was_made(pattern):
    report = report_cloud(CrumpledCloud(pattern=pattern, **SMALL))
    assert report.patterns[-1].name == pattern
    assert report.patterns[0].name == "no_clear_change"
    assert report.places.shape == (4, 300, 3)


def test_presets_are_named_as_they_say():
    for preset in LESSON.presets:
        asked = CrumpledCloud(**{**preset.values, "generations": 4})
        report = report_cloud(asked)
        if preset.name == "Too few points":
            assert report.patterns[1].name == "no_clear_change"
        else:
            assert report.patterns[-1].name == asked.pattern


def test_the_answer_is_not_told_before_the_guess():
    at = open_page(ENTRY)
    captions = clocks(at)["eight_patterns"]["captions"]
    assert all("appear after your guess" in text for text in captions[1:])
    told = told_of_guess(open_page(ENTRY, {"guess": "0.5_0.5_2"}))["text"]
    assert told.startswith("You have all three directions right: **Oblate contraction**")
    wrong = told_of_guess(open_page(ENTRY, {"guess": "2_0.5_2"}))["text"]
    assert "You have **2** of three directions right" in wrong


def test_sentences_hold_measures_and_intervals():
    at = open_page(ENTRY, {"seed": "2"}, state=MORE)
    assert "**Oblate contraction** (− − +)" in clocks(at)["eight_patterns"]["captions"][-1]
    assert "98.3 % interval" in said(at)
    assert "this project's own reading" in said(at)


def test_the_cards_say_which_names_are_ours():
    table = pattern_cards(LESSON)
    origin = table[LESSON.words("cards")["from"]]
    assert origin.count("the source") == origin.count("this project") == 4


def test_a_hidden_pattern_is_found_by_pressing_names():
    at = open_page(ENTRY, {"seed": "2", "view": "name"})
    assert "you are not told which" in said(at)
    names = {
        button.key.rpartition("/")[2]: button
        for button in at.button
        if "/try/" in (button.key or "")
    }
    assert set(names) == set(PATTERNS)
    for name in PATTERNS:
        at.button(key=f"eight_patterns/try/{name}").click().run()
        if at.success:
            break
    assert not at.exception
    assert "Right:" in at.success[0].value
    at.button(key="eight_patterns/another").click().run()
    assert not at.success


def test_own_loops_are_placed_by_measurement():
    work = PlacedExperiments(("gaussian", "photographs"))
    done = [work.start()]
    while len(done) <= work.total:
        done.append(work.after(done))
    gaussian, photographs = (step.pattern for step in done[1:])
    assert gaussian.signs[2] == -1
    assert photographs.name == "coherent_contraction"
    assert set(EXPERIMENTS) <= set(LESSON.words("placed"))


@LOOK
def test_pictures_are_valid(look):
    figure = eight_patterns_figure(report_cloud(CrumpledCloud(**SMALL)), look=look, alt="A cloud.")
    check_frames(figure)
    validated(figure)


def test_the_table_for_others_names_each_generation():
    asked = CrumpledCloud(**SMALL)
    lines = to_csv(asked, report_cloud(asked)).splitlines()
    assert "# pattern: oblate_contraction" in lines
    assert lines[-1].endswith("oblate_contraction")
