"""The link builder: every setting of every page, the link that comes of it, QR code and frame."""

import io
from base64 import b64decode
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest
from opened import (
    KINDS,
    another_value,
    bound,
    charts,
    entry_named,
    name_of,
    open_page,
    said,
    set_control,
    views,
)
from PIL import Image

from collapse_core.lessons.language import languages
from ui.catalogue import EXPERIMENTS
from ui.page_link import SHARED
from ui.qr_code import LONGEST, QrCode, qr_code

BUILDER, TWO = entry_named("link_builder"), entry_named("two_colours")
pytestmark = pytest.mark.usefixtures("first_part_only")
pages = pytest.mark.parametrize("entry", EXPERIMENTS, ids=lambda entry: entry.key)
# What is chosen among what only a run finds: on the page itself.
FOUND_BY_RUNNING = {"follow"}


def build(entry, link=None, **settings):
    at = open_page(BUILDER, {"page": entry.key, **(link or {})})
    for name, value in settings.items():
        set_control(at, name, value)
    return at.run() if settings else at


def built(at):
    """Return the address of the link that was built, and what it holds."""
    parts = urlsplit(at.code[0].value)
    return parts, dict(parse_qsl(parts.query, keep_blank_values=True))


def put(at, name, state):
    """Lock or hide a setting, or let it be free."""
    row = next(item for item in at.button_group if name_of(item) == f"{name}_state")
    row.set_value(state)
    return at.run()


def rows(at):
    """Return the names of the settings that can be locked."""
    return {
        name_of(item).removesuffix("_state") for item in at.button_group if "_state" in item.key
    }


# -------------------------------------------------------------------------- what can be asked


@pytest.mark.parametrize(
    "entry",
    [pytest.param(e, id=e.key, marks=[] if e is TWO else [pytest.mark.full]) for e in EXPERIMENTS],
)
def test_every_control_of_a_page_can_be_set_locked_and_hidden(entry):
    at = build(entry)
    assert not at.exception
    assert not at.warning
    page = open_page(entry, {"seed": "1"})
    offered = set(bound(page)) | {name_of(item) for item in views(page).values()}
    assert offered - FOUND_BY_RUNNING - {"part", "share_part"} <= rows(at)
    there = [name_of(item) for kind in KINDS for item in getattr(at, kind)]
    assert rows(at) <= set(there), "each has its value beside it"
    for control in (item for kind in KINDS for item in getattr(at, kind)):
        assert control.label, control.key
        assert control.help, control.label


OWN = {"page", "frame", "frame_width", "frame_height", "for_projector", "in_language"}
OF_EVERY_LINK = {"guess", "generation", "panels", "lock", "hide", "law"}


@pages
def test_each_setting_of_a_page_is_in_a_row(entry):
    at = build(entry)
    held = set(at.session_state["link_builder/values"])
    assert held >= OWN | OF_EVERY_LINK
    assert held - OWN - OF_EVERY_LINK - rows(at) <= FOUND_BY_RUNNING
    parts, query = built(at)
    assert (parts.netloc, parts.path) == ("collapse.test", f"/{entry.key}")
    assert query == {}, "a link that sets nothing is the page as it is"


def test_every_parameter_of_a_link_has_a_control():
    """What a link can hold is set here by a control that can be seen, one after the other."""
    at = build(TWO)
    own = {"embed": ("frame", "laptop"), "projector": ("for_projector", True)}
    own |= {"lang": ("in_language", languages()[-1]), "law": ("law", "hidden")}
    own |= {"generation": ("generation", 12), "panels": ("panels", "2"), "guess": ("guess", "ask")}
    of_the_page = {name for name in rows(at) if name in bound(at)}
    possible = {name for name, _ in own.items()} | of_the_page | {"lock", "hide"}
    held = set(open_page(TWO, {"seed": "1"}).session_state["two_colours/values"])
    assert held | set(SHARED) | {"embed"} <= possible | {"path", "stop"}
    # The guided path is gone along by its own links.
    links = [
        len(open_page(TWO, link).get("page_link")) for link in ({}, {"path": "30", "stop": "2"})
    ]
    assert links[1] > links[0]
    framed = {name: own.pop(name) for name in ("embed",)}
    for controls in (own, framed):
        at = build(TWO, **dict(controls.values()))
        assert not at.exception
        assert set(controls) <= set(built(at)[1])
    at = build(TWO)
    for name in of_the_page:
        set_control(at, name, another_value(bound(at)[name], 3))
    assert of_the_page <= set(built(at.run())[1])
    assert built(put(build(TWO), "seed", "lock"))[1] == {"lock": "seed"}
    assert built(put(build(TWO), "seed", "hide"))[1] == {"hide": "seed"}


