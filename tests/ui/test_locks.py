"""A link can lock controls, hide them, and leave the exact law untold; every page honours it."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest
from first_always import first_always
from opened import (
    KINDS,
    bound,
    charts,
    entry_named,
    hands,
    name_of,
    open_page,
    pictures,
    said,
    set_control,
    told_of_guess,
    unfolded,
)

from collapse_core.topics.exact_law import TELLS_THE_LAW, WITHOUT_LAW
from ui.catalogue import EXPERIMENTS
from ui.locks import LOCKS

TWO = entry_named("two_colours")
# One page always, the others in `.ci/full`.
some = pytest.mark.parametrize(
    "entry",
    [
        pytest.param(entry, id=entry.key, marks=[] if entry is TWO else [pytest.mark.full])
        for entry in EXPERIMENTS
    ],
)
# Their pictures grow while work goes on: how far it is, is another matter.
GROWING = ("any_model", "language", "digits_photographs", "network", "early_warning")

pytestmark = pytest.mark.usefixtures("first_part_only")


def every_control(at):
    """Return all controls of a page, those that cannot be moved too, by name."""
    return {name_of(item): item for kind in KINDS for item in getattr(at, kind)}


def the_line(at):
    """Return the line that says that a page is locked, if there is one."""
    return next((item.value for item in at.caption if ":material/lock:" in item.value), "")


def unlocked(at):
    """Return what the link of that line holds."""
    address = re.search(r"\]\((.*?)\)", the_line(at))[1]
    return dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))


# ------------------------------------------------------------------------ locked and hidden


@some
def test_what_is_locked_is_shown_with_its_value_and_cannot_be_moved(entry):
    free = open_page(entry, {"seed": "4"})
    names = list(bound(free))
    at = open_page(entry, {"seed": "4", "lock": "-".join(names)})
    assert not at.exception
    assert not at.warning
    assert bound(at) == {}, "nothing that the link holds can be moved"
    for name, control in bound(free).items():
        locked = every_control(at)[name]
        assert locked.disabled
        assert locked.value == control.value, name
        assert locked.label == f"{control.label} (locked)"
        assert "locks it" in locked.help
    assert entry.key in GROWING or charts(at) == charts(free), "the picture is the same"
    assert not [
        button for button in at.button if button.label == "New seed" and not button.disabled
    ]


@some
def test_what_is_hidden_is_not_there_and_keeps_its_value(entry):
    free = open_page(entry, {"seed": "4"})
    names = list(bound(free))
    at = open_page(entry, {"seed": "4", "hide": "-".join(names)})
    assert not at.exception
    assert not at.warning
    assert not set(every_control(at)) & set(names)
    assert "New seed" not in [button.label for button in at.button]
    assert entry.key in GROWING or charts(at) == charts(free), "the picture is the same"


@some
def test_the_page_says_that_it_is_locked_and_leads_to_the_same_picture_unlocked(entry):
    at = open_page(entry, {"seed": "4", "lock": "seed", "hide": "generations", "law": "hidden"})
    link = unlocked(at)
    assert not set(link) & set(LOCKS)
    again = open_page(entry, link)
    assert not again.exception
    assert not again.warning
    assert the_line(again) == ""
    assert {"seed", "generations"} <= set(bound(again))
    told = {name: control.value for name, control in bound(at).items()}
    assert {name: bound(again)[name].value for name in told} == told
    first = open_page(entry, {"seed": "4"})
    assert entry.key in GROWING or charts(again) == charts(first)


def test_an_embedded_page_says_so_too():
    link = {"seed": "4", "lock": "sample_size-anchors", "hide": "generations", "embed": "true"}
    at = open_page(TWO, link, context={"is_embedded": True})
    assert "Locked by its link" in the_line(at)
    assert not set(unlocked(at)) & {*LOCKS, "embed"}
    # The controls in view are those that are not hidden.
    popover = {name_of(item) for fold in at.get("popover") for item in fold if item.type in KINDS}
    in_view = [name for name in ("sample_size", "anchors", "share") if name not in popover]
    assert in_view == ["sample_size", "anchors", "share"]


def test_nothing_is_said_where_nothing_is_locked():
    for link in ({}, {"lock": ""}, {"law": "shown", "seed": "3"}):
        assert the_line(open_page(TWO, link)) == "", link


def test_hidden_outranks_locked():
    at = open_page(TWO, {"lock": "seed-anchors", "hide": "seed"})
    assert "seed" not in every_control(at)
    assert every_control(at)["anchors"].disabled


# ------------------------------------------------------------------------------------ presets


def presets(at):
    return [button.label for button in at.button if (button.key or "").startswith("preset_")]


def test_a_preset_that_would_change_what_is_locked_is_not_offered():
    everything = presets(open_page(TWO, {"seed": "1"}))
    assert {"Small class", "A million marbles"} <= set(everything)
    at = open_page(TWO, {"lock": "sample_size"})
    assert set(presets(at)) == set(everything) - {"Small class", "A million marbles"}
    assert presets(open_page(TWO, {"sample_size": "30", "hide": "sample_size"})) == []


def test_a_preset_that_is_offered_leaves_what_is_locked_alone():
    at = open_page(TWO, {"lock": "sample_size-seed", "hide": "policy"})
    for label in presets(at):
        next(button for button in at.button if button.label == label).click().run()
        assert not at.exception
        assert every_control(at)["sample_size"].value == 100
        assert at.query_params["lock"] in ("sample_size-seed", ["sample_size-seed"])


@pytest.mark.usefixtures("first_part_only")
def test_a_button_that_would_change_what_is_locked_cannot_be_pressed():
    entry = entry_named("polluted_web")
    at = open_page(entry, {"seed": "2", "view": "today", "lock": "observed"})
    before = every_control(at)["observed"].value
    buttons = [item for item in at.button if (item.key or "").startswith("polluted_web/count/")]
    pressable = [button for button in buttons if not button.disabled]
    assert len(pressable) < len(buttons)
    for number in range(len(pressable)):  # one may set what it is anyway
        pressable[number].click().run()
        assert every_control(at)["observed"].value == before
    at = open_page(entry, {"seed": "2", "view": "today"})
    buttons = [item for item in at.button if (item.key or "").startswith("polluted_web/count/")]
    assert not any(button.disabled for button in buttons)


# ------------------------------------------------------------------------------- starting over


def start_over(at):
    return next(button for button in at.button if button.key == "start_over").click().run()


def test_starting_over_on_a_locked_page_leads_back_to_the_link():
    link = {"sample_size": "50", "anchors": "2", "generation": "30", "lock": "sample_size"}
    at = open_page(TWO, link)
    set_control(at, "anchors", 7)
    set_control(at, "generations", 40)
    at.run()
    assert bound(at)["anchors"].value == 7
    start_over(at)
    assert {name: at.query_params[name][-1] for name in ("anchors",)} == {"anchors": "2"}
    assert bound(at)["anchors"].value == 2
    assert bound(at)["generations"].value == 100
    assert every_control(at)["sample_size"].value == 50
    assert at.query_params["lock"] in ("sample_size", ["sample_size"])
    assert next(hand["tick"] for hand in hands(at).values()) == 30


def test_starting_over_on_an_unlocked_page_leads_to_the_defaults():
    at = start_over(open_page(TWO, {"sample_size": "50", "anchors": "2"}))
    assert bound(at)["sample_size"].value == 100
    assert bound(at)["anchors"].value == 0


def test_what_was_moved_before_going_back_is_no_new_beginning():
    at = open_page(TWO, {"anchors": "2", "lock": "seed"})
    set_control(at, "anchors", 7)
    at.run()
    at.query_params["anchors"] = "5"  # Back
    at.run()
    assert bound(at)["anchors"].value == 5
    assert bound(start_over(at))["anchors"].value == 2


def test_another_locked_link_is_a_new_beginning():
    at = open_page(TWO, {"anchors": "2", "lock": "seed"})
    at.query_params.update({"anchors": "5", "lock": "seed-runs"})
    at.run()
    set_control(at, "anchors", 9)
    at.run()
    assert bound(start_over(at))["anchors"].value == 5


def test_coming_back_by_the_menu_is_no_new_beginning():
    at = open_page(TWO, {"anchors": "2", "lock": "seed"})
    set_control(at, "anchors", 7)
    at.run()
    left = dict(at.query_params.items())
    at.query_params.clear()
    at.switch_page(entry_named("mixer_squeeze").file).run()
    assert the_line(at) == "", "a lock stays on its page"
    at.query_params.clear()
    at.query_params.update(left)
    at.switch_page(TWO.file).run()
    assert bound(at)["anchors"].value == 7
    assert the_line(at)
    assert bound(start_over(at))["anchors"].value == 2


# ---------------------------------------------------------------------------------------- junk


@pytest.mark.parametrize(
    ("given", "complaint"),
    first_always(
        [
            ({"lock": "sample_sise"}, "`lock=sample_sise` (choose at most"),
            ({"hide": "seed-<b>"}, "`hide=seed-<b>` (choose at most"),
            ({"law": "maybe"}, "`law=maybe` (choose one of shown, hidden)"),
            ({"lock": "generation"}, "`lock=generation` (choose at most"),
            ({"hide": "x" * 5000}, "`hide=xxxx"),
        ],
        2,
    ),
)
def test_junk_is_named_and_locks_nothing(given, complaint):
    at = open_page(TWO, {"seed": "2", **given})
    assert not at.exception
    assert complaint in at.warning[0].value
    assert the_line(at) == ""
    assert charts(at) == charts(open_page(TWO, {"seed": "2"}))


# ---------------------------------------------------------------------------------- the exact law

TELLS = re.compile(r"(exact|approximat|without noise)\w*[^.?]{0,40}?\d", re.IGNORECASE)
# A page has several pictures, and some know more of the law than what it opens with.
PICTURES = [
    ("bell_curve", {"picture": "several"}),
    ("bell_curve", {"picture": "kernel"}),
    ("exponential_families", {"side_by_side": "true"}),
    ("vanishing_tails", {"view": "density"}),
    ("two_colours", {"anchors": "1", "doubled": "true"}),
    ("one_real_point", {"family": "normal_mean", "view": "map"}),
    ("photocopier", {"quality": "0", "blur": "1"}),
    ("polluted_web", {"view": "crawlers"}),
    ("network", {"model": "pca"}),
]
KNOWN = [(entry.key, {}) for entry in EXPERIMENTS] + PICTURES
# What is no number of the law: the course that the models are given, and headings of which every
# cell has a question mark.
STAYS = {
    "polluted_web": ("on the web (exact)",),
    "mitigation_lab": ("diversity (exact)", "tail (exact)", "distance (exact)"),
}
ALWAYS = ("two_colours", "mixer_squeeze", "one_real_point")


def told(at):
    """Return all that a page tells of its law: sentences, names of curves, headings of columns."""
    words = [item.value for kind in ("markdown", "caption", "info") for item in getattr(at, kind)]
    limits = {item.value for item in at.markdown if item.value.strip().startswith("* **")}
    sentences = [text for text in words if text not in limits and "**Nothing" not in text]
    names = []
    for picture in pictures(at):
        sentences += [picture["alt"], *picture["captions"]]
        names += [str(item.get("name", "")) for item in picture["traces"]]
        notes = picture["layout"].get("annotations", ())
        names += [str(note.get("text", "")) for note in notes]
    for frame in at.dataframe:
        names += [str(heading) for heading in frame.value.columns]
    named = [name for name in names if re.search("exact|approximat|expected", name, re.IGNORECASE)]
    return [text for text in sentences if TELLS.search(text)] + named


def law_of(entry, link, law):
    return unfolded(entry, {"seed": "3", "guess": "skip", "law": law, **link})


@pytest.mark.parametrize(
    ("key", "link"),
    [
        pytest.param(key, link, marks=[] if key in ALWAYS and not link else [pytest.mark.full])
        for key, link in KNOWN
    ],
)
def test_the_hidden_law_is_told_nowhere(key, link):
    at = law_of(entry_named(key), link, "hidden")
    assert not at.exception
    assert not at.warning, at.warning[0].value
    assert [text for text in told(at) if text not in STAYS.get(key, ())] == []
    assert "Why? The formulas, with sources" not in [item.label for item in at.expander]
    assert "More precisely" not in [item.label for item in at.expander]
    assert told_of_guess(at) is None
    assert "untold" in the_line(at)


def test_the_cells_of_a_table_have_a_question_mark_in_its_place():
    entry = entry_named("mitigation_lab")
    at = open_page(entry, {"seed": "3", "view": "kept", "law": "hidden"})
    told_of_diversity = at.dataframe[0].value["diversity (exact)"]
    assert all(cell.endswith("(?)") for cell in told_of_diversity), list(told_of_diversity)


def test_the_hidden_law_is_told_in_no_language():
    link = {"seed": "3", "generation": "50", "law": "hidden", "lang": "de"}
    at = open_page(TWO, link)
    captions = pictures(at)[0]["captions"]
    assert captions[50].count("exakt: **?**") == 2
    assert all("**?**" in caption for caption in captions)


@pytest.mark.parametrize("key", ALWAYS)
def test_the_shown_law_is_found_by_the_same_look(key):
    assert told(law_of(entry_named(key), {}, "shown"))


def test_no_comment_of_a_preset_tells_the_law():
    shown, hidden = (open_page(TWO, {"seed": "1", "law": law}) for law in ("shown", "hidden"))
    assert any("two jars in three" in item.value for item in shown.caption)
    assert "two jars in three" not in said(hidden)
    offered = [button for button in hidden.button if (button.key or "").startswith("preset_")]
    assert not any(button.help for button in offered)


def test_neither_table_nor_python_of_a_hidden_law_is_shared(shared):
    at = open_page(TWO, {"law": "hidden"}, state={"share_popover": True, "share_part": "python"})
    assert not at.exception
    assert shared[-1].csv is None
    assert "python" not in [block.language for block in at.code]
    assert shared[-1].parameters["law"] == "hidden"


def test_every_page_says_whether_it_knows_a_law():
    named = {entry.key for entry in EXPERIMENTS}
    assert named <= set(TELLS_THE_LAW) | WITHOUT_LAW
    assert not set(TELLS_THE_LAW) & WITHOUT_LAW


# ------------------------------------------------------------------------------------- sharing


def test_what_is_shared_of_a_locked_page_is_locked(shared):
    open_page(TWO, {"lock": "seed", "hide": "policy", "law": "hidden", "generation": "20"})
    parameters = shared[-1].parameters
    assert (parameters["lock"], parameters["hide"]) == ("seed", "policy")
    open_page(TWO, {"generation": "20"})
    assert not set(shared[-1].parameters) & set(LOCKS)
