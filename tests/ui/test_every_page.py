"""Every page of the catalogue opens, and stands with every control at its ends."""

import random
from functools import cache

import pytest
from opened import (
    ENTRIES,
    KINDS,
    PICTURED,
    bound,
    charts,
    controls,
    name_of,
    open_page,
    pictures,
    sent,
    set_control,
    unfolded,
    values_at_the_ends,
)
from some_pages import some_always

from collapse_core.lessons.lesson import shell_words

MOST_BYTES = 1_500_000

pytestmark = pytest.mark.usefixtures("first_part_only")
# Where the work of a page grows with its runs: few, while the other controls are moved.
FEW_RUNS = {"vanishing_tails": {"runs": "20"}, "exponential_families": {"runs": "100"}}
pages = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
some_pages = some_always(ENTRIES)


@cache
def as_it_opens(entry):
    """Return a page after its first run, for all that only look at it: nobody may change it."""
    return open_page(entry)


def controls_in(block):
    return [node for node in block if node.type in KINDS]


def check_intact(at, drawn, settings):
    assert not at.exception, f"{settings}: {[item.message for item in at.exception]}"
    assert len(charts(at)) >= drawn, f"{settings}: a chart is missing"
    for figure in charts(at):
        assert figure["data"], f"{settings}: a chart is empty"
    assert sent(at) < MOST_BYTES, f"{settings}: a page must stay light"


@pages
def test_it_opens(entry):
    at = as_it_opens(entry)
    assert not at.exception
    assert not at.error
    assert not at.warning
    assert at.title, "a page begins with its question"
    assert charts(at) or entry not in PICTURED, "a page shows a picture"


@pages
def test_it_opens_with_everything_unfolded(entry):
    at = unfolded(entry)
    assert not at.exception
    assert not at.error
    assert len(charts(at)) >= len(charts(as_it_opens(entry)))


@pages
def test_the_names_of_controls_are_words(entry):
    for control in controls(unfolded(entry)):
        assert control.label, name_of(control)
        assert not set("$\\_^*#`") & set(control.label.replace("p*", "").replace("m*", ""))


@pages
def test_below_its_question_a_page_has_headings_of_one_level(entry):
    at = unfolded(entry)
    assert len(at.title) == 1
    assert at.header
    assert not at.subheader
    assert not [text.value for text in at.markdown if text.value.lstrip().startswith("#")]


@some_pages
def test_a_second_run_draws_the_same_picture(entry):
    at = open_page(entry)
    first = [picture["stamp"] for picture in pictures(at)]
    at.run()
    assert [picture["stamp"] for picture in pictures(at)] == first


@some_always(ENTRIES)
def test_each_control_stands_at_its_ends(entry):
    at = unfolded(entry, FEW_RUNS.get(entry.key))
    drawn = len(charts(at))
    for control in controls(at):
        name = name_of(control)
        if name not in map(name_of, controls(at)):
            at.run()  # the setting that was put back had hidden this one
        before = control.value
        for value in values_at_the_ends(control):
            set_control(at, name, value)
            at.run()
            check_intact(at, drawn, {name: value})
        set_control(at, name, before)


@some_pages
@pytest.mark.parametrize("end", [0, -1], ids=["lowest", "highest"])
def test_all_controls_stand_at_their_ends_together(entry, end):
    at = open_page(entry)
    drawn, settings = len(charts(at)), {}
    for control in controls(at):
        settings[name_of(control)] = values_at_the_ends(control)[end]
        set_control(at, name_of(control), settings[name_of(control)])
    at.run()
    check_intact(at, drawn, settings)


@pytest.mark.full
@pages
def test_mixtures_of_ends_stand(entry):
    rng = random.Random(20240724)
    at = open_page(entry)
    drawn = len(charts(at))
    for _ in range(2):  # besides all at their lowest and all at their highest
        settings = {}
        for control in controls(at):
            settings[name_of(control)] = rng.choice(values_at_the_ends(control))
            set_control(at, name_of(control), settings[name_of(control)])
        at.run()
        check_intact(at, drawn, settings)


@some_pages
def test_buttons_can_all_be_pressed(entry):
    # Last, those that wait for something to be changed: by then it is.
    buttons = sorted(as_it_opens(entry).button, key=lambda button: button.disabled)
    labels = [button.label for button in buttons]
    assert len(set(labels)) == len(labels), "two buttons have the same words"
    at = open_page(entry)
    for label in labels:
        button = next((button for button in at.button if button.label == label), None)
        if button is None:  # gone with what was pressed before
            at = open_page(entry)
            button = next((button for button in at.button if button.label == label), None)
        if button is None:  # it stops work, which is over by now
            assert label == shell_words("long_run")["stop"]
            continue
        button.click()
        at.run()
        assert not at.exception, label
        assert charts(at) or entry not in PICTURED, label


@pages
def test_every_control_has_a_help_text_and_a_name(entry):
    for control in controls(as_it_opens(entry)):
        assert control.label
        if control.key and not control.key.startswith("guess_"):
            assert control.help, control.label


@pages
def test_every_chart_says_what_it_shows(entry):
    for picture in pictures(unfolded(entry)):
        assert len(picture["alt"]) > 20


@pages
def test_few_controls_are_in_view(entry):
    at = as_it_opens(entry)
    hidden = {name_of(control) for folded in at.get("popover") for control in controls_in(folded)}
    in_view = set(bound(at)) - hidden
    assert len(in_view) <= 6 or entry not in PICTURED, in_view