# ------------------------------------------------------------------------------ what comes of it


def test_the_link_opens_the_page_locked_as_asked():
    at = build(TWO, sample_size=50, anchors=2, generation=33)
    for name, state in (("sample_size", "lock"), ("seed", "lock"), ("policy", "hide")):
        put(at, name, state)
    _, query = built(at)
    assert query == {
        "sample_size": "50",
        "anchors": "2",
        "generation": "33",
        "lock": "sample_size-seed",
        "hide": "policy",
    }
    page = open_page(TWO, query)
    assert not page.warning
    assert {"sample_size", "seed", "policy"}.isdisjoint(bound(page))
    assert bound(page)["anchors"].value == 2
    free = {name: text for name, text in query.items() if name not in ("lock", "hide")}
    assert charts(page) == charts(open_page(TWO, free))


def test_a_locked_setting_can_be_freed_again():
    at = put(put(put(build(TWO), "seed", "lock"), "seed", "hide"), "seed", "free")
    assert built(at)[1] == {}


def test_the_builders_own_link_holds_what_is_built():
    at = put(build(TWO, sample_size=50, frame="own", in_language="de"), "seed", "hide")
    link = {
        name: value if isinstance(value, str) else value[-1]
        for name, value in at.query_params.items()
    }
    again = open_page(BUILDER, link)
    assert not again.warning
    assert again.code[0].value == at.code[0].value
    assert built(again)[1] == {"sample_size": "50", "hide": "seed", "lang": "de", "embed": "true"}


def test_another_page_begins_anew_and_its_link_holds_nothing_of_the_one_before():
    at = put(build(TWO, sample_size=50), "seed", "hide")
    set_control(at, "page", [entry.key for entry in EXPERIMENTS].index("bell_curve"))
    at.run()
    assert not at.exception
    assert not at.warning, "what is left of the other page is no mistake"
    parts, query = built(at)
    assert (parts.path, query) == ("/bell_curve", {})
    assert at.query_params["page"] in ("bell_curve", ["bell_curve"])


def test_a_preset_of_the_page_sets_its_values_and_locks_stay():
    at = put(build(TWO), "seed", "lock")
    next(button for button in at.button if button.label == "Small class").click().run()
    assert built(at)[1] == {"sample_size": "10", "generations": "30", "lock": "seed"}


def test_junk_is_named_here_too():
    at = open_page(BUILDER, {"page": "two_colours", "lock": "nonsense", "sample_size": "7"})
    assert not at.exception
    assert "`lock=nonsense` (choose" in at.warning[0].value
    assert "`sample_size=7` (the nearest" in at.warning[0].value
    at = open_page(BUILDER, {"page": "nowhere"})
    assert "`page=nowhere` (choose one of" in at.warning[0].value
    assert not at.exception


def test_panels_that_are_none_are_said_and_left_out():
    at = build(TWO, panels="second")
    assert not at.exception
    assert "panels are numbers joined by -" in said(at)
    assert built(at)[1] == {}


def test_sharing_a_picture_leads_to_the_builder_with_its_settings():
    link = {"sample_size": "50", "generation": "20", "lock": "seed"}
    at = open_page(TWO, link, state={"share_popover": True})
    address = next(item.proto.url for item in at.get("link_button"))
    assert urlsplit(address).path == "/link_builder"
    again = open_page(BUILDER, dict(parse_qsl(urlsplit(address).query)))
    assert not again.warning
    assert built(again)[1] == link


def test_what_the_law_hides_is_said_and_where_it_cannot_be_hidden():
    assert "question mark" in said(build(TWO, law="hidden"))
    assert "knows no exact law" in said(build(entry_named("early_warning")))
    assert "it is what the models are given" in said(
        build(entry_named("polluted_web"), law="hidden")
    )


# --------------------------------------------------------------------------------------- QR code


