"""What a link holds is applied, and what it cannot hold is named."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from first_always import first_always
from opened import (
    ENTRIES,
    PICTURED,
    bound,
    charts,
    entry_named,
    open_page,
    told_of_guess,
    values_at_the_ends,
)
from some_pages import some_always

from ui.catalogue import PAGES

pages = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.key)
TWO = entry_named("two_colours")


def in_the_link(value):
    return str(value).lower() if isinstance(value, bool) else f"{value}"


def junk_for(control):
    match control.type:
        case "text_input":
            return []
        case "slider" | "number_input":
            return ["abc", "1e999", "nan", "", "-1000000"]
        case "button_group":
            return []  # a choice of views, with nothing to be named
        case "multiselect":
            return ["abc", "1e999", "--x"]
        case _:
            return ["abc", "", "1e999"]


@some_always(ENTRIES)
@pytest.mark.usefixtures("first_part_only")
def test_junk_is_named_with_its_value_and_a_remedy(entry):
    controls = bound(open_page(entry))
    for round_ in range(5):
        link = {
            name: junk[round_ % len(junk)]
            for name, control in controls.items()
            if (junk := junk_for(control))
        }
        at = open_page(entry, link)
        assert not at.exception
        if not link:
            continue
        assert len(at.warning) == 1
        words = at.warning[0].value
        for name, junk in link.items():
            assert f"`{name}={junk}` (" in words, words
        remedies = (
            "are allowed",
            "choose one of",
            "choose at most",
            "nearest position",
            "no such control",
        )
        assert sum(words.count(remedy) for remedy in remedies) == len(link), words
        for name, control in bound(at).items():
            if name in controls:  # a page that asks first may hide some
                assert control.value == controls[name].value, name


@pages
def test_a_name_that_no_control_has_is_reported_and_taken_out(entry):
    at = open_page(entry, {"sample_sise": "10", "x`y": "<b>`*"})
    assert not at.exception
    words = at.warning[0].value
    assert "`sample_sise=10` (there is no such control on this page)" in words
    assert "``x`y=<b>`*``" in words, "nothing that was typed ends the quotation"
    assert at.query_params == {}


@some_always(ENTRIES)
def test_what_is_ignored_stays_said_until_it_is_read(entry):
    at = open_page(entry, {"nonsense": "1"})
    at.run()
    assert at.warning
    next(button for button in at.button if button.key == "ignored_ok").click().run()
    assert not at.warning
    at.run()
    assert not at.warning


def test_a_link_with_a_great_deal_of_junk_is_told_in_part():
    at = open_page(TWO, {f"junk{number}": "1" for number in range(50)})
    assert at.warning[0].value.count("no such control") == 20
    assert "; and 30 more." in at.warning[0].value


@some_always(ENTRIES)
@pytest.mark.usefixtures("first_part_only")
def test_after_the_largest_seed_comes_the_first_and_the_link_says_so(entry):
    if "seed" not in bound(open_page(entry)):
        return
    at = open_page(entry, {"seed": "4294967295"})
    assert bound(at)["seed"].value == 4294967295
    next(button for button in at.button if button.label == "New seed").click().run()
    assert bound(at)["seed"].value == 0
    assert at.query_params["seed"] in ("0", ["0"])


@some_always(ENTRIES)
@pytest.mark.usefixtures("first_part_only")
@pytest.mark.parametrize(
    "text", first_always(["1e309", "nan", "\0", "-1e309", "1e400", "9" * 10_000, "", "0x1"])
)
def test_any_number_in_a_link_leaves_the_page_whole(entry, text):
    link = dict.fromkeys(bound(open_page(entry)), text)
    at = open_page(entry, link)
    for _ in range(2):  # Back leads to it again
        assert not at.exception
        assert charts(at) or entry not in PICTURED
        at.query_params.clear()
        at.query_params.update(link)
        at.run()


@pytest.mark.full  # tests/ui/test_round_trip.py does so with one value of each
@pages
@pytest.mark.usefixtures("first_part_only")
def test_values_at_the_ends_are_applied(entry):
    controls = bound(open_page(entry))
    for end in (0, -1):
        link, wanted = {}, {}
        for name, control in controls.items():
            if control.type in ("selectbox", "multiselect", "text_input", "radio", "button_group"):
                continue
            value = values_at_the_ends(control)[end]
            link[name] = in_the_link(value)
            wanted[name] = value
        at = open_page(entry, link)
        assert not at.exception
        assert not at.warning, at.warning[0].value
        for name, control in bound(at).items():
            if name in wanted:
                assert float(control.value) == float(wanted[name]), name


@some_always(PICTURED)
def test_an_embedded_page_is_picture_and_controls_only(entry):
    whole = open_page(entry)
    at = open_page(entry, {"embed": "true"}, context={"is_embedded": True})
    assert not at.exception
    assert not at.title
    assert not at.sidebar.page_link
    assert not at.markdown or entry not in PAGES, "an embedded page has no paragraphs"
    assert not at.warning, "embed=true is not a mistake in the link"
    assert len(charts(at)) == len(charts(whole))
    assert set(bound(at)) == set(bound(whole))


def test_a_junk_projector_mode_does_not_haunt_an_embedded_page():
    at = open_page(TWO, {"projector": "maybe"}, context={"is_embedded": True})
    assert "projector=maybe" in at.warning[0].value
    assert "projector" not in at.query_params


def test_projector_mode_is_larger():
    normal = charts(open_page(TWO, {"anchors": "1"}))[0]["layout"]
    large = charts(open_page(TWO, {"anchors": "1", "projector": "true"}))[0]["layout"]
    assert large["font"]["size"] > 1.2 * normal["font"]["size"]
    assert large["height"] > normal["height"]


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"sample_size": "7"}, "`sample_size=7` (the nearest position of the slider is 8)"),
        ({"generations": "0"}, "`generations=0` (whole numbers from 1 to 500 are allowed)"),
        ({"anchors": "2.5"}, "`anchors=2.5` (whole numbers from 0 to 100 are allowed)"),
        ({"share": "0.9"}, "`share=0.9` (numbers from 0.01 to 0.5 are allowed)"),
        ({"fresh": "yes"}, "`fresh=yes` (choose one of true, false)"),
        ({"generation": "soon"}, "`generation=soon` (whole numbers from 0 to 1,000,000 are"),
        ({"seed": "-1"}, "`seed=-1` (whole numbers from 0 to 4,294,967,295 are allowed)"),
        ({"anchors": "9" * 400}, "`anchors=99999"),
    ],
)
def test_a_complaint_word_for_word(given, complaint):
    at = open_page(TWO, given)
    assert complaint in at.warning[0].value
    assert not at.exception
    assert charts(at)


def test_a_tick_beyond_the_end_is_the_end():
    at = open_page(TWO, {"generation": "500", "generations": "80"})
    assert not at.exception
    assert at.query_params["generation"] == "80"


def test_a_negative_tick_is_reported():
    at = open_page(TWO, {"generation": "-3"})
    assert "generation=-3" in at.warning[0].value


def test_a_link_with_settings_shows_the_answer_and_a_bare_one_asks_first():
    assert told_of_guess(open_page(TWO))["state"] == "asking"
    assert told_of_guess(open_page(TWO, {"projector": "true"}))["state"] == "asking"
    for link in ({"anchors": "1"}, {"anchors": "0"}, {"generation": "50"}):
        at = open_page(TWO, link)
        assert told_of_guess(at) is None, link


def test_the_query_of_a_link_is_read_back_as_it_was_written():
    from ui.share import full_link

    parameters = {"jar": "9 a&b=c, 1 d#e", "fresh": False, "n": 2, "empty": "", "none": None}
    link = full_link("http://host:8501/two_colours?old=1#part", parameters, embed=True)
    parts = urlsplit(link)
    assert (parts.netloc, parts.path, parts.fragment) == ("host:8501", "/two_colours", "")
    assert dict(parse_qsl(parts.query)) == {
        "jar": "9 a&b=c, 1 d#e",
        "fresh": "false",
        "n": "2",
        "embed": "true",
    }
    assert full_link(None, {"n": 2}) == "?n=2"


def test_a_name_that_a_link_holds_twice_is_said():
    at = open_page(TWO, {"sample_size": ["20", "50"], "anchors": ["2", "2"]})
    assert not at.exception
    assert bound(at)["sample_size"].value == 50
    assert (
        "`sample_size=20` (the link holds it twice, and the last one counts)" in at.warning[0].value
    )
    assert "anchors" not in at.warning[0].value
    assert at.query_params["sample_size"] in ("50", ["50"])