def scanned(png):
    """Return what a reader of QR codes sees in a picture."""
    zxingcpp = pytest.importorskip("zxingcpp")
    found = zxingcpp.read_barcodes(np.asarray(Image.open(io.BytesIO(png)).convert("L")))
    return [code.text for code in found]


@pytest.mark.parametrize(
    "text",
    [
        "http://collapse.test/two_colours",
        "https://collapse.test/two_colours?jar=9+%D7%90%D7%93%D7%95%D7%9D%2C+1+d%27%C3%A9t%C3%A9&lock=seed",
        "http://collapse.test/?" + "a=1&" * 250,
    ],
)
def test_the_code_is_read_as_the_link(text):
    assert scanned(QrCode(text).png()) == [text]


def test_the_file_to_print_has_the_modules_and_the_quiet_zone_of_the_code():
    code = QrCode("http://collapse.test/two_colours?lock=seed")
    pixels = np.asarray(Image.open(io.BytesIO(code.png())).convert("L"))
    modules = pixels[5::10, 5::10] < 128
    assert not modules[:4].any()
    assert not modules[:, :4].any()
    assert not modules[-4:].any()
    np.testing.assert_array_equal(modules[4:-4, 4:-4], np.array(code.modules))


def test_the_code_of_another_link_is_another_one():
    assert QrCode("http://a.test/1").modules != QrCode("http://a.test/2").modules


def test_the_drawing_names_itself_and_escapes_the_link():
    svg = qr_code("http://collapse.test/?a=1&b=2").svg('a <title> & "more"')
    assert svg.startswith("<svg")
    assert "xmlns" in svg
    assert "<title>a &lt;title&gt; &amp;" in svg
    assert "viewBox" in svg


def test_a_link_that_no_code_holds_is_said():
    with pytest.raises(ValueError, match=rf"text has 4000 bytes: .* {LONGEST}. Shorten it."):
        QrCode("x" * 4000)
    at = build(TWO, {"jar": "9 " + "x" * 5000 + ", 1 blue"})
    assert not at.exception
    assert "too long for a QR code" in said(at)


def test_the_page_shows_the_code_with_its_words():
    at = build(TWO)
    image = at.get("image")[0].proto.imgs[0]
    drawn = b64decode(image.url.partition(",")[2]).decode()
    alt = f"QR code of the link to Two colours: {at.code[0].value}"
    assert f"<title>{alt}</title>" in drawn
    assert image.alt == alt


# ----------------------------------------------------------------------------------------- frame


def frame_of(at):
    tags = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attributes: tags.append(dict(attributes))
    parser.feed(at.code[1].value)
    return tags[0]


@pytest.mark.parametrize(
    ("frame", "size"),
    [("laptop", ("800", "600")), ("phone", ("360", "640")), ("fluid", ("100%", "600"))],
)
def test_the_frame_holds_the_link_and_has_the_size(frame, size):
    at = put(build(TWO, frame=frame), "seed", "lock")
    attributes = frame_of(at)
    assert (attributes["width"], attributes["height"]) == size
    assert attributes["src"] == at.code[0].value
    assert built(at)[1] == {"lock": "seed", "embed": "true"}
    assert attributes["title"]


def test_a_frame_of_ones_own_size():
    at = build(TWO, frame="own")
    at = build(TWO, {"frame": "own"}, frame_width=500, frame_height=700)
    assert (frame_of(at)["width"], frame_of(at)["height"]) == ("500", "700")


def test_the_preview_is_drawn_only_when_it_is_asked_for():
    at = build(TWO, {"frame": "laptop"})
    assert not at.get("iframe")
    at.session_state["preview"] = True
    at.run()
    assert not at.exception
    preview = at.get("iframe")[0].proto
    assert preview.src == at.code[0].value


def test_an_address_of_this_machine_alone_is_said():
    at = open_page(
        BUILDER, {"page": "two_colours"}, context={"url": "http://127.0.0.1:8501/link_builder"}
    )
    assert "works on this machine only" in said(at)
    assert "works on this machine only" not in said(build(TWO))


def test_the_app_below_a_path_has_links_below_it():
    at = open_page(
        BUILDER, context={"url": "https://school.test/apps/collapse/link_builder?page=room"}
    )
    assert at.code[0].value == "https://school.test/apps/collapse/two_colours"
